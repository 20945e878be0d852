"""Rules about identity providers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from tfgen.spec.decisions import LOCAL_PROVIDER
from tfgen.spec.identity_provider_properties import IdentityProvider
from tfgen.spec.identity_providers import facts, provider_details, provider_name
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.problems import listed, nearest
from tfgen.spec.provider_facts import FACTS, SAML_METADATA
from tfgen.spec.rules.base import Fault, PoolFaults, PoolRule, fault, literal

REQUEST_METHODS: Final = ("GET", "POST")
MAX_NAME: Final = 32


def unique_names(pool: UserPool, _spec: Spec) -> PoolFaults:
    """No two providers have one name; two of one type need names of their own."""
    first: dict[str, int] = {}
    for index, provider in _providers(pool):
        name = provider_name(provider)
        if name in first:
            hint = (
                "give each a name of its own" if facts(provider).own_name else "a pool has one of this type"
            )
            yield fault(
                pool, ("identityProviders", index), f"is the second provider with the name {name!r}", hint
            )
        first.setdefault(name, index)


def free_names(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A name of one's own is not that of local accounts or of another type."""
    taken = {LOCAL_PROVIDER, *(type_ for type_, about in FACTS.items() if not about.own_name)}
    for index, provider in _providers(pool):
        name = provider_name(provider)
        if facts(provider).own_name and name in taken:
            yield fault(pool, ("identityProviders", index), f"cannot have the name {name!r}", "another name")


def fixed_names(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Social providers are named like their type, and a name is given once."""
    for index, provider in _providers(pool):
        detail = provider.provider_details.get("provider_name")
        path = ("identityProviders", index, "providerDetails", "provider_name")
        if detail is not None and not (isinstance(detail, str) and 0 < len(detail) <= MAX_NAME):
            yield fault(pool, path, "is not a name", f"text of 1 to {MAX_NAME} characters")
        elif provider.name is not None and detail not in (None, provider.name):
            yield fault(pool, path, f"differs from name, which is {provider.name!r}", "write one of them")
        given = {"name": provider.name, "provider_name": detail}
        for wrong in (name for name, value in given.items() if value not in (None, provider.type)):
            if not facts(provider).own_name:
                where = path if wrong == "provider_name" else (*path[:2], "name")
                yield fault(pool, where, f"a {provider.type} provider has no name of its own", "remove it")


def required_details(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Every type has details that it cannot do without."""
    for index, provider in _providers(pool):
        details = provider_details(provider)
        for key in facts(provider).required:
            if details.get(key) in (None, ""):
                allowed = f"{provider.type} needs {listed(facts(provider).required)}"
                yield _lacking(pool, index, provider, key, f"is needed by {provider.type}", allowed)


def saml_metadata(pool: UserPool, _spec: Spec) -> PoolFaults:
    """SAML has exactly one of a metadata URL and a metadata file."""
    for index, provider in _providers(pool):
        given = [key for key in SAML_METADATA if provider.provider_details.get(key)]
        allowed = f"exactly one of {listed(SAML_METADATA)}"
        if provider.type == "SAML" and not given:
            yield _lacking(pool, index, provider, SAML_METADATA[0], "is needed by SAML", allowed)
        elif provider.type == "SAML" and len(given) > 1:
            path = ("identityProviders", index, "providerDetails")
            yield fault(pool, path, f"has both {' and '.join(given)}", allowed)


def openid_connect(pool: UserPool, _spec: Spec) -> PoolFaults:
    """OIDC has an https issuer and one of two request methods."""
    for index, provider in _providers(pool):
        if provider.type != "OIDC":
            continue
        details = provider_details(provider)
        where = ("identityProviders", index, "providerDetails")
        issuer = literal(details.get("oidc_issuer"))
        if issuer and not _https(issuer):
            yield fault(
                pool, (*where, "oidc_issuer"), "is not an https URL", "such as https://accounts.example.com"
            )
        method = literal(details.get("attributes_request_method"))
        if method is not None and method not in REQUEST_METHODS:
            yield fault(
                pool,
                (*where, "attributes_request_method"),
                f"{method[:60]!r} is not a known value",
                f"one of {listed(REQUEST_METHODS)}",
                nearest(method, REQUEST_METHODS),
            )


def somebody_signs_in(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Without local accounts there is a provider."""
    if pool.properties.allow_only_external_identity_providers and not pool.properties.identity_providers:
        yield fault(
            pool,
            "allowOnlyExternalIdentityProviders",
            "leaves no way to sign in",
            "add identityProviders, or remove it",
        )


def useless_properties(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The language requires a client everywhere; SAML has none, and Apple has a key for a secret."""
    for index, provider in _providers(pool):
        about = facts(provider)
        unused = [] if about.takes_client else ["clientId"]
        unused += [] if about.takes_client_secret else ["clientSecret"]
        for name in unused:
            yield fault(
                pool, ("identityProviders", index, name), f"is not sent: {provider.type} does not use it"
            )
        if not about.takes_client and provider.authorize_scopes:
            yield fault(
                pool,
                ("identityProviders", index, "authorizeScopes"),
                f"is not sent: {provider.type} does not use it",
            )


def unknown_details(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A detail that tfgen does not know goes to AWS as it is, but is most likely a slip."""
    for index, provider in _providers(pool):
        about = facts(provider)
        known = (*about.required, *about.optional, *about.answered, "provider_name")
        for key in provider.provider_details:
            if key not in known:
                path = ("identityProviders", index, "providerDetails", key)
                yield fault(
                    pool, path, f"is not a detail that {provider.type} is known for", near=nearest(key, known)
                )


def _lacking(
    pool: UserPool, index: int, provider: IdentityProvider, key: str, message: str, allowed: str
) -> Fault:
    """The fault for a missing detail; it blames the misspelled one when there is one."""
    where = ("identityProviders", index, "providerDetails")
    for written in provider.provider_details:
        if written not in facts(provider).required and nearest(written, [key]):
            return fault(pool, (*where, written), f"is not a detail of {provider.type}", allowed, key)
    return fault(pool, (*where, key), message, allowed)


def _providers(pool: UserPool) -> Iterator[tuple[int, IdentityProvider]]:
    return enumerate(pool.properties.identity_providers)


def _https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


RULES: tuple[PoolRule, ...] = (
    PoolRule("R51", "error", unique_names),
    PoolRule("R51", "error", fixed_names),
    PoolRule("R51", "error", free_names),
    PoolRule("R52", "error", required_details),
    PoolRule("R52", "error", saml_metadata),
    PoolRule("R52", "error", openid_connect),
    PoolRule("R53", "error", somebody_signs_in),
    PoolRule("D5", "notice", useless_properties),
    PoolRule("D5", "warning", unknown_details),
)
