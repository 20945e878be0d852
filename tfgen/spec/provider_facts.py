"""What each type of identity provider is like, in the Cognito API's own keys.

Keys and required members: CreateIdentityProvider of cognito-idp 2016-04-18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What one provider type is like.

    `optional` are the other details that the type takes, `answered` those that AWS fills in
    and answers although nobody wrote them; `username_claim` is the claim that AWS maps to
    `username` itself; `own_name` tells the types whose name is free from those that must be
    named like their type.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    default_scopes: tuple[str, ...] = ()
    scope_separator: str = " "
    username_claim: str | None = None
    takes_client: bool = True
    takes_client_secret: bool = True
    own_name: bool = False
    defaults: tuple[tuple[str, str], ...] = ()


SAML_METADATA: Final = ("MetadataURL", "MetadataFile")

_COMMON: Final = (
    "attributes_url",
    "attributes_url_add_attributes",
    "authorize_url",
    "token_request_method",
    "token_url",
)

FACTS: Final[dict[str, ProviderFacts]] = {
    "Google": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        answered=(*_COMMON, "oidc_issuer"),
        default_scopes=("profile", "email", "openid"),
        username_claim="sub",
    ),
    "Facebook": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        answered=(*_COMMON, "api_version"),
        default_scopes=("public_profile", "email"),
        scope_separator=",",
        username_claim="id",
    ),
    "LoginWithAmazon": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        answered=_COMMON,
        default_scopes=("profile", "postal_code"),
        username_claim="user_id",
    ),
    "SignInWithApple": ProviderFacts(
        required=("client_id", "team_id", "key_id", "private_key", "authorize_scopes"),
        answered=(
            "attributes_url_add_attributes",
            "authorize_url",
            "oidc_issuer",
            "token_request_method",
            "token_url",
        ),
        default_scopes=("email", "name"),
        username_claim="sub",
        takes_client_secret=False,
    ),
    "OIDC": ProviderFacts(
        required=("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"),
        optional=("client_secret",),
        answered=(
            "attributes_url",
            "attributes_url_add_attributes",
            "authorize_url",
            "jwks_uri",
            "token_url",
        ),
        default_scopes=("email", "profile", "openid"),
        username_claim="sub",
        own_name=True,
        defaults=(("attributes_request_method", "GET"),),
    ),
    "SAML": ProviderFacts(
        required=(),
        optional=(
            *SAML_METADATA,
            "EncryptedResponses",
            "IDPInit",
            "IDPSignout",
            "RequestSigningAlgorithm",
        ),
        answered=("ActiveEncryptionCertificate", "SLORedirectBindingURI", "SSORedirectBindingURI"),
        takes_client=False,
        takes_client_secret=False,
        own_name=True,
    ),
}
