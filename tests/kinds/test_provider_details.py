"""What AWS adds to a provider's details by itself, and what somebody else wrote there."""

from __future__ import annotations

import pytest

from tfgen.kinds.provider_details import added_by_aws, enriched_keys

ISSUER = "https://login.example.com"


@pytest.mark.parametrize(
    ("kind", "key", "value", "added"),
    [
        ("Google", "authorize_url", "https://accounts.google.com/o/oauth2/v2/auth", True),
        ("Google", "token_url", "https://www.googleapis.com/oauth2/v4/token", True),
        ("Google", "token_url", "https://evil.example/token", False),
        ("Google", "token_url", "https://google.com.evil.example/token", False),
        ("Google", "token_url", "https://evilgoogle.com/token", False),
        ("Google", "token_url", "http://www.googleapis.com/oauth2/v4/token", False),
        ("Google", "token_url", "//evil.example/token", False),
        ("Google", "authorize_url", "https://storage.googleapis.com/evil/sign-in", False),
        ("Google", "authorize_url", "https://sites.google.com/evil", False),
        ("Google", "authorize_url", "https://accounts.google.com@evil.example/auth", False),
        ("Google", "oidc_issuer", "https://accounts.google.com", True),
        ("Facebook", "authorize_url", "https://www.facebook.com/v2.9/dialog/oauth", True),
        ("Facebook", "attributes_url", "https://graph.facebook.com/v17.0/me?fields=", True),
        ("Facebook", "authorize_url", "https://apps.facebook.com/evil", False),
        ("Facebook", "api_version", "v17.0", True),
        ("LoginWithAmazon", "authorize_url", "https://www.amazon.com/ap/oa", True),
        ("LoginWithAmazon", "token_url", "https://api.amazon.com/auth/o2/token", True),
        ("LoginWithAmazon", "token_url", "https://evil.amazon.com/token", False),
        ("Google", "token_request_method", "POST", True),
        ("Google", "client_id", "x", False),
        ("SignInWithApple", "authorize_url", "https://appleid.apple.com/auth/authorize", True),
        ("SAML", "ActiveEncryptionCertificate", "MII", True),
        ("SAML", "SSORedirectBindingURI", "https://idp.example/sso", True),
        ("SAML", "MetadataURL", "https://evil.example", False),
        ("OIDC", "jwks_uri", "https://login.example.com/keys", True),
        ("OIDC", "jwks_uri", "https://keys.login.example.com/keys", True),
        ("OIDC", "attributes_url", "https://example.com/userinfo", True),
        ("OIDC", "jwks_uri", "https://evil.example/keys", False),
        ("OIDC", "jwks_uri", "http://login.example.com/keys", False),
        ("OIDC", "token_url", "login.example.com", False),
        ("OIDC", "jwks_uri", "https://com/keys", False),
        ("OIDC", "jwks_uri", "https://[/keys", False),
        ("OIDC", "jwks_uri", "https:///keys", False),
        ("OIDC", "attributes_url_add_attributes", "false", True),
        ("Unknown", "jwks_uri", "https://login.example.com/keys", False),
    ],
)
def test_added(kind: str, key: str, value: str, added: bool) -> None:
    assert added_by_aws(kind, key, value, ISSUER) is added


def test_without_an_issuer_no_address_is_trusted() -> None:
    assert not added_by_aws("OIDC", "jwks_uri", "https://login.example.com/keys")


def test_every_type_is_known() -> None:
    for known in ("Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "OIDC", "SAML"):
        assert enriched_keys(known), known
    assert enriched_keys("Myspace") == ()
