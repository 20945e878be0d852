"""Nothing of the language, and no argument of a kind, is without an example."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

import pygohcl
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from tests.golden.cases import all_cases
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field
from tfgen.spec.event_properties import (
    CognitoAuthorizerProperties,
    HttpEventProperties,
    LambdaAuthorizerProperties,
)
from tfgen.spec.properties import SPELLINGS, UserPoolProperties

_NEEDS_6 = "came with provider 6.0: the region is the provider's"
_WEBSOCKET = "WebSocket APIs only; an http-api-gateway is an HTTP API"
_QUICK = "quick create, which is used once and never answered: routes are resources here"

NOT_IN_HCL: dict[tuple[str, str], str] = {
    **{(kind, "region"): _NEEDS_6 for kind in KINDS if "region" in KINDS[kind].by_name},
    **{("aws_apigatewayv2_api", name): _QUICK for name in ("body", "credentials_arn", "route_key", "target")},
}
"""Arguments that no fixture writes, each with the reason."""

NOT_IN_SPEC: dict[str, str] = {}
"""Properties that no fixture has, each with the reason."""


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _inner(field.annotation):
            yield from _models(inner)


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, tuple, Annotated, dict):
        for part in get_args(annotation):
            yield from _inner(part)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


@pytest.fixture(scope="module")
def written_keys() -> set[str]:
    yaml = YAML(typ="safe", pure=True)
    return {key for case in all_cases() for key in _keys(yaml.load(case.spec_file))}


@pytest.mark.parametrize(
    "model",
    [
        *_models(UserPoolProperties),
        CognitoAuthorizerProperties,
        LambdaAuthorizerProperties,
        HttpEventProperties,
    ],
    ids=lambda model: model.__name__,
)
def test_every_property_has_an_example(model: type[BaseModel], written_keys: set[str]) -> None:
    names = {field.alias or name for name, field in model.model_fields.items()}
    assert names - written_keys - NOT_IN_SPEC.keys() == set()


def test_every_spelling_and_enum_has_an_example(written_keys: set[str]) -> None:
    assert set(SPELLINGS) <= written_keys


def _arguments(fields: tuple[Field, ...], prefix: str) -> Iterator[str]:
    for field in fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        if field.is_block:
            yield from _arguments(field.fields, path)
        else:
            yield path


def _written(fields: Mapping[str, Field], body: Any, prefix: str) -> Iterator[str]:
    for name, value in body.items():
        field = fields.get(name)
        if field is None:
            continue
        path = f"{prefix}.{name}" if prefix else name
        if not field.is_block:
            yield path
            continue
        for block in value if isinstance(value, list) else [value]:
            yield from _written(field.by_name, block, path)


def test_every_argument_has_an_example() -> None:
    written: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for case in all_cases():
        for path, text in case.expected().items():
            if not path.endswith(".tf"):
                continue
            for kind, resources in pygohcl.loads(text).get("resource", {}).items():
                for body in resources.values():
                    written[kind] |= set(_written(KINDS[kind].by_name, body, ""))
    wanted = {(kind, path) for kind in KINDS for path in _arguments(KINDS[kind].fields, "")}
    found = {(kind, path) for kind, paths in written.items() for path in paths}
    assert sorted(wanted - found - NOT_IN_HCL.keys()) == []
    assert sorted(found & NOT_IN_HCL.keys()) == []
