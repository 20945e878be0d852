"""Which live resource is which desired one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tfgen.drift.resolve import Resolver
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind
from tfgen.kinds.reading import canonical
from tfgen.known import Known
from tfgen.resource import Address, Ref, Resource, State, Template, Unknown, evaluate


def match(desired: State, live: State, known: Known) -> tuple[Resolver, list[Resource], list[Resource]]:
    """Pairs desired and live resources, kind by kind so that each one's references are known.

    Returns the resolver (it holds the pairs), the desired resources without a live one, and the live
    ones without a desired one. Ids that were given decide first, then the arguments that identify a
    kind, then the resources that refer to it (a route to its authorizer).
    """
    resolver = Resolver(known)
    waiting: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in live.resources.values():
        waiting[resource.address.module, resource.kind].append(resource)
    missing: list[Resource] = []
    for kind in KINDS.values():
        for resource in desired.resources.values():
            if resource.kind != kind.type:
                continue
            candidates = waiting[resource.address.module, kind.type]
            found = _find(kind, resource, candidates, resolver, known) or _through(
                kind, resource, candidates, desired, live
            )
            if found is None:
                missing.append(resource)
            else:
                candidates.remove(found)
                resolver.pairs[resource.address] = found
    return resolver, missing, [resource for items in waiting.values() for resource in items]


def _find(
    kind: Kind, resource: Resource, candidates: list[Resource], resolver: Resolver, known: Known
) -> Resource | None:
    by_id = known.ids.get(str(resource.address))
    if by_id is not None:
        given = next((live for live in candidates if live.attributes.get("id") == by_id), None)
        if given is not None:
            return given
    if kind.single:
        same = [live for live in candidates if kind.same_slot(resource.values, live.values)]
        return same[0] if len(same) == 1 else None
    wanted = _identity(kind, resource, resolver)
    if wanted is None:
        return None
    return next((live for live in candidates if _live_identity(kind, live) == wanted), None)


def _identity(kind: Kind, resource: Resource, resolver: Resolver) -> tuple[Any, ...] | None:
    """The identifying arguments of a desired resource; None when one of them is not known."""
    values = tuple(
        canonical(kind.by_name[name], evaluate(resource.values.get(name), resolver.lookup))
        for name in kind.identity
    )
    return None if any(isinstance(value, Unknown) for value in values) else values


def _live_identity(kind: Kind, live: Resource) -> tuple[Any, ...]:
    return tuple(live.values.get(name) for name in kind.identity)


def _through(
    kind: Kind, resource: Resource, candidates: list[Resource], desired: State, live: State
) -> Resource | None:
    """The live resource that a live route names where the desired route names this one."""
    if kind.found_through is None:
        return None
    referer_type, argument = kind.found_through
    referer_kind = KINDS[referer_type]
    for referer in desired.resources.values():
        if referer.kind != referer_type or not _names(referer.values.get(argument), resource.address):
            continue
        key = tuple(referer.values.get(name) for name in referer_kind.identity)
        for other in live.resources.values():
            if other.kind == referer_type and _live_identity(referer_kind, other) == key:
                named = str(other.values.get(argument) or "").rpartition("/")[2]
                return next((one for one in candidates if one.attributes.get("id") == named), None)
    return None


def _names(value: Any, address: Address) -> bool:
    parts = value.parts if isinstance(value, Template) else (value,)
    return any(isinstance(part, Ref) and part.address == address for part in parts)
