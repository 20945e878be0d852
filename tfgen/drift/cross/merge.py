"""Findings of the comparison and of the cross-resource checks as one list without doubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tfgen.finding import Finding, Status


def merged(findings: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Both lists, sorted; of two at one address and path the comparison's stays.

    It keeps its status, values, effect and way to accept; the check adds its reason, its name, its
    severity where that is higher, and that apply fails, which only it can know. A check that only says
    what was not read adds no severity.
    """
    done = list(findings)
    for new in found:
        same = [place for place, one in enumerate(done) if (one.address, one.path) == (new.address, new.path)]
        if same:
            done[same[0]] = _with(done[same[0]], new)
        else:
            done.append(new)
    return sorted(done, key=lambda finding: finding.sort_key)


def _with(old: Finding, new: Finding) -> Finding:
    severity = old.severity if new.status is Status.NOT_CHECKED else max(old.severity, new.severity)
    known = new.reason in old.reason
    return replace(
        old,
        severity=severity,
        effect=new.effect if new.effect.startswith("apply fails") else old.effect,
        reason=old.reason if known else "; ".join(text for text in (old.reason, new.reason) if text),
        controls=tuple(dict.fromkeys((*old.controls, *new.controls))),
    )
