"""App clients that cannot do what they say."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.drift.cross.model import Check, Fault, View, at, known
from tfgen.kinds.field import Severity
from tfgen.kinds.types import CLIENT, DOMAIN, POOL, PROVIDER

_LOCAL = "COGNITO"


def providers(view: View) -> Iterator[Fault]:
    """A client that offers a provider which the pool does not have."""
    for live in view.of(CLIENT):
        module, path = live.address.module, "supported_identity_providers"
        if not view.reads(PROVIDER, module) or not view.knows(live, path):
            continue
        there = {str(at(one, "provider_name")) for one in view.of(PROVIDER, module)}
        gone = sorted(known(at(live, path)) - there - {_LOCAL})
        if gone:
            text = f"the pool has no identity provider {', '.join(gone)}: a sign-in through it fails"
            yield Fault(live, path, text, sorted(there | {_LOCAL}), sorted(known(at(live, path))))


def secret(view: View) -> Iterator[Fault]:
    """A client without the secret that the spec gives it."""
    for live in view.of(CLIENT):
        twin = view.twin(live)
        if twin is None or not twin.values.get("generate_secret") or not view.knows(live, "generate_secret"):
            continue
        if not at(live, "generate_secret"):
            text = "whoever knows its id may use it, and an app that sends the secret is refused"
            yield Fault(live, "generate_secret", text, True, None)


def domains(view: View) -> Iterator[Fault]:
    """Login pages that no client leads to. A domain that only serves verification links is in use."""
    for live in view.of(DOMAIN):
        module = live.address.module
        pool = view.pool(module)
        if pool is None or not view.reads(CLIENT, module) or not view.reads(POOL, module):
            continue
        by_link = at(pool, "verification_message_template", "default_email_option") == "CONFIRM_WITH_LINK"
        users = [one for one in view.of(CLIENT, module) if at(one, "allowed_oauth_flows_user_pool_client")]
        unsure = any(
            not view.knows(one, "allowed_oauth_flows_user_pool_client") for one in view.of(CLIENT, module)
        )
        if not users and not by_link and not unsure:
            text = "no app client of the pool may use OAuth, so its login pages are open and lead nowhere"
            yield Fault(live, "", text, "an app client with OAuth", None)


CHECKS = (
    Check(
        id="client-provider-gone",
        severity=Severity.MEDIUM,
        doc="an app client that offers an identity provider which does not exist",
        why="a sign-in through it fails",
        source="Amazon Cognito API reference, CreateUserPoolClient: SupportedIdentityProviders",
        run=providers,
    ),
    Check(
        id="client-secret-missing",
        severity=Severity.HIGH,
        doc="an app client that has no secret although the spec gives it one",
        why="the client is public; an app that authenticates with a secret is refused",
        source="Amazon Cognito developer guide, app client types",
        run=secret,
    ),
    Check(
        id="domain-unused",
        severity=Severity.LOW,
        doc="a login domain in a pool without any app client that may use OAuth",
        why="it is of no use, and one more door to watch",
        source="Amazon Cognito developer guide, managed login needs an app client with OAuth",
        run=domains,
    ),
)
