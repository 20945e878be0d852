from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.spec.conftest import Load
from tests.spec.texts import EVERY_PROPERTY
from tfgen.sensitive import Sensitive
from tfgen.spec import decisions
from tfgen.spec.expressions import Secret, SsmParam, StageName
from tfgen.spec.identity_provider_properties import IdentityProvider, ProviderType
from tfgen.spec.identity_providers import attribute_mapping, provider_details, provider_name
from tfgen.spec.provider_facts import FACTS


def provider(type_: str, **more: Any) -> IdentityProvider:
    return IdentityProvider.model_validate({"type": type_, "clientId": "id", "clientSecret": "hush", **more})


def test_every_type_of_the_language_has_its_facts() -> None:
    assert set(FACTS) == set(get_args(ProviderType))


def test_every_types_details(loaded: Load) -> None:
    pool = loaded(EVERY_PROPERTY).pools["everything"]
    details = {item.type: provider_details(item) for item in pool.properties.identity_providers}
    assert details == {
        "Google": {
            "authorize_scopes": "email openid",
            "client_id": "google-id",
            "client_secret": Secret("google", "secret"),
        },
        "Facebook": {
            "authorize_scopes": "public_profile,email",
            "client_id": "facebook-id",
            "client_secret": Secret("facebook"),
        },
        "LoginWithAmazon": {
            "authorize_scopes": "profile postal_code",
            "client_id": "amazon-id",
            "client_secret": SsmParam("/amazon"),
        },
        "SignInWithApple": {
            "authorize_scopes": "email name",
            "client_id": "com.example.shop",
            "key_id": "KEY1234567",
            "private_key": Secret("apple", "key"),
            "team_id": "ABCDE12345",
        },
        "OIDC": {
            "attributes_request_method": "GET",
            "authorize_scopes": "email profile openid",
            "client_id": "oidc-id",
            "client_secret": Secret("oidc", "secret"),
            "oidc_issuer": "https://id.example.com",
        },
        "SAML": {"IDPSignout": "true", "MetadataURL": "https://saml.example.com/metadata"},
    }
    assert decisions.supported_identity_providers(pool) == (
        "Google",
        "Facebook",
        "LoginWithAmazon",
        "SignInWithApple",
        "corporate",
        "SAML",
    )


@pytest.mark.parametrize(
    ("type_", "claim"),
    [
        ("Google", "sub"),
        ("Facebook", "id"),
        ("LoginWithAmazon", "user_id"),
        ("SignInWithApple", "sub"),
        ("OIDC", "sub"),
    ],
)
def test_the_mapping_that_aws_adds_is_written_out(type_: str, claim: str) -> None:
    assert attribute_mapping(provider(type_)) == {"email": "email", "username": claim}
    assert attribute_mapping(provider(type_, attributeMapping={"username": "own"})) == {"username": "own"}


def test_saml_has_no_mapping_of_its_own() -> None:
    assert attribute_mapping(provider("SAML")) == {"email": "email"}


def test_provider_details_win_and_become_text() -> None:
    details = provider_details(
        provider(
            "OIDC", providerDetails={"client_id": "other", "attributes_url_add_attributes": False, "n": 3}
        )
    )
    assert details["client_id"] == "other"
    assert details["attributes_url_add_attributes"] == "false"
    assert details["n"] == "3"
    assert details["client_secret"] == Sensitive("hush")


def test_scopes_with_a_directive_stay_in_order() -> None:
    details = provider_details(provider("Facebook", authorizeScopes=("email", StageName(), "public_profile")))
    assert details["authorize_scopes"].parts == ("email,", StageName(), ",public_profile")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (provider("OIDC"), "OIDC"),
        (provider("OIDC", name="a"), "a"),
        (provider("SAML", providerDetails={"provider_name": "b"}), "b"),
        (provider("Google", name="Google"), "Google"),
    ],
)
def test_names(item: IdentityProvider, name: str) -> None:
    assert provider_name(item) == name
    assert "provider_name" not in provider_details(item)
