"""Desired and live resources → findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.drift import trees, unknowns
from tfgen.drift.differences import Difference, differences
from tfgen.drift.match import match
from tfgen.drift.remedy import accept, effect, replaced
from tfgen.drift.resolve import Resolver
from tfgen.drift.unread import not_read
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.known import Known
from tfgen.resource import Address, Resource, State
from tfgen.spec import Spec

POOL = "aws_cognito_user_pool"


def compare(spec: Spec, desired: State, live: State, known: Known) -> Result:
    """Every difference between `desired` and `live`, and everything that could not be compared.

    Sorted by urgency, then by place.
    """
    result = Result()
    resolver, missing, extra = match(desired, live, known)
    for resource in desired.resources.values():
        paired = resolver.pairs.get(resource.address)
        if paired is not None:
            _compare_pair(spec, resource, paired, resolver, live, result)
            if resource.kind == POOL:
                result.pools[resource.address.module] = dict(paired.attributes)
    result.findings += _deleted(spec, missing, live)
    result.findings += _unmanaged(extra)
    result.findings += not_read(spec, live, resolver)
    result.findings.sort(key=lambda finding: finding.sort_key)
    return result


def _compare_pair(
    spec: Spec, resource: Resource, live: Resource, resolver: Resolver, state: State, result: Result
) -> None:
    kind = KINDS[resource.kind]
    values = trees.normalised(kind, unknowns.evaluated(resource.values, resolver.lookup))
    expected = trees.complete(kind.fields, values)
    actual = trees.complete(kind.fields, trees.normalised(kind, live.values))
    expected, doubts = unknowns.set_aside(expected, actual)
    unread = {
        path
        for item in state.unread
        if (item.module, item.kind) == (resource.address.module, resource.kind)
        and item.label in (None, live.address.label)
        for path in item.paths
    }
    result.resources += 1
    result.arguments += sum(1 for _, field in kind.walk() if not field.is_block and field.answered)
    result.never_answered += [
        (resource.address, path) for path in trees.never_answered(kind.fields, resource.values)
    ]
    for doubt in doubts:
        shown, field = kind.field_at(doubt.path)
        if not doubt.present or shown in unread:
            continue
        if doubt.unknown.secret:
            result.by_presence.append((resource.address, shown))
        else:
            result.findings.append(
                Finding(
                    status=Status.NOT_CHECKED,
                    address=resource.address,
                    path=shown,
                    severity=field.severity,
                    live=_at(actual, doubt.path),
                    reason=doubt.unknown.reason,
                    **_place(spec, resource, shown),
                )
            )
    for difference in differences(kind, resource, expected, actual, live.values):
        if _overlaps(difference.argument, unread):
            continue
        if difference.rule is not None:
            result.quiet.append((resource.address, difference.path, difference.rule.id))
            continue
        result.findings.append(_modified(spec, resource, difference, resolver))


def _overlaps(argument: str, unread: set[str]) -> bool:
    """Whether a path was not read, in part or with a block around it."""
    return any(
        argument == path or argument.startswith(f"{path}.") or path.startswith(f"{argument}.")
        for path in unread
    )


def _modified(spec: Spec, resource: Resource, difference: Difference, resolver: Resolver) -> Finding:
    kind, field = KINDS[resource.kind], difference.field
    return Finding(
        status=Status.MODIFIED,
        address=resource.address,
        path=difference.path,
        severity=difference.severity,
        desired=difference.desired,
        live=difference.live,
        declared=difference.declared,
        controls=field.controls,
        effect=effect(kind, resource, difference, _users(resource.address, resolver)),
        accept=accept(kind, difference),
        replaces=replaced(difference),
        **_place(spec, resource, difference.path),
    )


def _users(address: Address, resolver: Resolver) -> int | None:
    """How many users the pool of this module has, as AWS estimates."""
    pool = resolver.pairs.get(Address(address.module, POOL))
    return None if pool is None else pool.attributes.get("estimated_number_of_users")


def _place(spec: Spec, resource: Resource, path: str) -> dict[str, Any]:
    """Position and spec path of an argument: its own origin, else the nearest block's, else the resource's."""
    plain = path.partition("[")[0]
    while plain:
        if plain in resource.origins:
            return _at_origin(spec, resource.origins[plain])
        plain = plain.rpartition(".")[0]
    return _owner(spec, resource)


def _owner(spec: Spec, resource: Resource) -> dict[str, Any]:
    """Where the pool or gateway of the resource stands in the spec."""
    for owner in (spec.pools, spec.gateways):
        found = owner.get(resource.address.module)
        if found is not None:
            return _at_origin(spec, found.path)
    return {}


def _at_origin(spec: Spec, origin: tuple[str | int, ...]) -> dict[str, Any]:
    return {"position": spec.position(origin), "spec_path": ".".join(str(step) for step in origin)}


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _deleted(spec: Spec, missing: list[Resource], live: State) -> Iterator[Finding]:
    """Desired resources that are not live; the parts of a missing pool or API go with it."""
    gone = {resource.address.module for resource in missing if KINDS[resource.kind].root}
    for resource in missing:
        kind = KINDS[resource.kind]
        if resource.address.module in gone and not kind.root:
            continue
        if _could_be_unread(resource, live):
            continue
        with_it = sum(1 for other in missing if other.address.module == resource.address.module) - 1
        yield Finding(
            status=Status.DELETED,
            address=resource.address,
            path="",
            severity=kind.deleted,
            desired=resource.address.label if not kind.root else resource.values.get("name"),
            controls=kind.controls,
            reason=f"{with_it} more resources are gone with it" if kind.root and with_it else "",
            effect="apply makes a new one, without the users of the old one"
            if kind.type == POOL
            else "apply makes it again",
            **_owner(spec, resource),
        )


def _could_be_unread(resource: Resource, live: State) -> bool:
    """True when something of this kind could not be read: it may be the one that seems to be missing."""
    return any(
        (item.module, item.kind) == (resource.address.module, resource.kind) and not item.paths
        for item in live.unread
    )


def _unmanaged(extra: list[Resource]) -> Iterator[Finding]:
    """Live resources that no spec has."""
    for resource in extra:
        kind = KINDS[resource.kind]
        shown = ", ".join(
            f"{name} {resource.values[name]}"
            for name in kind.identity
            if resource.values.get(name) is not None
        )
        yield Finding(
            status=Status.UNMANAGED,
            address=resource.address,
            path="",
            severity=kind.unmanaged,
            live=shown or resource.address.label,
            declared=False,
            controls=kind.controls,
            effect="Terraform does not know it and leaves it as it is",
            accept="delete it in AWS, or add it to the spec and import it"
            if kind.unmanaged > Severity.LOW
            else "nothing to do if it is meant to be there",
        )
