"""All cross-resource checks, run over a live state."""

from __future__ import annotations

from typing import Final

from tfgen.drift.cross import authorizers, clients, hooks, messages, routes
from tfgen.drift.cross.model import Check, Fault, View
from tfgen.drift.places import owner, place
from tfgen.drift.resolve import Resolver
from tfgen.finding import Finding, Status
from tfgen.resource import Address, Resource, State, evaluate
from tfgen.spec import Spec

CHECKS: Final[tuple[Check, ...]] = (
    *authorizers.CHECKS,
    *routes.CHECKS,
    *clients.CHECKS,
    *hooks.CHECKS,
    *messages.CHECKS,
)
"""In the order of the documentation."""


def cross_checks(spec: Spec, desired: State, live: State, resolver: Resolver) -> list[Finding]:
    """What does not fit together among the live resources, sorted as findings are.

    `resolver` is the one of `match(desired, live, known)`. A finding's `controls` name its check
    (`tfgen hook-permission`). Nothing is said about what was not read: the comparison reports that.
    `declared` is false where the spec itself asks for what does not fit, so that apply cannot mend it.
    """
    view = View(spec, desired, live, resolver)
    applied: View | None = None
    found: list[Finding] = []
    for check in CHECKS:
        faults = list(check.run(view))
        if not faults:
            continue
        applied = applied or as_applied(view)
        lasting = {_where(applied, fault) for fault in check.run(applied)}
        found += [_finding(view, check, fault, _where(view, fault) in lasting) for fault in faults]
    return sorted(found, key=lambda finding: finding.sort_key)


def _where(view: View, fault: Fault) -> tuple[Address, str]:
    if fault.at is not None:
        return fault.at, ""
    return view.desired_of.get(fault.resource.address, fault.resource.address), fault.path


def _finding(view: View, check: Check, fault: Fault, lasts: bool) -> Finding:
    address, path = _where(view, fault)
    twin = view.desired.resources.get(address)
    where = owner(view.spec, fault.resource.address.module) if twin is None else place(view.spec, twin, path)
    effect, accept = _remedy(fault, twin is not None, lasts)
    return Finding(
        status=Status.NOT_CHECKED if fault.unread else Status.MODIFIED,
        address=address,
        path=path,
        severity=check.severity,
        desired=fault.wanted,
        live=fault.found,
        declared=twin is not None and not lasts,
        controls=(f"tfgen {check.id}",),
        reason=fault.text,
        effect=effect,
        accept=accept,
        **where,
    )


def _remedy(fault: Fault, managed: bool, lasts: bool) -> tuple[str, str]:
    """What apply does about it, and what the spec can do; nothing of what is not known."""
    if fault.unread:
        return "", ""
    if not managed:
        return "Terraform does not know it and leaves it as it is", "no resource of the spec is it"
    if lasts:
        return (
            fault.effect or "apply does nothing about it",
            "the live values are the spec's own: change them there",
        )
    return (
        fault.effect or "apply puts it right",
        "it is about several resources: no value of the spec says it",
    )


def as_applied(view: View) -> View:
    """What would be live after apply: the desired resources with the ids that AWS gave or will give."""
    pairs: dict[Address, Resource] = {}
    resolver = Resolver(view.resolver.known, pairs)
    for address in view.desired.resources:
        live = view.resolver.pairs.get(address)
        attributes = (
            {"id": f"(new {address})", "arn": f"(new {address})"} if live is None else live.attributes
        )
        pairs[address] = Resource(address, {}, attributes=attributes)
    state = State()
    for address, resource in view.desired.resources.items():
        pairs[address].values = evaluate(resource.values, resolver.lookup)
        state.add(pairs[address])
    return View(view.spec, view.desired, state, resolver)
