from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.spec import UserPoolProperties
from tfgen.spec.model import attributes
from tfgen.spec.schema import json_schema

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*/spec.yml"))
VALID = [path for path in FIXTURES if not path.parent.name.startswith("error_")]


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def pool(properties: object) -> dict[str, Any]:
    return {"resources": {"p": {"type": "user-auth-pool", "properties": properties}}}


def test_it_is_a_schema_of_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("text", [SEED, EVERY_PROPERTY])
def test_what_loads_is_valid(text: str) -> None:
    VALIDATOR.validate(parsed(text))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.parent.name)
def test_the_projects_own_specs(path: Path) -> None:
    VALIDATOR.validate(parsed(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"resources": []},
        {"resources": {"p": {}}},
        pool({"passwordPolicy": {"minimumLength": 5}}),
        pool({"passwordPolicy": {"minimumLenght": 8}}),
        pool({"userVerificationType": "email"}),
        pool({"hostedUiCSS": None}),
        pool({"callbackURLs": "https://a"}),
        pool({"callbackURLs": ["https://a"] * 101}),
        pool({"allowedOathFlows": ["code"], "allowedOAuthFlows": ["code"]}),
        pool({"identityProviders": [{"type": "Google"}]}),
        {"resources": {"a b": {"type": "user-auth-pool"}}},
        {"resources": {"p": {"type": "user-auth-pool", "propertys": {}}}},
        {"resources": {"f": {"type": "function", "properties": {"events": [{"type": "http-api-gateway"}]}}}},
    ],
)
def test_what_does_not_load_is_not(document: object) -> None:
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    "document",
    [
        pool(None),
        pool({}),
        pool(
            {
                "passwordPolicy": "$Var().policy",
                "enableHostedUi": "$CliArgs('ui')",
                "callbackURLs": ["$Var().url"],
            }
        ),
        pool({"passwordPolicy": {"minimumLength": "$Var().length"}}),
        {"resources": {"a b": {"type": "bucket", "anything": [1]}}, "unknownRootKey": 1},
        {"resources": {"f": {"type": "function", "properties": {"events": [{"type": "schedule", "x": 1}]}}}},
    ],
)
def test_directives_and_foreign_resources_are_valid(document: object) -> None:
    VALIDATOR.validate(document)


def test_every_property_has_a_description_that_tells_its_default() -> None:
    shown = SCHEMA["$defs"]["UserPoolProperties"]["properties"]
    assert all(value["description"] for value in shown.values())
    assert (
        shown["refreshTokenValidityDays"]["description"] == "Days until a refresh token expires. Default: 30."
    )
    assert shown["allowedOathFlows"]["description"].startswith("Older spelling of allowedOAuthFlows.")


def test_it_is_the_same_on_every_run() -> None:
    code = "import json; from tfgen.spec.schema import json_schema; print(json.dumps(json_schema()))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert json.loads(runs.pop()) == SCHEMA


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-10, 100_000),
    st.sampled_from([0.5, 8.0]),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="$"), max_size=12),
    st.sampled_from(
        ["email-code", "sms", "OFF", "shop", "code", "openid", "https://a.example.com", "a@b.c", "a" * 141]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["minimumLength", "status", "enabledTypes", "from", "name", "type", "emailSubject", "x"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(attributes(UserPoolProperties))), VALUES, max_size=3))
@settings(max_examples=600, deadline=None)
def test_schema_and_models_say_the_same(properties: dict[str, Any]) -> None:
    def tuples(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(tuples, value))
        return {key: tuples(inner) for key, inner in value.items()} if isinstance(value, dict) else value

    try:
        UserPoolProperties.model_validate(tuples(properties))
        loads = True
    except ValidationError:
        loads = False
    assert VALIDATOR.is_valid(pool(properties)) is loads
