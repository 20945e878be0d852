"""What every drift report says alike: groups, headline, totals, and how one finding is worded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from tfgen.drift import Policy, fails
from tfgen.finding import Finding, Result, Status
from tfgen.hidden import visible
from tfgen.kinds.field import Severity
from tfgen.report.values import change
from tfgen.resource import Address

Level = Literal["error", "warning", "note"]
Verdict = Literal["IN_SYNC", "DRIFT", "NOT_CHECKED"]

NAMES: Final = ("Drift", "Not checked", "Also found")
"""The three groups, in their order."""

TITLES: Final = (*NAMES[:2], f"{NAMES[2]} (does not fail the run)")
"""Their headings."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The findings of a result, each group urgent first: what fails, what was not read, what is only said."""

    failing: list[Finding]
    unread: list[Finding]
    said: list[Finding]

    @property
    def verdict(self) -> Verdict:
        """One word for programs; drift beside something that was not read is no whole check."""
        if self.unread:
            return "NOT_CHECKED"
        return "DRIFT" if self.failing else "IN_SYNC"

    def titled(self) -> list[tuple[str, list[Finding]]]:
        """The groups that hold something, with their headings."""
        groups = (self.failing, self.unread, self.said)
        return [(title, items) for title, items in zip(TITLES, groups, strict=True) if items]


def grouped(findings: Iterable[Finding], policy: Policy) -> Groups:
    """Each finding in its group."""
    groups = Groups([], [], [])
    for item in findings:
        if item.status is Status.NOT_CHECKED:
            groups.unread.append(item)
        elif fails(item, policy):
            groups.failing.append(item)
        else:
            groups.said.append(item)
    return groups


def alike(unread: Iterable[Finding]) -> list[list[Finding]]:
    """What was not read, together where one resource was not read for one reason; urgent first."""
    groups: dict[tuple[Address, str, bool], list[Finding]] = {}
    for item in unread:
        groups.setdefault((item.address, item.reason, bool(item.path)), []).append(item)
    return list(groups.values())


def modules(result: Result) -> list[str]:
    """Every pool and API that the check was about, by name; those that are gone or were not read too."""
    seen = {address.module for address in result.compared}
    return sorted(seen | {item.address.module for item in result.findings})


def headline(groups: Groups) -> str:
    """The verdict as one line."""
    if groups.failing:
        said = f"DRIFT: {count(len(groups.failing), 'finding')} ({_levels(groups.failing)})"
        return f"{said}; {len(groups.unread)} not checked" if groups.unread else said
    if groups.unread:
        return "NO DRIFT in what was checked, but not everything was"
    if groups.said:
        beside = f"{count(len(groups.said), 'finding')} ({_levels(groups.said)})"
        return f"IN_SYNC: no drift that fails the run, beside {beside}"
    return "IN_SYNC: no drift"


def _levels(items: list[Finding]) -> str:
    counts = Counter(item.severity for item in items)
    return ", ".join(f"{counts[level]} {level}" for level in sorted(counts, reverse=True))


def place(result: Result) -> str:
    """What was looked at: `stage prod, region eu-west-1`; "" where the modules say it."""
    return visible(", ".join(f"{word} {name}" for word, name in result.where.items()))


def totals(result: Result) -> list[str]:
    """Where and how much was looked at, one line each."""
    said = [place(result)] if result.where else []
    said += [f"{count(result.resources, 'resource')} and {count(result.arguments, 'argument')} compared"]
    if result.by_presence:
        said.append(f"{count(len(result.by_presence), 'secret')} compared by presence only")
    if result.never_answered:
        names = ", ".join(f"{address}.{path}" for address, path in result.never_answered)
        said.append(visible(f"not compared, because AWS never answers it: {names}"))
    said += [
        visible(f"resolved: {address} {path}".rstrip()) + f" (since {since})"
        for address, path, since in result.resolved
    ]
    said += [visible(f"note: {address}: {text}") for address, text in result.remarks]
    return said


def count(number: int, what: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def level(item: Finding, policy: Policy) -> Level:
    """How loud a finding is where a format knows three steps; what makes a run fail is never a note."""
    if item.status is Status.NOT_CHECKED:
        return "warning"
    if not fails(item, policy):
        return "note"
    return "error" if item.severity >= Severity.HIGH else "warning"


def differences(item: Finding) -> list[str]:
    """What differs, in a few lines that are safe to show."""
    match item.status:
        case Status.MODIFIED:
            return change(item.desired, item.live)
        case Status.UNMANAGED:
            return [f"live: {visible(str(item.live))}"]
        case _:
            return []


def notes(item: Finding) -> list[tuple[str, str]]:
    """(word, text) of all that is said about a finding besides its values; safe to show."""
    said = (
        ("why", item.reason),
        ("mend", item.effect),
        ("accept", item.accept),
        ("controls", ", ".join(item.controls)),
        ("since", item.since),
        *(("written", line) for line in item.writes),
    )
    return [(word, visible(" ".join(text.split()))) for word, text in said if text]


def subject(item: Finding) -> str:
    """Resource and argument as one address, safe to show."""
    return visible(f"{item.address}.{item.path}" if item.path else str(item.address))


def sentence(item: Finding) -> str:
    """One line that stands alone: what it is, what is wrong with it, both values."""
    line = f"{subject(item)} is {item.status.value}"
    shown = differences(item)
    if shown:
        line += f" ({'; '.join(shown)})"
    elif item.status is Status.NOT_CHECKED and item.reason:
        line += f": {visible(' '.join(item.reason.split()))}"
    return line


def fingerprints(items: Iterable[Finding]) -> list[str]:
    """A short name for each finding, the same in every run, whatever its values and its line in the spec.

    It also survives a run that could not read the thing, so that an alert stays the same alert.
    """
    seen: Counter[str] = Counter()
    names = []
    for item in items:
        text = f"{item.address}\n{item.path}"
        seen[text] += 1
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        names.append(f"{digest}:{seen[text]}")
    return names
