"""What tells the events about a resource from those about others: known at the comparison, small enough to
be kept until CloudTrail is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tfgen.finding import Finding, Result, Status, Trace
from tfgen.kinds import KINDS, types
from tfgen.live.writes import WRITES
from tfgen.resource import Address, Resource, State

_ROOTS: Final = {
    types.POOL: {"UserPoolId": "{}", "ResourceArn": "userpool/{}"},
    types.API: {"ApiId": "{}"},
}
"""What the others of a module live in → the parameters that name it, and how: of an ARN its end is enough."""


def traces(
    findings: Iterable[Finding],
    desired: State,
    live: State,
    pairs: Mapping[Address, Resource],
    region: str,
) -> dict[Address, Trace]:
    """What to look for of each resource with a finding; one that was not checked is not asked about.

    `pairs`: desired address → live resource (the resolver's). `region`: where gateways, and pools whose
    region is not known, are. Nothing is wanted of a resource of which nothing is known.
    """
    roots = {one.module: pairs[one] for one in pairs if one.kind in _ROOTS}
    found: dict[Address, Trace] = {}
    for address in dict.fromkeys(one.address for one in findings if one.status is not Status.NOT_CHECKED):
        resources = (pairs.get(address), live.resources.get(address), desired.resources.get(address))
        resource = next((one for one in resources if one is not None), Resource(address, {}))
        root = roots.get(address.module)
        ident = None if root is None else str(root.attributes.get("id"))
        own = root.attributes.get("region") if root is not None else None
        found[address] = _trace(
            resource, None if root is None or ident is None else (root.kind, ident), str(own or region)
        )
    return found


def traces_left(findings: Iterable[Finding], result: Result, region: str) -> dict[Address, Trace]:
    """The traces of the findings that noise control left, whose `result` is the whole comparison.

    A recorded thing that disappeared was never compared: what is known of it is its id, and its pool.
    """
    roots = {
        address.module: (address.kind, label)
        for address, label in zip(result.compared, result.labels, strict=False)
        if address.kind in _ROOTS
    }
    found: dict[Address, Trace] = {}
    for one in findings:
        address = one.address
        if one.status is Status.NOT_CHECKED or address in found:
            continue
        known = result.traces.get(address)
        if known is None:
            own = result.pools.get(address.module, {}).get("region")
            ident = {"id": address.label} if KINDS[address.kind].assigned_id else {}
            resource = Resource(address, {}, attributes=ident)
            known = _trace(resource, roots.get(address.module), str(own or region))
        found[address] = known
    return found


def _trace(resource: Resource, root: tuple[str, str] | None, region: str) -> Trace:
    """`root`: kind and id of the pool or API that the resource is in."""
    writes = WRITES[resource.kind]
    wanted = writes.wanted(resource)
    if root is not None:
        kind, ident = root
        for parameter in _ROOTS[kind].keys() & writes.keys.keys():
            wanted.setdefault(parameter.lower(), _ROOTS[kind][parameter].format(ident))
    return Trace(wanted, writes.region or region, len(wanted) == len(writes.keys))
