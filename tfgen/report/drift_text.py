"""A drift report for a terminal of 100 columns and for a plain CI log."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator

import click

from tfgen.drift import Policy
from tfgen.finding import Finding, Result
from tfgen.hidden import visible
from tfgen.kinds.field import Severity
from tfgen.report.runner import harmless
from tfgen.report.summary import Groups, alike, count, differences, grouped, headline, notes, totals

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
    groups = grouped(result.findings, policy)
    lines: list[str] = []
    for title, items in groups.titled():
        lines += [f"{title}:", ""]
        for group in alike(items) if items is groups.unread else ([item] for item in items):
            lines += [*(_finding(group[0], paint) if len(group) == 1 else _unread(group, paint)), ""]
    lines.append(_verdict(groups, paint))
    for line in totals(result):
        lines += _wrapped(line, "", "  ")
    return "\n".join(map(harmless, lines)) + "\n"


def _head(item: Finding, paint: bool) -> str:
    level = f"{item.severity!s:<9}".upper()
    if paint:
        level = click.style(level, fg=_COLORS[item.severity], bold=item.severity >= Severity.HIGH)
    return f"{level} {item.status.value} {visible(str(item.address))}"


def _unread(items: list[Finding], paint: bool) -> Iterator[str]:
    """What was not read of one resource for one reason: an expired session is not a hundred blocks."""
    yield _head(items[0], paint)
    names = ", ".join(visible(item.path) for item in items)
    yield from _wrapped(f"{count(len(items), 'argument')}: {names}", _INDENT, f"{_INDENT}  ")
    for word, text in notes(items[0]):
        if word == "why":
            yield from _said(word, text)


def _finding(item: Finding, paint: bool) -> Iterator[str]:
    yield _head(item, paint)
    if item.path:
        yield f"{_INDENT}{visible(item.path)}"
    for line in differences(item):
        yield f"{_INDENT}  {line}"
    if item.position is not None:
        place = f"{item.position}" + (f" ({item.spec_path})" if item.spec_path else "")
        yield from _wrapped(visible(place), f"{_INDENT}at ", f"{_INDENT}   ")
    for word, text in notes(item):
        yield from _said(word, text)


def _said(word: str, text: str) -> list[str]:
    lead = f"{_INDENT}{word}: "
    return _wrapped(text, lead, " " * len(lead))


def _wrapped(text: str, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _verdict(groups: Groups, paint: bool) -> str:
    verdict = headline(groups)
    if not paint:
        return verdict
    color = "red" if groups.failing else "yellow" if groups.unread else "green"
    return click.style(verdict, fg=color, bold=True)
