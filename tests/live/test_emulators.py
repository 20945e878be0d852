"""The same reads against emulators that keep what boto3 writes to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.harness.emulators import Emulator
from tests.live import specs
from tfgen.known import Known
from tfgen.live import AwsOptions, connect, fetch
from tfgen.resource import Address, State

PEOPLE = "aws_cognito_user_pool"


@pytest.fixture(autouse=True)
def _no_ca_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)


def read(emulator: Emulator, text: str, directory: Path, known: Known | None = None) -> State:
    options = AwsOptions(region=emulator.region, endpoint_url=emulator.url, attempts=1)
    return fetch(specs.desired(text, directory), known or Known(), connect(options))


def make_pool(emulator: Emulator) -> tuple[str, str]:
    cognito = emulator.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="people", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="people", GenerateSecret=True)
    cognito.create_identity_provider(
        UserPoolId=pool,
        ProviderName="Google",
        ProviderType="Google",
        ProviderDetails={"client_id": "i", "client_secret": "canary", "authorize_scopes": "openid"},
    )
    return pool, client["UserPoolClient"]["ClientId"]


def test_a_pool(emulator: Emulator, tmp_path: Path) -> None:
    pool, client = make_pool(emulator)
    known = Known()
    state = read(emulator, specs.PLAIN, tmp_path, known)
    assert set(state.resources) == {
        Address("people", PEOPLE, pool),
        Address("people", f"{PEOPLE}_client", client),
        Address("people", "aws_cognito_identity_provider", "Google"),
    }
    values = state.resources[Address("people", PEOPLE, pool)].values
    assert values["auto_verified_attributes"] == frozenset({"email"})
    assert known.account is not None
    assert "canary" not in repr(state)


def test_a_domain(emulator: Emulator, tmp_path: Path) -> None:
    pool, _ = make_pool(emulator)
    emulator.client("cognito-idp").create_user_pool_domain(Domain="shop-login", UserPoolId=pool)
    state = read(emulator, specs.PLAIN, tmp_path)
    domain = state.resources[Address("people", f"{PEOPLE}_domain", "shop-login")]
    assert domain.values["user_pool_id"] == pool
    kinds = {item.kind for item in state.unread}
    # moto has no GetUICustomization.
    assert kinds == ({f"{PEOPLE}_ui_customization"} if emulator.name == "moto" else set())


def test_a_role_that_is_taken_on(moto: Emulator, tmp_path: Path) -> None:
    pool, _ = make_pool(moto)
    options = AwsOptions(
        region=moto.region,
        endpoint_url=moto.url,
        role_arn="arn:aws:iam::123456789012:role/reader",
        external_id="1234",
    )
    aws = connect(options)
    state = fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)
    assert Address("people", PEOPLE, pool) in state.resources
    client: Any = aws.new_client("cognito-idp", moto.region)
    assert client._request_signer._credentials.access_key.startswith("ASIA")  # a session's key


def test_a_profile_with_a_role(moto: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role is taken on with the profile's keys, not with those of the environment."""
    config, keys = tmp_path / "config", tmp_path / "credentials"
    config.write_text("[profile audit]\nregion = us-east-1\n")
    keys.write_text("[audit]\naws_access_key_id = AKIDAUDIT\naws_secret_access_key = canary\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
    role = "arn:aws:iam::123456789012:role/reader"
    plain = connect(AwsOptions(profile="audit", endpoint_url=moto.url))
    taken = connect(AwsOptions(profile="audit", endpoint_url=moto.url, role_arn=role))
    assert plain.region == taken.region == "us-east-1"
    client: Any = plain.new_client("cognito-idp", "us-east-1")
    assert client._request_signer._credentials.access_key == "AKIDAUDIT"
    client = taken.new_client("cognito-idp", "us-east-1")
    assert client._request_signer._credentials.access_key.startswith("ASIA")


def test_an_http_api(ministack: Emulator, tmp_path: Path) -> None:
    api = ministack.client("apigatewayv2")
    api_id = api.create_api(Name="front", ProtocolType="HTTP")["ApiId"]
    authorizer = api.create_authorizer(
        ApiId=api_id,
        Name="people",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Audience": ["c"], "Issuer": "https://issuer.example"},
    )["AuthorizerId"]
    route = api.create_route(
        ApiId=api_id, RouteKey="POST /posts", AuthorizationType="JWT", AuthorizerId=authorizer
    )["RouteId"]
    known = Known(variables={"function_arns.createPost": "arn:aws:lambda:us-east-1:000000000000:function:f"})
    state = read(ministack, specs.DECLARED, tmp_path, known)
    kinds = {address.kind: address.label for address in state.resources if address.module == "front"}
    assert kinds["aws_apigatewayv2_api"] == api_id
    assert kinds["aws_apigatewayv2_authorizer"] == authorizer
    assert kinds["aws_apigatewayv2_route"] == route


def test_what_moto_lacks_is_unread_and_not_absent(moto: Emulator, tmp_path: Path) -> None:
    moto.client("apigatewayv2").create_api(Name="front", ProtocolType="HTTP")
    state = read(moto, specs.DECLARED, tmp_path)
    [unread] = [item for item in state.unread if item.kind == "aws_apigatewayv2_authorizer"]
    assert unread.label is None
    assert unread.reason.startswith("GetAuthorizers")
