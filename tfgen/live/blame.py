"""Findings that say who wrote to their resources last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tfgen.finding import Finding, Status
from tfgen.live.trail import DAYS, Trail
from tfgen.live.trail_event import Write


def blamed(findings: Iterable[Finding], trail: Trail) -> list[Finding]:
    """Each finding with `writes`: a line for each write, newest first, and one for what is not known."""
    return [
        finding if finding.status is Status.NOT_CHECKED else replace(finding, writes=_lines(finding, trail))
        for finding in findings
    ]


def _lines(finding: Finding, trail: Trail) -> tuple[str, ...]:
    found = [_line(write) for write in trail.writes.get(finding.address, ())]
    reason = trail.not_checked.get(finding.address)
    if reason is not None:
        return (*found, f"{Status.NOT_CHECKED.value}: {reason}")
    return tuple(found) or (f"no write in the last {DAYS} days",)


def _line(write: Write) -> str:
    return f"{write.time:%Y-%m-%d %H:%M:%S} UTC {write.event} by {write.principal} from {write.source}"
