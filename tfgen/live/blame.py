"""Findings that say who wrote to their resources last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tfgen.finding import Finding, Status
from tfgen.live.trail import DAYS, Trail
from tfgen.live.trail_event import Write
from tfgen.resource import Address


def blamed(findings: Iterable[Finding], trail: Trail) -> list[Finding]:
    """Each finding with `writes`: a line for each write, newest first, and one for what is not known."""
    lines = {finding.address: lines_of(finding.address, trail) for finding in findings}
    return with_lines(findings, lines)


def with_lines(findings: Iterable[Finding], lines: Mapping[Address, tuple[str, ...]]) -> list[Finding]:
    """Each finding with the lines of its resource; what was not checked was not asked about."""
    return [
        finding
        if finding.status is Status.NOT_CHECKED
        else replace(finding, writes=lines.get(finding.address, ()))
        for finding in findings
    ]


def lines_of(address: Address, trail: Trail) -> tuple[str, ...]:
    """What is known of one resource."""
    found = [_line(write) for write in trail.writes.get(address, ())]
    reason = trail.not_checked.get(address)
    if reason is not None:
        return (*found, unknown(reason))
    return tuple(found) or (f"no write in the last {DAYS} days",)


def unknown(reason: str) -> str:
    """The line of a resource of which not all is known."""
    return f"{Status.NOT_CHECKED.value}: {reason}"


def _line(write: Write) -> str:
    return f"{write.time:%Y-%m-%d %H:%M:%S} UTC {write.event} by {write.principal} from {write.source}"
