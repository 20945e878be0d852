"""A drift report as GitHub-flavoured Markdown: for a comment on a pull request, a wiki, a chat.

Values come from AWS and from specs, so all of them stand in code spans, where no host looks for
links, mentions or HTML; prose is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tfgen.drift import Policy
from tfgen.finding import Finding, Result
from tfgen.hidden import visible
from tfgen.report.summary import TITLES, Groups, alike, count, differences, grouped, headline, notes, totals
from tfgen.report.values import sides

LIMIT: Final = 65_536
"""GitHub refuses a longer comment. It counts characters; bytes of UTF-8 are never fewer."""

_CODE, _PROSE, _TOTALS = 200, 600, 12
_PUNCTUATION = re.compile(r"[\\`*_\[\]<>|~&#]")
_AUTOLINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
_HEAD = ["| Severity | Status | Resource | Argument | Spec | Live | Where |", "|---|---|---|---|---|---|---|"]
_UNREAD_HEAD = ["| Severity | Resource | Argument | Why | Where |", "|---|---|---|---|---|"]
_NOTE = 200
"""Bytes kept free in each section for the line that says what was left out."""


def render(result: Result, policy: Policy, *, color: bool | None = None, limit: int = LIMIT) -> str:
    """Headline, a table of what fails, and everything else folded away; at most `limit` bytes."""
    del color
    groups = grouped(result.findings, policy)
    top = ["### tfgen drift", "", f"**{_prose(headline(groups))}**", "", *_lines_of(result), ""]
    sections = list(_sections(groups))
    room = limit - _size(top) - _NOTE * len(sections)
    lines = [*top]
    for number, section in enumerate(sections):
        # The first table leaves room for what comes behind it.
        shown = section.fitted(room if number else room * 3 // 4)
        lines += shown
        room -= _size(shown)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines_of(result: Result) -> list[str]:
    """Each line a paragraph of its own: a remark of AWS may be long."""
    said = totals(result)
    lines = [_prose(line) for line in said[:_TOTALS]]
    if len(said) > _TOTALS:
        lines.append(f"… and {len(said) - _TOTALS:,} more notes")
    return "\n\n".join(lines).split("\n")


@dataclass(slots=True)
class _Section:
    """Lines before, a block of lines for each finding, lines after; blocks are left out from the end."""

    title: str
    before: list[str]
    items: list[Finding]
    block: Callable[[Finding], list[str]]
    after: list[str] = field(default_factory=lambda: [""])

    def fitted(self, room: int) -> list[str]:
        """As many blocks as fit in `room` bytes, and how many do not (in the bytes kept for that)."""
        room -= _size(self.before) + _size(self.after)
        taken: list[str] = []
        left = len(self.items)
        for item in self.items:
            block = self.block(item)
            room -= _size(block)
            if room < 0:
                break
            taken += block
            left -= 1
        note = ["", f"**{left:,} of {len(self.items):,} are left out here: too long.**"] if left else []
        return [*self.before, *taken, *note, *self.after] if taken else [f"**{self.title}**", *note, ""]


def _sections(groups: Groups) -> Iterator[_Section]:
    """The most important first: a later one gets the room that is left."""
    if groups.failing:
        yield _Section(TITLES[0], _HEAD, groups.failing, _row)
    if groups.unread:
        title = f"{TITLES[1]}: {len(groups.unread):,}"
        rows = {id(group[0]): group for group in alike(groups.unread)}
        firsts = [group[0] for group in rows.values()]
        head = [f"**{title}**", "", *_UNREAD_HEAD]
        yield _Section(title, head, firsts, lambda item: _unread_row(rows[id(item)]))
    if groups.failing:
        yield _folded(f"Details of {count(len(groups.failing), 'finding')}", groups.failing)
    if groups.said:
        yield _folded(f"{TITLES[2]}: {len(groups.said):,}", groups.said)


def _folded(title: str, items: list[Finding]) -> _Section:
    before = ["<details>", f"<summary>{title}</summary>", ""]
    return _Section(title, before, items, _details, ["", "</details>", ""])


def _row(item: Finding) -> list[str]:
    spec, live = sides(item)
    return _cells(
        f"**{item.severity}**",
        item.status.value,
        _code(str(item.address)),
        _code(item.path),
        _code(spec),
        _code(live),
        _where(item),
    )


def _unread_row(items: list[Finding]) -> list[str]:
    """One resource that was not read for one reason; the place is that of the first argument."""
    first = items[0]
    paths = _code(", ".join(item.path for item in items))
    if len(items) > 1:
        paths = f"{count(len(items), 'argument')}: {paths}"
    return _cells(f"{first.severity}", _code(str(first.address)), paths, _prose(first.reason), _where(first))


def _details(item: Finding) -> list[str]:
    name = _code(str(item.address)) + (f" {_code(item.path)}" if item.path else "")
    lines = [f"- **{item.severity}** {item.status.value} {name}"]
    if item.replaces:
        lines.append("  - **apply destroys the resource and makes it anew**")
    lines += [f"  - {_code(line)}" for line in differences(item)]
    if item.position is not None:
        lines.append(f"  - at {_where(item)}" + (f" {_code(item.spec_path)}" if item.spec_path else ""))
    lines += [f"  - {word}: {_prose(text)}" for word, text in notes(item)]
    return lines


def _where(item: Finding) -> str:
    return "" if item.position is None else _code(str(item.position))


def _cells(*cells: str) -> list[str]:
    return [f"| {' | '.join(cells)} |"]


def _code(text: str) -> str:
    """`text` as a code span that may stand in a table: a pipe is escaped there even in code."""
    text = visible(text[: _CODE + 1])
    if not text:
        return ""
    if len(text) > _CODE:
        text = f"{text[: _CODE - 1]}…"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def _prose(text: str) -> str:
    """`text` as plain words: no markup, no link, and `@` in code so that nobody is called."""
    text = visible(" ".join(text.split())[: _PROSE + 1])
    if len(text) > _PROSE:
        text = f"{text[: _PROSE - 1]}…"
    text = _PUNCTUATION.sub(r"\\\g<0>", text)
    text = _AUTOLINK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    return text.replace("@", "`@`")


def _size(lines: list[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
