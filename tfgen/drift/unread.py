"""What could not be read, as findings: never a clean bill for something nobody saw."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.drift.places import owner
from tfgen.drift.resolve import Resolver
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind, Severity
from tfgen.resource import Address, State, Unread
from tfgen.spec import Spec


def not_read(spec: Spec, live: State, resolver: Resolver) -> Iterator[Finding]:
    """One finding for each part that was not read or not understood."""
    by_live = {resource.address: address for address, resource in resolver.pairs.items()}
    for item in live.unread:
        kind = KINDS[item.kind]
        address = Address(item.module, item.kind, item.label or "*")
        address = by_live.get(address, address)
        for path in item.paths or ("",):
            yield Finding(
                status=Status.NOT_CHECKED,
                address=address,
                path=path,
                severity=_severity(kind, item, path),
                reason=item.reason,
                **owner(spec, item.module),
            )


def _severity(kind: Kind, item: Unread, path: str) -> Severity:
    """As bad as what may hide there."""
    if not item.paths:
        return max(kind.deleted, kind.unmanaged)
    return next((field.severity for name, field in kind.walk() if name == path), Severity.MEDIUM)
