"""What an identity provider of the spec is called, and what Cognito is told about it."""

from __future__ import annotations

from collections.abc import Iterable

from tfgen.sensitive import Sensitive
from tfgen.spec.expressions import Expression, joined
from tfgen.spec.identity_provider_properties import IdentityProvider
from tfgen.spec.provider_facts import FACTS, ProviderFacts

Detail = str | Sensitive | Expression


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
        parts += [separator, scope] if parts else [scope]
    return joined(parts)


def _as_text(value: object) -> Detail:
    """A detail as the API wants it: booleans and numbers as text."""
    if isinstance(value, (str, Sensitive, Expression)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
