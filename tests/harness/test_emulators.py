"""Both emulators know the calls that the live tests stand on, and forget on reset."""

from __future__ import annotations

from tests.harness.emulators import Emulator


def test_pool_with_its_parts_is_read_back(emulator: Emulator) -> None:
    cognito = emulator.client("cognito-idp")
    pool_id = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
    client_id = cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="app")["UserPoolClient"][
        "ClientId"
    ]
    cognito.create_identity_provider(
        UserPoolId=pool_id,
        ProviderName="Google",
        ProviderType="Google",
        ProviderDetails={"client_id": "id", "client_secret": "not a secret", "authorize_scopes": "email"},
    )
    cognito.create_user_pool_domain(UserPoolId=pool_id, Domain="people-login")

    assert cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Name"] == "people"
    described = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
    assert described["ClientName"] == "app"
    listed = cognito.list_user_pool_clients(UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]
    assert [client["ClientId"] for client in listed] == [client_id]
    provider = cognito.describe_identity_provider(UserPoolId=pool_id, ProviderName="Google")[
        "IdentityProvider"
    ]
    assert provider["ProviderDetails"]["client_id"] == "id"
    domain = cognito.describe_user_pool_domain(Domain="people-login")["DomainDescription"]
    assert domain["UserPoolId"] == pool_id
    assert cognito.get_user_pool_mfa_config(UserPoolId=pool_id)["MfaConfiguration"] == "OFF"


def test_reset_forgets(emulator: Emulator) -> None:
    cognito = emulator.client("cognito-idp")
    cognito.create_user_pool(PoolName="people")
    emulator.client("apigatewayv2").create_api(Name="gateway", ProtocolType="HTTP")
    emulator.reset()
    assert cognito.list_user_pools(MaxResults=60)["UserPools"] == []
    assert emulator.client("apigatewayv2").get_apis()["Items"] == []


def test_account_is_known(emulator: Emulator) -> None:
    assert len(emulator.client("sts").get_caller_identity()["Account"]) == 12


def test_ministack_listens_on_loopback_only(ministack: Emulator) -> None:
    assert ministack.url.startswith("http://127.0.0.1:")
