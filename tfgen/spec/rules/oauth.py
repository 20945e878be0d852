"""Rules about the app client: OAuth flows, scopes, URLs and tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from tfgen.spec.decisions import domain_needed, oauth_enabled, oauth_flows, oauth_scopes
from tfgen.spec.expressions import Expression
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.overrides import find_override
from tfgen.spec.problems import listed, nearest
from tfgen.spec.rules.base import PoolFaults, PoolRule, fault, literal

STANDARD_SCOPES: Final = ("phone", "email", "openid", "profile", "aws.cognito.signin.user.admin")
LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")
HOUR: Final = 3600

_SCRIPT_SCHEMES: Final = ("javascript", "data", "vbscript")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")


def machines_alone(pool: UserPool, _spec: Spec) -> PoolFaults:
    """client_credentials cannot be used with the flows for people."""
    flows = oauth_flows(pool)
    if "client_credentials" in flows and len(set(flows)) > 1:
        yield fault(
            pool,
            "allowedOAuthFlows",
            "client_credentials cannot be used with code or implicit",
            "a pool for each",
        )


def machines_have_a_secret(pool: UserPool, _spec: Spec) -> PoolFaults:
    """client_credentials needs a client secret."""
    if "client_credentials" in oauth_flows(pool) and not pool.properties.generate_client_secret:
        yield fault(
            pool,
            "allowedOAuthFlows",
            "client_credentials needs a client secret",
            "generateClientSecret: true",
        )


def machines_have_own_scopes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """client_credentials may ask for scopes of resource servers only."""
    if "client_credentials" not in oauth_flows(pool):
        return
    allowed = "scopes of a resource server: <identifier>/<scope>"
    if not pool.declared("allowedOAuthScopes"):
        yield fault(pool, "allowedOAuthScopes", "is needed with client_credentials", allowed)
    for index, scope in enumerate(oauth_scopes(pool)):
        if scope in STANDARD_SCOPES:
            yield fault(
                pool,
                ("allowedOAuthScopes", index),
                f"{scope!r} is for people, not for client_credentials",
                allowed,
            )


def landing_page(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Flows for people need a callback URL."""
    people = [flow for flow in oauth_flows(pool) if flow != "client_credentials"]
    if people and not pool.properties.callback_urls:
        yield fault(
            pool,
            "callbackURLs",
            f"is needed by the OAuth flow {people[0]}",
            "where users land after signing in, such as https://example.com/callback",
        )


def url_schemes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """URLs are absolute, and http is for this machine only."""
    for name in ("callbackURLs", "logoutURLs"):
        for index, url in enumerate(pool.get(name)):
            if (text := literal(url)) is not None and (message := _wrong_url(text)):
                yield fault(
                    pool, (name, index), message, "https://..., http://localhost..., or an app's own scheme"
                )


def no_fragment(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A callback URL ends before any #."""
    for index, url in enumerate(pool.properties.callback_urls):
        if "#" in (literal(url) or ""):
            yield fault(pool, ("callbackURLs", index), "has a fragment (#...)", "leave it out")


def flows_and_scopes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """OAuth needs at least one flow and one scope."""
    for name in ("allowedOAuthFlows", "allowedOAuthScopes"):
        if pool.declared(name) and not pool.get(name):
            yield fault(pool, name, "is empty", "remove it, or name at least one")


def known_scopes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A scope is a standard one or names its resource server."""
    for index, scope in _written_scopes(pool):
        if scope not in STANDARD_SCOPES and "/" not in scope:
            yield fault(
                pool,
                ("allowedOAuthScopes", index),
                f"{scope[:60]!r} is not a standard scope",
                f"one of {listed(STANDARD_SCOPES)}, or <resource server>/<scope>",
                nearest(scope, STANDARD_SCOPES),
            )


def foreign_scopes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The spec language has no resource servers: their scopes must exist already."""
    for index, scope in _written_scopes(pool):
        if "/" in scope:
            yield fault(
                pool,
                ("allowedOAuthScopes", index),
                f"{scope[:60]!r} must exist on a resource server that is not in the spec",
            )


def openid(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Scopes about the user come with openid."""
    scopes = oauth_scopes(pool)
    about = [scope for scope in scopes if scope in ("email", "phone", "profile")]
    if about and "openid" not in scopes and not any(isinstance(scope, Expression) for scope in scopes):
        yield fault(pool, "allowedOAuthScopes", f"{about[0]} works only together with openid", "add openid")


def implicit(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The implicit flow hands tokens out in URLs."""
    if "implicit" in oauth_flows(pool):
        yield fault(
            pool,
            "allowedOAuthFlows",
            "implicit puts tokens into URLs, histories and logs",
            "code is the safe flow",
        )


def unused_oauth(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Scopes and logout URLs without OAuth do nothing."""
    for name in ("allowedOAuthScopes", "logoutURLs"):
        if pool.get(name) and pool.declared(name) and not oauth_enabled(pool):
            yield fault(pool, name, "has no effect without OAuth", "set callbackURLs, or enableHostedUi")


def no_login_page(pool: UserPool, _spec: Spec) -> PoolFaults:
    """OAuth endpoints live on the pool's domain."""
    if oauth_enabled(pool) and not domain_needed(pool):
        name = "callbackURLs" if pool.properties.callback_urls else "allowedOAuthFlows"
        yield fault(
            pool,
            name,
            "the pool has no domain for OAuth",
            "set enableHostedUi: true, or a hostedUiDomainPrefix",
        )


def session_cookie(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The login pages keep a session of one hour, whatever the tokens say."""
    if not domain_needed(pool):
        return
    for name in ("accessTokenValiditySeconds", "idTokenValiditySeconds"):
        if pool.get(name) < HOUR:
            yield fault(pool, name, "does not end the login page's own session, which lasts an hour")


def old_passwords(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A migration function sees the password only in the flows that send it."""
    if pool.properties.hooks.user_migration is not None and find_override(pool, "ExplicitAuthFlows") is None:
        yield fault(
            pool,
            "hooks.userMigration",
            "is not called in the SRP flow that the app client uses",
            "add ALLOW_USER_PASSWORD_AUTH to the client's ExplicitAuthFlows by overrides",
        )


def _written_scopes(pool: UserPool) -> Iterator[tuple[int, str]]:
    for index, scope in enumerate(pool.properties.allowed_oauth_scopes):
        if isinstance(scope, str) and pool.declared("allowedOAuthScopes"):
            yield index, scope


def _wrong_url(url: str) -> str:
    if not _SCHEME.fullmatch(url):
        return "is not an absolute URL"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "is not a URL"
    if parts.scheme in ("http", "https") and not host:
        return "has no host"
    if parts.scheme == "http" and host not in LOCAL_HOSTS:
        return "cannot use http"
    return f"cannot use the scheme {parts.scheme}" if parts.scheme in _SCRIPT_SCHEMES else ""


RULES: tuple[PoolRule, ...] = (
    PoolRule("R32", "error", machines_alone),
    PoolRule("R33", "error", machines_have_a_secret),
    PoolRule("R33b", "error", machines_have_own_scopes),
    PoolRule("R34", "error", landing_page),
    PoolRule("R35", "error", url_schemes),
    PoolRule("R36", "error", no_fragment),
    PoolRule("R37", "error", flows_and_scopes),
    PoolRule("R38", "error", known_scopes),
    PoolRule("R38", "warning", foreign_scopes),
    PoolRule("R39", "warning", openid),
    PoolRule("R56", "notice", session_cookie),
    PoolRule("D2", "warning", implicit),
    PoolRule("D6", "warning", old_passwords),
    PoolRule("D7", "warning", no_login_page),
    PoolRule("D8", "warning", unused_oauth),
)
