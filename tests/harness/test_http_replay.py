"""The replay server speaks as AWS does: botocore parses its answers, errors and pages."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.exceptions import ConnectionClosedError as Closed

from tests.harness.http_replay import (
    ACCESS_DENIED,
    API_NOT_FOUND,
    API_THROTTLED,
    EXPIRED_TOKEN,
    NOT_FOUND,
    RESET,
    SERVER_ERROR,
    THROTTLED,
    Fault,
    ReplayServer,
    slow,
)

POOL = "eu-west-1_abc123"


def test_answers_in_boto3_shapes(replay: ReplayServer) -> None:
    created = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    replay.answer("DescribeUserPool", {"UserPool": {"Id": POOL, "Name": "people", "CreationDate": created}})
    pool = replay.emulator.client("cognito-idp").describe_user_pool(UserPoolId=POOL)["UserPool"]
    assert pool == {"Id": POOL, "Name": "people", "CreationDate": created}
    assert [(call.operation, call.parameters) for call in replay.calls] == [
        ("DescribeUserPool", {"UserPoolId": POOL})
    ]


def test_rest_answers_in_boto3_shapes(replay: ReplayServer) -> None:
    authorizer = {
        "AuthorizerId": "a1",
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {"Audience": ["client"], "Issuer": "https://issuer"},
    }
    replay.answer("GetAuthorizers", lambda request: {"Items": [{**authorizer, "Name": request["ApiId"]}]})
    replay.answer("GetAuthorizer", authorizer)
    replay.answer("GetRoutes", {"Items": [{"RouteKey": "GET /x", "AuthorizerId": "a1"}]})
    replay.answer("GetApi", {"ApiId": "api/1", "Tags": {"Owner": "us"}})
    client = replay.emulator.client("apigatewayv2")
    assert client.get_authorizers(ApiId="api1")["Items"] == [{**authorizer, "Name": "api1"}]
    assert (
        client.get_authorizer(ApiId="api1", AuthorizerId="a1")["JwtConfiguration"]
        == authorizer["JwtConfiguration"]
    )
    assert client.get_routes(ApiId="api1")["Items"][0]["RouteKey"] == "GET /x"
    assert client.get_api(ApiId="api1")["Tags"] == {"Owner": "us"}


def test_pages(replay: ReplayServer) -> None:
    replay.pages("ListUserPoolClients", [{"UserPoolClients": [{"ClientId": str(page)}]} for page in range(3)])
    replay.pages("GetRoutes", [{"Items": [{"RouteId": str(page)}]} for page in range(2)])
    paginator = replay.emulator.client("cognito-idp").get_paginator("list_user_pool_clients")
    clients = [page["UserPoolClients"][0]["ClientId"] for page in paginator.paginate(UserPoolId=POOL)]
    assert clients == ["0", "1", "2"]
    routes = replay.emulator.client("apigatewayv2").get_paginator("get_routes").paginate(ApiId="x")
    assert [page["Items"][0]["RouteId"] for page in routes] == ["0", "1"]
    assert replay.counts() == {"ListUserPoolClients": 3, "GetRoutes": 2}


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        ("DescribeUserPool", THROTTLED),
        ("DescribeUserPool", ACCESS_DENIED),
        ("DescribeUserPool", EXPIRED_TOKEN),
        ("DescribeUserPool", NOT_FOUND),
        ("DescribeUserPool", SERVER_ERROR),
        ("GetAuthorizers", API_THROTTLED),
        ("GetAuthorizers", API_NOT_FOUND),
    ],
)
def test_faults_arrive_as_client_errors(replay: ReplayServer, operation: str, fault: Fault) -> None:
    replay.fail(operation, fault)
    if operation == "DescribeUserPool":
        call = partial(replay.emulator.client("cognito-idp").describe_user_pool, UserPoolId=POOL)
    else:
        call = partial(replay.emulator.client("apigatewayv2").get_authorizers, ApiId="x")
    with pytest.raises(ClientError) as caught:
        call()
    error = caught.value.response
    assert error["Error"]["Code"] == fault.code
    assert error["ResponseMetadata"]["HTTPStatusCode"] == fault.status


@pytest.mark.parametrize("fault", [THROTTLED, SERVER_ERROR, RESET])
def test_one_fault_then_the_answer(replay: ReplayServer, fault: Fault) -> None:
    replay.answer("DescribeUserPool", {"UserPool": {"Id": POOL}})
    replay.fail("DescribeUserPool", fault, times=1)
    assert replay.emulator.client("cognito-idp").describe_user_pool(UserPoolId=POOL)["UserPool"]["Id"] == POOL
    assert replay.count("DescribeUserPool") == 2


def test_connection_dropped_for_good(replay: ReplayServer) -> None:
    replay.fail("DescribeUserPool", RESET)
    with pytest.raises(Closed):
        replay.emulator.client("cognito-idp").describe_user_pool(UserPoolId=POOL)


def test_slow_answer_runs_into_the_time_limit(replay: ReplayServer) -> None:
    import boto3
    from botocore.config import Config

    replay.answer("DescribeUserPool", {"UserPool": {"Id": POOL}})
    replay.fail("DescribeUserPool", slow(0.5))
    client = boto3.client(
        "cognito-idp",
        region_name="eu-west-1",
        endpoint_url=replay.emulator.url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(read_timeout=0.1, retries={"total_max_attempts": 1}),
    )
    with pytest.raises(ReadTimeoutError):
        client.describe_user_pool(UserPoolId=POOL)


def test_an_unprepared_operation_is_told() -> None:
    with ReplayServer() as server, pytest.raises(ClientError, match="no answer was prepared"):
        server.emulator.client("cognito-idp").describe_user_pool(UserPoolId=POOL)
    assert server.unprepared == ["DescribeUserPool"]
