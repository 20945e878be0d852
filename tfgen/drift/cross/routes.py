"""Protected routes that nobody guards any more."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.drift.cross.model import Check, Fault, View, at
from tfgen.kinds.field import Severity
from tfgen.kinds.types import AUTHORIZER, ROUTE


def unprotected(view: View) -> Iterator[Fault]:
    """A route that the spec protects and that anybody may call."""
    for live in view.of(ROUTE):
        twin = view.twin(live)
        if twin is None or twin.values.get("authorization_type", "NONE") == "NONE":
            continue
        if at(live, "authorization_type") in (None, "NONE") and view.knows(live, "authorization_type"):
            wanted = twin.values["authorization_type"]
            text = "the spec protects it with an authorizer, and anybody may call it"
            yield Fault(live, "authorization_type", text, wanted, "NONE")


def dangling(view: View) -> Iterator[Fault]:
    """A route whose authorizer is deleted."""
    for live in view.of(ROUTE):
        module, wanted = live.address.module, at(live, "authorizer_id")
        kind = at(live, "authorization_type")
        if kind not in ("JWT", "CUSTOM") or not view.knows(live, "authorizer_id"):
            continue
        if not view.reads(AUTHORIZER, module):
            continue
        ids = {one.attributes.get("id") for one in view.of(AUTHORIZER, module)}
        if wanted not in ids:
            said = "names no authorizer" if wanted is None else "names an authorizer that does not exist"
            yield Fault(live, "authorizer_id", f"it {said}: every call is refused", None, wanted)


CHECKS = (
    Check(
        id="route-unprotected",
        severity=Severity.CRITICAL,
        doc="a route that the spec protects and that has no authorizer",
        why="anybody may call it without a token",
        source="API Gateway, CreateRoute: AuthorizationType NONE is open access",
        run=unprotected,
    ),
    Check(
        id="route-authorizer-gone",
        severity=Severity.HIGH,
        doc="a route that names an authorizer which does not exist",
        why="every call is refused",
        source="API Gateway, CreateRoute: AuthorizerId",
        run=dangling,
    ),
)
