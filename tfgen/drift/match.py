"""Which live resource is which desired one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tfgen.drift.resolve import Resolver
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind
from tfgen.kinds.reading import canonical
from tfgen.known import Known
from tfgen.resource import Address, Ref, Resource, State, Template, Unknown, evaluate


@dataclass(slots=True)
class Matched:
    """`resolver` holds the pairs, `missing` the desired resources without a live one, `extra` the live ones
    without a desired one. `ambiguous`: a desired resource and the live ones that all fit it.
    """

    resolver: Resolver
    missing: list[Resource] = field(default_factory=list)
    extra: list[Resource] = field(default_factory=list)
    ambiguous: list[tuple[Resource, list[Resource]]] = field(default_factory=list)


def match(desired: State, live: State, known: Known) -> Matched:
    """Pairs desired and live resources, kind by kind so that each one's references are known.

    Ids that were given decide first, then the arguments that identify a kind, then the resources
    that refer to it (a route to its authorizer). Two that fit equally well are never guessed at.
    """
    matched = Matched(Resolver(known))
    waiting: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in sorted(live.resources.values(), key=lambda one: one.address):
        waiting[resource.address.module, resource.kind].append(resource)
    for kind in KINDS.values():
        wanted = [resource for resource in desired.resources.values() if resource.kind == kind.type]
        wanted = [one for one in wanted if not _by_identity(kind, one, waiting, matched)]
        for resource in wanted:
            candidates = waiting[resource.address.module, kind.type]
            found = _through(kind, resource, candidates, desired, live)
            if found is None:
                matched.missing.append(resource)
            else:
                candidates.remove(found)
                matched.resolver.pairs[resource.address] = found
    matched.extra = [resource for items in waiting.values() for resource in items]
    matched.resolver.gone = {
        one.address: one for one in matched.missing if _is_gone(one, matched, desired, live)
    }
    return matched


def _is_gone(resource: Resource, matched: Matched, desired: State, live: State) -> bool:
    """Whether a missing resource is surely not there: neither unread, nor there under another name."""
    if may_be_unread(resource, desired, live):
        return False
    module, ids = resource.address.module, matched.resolver.known.ids
    roots = [one for one in matched.missing if one.address.module == module and KINDS[one.kind].root]
    if any(str(root.address) not in ids for root in roots):
        return False  # a pool or API that was looked for by its name
    place = (module, resource.kind)
    return not any((one.address.module, one.kind) == place for one in matched.extra)


def _by_identity(
    kind: Kind, resource: Resource, waiting: dict[tuple[str, str], list[Resource]], matched: Matched
) -> bool:
    """Pairs `resource` by its id or its identifying arguments; False when nothing fits."""
    candidates = waiting[resource.address.module, kind.type]
    fitting = _fitting(kind, resource, candidates, matched.resolver)
    for live in fitting:
        candidates.remove(live)
    if len(fitting) > 1:
        matched.ambiguous.append((resource, fitting))
    elif fitting:
        matched.resolver.pairs[resource.address] = fitting[0]
    return bool(fitting)


def _fitting(
    kind: Kind, resource: Resource, candidates: list[Resource], resolver: Resolver
) -> list[Resource]:
    by_id = resolver.known.ids.get(str(resource.address))
    if by_id is not None:
        given = [live for live in candidates if live.attributes.get("id") == by_id]
        if given or kind.assigned_id:
            return given  # one of another id is another one, even under the same name
    if kind.single:
        return [live for live in candidates if kind.same_slot(resource.values, live.values)]
    wanted = _identity(kind, resource, resolver)
    if wanted is None:
        return []
    return [live for live in candidates if _live_identity(kind, live) == wanted]


def _identity(kind: Kind, resource: Resource, resolver: Resolver) -> tuple[Any, ...] | None:
    """The identifying arguments of a desired resource; None when one of them is not known."""
    values = tuple(
        _settled(kind, name, evaluate(resource.values.get(name), resolver.lookup)) for name in kind.identity
    )
    return None if any(isinstance(value, Unknown) for value in values) else values


def _live_identity(kind: Kind, live: Resource) -> tuple[Any, ...]:
    return tuple(_settled(kind, name, live.values.get(name)) for name in kind.identity)


def _settled(kind: Kind, name: str, value: Any) -> Any:
    """Canonical, and silence as what AWS means by it."""
    table = kind.by_name[name]
    found = canonical(table, value)
    return canonical(table, table.unset) if found is None else found


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
        key = tuple(_settled(referer_kind, name, referer.values.get(name)) for name in referer_kind.identity)
        for other in live.resources.values():
            same_place = (other.kind, other.address.module) == (referer_type, referer.address.module)
            if same_place and _live_identity(referer_kind, other) == key:
                named = str(other.values.get(argument) or "").rpartition("/")[2]
                found = next((one for one in candidates if one.attributes.get("id") == named), None)
                if found is not None:
                    return found
    return None


def _names(value: Any, address: Address) -> bool:
    parts = value.parts if isinstance(value, Template) else (value,)
    return any(isinstance(part, Ref) and part.address == address for part in parts)


def may_be_unread(resource: Resource, desired: State, live: State) -> bool:
    """Whether something that could not be read may be the resource that seems to be missing.

    A refusal that names another desired resource hides that one only.
    """
    address = resource.address
    others = {
        one.label
        for one in desired.resources
        if (one.module, one.kind) == (address.module, address.kind) and one != address
    }
    return any(
        (item.module, item.kind) == (address.module, address.kind)
        and not item.paths
        and item.label not in others
        for item in live.unread
    )
