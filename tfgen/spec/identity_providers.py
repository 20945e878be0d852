"""What each type of identity provider wants to be told, in the Cognito API's own keys.

Keys and required members: CreateIdentityProvider of cognito-idp 2016-04-18.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tfgen.sensitive import Sensitive
from tfgen.spec.expressions import Expression, Format
from tfgen.spec.identity_provider_properties import IdentityProvider

Detail = str | Sensitive | Expression


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What one provider type is like.

    `username_claim` is the claim that AWS maps to `username` itself; `own_name` tells the
    types whose name is free from those that must be named like their type.
    """

    required: tuple[str, ...]
    default_scopes: tuple[str, ...] = ()
    scope_separator: str = " "
    username_claim: str | None = None
    takes_client: bool = True
    takes_client_secret: bool = True
    own_name: bool = False
    defaults: tuple[tuple[str, str], ...] = ()


FACTS: Final[dict[str, ProviderFacts]] = {
    "Google": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        default_scopes=("profile", "email", "openid"),
        username_claim="sub",
    ),
    "Facebook": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        default_scopes=("public_profile", "email"),
        scope_separator=",",
        username_claim="id",
    ),
    "LoginWithAmazon": ProviderFacts(
        required=("client_id", "client_secret", "authorize_scopes"),
        default_scopes=("profile", "postal_code"),
        username_claim="user_id",
    ),
    "SignInWithApple": ProviderFacts(
        required=("client_id", "team_id", "key_id", "private_key", "authorize_scopes"),
        default_scopes=("email", "name"),
        username_claim="sub",
        takes_client_secret=False,
    ),
    "OIDC": ProviderFacts(
        required=("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"),
        default_scopes=("email", "profile", "openid"),
        username_claim="sub",
        own_name=True,
        defaults=(("attributes_request_method", "GET"),),
    ),
    "SAML": ProviderFacts(required=(), takes_client=False, takes_client_secret=False, own_name=True),
}


def facts(provider: IdentityProvider) -> ProviderFacts:
    """The facts of a provider's type."""
    return FACTS[provider.type]


def provider_name(provider: IdentityProvider) -> str:
    """The provider's name in the pool: its own where the type allows one, else the type."""
    if facts(provider).own_name:
        detail = provider.provider_details.get("provider_name")
        if provider.name is not None:
            return provider.name
        if isinstance(detail, str):
            return detail
    return provider.type


def provider_details(provider: IdentityProvider) -> dict[str, Detail]:
    """The provider's details by the API's keys, sorted; `providerDetails` of the spec wins."""
    about = facts(provider)
    details: dict[str, Detail] = dict(about.defaults)
    if about.takes_client:
        details["client_id"] = provider.client_id
        scopes = provider.authorize_scopes if provider.authorize_scopes is not None else about.default_scopes
        if scopes:
            details["authorize_scopes"] = _joined(scopes, about.scope_separator)
    if about.takes_client_secret:
        details["client_secret"] = provider.client_secret
    for key, value in provider.provider_details.items():
        if key != "provider_name":
            details[key] = _as_text(value)
    return dict(sorted(details.items()))


def attribute_mapping(provider: IdentityProvider) -> dict[str, str | Expression]:
    """Pool attribute -> claim, sorted, with the `username` mapping that AWS adds written out."""
    claim = facts(provider).username_claim
    mapping: dict[str, str | Expression] = {"username": claim} if claim else {}
    return dict(sorted((mapping | provider.attribute_mapping).items()))


def _joined(scopes: Iterable[str | Expression], separator: str) -> str | Expression:
    parts: list[str | Expression] = []
    for scope in scopes:
        if parts:
            parts.append(separator)
        parts.append(scope)
    literal = [part for part in parts if isinstance(part, str)]
    return "".join(literal) if len(literal) == len(parts) else Format(tuple(parts))


def _as_text(value: object) -> Detail:
    """A detail as the API wants it: booleans and numbers as text."""
    if isinstance(value, (str, Sensitive, Expression)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
