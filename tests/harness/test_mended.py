"""The mends of ministack_main.py: what AWS does not answer, the emulator must not either."""

from __future__ import annotations

from typing import Any

from tests.harness.emulators import Emulator


def test_jwt_authorizers_have_no_request_settings(ministack: Emulator) -> None:
    client = ministack.client("apigatewayv2")
    api = client.create_api(Name="gateway", ProtocolType="HTTP")["ApiId"]
    wanted = {
        "AuthorizerType": "JWT",
        "Name": "people",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {"Audience": ["client"], "Issuer": "https://issuer"},
    }
    made = client.create_authorizer(ApiId=api, **wanted)["AuthorizerId"]
    assert client.get_authorizers(ApiId=api)["Items"] == [{**wanted, "AuthorizerId": made}]
    one = client.get_authorizer(ApiId=api, AuthorizerId=made)
    assert {name: one[name] for name in one if name != "ResponseMetadata"} == {**wanted, "AuthorizerId": made}


def test_a_call_that_is_made_twice_is_carried_out_once(ministack: Emulator) -> None:
    client = ministack.client("apigatewayv2")
    invocation = {"amz-sdk-invocation-id": "6f0c7a5e-2a6f-4e0e-9a55-6d6f2c3b1a00"}

    def same(request: Any, **_: Any) -> None:
        request.headers.update(invocation)

    client.meta.events.register("before-send.apigatewayv2.CreateApi", same)
    made = [client.create_api(Name="twice", ProtocolType="HTTP")["ApiId"] for _ in range(2)]
    assert made[0] == made[1]
    invocation["amz-sdk-invocation-id"] = "6f0c7a5e-2a6f-4e0e-9a55-6d6f2c3b1a01"
    assert client.create_api(Name="twice", ProtocolType="HTTP")["ApiId"] != made[0]
    named = [api["ApiId"] for api in client.get_apis()["Items"] if api["Name"] == "twice"]
    assert len(named) == 2
