"""What may be there behind something that was not read."""

from __future__ import annotations

from tfgen.drift.paths import overlaps
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.resource import Address


def hides(finding: Finding, address: Address, path: str) -> bool:
    """Whether `finding` says that something was not read which could be `path` of the resource `address`.

    A pool or API that was not read hides all that is in it; a resource may be any of its kind, as a
    refused listing has no names.
    """
    there = finding.address
    if finding.status is not Status.NOT_CHECKED or there.module != address.module:
        return False
    if KINDS[there.kind].root and not finding.path:
        return True
    return there.kind == address.kind and overlaps(finding.path, path)
