"""What is read of an HTTP API that the spec declares, and of one it only uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.http_replay import ACCESS_DENIED, API_NOT_FOUND, API_THROTTLED, Fault
from tests.live import specs
from tests.live.cloud import ACCOUNT, API_ID, CLIENT_ID, POOL_ID, REGION, Cloud
from tfgen.known import Known
from tfgen.resource import Address, State

Read = Callable[..., State]
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:create-post"
API = "aws_apigatewayv2_api"
STAGE = "aws_apigatewayv2_stage"
AUTHORIZER = "aws_apigatewayv2_authorizer"
INTEGRATION = "aws_apigatewayv2_integration"
ROUTE = "aws_apigatewayv2_route"
PERMISSION = "aws_lambda_permission"


def authorizer(authorizer_id: str, name: str) -> dict[str, Any]:
    return {
        "AuthorizerId": authorizer_id,
        "Name": name,
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {
            "Audience": [CLIENT_ID],
            "Issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{POOL_ID}",
        },
    }


def integration(integration_id: str, uri: str = FUNCTION) -> dict[str, Any]:
    return {
        "IntegrationId": integration_id,
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": uri,
        "IntegrationMethod": "POST",
        "ConnectionType": "INTERNET",
        "PayloadFormatVersion": "1.0",
        "TimeoutInMillis": 30000,
    }


def route(route_id: str, key: str, **members: Any) -> dict[str, Any]:
    return {
        "RouteId": route_id,
        "RouteKey": key,
        "AuthorizationType": "NONE",
        "ApiKeyRequired": False,
        **members,
    }


@pytest.fixture
def api(cloud: Cloud) -> dict[str, list[dict[str, Any]]]:
    """An API with one protected route of the spec, and parts of somebody else."""
    cloud.add("people")
    parts: dict[str, list[dict[str, Any]]] = {
        "stages": [{"StageName": "$default", "AutoDeploy": True, "Tags": {}, "RouteSettings": {}}],
        "authorizers": [
            authorizer("au1", "front-people"),
            authorizer("au2", "theirs"),
            authorizer("au3", "x"),
        ],
        "integrations": [integration("in1"), integration("in2", FUNCTION + "-other"), integration("in3")],
        "routes": [
            route(
                "ro1",
                "POST /posts",
                AuthorizationType="JWT",
                AuthorizerId="au3",
                Target="integrations/in1",
            ),
            route("ro2", "GET /theirs", AuthorizerId="au2", Target="integrations/in2"),
        ],
    }
    cloud.add_api("front")
    cloud.parts[API_ID] = parts
    source = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API_ID}/*/*"
    cloud.policies[FUNCTION] = [
        permission("by-hand", source),
        permission("not-ours", source.replace(API_ID, "zzzzzzzzzz")),
        permission("nearly", source.replace(API_ID, API_ID + "x")),
    ]
    return parts


def permission(sid: str, source: str) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": FUNCTION,
        "Condition": {"ArnLike": {"AWS:SourceArn": source}},
    }


def known(**variables: str) -> Known:
    return Known(variables={"function_arns.createPost": FUNCTION, **variables})


def labels(state: State, kind: str) -> list[str]:
    return [address.label for address in state.resources if address == Address("front", kind, address.label)]


def gateway_counts(cloud: Cloud) -> dict[str, int]:
    return {
        operation: count
        for operation, count in cloud.server.counts().items()
        if operation.startswith("Get") and operation != "GetUserPoolMfaConfig"
    }


@pytest.mark.usefixtures("api")
def test_a_declared_api_is_ours_as_a_whole(cloud: Cloud, read: Read) -> None:
    state = read(specs.DECLARED, known())
    assert state.unread == []
    assert labels(state, API) == [API_ID]
    assert labels(state, STAGE) == ["$default"]
    assert labels(state, AUTHORIZER) == ["au1", "au2", "au3"]
    assert labels(state, INTEGRATION) == ["in1", "in2", "in3"]
    assert labels(state, ROUTE) == ["ro2", "ro1"]
    assert labels(state, PERMISSION) == ["by-hand"]
    api = state.resources[Address("front", API, API_ID)]
    assert api.attributes["execution_arn"] == f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API_ID}"
    assert state.resources[Address("front", ROUTE, "ro1")].values["api_id"] == API_ID
    assert gateway_counts(cloud) == {
        "GetApis": 1,
        "GetApi": 1,
        "GetStages": 1,
        "GetAuthorizers": 1,
        "GetIntegrations": 1,
        "GetRoutes": 1,
        "GetPolicy": 1,
    }


@pytest.mark.usefixtures("api")
def test_of_an_undeclared_api_only_the_specs_parts_are_ours(cloud: Cloud, read: Read) -> None:
    state = read(specs.GATEWAY, known(**{"api_ids.front": API_ID}))
    assert state.unread == []
    assert labels(state, API) == labels(state, STAGE) == []
    assert labels(state, ROUTE) == ["ro1"]
    assert labels(state, AUTHORIZER) == ["au1", "au3"]  # by name, and because the route refers to it
    assert labels(state, INTEGRATION) == ["in1", "in3"]  # the route's, and the one that calls our function
    assert gateway_counts(cloud) == {
        "GetAuthorizers": 1,
        "GetIntegrations": 1,
        "GetRoutes": 1,
        "GetPolicy": 1,
    }


@pytest.mark.usefixtures("api")
def test_an_undeclared_api_needs_its_id(cloud: Cloud, read: Read) -> None:
    state = read(specs.GATEWAY, known())
    assert {(item.module, item.kind, item.label) for item in state.unread} == {
        ("front", kind, None) for kind in (AUTHORIZER, INTEGRATION, ROUTE, PERMISSION)
    }
    assert {item.reason for item in state.unread} == {
        "the spec does not declare front: give its API's id with --var api_ids.front=ID or --outputs"
    }
    assert gateway_counts(cloud) == {}


@pytest.mark.usefixtures("api")
def test_an_id_from_terraform_saves_the_listing(cloud: Cloud, read: Read) -> None:
    given = known()
    given.ids[f"module.front.{API}.this"] = API_ID
    assert labels(read(specs.DECLARED, given), API) == [API_ID]
    assert cloud.server.count("GetApis") == 0


def test_a_declared_api_that_is_gone_is_absent(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    given = known()
    given.ids[f"module.front.{API}.this"] = API_ID
    state = read(specs.DECLARED, given)
    assert state.unread == []
    assert not any(address.module == "front" for address in state.resources)


def test_an_undeclared_api_that_is_gone_is_not_taken_for_deleted_routes(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    state = read(specs.GATEWAY, known(**{"api_ids.front": "wrong00000"}))
    assert {item.reason for item in state.unread} == {
        "HTTP API wrong00000 in eu-west-1 does not exist: check the id"
    }


@pytest.mark.usefixtures("api")
def test_an_api_deleted_between_two_reads(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("GetRoutes", API_NOT_FOUND)
    state = read(specs.DECLARED, known())
    assert not any(address.module == "front" for address in state.resources)
    assert {item.reason for item in state.unread} == {
        f"HTTP API {API_ID} in eu-west-1 was deleted while it was read: run again"
    }


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(
    "fault", [ACCESS_DENIED, API_THROTTLED, Fault("", 501), Fault("NotImplemented", 501)]
)
@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("GetStages", STAGE),
        ("GetAuthorizers", AUTHORIZER),
        ("GetIntegrations", INTEGRATION),
        ("GetRoutes", ROUTE),
    ],
)
def test_one_refused_listing(cloud: Cloud, read: Read, operation: str, kind: str, fault: Fault) -> None:
    cloud.server.fail(operation, Fault(fault.code or "Unknown", fault.status, "canary"))
    state = read(specs.DECLARED, known())
    [unread] = state.unread
    assert (unread.module, unread.kind, unread.label) == ("front", kind, None)
    assert unread.reason.startswith(operation)
    assert "canary" not in unread.reason
    if fault is ACCESS_DENIED:
        assert "allow the IAM action apigateway:GET" in unread.reason
    kinds = {address.kind for address in state.resources if address.module == "front"}
    assert kinds == {API, STAGE, AUTHORIZER, INTEGRATION, ROUTE, PERMISSION} - {kind}


@pytest.mark.usefixtures("api")
def test_without_routes_nobody_knows_which_parts_are_ours(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("GetRoutes", ACCESS_DENIED)
    state = read(specs.GATEWAY, known(**{"api_ids.front": API_ID}))
    assert {item.kind for item in state.unread} == {ROUTE, AUTHORIZER, INTEGRATION}


@pytest.mark.usefixtures("api")
def test_a_refused_get_api_keeps_the_id(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("GetApi", ACCESS_DENIED)
    state = read(specs.DECLARED, known())
    [unread] = state.unread
    assert (unread.kind, unread.label) == (API, API_ID)
    assert state.resources[Address("front", API, API_ID)].attributes["id"] == API_ID


def test_pages_of_routes(cloud: Cloud, read: Read, api: dict[str, list[dict[str, Any]]]) -> None:
    cloud.page = 2
    api["routes"] += [route(f"rx{number}", f"GET /x{number}") for number in range(4)]
    state = read(specs.DECLARED, known())
    assert len(labels(state, ROUTE)) == 6
    assert cloud.server.count("GetRoutes") == 3
    assert {
        call.parameters["MaxResults"] for call in cloud.server.calls if call.operation == "GetRoutes"
    } == {"100"}


def test_unknown_members_of_one_item(cloud: Cloud, read: Read, api: dict[str, list[dict[str, Any]]]) -> None:
    api["authorizers"][1]["zeroTrust"] = {"Level": 9}
    [unread] = read(specs.DECLARED, known()).unread
    assert (unread.kind, unread.label, unread.paths) == (AUTHORIZER, "au2", ("ZeroTrust",))
