"""HTTP API authorizers whose tokens are not those of the spec's pool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.drift.cross.model import Check, Fault, View, at, known
from tfgen.drift.resolve import NEW
from tfgen.kinds.canonical import url
from tfgen.kinds.field import Severity
from tfgen.kinds.types import AUTHORIZER, CLIENT, ROUTE
from tfgen.resource import Resource, Unknown


def _issuers(view: View) -> dict[str, str]:
    """Issuer of tokens → the pool of the spec that issues them."""
    found: dict[str, str] = {}
    for module in view.modules():
        pool = view.pool(module)
        endpoint = pool.attributes.get("endpoint") if pool is not None else None
        if endpoint:
            found[f"https://{endpoint}"] = module
    return found


def _checked(view: View) -> Iterator[tuple[Resource, Any]]:
    """Every live authorizer of tokens that is the spec's or guards a route of the spec, with its issuer.

    Another one on the same API may be there for another app's client.
    """
    for live in view.of(AUTHORIZER):
        issuer = url(at(live, "jwt_configuration", "issuer"))
        if at(live, "authorizer_type") != "JWT" or not view.knows(live, "jwt_configuration"):
            continue
        if view.twin(live) is not None or _guards(view, live):
            yield live, issuer


def _guards(view: View, authorizer: Resource) -> bool:
    """Whether a route of the spec names it."""
    ident = authorizer.attributes.get("id")
    return ident is not None and any(
        at(route, "authorizer_id") == ident and view.twin(route) is not None
        for route in view.of(ROUTE, authorizer.address.module)
    )


def audience(view: View) -> Iterator[Fault]:
    """The client of the pool is no longer among those whose tokens are good."""
    issuers = _issuers(view)
    for live, issuer in _checked(view):
        module = issuers.get(issuer)
        if module is None or not view.reads(CLIENT, module):
            continue
        accepted = known(at(live, "jwt_configuration", "audience"))
        clients = {str(one.attributes.get("id")) for one in view.of(CLIENT, module)}
        paired = (view.resolver.pairs.get(one.address) for one in view.wanted(CLIENT, module))
        own = {str(one.attributes.get("id")) for one in paired if one is not None}
        if own & accepted:
            continue
        others = sorted(accepted & clients)
        if others:
            text = f"it takes the tokens of {', '.join(others)}, which the spec does not know, and refuses "
            text += f"those of the app client of {module}"
        else:
            text = f"it refuses the tokens of the app client of {module}: nobody can call its routes"
        wanted = sorted(own) or None
        yield Fault(live, "jwt_configuration.audience", text, wanted, sorted(accepted))


def issuer(view: View) -> Iterator[Fault]:
    """The tokens of another pool are good, those of the spec's pool are not."""
    issuers = _issuers(view)
    for live, found in _checked(view):
        twin = view.twin(live)
        wanted = url(view.value(twin, "jwt_configuration", "issuer")) if twin is not None else None
        if twin is None or wanted is None or isinstance(wanted, Unknown) or wanted == found:
            continue
        if NEW in wanted:
            continue  # the pool is gone, which is told, and not whose tokens these were
        module = issuers.get(found)
        whose = f"pool {module} of this spec" if module else "a pool that is in no spec of this run"
        text = f"it takes the tokens of {whose}: its users get in, yours do not"
        yield Fault(live, "jwt_configuration.issuer", text, wanted, found)


CHECKS = (
    Check(
        id="authorizer-audience",
        severity=Severity.CRITICAL,
        doc="an authorizer of a pool's tokens whose audience does not hold the pool's app client",
        why="every call with a token of the app is refused, or another client's tokens are taken",
        source="API Gateway, JWT authorizers: `aud` or `client_id` must match an entry of audience",
        run=audience,
    ),
    Check(
        id="authorizer-issuer",
        severity=Severity.CRITICAL,
        doc="an authorizer whose issuer is another pool than the spec's",
        why="the users of the other pool get in",
        source="API Gateway, JWT authorizers: `iss` must match the issuer",
        run=issuer,
    ),
)
