"""A drift report for a terminal of 100 columns and for a plain CI log."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator

import click

from tfgen.drift import Policy, fails
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.report.values import change

_WIDTH = 100
_INDENT = " " * 10
_COLORS = {
    Severity.CRITICAL: "bright_red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "white",
}


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """What fails first, then what is only said, then one line of totals."""
    paint = sys.stdout.isatty() if color is None else color
    failing = [
        item for item in result.findings if item.status is not Status.NOT_CHECKED and fails(item, policy)
    ]
    unread = [item for item in result.findings if item.status is Status.NOT_CHECKED]
    said = [item for item in result.findings if item not in failing and item not in unread]
    lines: list[str] = []
    for title, items in (
        ("Drift", failing),
        ("Not checked", unread),
        ("Also live, not declared by the spec", said),
    ):
        if items:
            lines += [f"{title}:", ""]
            for item in items:
                lines += [*_finding(item, paint), ""]
    lines += _summary(result, failing, unread, paint)
    return "\n".join(lines) + "\n"


def _finding(item: Finding, paint: bool) -> Iterator[str]:
    level = f"{item.severity!s:<9}".upper()
    if paint:
        level = click.style(level, fg=_COLORS[item.severity], bold=item.severity >= Severity.HIGH)
    yield f"{level} {item.status.value} {item.address}"
    if item.path:
        yield f"{_INDENT}{item.path}"
    if item.status is Status.MODIFIED:
        for line in change(item.desired, item.live):
            yield f"{_INDENT}  {line}"
    elif item.status is Status.UNMANAGED:
        yield f"{_INDENT}  live: {item.live}"
    if item.position is not None:
        yield f"{_INDENT}at {item.position}" + (f" ({item.spec_path})" if item.spec_path else "")
    yield from _said("why", item.reason)
    yield from _said("mend", item.effect)
    yield from _said("accept", item.accept)
    yield from _said("controls", ", ".join(item.controls))


def _said(word: str, text: str) -> Iterator[str]:
    if text:
        lead = f"{_INDENT}{word}: "
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        )


def _summary(result: Result, failing: list[Finding], unread: list[Finding], paint: bool) -> Iterator[str]:
    counts = Counter(item.severity for item in failing)
    levels = ", ".join(f"{counts[level]} {level}" for level in sorted(counts, reverse=True))
    if failing:
        verdict, color = f"DRIFT: {_count(len(failing), 'finding')} ({levels})", "red"
    elif unread:
        verdict, color = "NO DRIFT in what was checked, but not everything was", "yellow"
    else:
        verdict, color = "IN_SYNC: no drift", "green"
    if unread and failing:
        verdict += f"; {len(unread)} not checked"
    yield click.style(verdict, fg=color, bold=True) if paint else verdict
    yield f"{_count(result.resources, 'resource')} and {_count(result.arguments, 'argument')} compared"
    if result.by_presence:
        yield f"{_count(len(result.by_presence), 'secret')} compared by presence only"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
