"""Any spec at all either loads or is explained; texts arrive unchanged."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfgen.errors import Problem, SpecError
from tfgen.spec import Spec, UserPoolProperties, load
from tfgen.spec.directives.syntax import embedded, is_directive
from tfgen.spec.model import attributes

WORDS = """
    user-auth-pool function http-api-gateway bucket resources type properties overrides events
    authorizer cognito userPoolName httpApiGatewayName path method GET /x serviceName variables p q
    f code sms OFF ON SMS Google OIDC clientId clientSecret providerDetails attributeMapping name
    status enabledTypes minimumLength emailSubject domainName from sesAddressArn identitySources
    payloadFormat containers
""".split()  # noqa: SIM905
DIRECTIVES = """
    $Stage() $Var().x $Var().properties $This().resources $This().variables.x $Secret('a.b')
    $CliArgs('a','b') $ResourceParam('p','arn') $Format('{}',$Stage()) $File('x') $Nope() $Stage()x
""".split()  # noqa: SIM905
NAMES = st.sampled_from([*WORDS, *attributes(UserPoolProperties), "", "../x", "ü"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 100_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([*WORDS, *DIRECTIVES]),
    st.text(max_size=10),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
POOL = st.fixed_dictionaries(
    {"type": st.just("user-auth-pool")},
    optional={
        "properties": st.one_of(
            st.dictionaries(st.sampled_from(sorted(attributes(UserPoolProperties))), VALUES, max_size=4),
            VALUES,
        ),
        "overrides": VALUES,
    },
)
EVENT = st.fixed_dictionaries(
    {"type": st.just("http-api-gateway")},
    optional={
        "properties": st.one_of(
            VALUES,
            st.fixed_dictionaries(
                {"httpApiGatewayName": NAMES, "path": st.just("/x"), "method": st.just("GET")},
                optional={"authorizer": VALUES},
            ),
        )
    },
)
FUNCTION = st.fixed_dictionaries(
    {
        "type": st.just("function"),
        "properties": st.fixed_dictionaries({"events": st.lists(EVENT, max_size=2)}),
    }
)
SPECS = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {"resources": st.dictionaries(NAMES, st.one_of(POOL, POOL, FUNCTION, VALUES), max_size=3)},
        optional={
            "variables": st.dictionaries(st.sampled_from(["x", "properties"]), VALUES),
            "serviceName": VALUES,
        },
    ),
)


def loaded(document: Any) -> Spec | tuple[Problem, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spec.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        try:
            return load([path])
        except SpecError as error:
            return error.problems


@given(SPECS)
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_loads_or_is_explained(document: Any) -> None:
    found = loaded(document)
    if isinstance(found, tuple):
        assert found
        assert all(problem.message and problem.position.line == 1 for problem in found)
        assert list(found) == sorted(found)
        assert found == loaded(document) or "spec.json" in str(found)


@given(st.text(min_size=1, max_size=140))
@settings(max_examples=300, deadline=None)
def test_any_text_arrives_unchanged(text: str) -> None:
    document = {
        "resources": {
            "p": {"type": "user-auth-pool", "properties": {"inviteMessageConfig": {"emailSubject": text}}}
        }
    }
    found = loaded(document)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        assert isinstance(found, tuple)
    elif not is_directive(text) and not list(embedded(text)):
        assert isinstance(found, Spec), found
        assert found.pools["p"].get("inviteMessageConfig.emailSubject") == text
