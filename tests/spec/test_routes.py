from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from tests.spec.conftest import Load
from tfgen.spec import CognitoAuthorizer, HttpEvent, LambdaAuthorizer, Spec

Lines = Callable[..., list[str]]

SPEC = """
resources:
  pool: {type: user-auth-pool}
  api: {type: http-api-gateway, properties: {payloadFormat: '2.0'}}
  old: {type: http-api-gateway}
  guard: {type: function}
  f:
    type: function
    properties:
      events:
"""


def event(
    more: str = "",
    path: str = "/x",
    method: str = "GET",
    gateway: str = "api",
    kind: str = "http-api-gateway",
) -> str:
    properties = f"httpApiGatewayName: {gateway}\npath: {path}\nmethod: {method}\n{more}"
    return f"- type: {kind}\n  properties:\n{textwrap.indent(properties, '    ')}\n"


def spec_text(*events: str) -> str:
    return SPEC + textwrap.indent("".join(events), " " * 8)


def only(spec: Spec) -> HttpEvent:
    (found,) = spec.functions["f"].events
    return found


COGNITO = "authorizer: {type: cognito, properties: {userPoolName: %s}}"
LAMBDA = "authorizer: {type: lambda, properties: {functionName: guard%s}}"


@pytest.mark.parametrize(
    ("path", "method", "key"),
    [
        ("/post/create", "POST", "POST /post/create"),
        ("/x/{id}", "'*'", "ANY /x/{id}"),
        ("/x/{proxy+}", "GET", "GET /x/{proxy+}"),
        ("/", "GET", "GET /"),
        ("/x/", "GET", "GET /x/"),
        ("'*'", "'*'", "$default"),
        ("$default", "'*'", "$default"),
    ],
)
def test_route_keys(path: str, method: str, key: str, loaded: Load) -> None:
    assert only(loaded(spec_text(event(path=path, method=method)))).route_key == key


def test_the_payload_format_is_the_events_the_gateways_or_1_0(loaded: Load) -> None:
    assert only(loaded(spec_text(event()))).payload_format == "2.0"
    assert only(loaded(spec_text(event(gateway="old")))).payload_format == "1.0"
    assert only(loaded(spec_text(event(gateway="elsewhere")))).payload_format == "1.0"
    assert only(loaded(spec_text(event("payloadFormat: '1.0'")))).payload_format == "1.0"


def test_authorizers(loaded: Load) -> None:
    cognito = only(loaded(spec_text(event(COGNITO % "pool")))).authorizer
    assert isinstance(cognito, CognitoAuthorizer)
    assert (cognito.user_pool, cognito.identity_sources) == ("pool", ("$request.header.Authorization",))
    guard = only(loaded(spec_text(event(LAMBDA % "")))).authorizer
    assert isinstance(guard, LambdaAuthorizer)
    assert (guard.function, guard.iam_response, guard.identity_sources, guard.cache_result_seconds) == (
        "guard",
        False,
        (),
        0,
    )
    full = only(
        loaded(
            spec_text(
                event(
                    LAMBDA
                    % ", iamResponse: true, identitySources: [$request.header.X], cacheResultSeconds: 60"
                )
            )
        )
    ).authorizer
    assert isinstance(full, LambdaAuthorizer)
    assert (full.iam_response, full.identity_sources, full.cache_result_seconds) == (
        True,
        ("$request.header.X",),
        60,
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            event(COGNITO % "pol"),
            "authorizer.properties.userPoolName: 'pol' is no user-auth-pool of the spec; did you mean pool?",
        ),
        (event("authorizer: {type: cognito}"), "authorizer.properties.userPoolName: is missing"),
        (
            event("authorizer: {type: cogneto}"),
            "authorizer.type: 'cogneto' is not a known value; one of cognito, lambda; did you",
        ),
        (event("authorizer: {properties: {}}"), "authorizer.type: is missing"),
        (event("authorizer: cognito"), "authorizer: must be a mapping, not text"),
        (
            event("authorizer: {type: cognito, properties: 3}"),
            "authorizer.properties: must be a mapping, not a number",
        ),
        (
            event((COGNITO % "pool").replace("}}", ", authorizationScopes: [a]}}")),
            "authorizationScopes: is not a property",
        ),
        (
            event((COGNITO % "pool").replace("}}", ", identitySources: []}}")),
            "identitySources: has 0 members; exactly one",
        ),
        (
            event((COGNITO % "pool").replace("}}", ", identitySources: [$a, $b]}}")),
            "identitySources: has 2 members",
        ),
        (
            event((COGNITO % "pool").replace("}}", ", identitySources: [header]}}")),
            "does not have the right form; such as $req",
        ),
        (
            event((LAMBDA % "").replace("guard", "gard")),
            "'gard' is no function of the spec; did you mean guard?",
        ),
        (event(LAMBDA % ", cacheResultSeconds: 9"), "cacheResultSeconds: needs identitySources"),
        (event(LAMBDA % ", cacheResultSeconds: 3601"), "cacheResultSeconds: 3601 is out of range; 0 to 3600"),
        (event(gateway="pool"), "httpApiGatewayName: 'pool' is not an http-api-gateway"),
        (
            event(gateway="a-b"),
            "httpApiGatewayName: does not have the right form; 1 to 64 letters and digits",
        ),
        (event(path="x"), "properties.path: does not have the right form; /x, /x/{id}"),
        (event(path="/{a"), "properties.path: does not have the right form"),
        (event(path="/{proxy+}/x"), "properties.path: does not have the right form"),
        (event(path="'*'"), "properties.method: GET does not go with the path *; *"),
        (event(method="get"), "properties.method: 'get' is not a known value; one of GET, POST"),
        (event("payloadFormat: 2.0"), "payloadFormat: must be text, not a number; one of 1.0, 2.0"),
        (event("payloadFormat: '3.0'"), "payloadFormat: '3.0' is not a known value"),
        (event("containerPort: 80"), "containerPort: belongs to containers only"),
        (event() + event(), "the route 'GET /x' of api is there already; first in spec.yml:11:11"),
        (event() + event("payloadFormat: '1.0'", "/y"), "payloadFormat: is 1.0, but 2.0 in the first event"),
        (event("metod: GET"), "properties.metod: is not a property of the spec language"),
        ("- type: http-api-gateway\n", "events[0].properties: is missing"),
        (
            "- type: http-api-gateway\n  properties: 3\n",
            "events[0].properties: must be a mapping, not a number",
        ),
        ("- http-api-gateway\n", "events[0]: must be a mapping, not text"),
        ("- {type: http-api-gateway, propertys: {}}\n", "events[0].propertys: is not known here"),
    ],
)
def test_faults(text: str, line: str, problems: Lines) -> None:
    said = problems(spec_text(text))
    assert any(line in text for text in said), said


def test_events_of_other_types_are_left_alone(loaded: Load) -> None:
    spec = loaded(spec_text(event(kind="schedule"), event()))
    assert len(spec.functions["f"].events) == 1
    near = loaded(spec_text(event(kind="http-api-gatway"), event()))
    assert any("did you mean http-api-gateway?" in str(warning) for warning in near.warnings)


@pytest.mark.parametrize(
    "properties",
    [
        "$Var().properties",
        "{events: $Var().properties.events}",
        "{events: [$Var().properties.events.0]}",
        "{events: [{type: http-api-gateway, properties: $Var().properties.events.0.properties}]}",
    ],
)
def test_directives_may_stand_for_any_part_of_an_event(properties: str, loaded: Load) -> None:
    event_ = "{type: http-api-gateway, properties: {httpApiGatewayName: api, path: /x, method: GET}}"
    variables = f"variables: {{properties: {{events: [{event_}]}}}}\n"
    spec = loaded(f"{variables}resources: {{f: {{type: function, properties: {properties}}}}}")
    assert only(spec).route_key == "GET /x"


@pytest.mark.parametrize("properties", ["$Vra().x", "{events: $Vra().x}", "{events: [$Vra().x]}"])
def test_wrong_directives_there_are_said_once(properties: str, problems: Lines) -> None:
    (line,) = problems(
        f"resources: {{f: {{type: function, properties: {properties}}}, p: {{type: user-auth-pool}}}}"
    )
    assert line.endswith("$Vra is not a directive; did you mean $Var?")


def test_containers_have_ports_and_one_format(loaded: Load, problems: Lines) -> None:
    text = SPEC.replace(
        "type: function\n    properties:\n      events:\n",
        "type: multi-container-workload\n    properties:\n      containers: [{name: c, events: [%s]}]\n",
    )
    one = "{type: http-api-gateway, properties: {httpApiGatewayName: api, path: /x, method: GET%s}}"
    spec = loaded(text % (one % ", containerPort: 80"))
    assert spec.functions["f"].type == "multi-container-workload"
    assert only(spec).payload_format == "1.0"
    assert "containerPort: is missing" in problems(text % (one % ""))[0]
    assert (
        "takes payload format 1.0 only"
        in problems(text % (one % ", containerPort: 80, payloadFormat: '2.0'"))[0]
    )


def test_a_gateway_that_is_not_declared_is_said(loaded: Load) -> None:
    spec = loaded(spec_text(event(gateway="elsewhere")))
    assert not spec.gateways["elsewhere"].declared
    assert any("'elsewhere' is not declared in the spec" in str(notice) for notice in spec.notices)
    near = loaded(spec_text(event(gateway="apii")))
    assert any("did you mean api?" in str(warning) for warning in near.warnings)


def test_gateways_of_the_spec(loaded: Load, problems: Lines) -> None:
    spec = loaded(
        SPEC.replace("'2.0'}}", "'2.0'}, overrides: {Api: {Name: x}}}").replace(
            "      events:\n", "      {}\n"
        )
    )
    assert spec.gateways["api"].declared
    assert spec.gateways["api"].payload_format == "2.0"
    assert spec.gateways["api"].overrides == {"Api": {"Name": "x"}}
    assert (
        "must be one of '1.0', '2.0', not a number"
        in problems(SPEC.replace("'2.0'", "2.0").replace("      events:\n", "      {}\n"))[0]
    )


@pytest.mark.parametrize("options", [{}, {"stage": "dev"}])
def test_directives_work_in_events(options: dict[str, Any], loaded: Load) -> None:
    text = "variables: {gateway: api}" + spec_text(event(gateway="$Var().gateway"))
    assert only(loaded(text, **options)).gateway == "api"
