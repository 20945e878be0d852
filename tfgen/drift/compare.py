"""Desired and live resources → findings."""

from __future__ import annotations

from tfgen.drift import trees, unknowns
from tfgen.drift.differences import Difference, at, differences
from tfgen.drift.edits import accept
from tfgen.drift.match import Matched, match
from tfgen.drift.places import place
from tfgen.drift.presence import ambiguous, deleted, unmanaged
from tfgen.drift.remarks import delivery_failures, lengths
from tfgen.drift.remedy import effect, replaced
from tfgen.drift.resolve import Resolver
from tfgen.drift.unread import not_read
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.types import POOL
from tfgen.known import Known
from tfgen.resource import Address, Resource, State
from tfgen.spec import Spec


def compare(spec: Spec, desired: State, live: State, known: Known, matched: Matched | None = None) -> Result:
    """Every difference between `desired` and `live`, and everything that could not be compared.

    Sorted by urgency, then by place. `matched`: which is which, where the caller knows it already.
    """
    result = Result()
    matched = matched or match(desired, live, known)
    resolver = matched.resolver
    for resource in desired.resources.values():
        paired = resolver.pairs.get(resource.address)
        if paired is not None:
            _compare_pair(spec, resource, paired, resolver, live, result)
            if resource.kind == POOL:
                result.pools[resource.address.module] = dict(paired.attributes)
                result.remarks += delivery_failures(resource.address, paired)
    result.findings += deleted(spec, matched.missing, desired, live)
    result.findings += ambiguous(spec, matched.ambiguous)
    result.findings += unmanaged(spec, matched.extra)
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
    result.compared.append(resource.address)
    result.arguments += kind.comparable_arguments
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
                    live=at(actual, doubt.path),
                    reason=doubt.unknown.reason,
                    **place(spec, resource, shown),
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
        accept=accept(spec, resource, resolver.pairs[resource.address], difference),
        replaces=replaced(difference),
        reason=lengths(difference),
        **place(spec, resource, difference.path),
    )


def _users(address: Address, resolver: Resolver) -> int | None:
    """How many users the pool of this module has, as AWS estimates."""
    pool = resolver.pairs.get(Address(address.module, POOL))
    return None if pool is None else pool.attributes.get("estimated_number_of_users")
