"""The mends of ministack_main.py: what AWS does not answer, the emulator must not either."""

from __future__ import annotations

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
