"""How one value of a finding is shown."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tfgen.finding import Finding, Status
from tfgen.hidden import visible
from tfgen.resource import Sensitive, Unknown
from tfgen.sensitive import MASK

_LONG = 76
_DIFF_LINES = 8
_FULL_LINES, _FULL_WIDTH = 300, 2000
_BEFORE = 16
_MEMBER = 300


def plain(value: Any) -> Any:
    """A value as JSON can hold it; a secret as its mask, a set as a sorted list."""
    match value:
        case Sensitive():
            return MASK
        case Unknown(reason=reason, secret=secret):
            return MASK if secret else f"(unknown: {reason})"
        case Mapping():
            return {
                str(key): plain(item) for key, item in sorted(value.items(), key=lambda pair: str(pair[0]))
            }
        case frozenset():
            return sorted((plain(item) for item in value), key=str)
        case list() | tuple():
            return [plain(item) for item in value]
        case Decimal():
            return str(value)
        case _:
            return value


def short(value: Any) -> str:
    """One line for one value: JSON, `(absent)`, or the start of something long."""
    if value is None:
        return "(absent)"
    if isinstance(value, Sensitive):
        return MASK
    return _cut(_line(value))


def _line(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)


def _cut(text: str, width: int = _LONG) -> str:
    text = visible(text[: width + 1])
    return text if len(text) <= width else f"{text[: width - 1]}…"


def change(desired: Any, live: Any) -> list[str]:
    """A few lines that show what differs: members of sets, lines of texts, else both values."""
    if isinstance(desired, frozenset) or isinstance(live, frozenset):
        left, right = frozenset(desired or ()), frozenset(live or ())
        lines = [f"+ {_cut(_line(item), _MEMBER)}" for item in sorted(right - left, key=str)]
        return [*lines, *(f"- {_cut(_line(item), _MEMBER)}" for item in sorted(left - right, key=str))]
    if isinstance(desired, str) and isinstance(live, str) and "\n" in desired + live:
        shown = _text_diff(desired, live)
        # Lines that differ only behind the cut would look alike.
        if len({line[1:] for line in shown}) == len(shown):
            return shown
    spec, found = _beside(desired, live)
    return [f"spec: {spec}", f"live: {found}"]


def _text_diff(desired: str, live: str) -> list[str]:
    """By `\n` alone: another line break at the end of a line is a difference that must be seen."""
    lines = difflib.unified_diff(desired.split("\n"), live.split("\n"), n=0, lineterm="")
    diff = [_cut(line) for line in itertools.islice(lines, 2, None) if not line.startswith("@@")]
    rest = len(diff) - _DIFF_LINES
    return diff if rest <= 0 else [*diff[:_DIFF_LINES], f"… {rest} more lines differ"]


def sides(item: Finding) -> tuple[str, str]:
    """What the spec has and what is live, one line each; says so where one side has nothing."""
    match item.status:
        case Status.DELETED:
            return visible(str(item.desired)), "(not live)"
        case Status.UNMANAGED:
            return "(not in the spec)", visible(str(item.live))
        case Status.NOT_CHECKED:
            return short(item.desired), "(not checked)"
        case _:
            return _beside(item.desired, item.live)


def _beside(desired: Any, live: Any) -> tuple[str, str]:
    """Both values, one line each; long ones that begin alike are shown from shortly before they differ."""
    spec, found = short(desired), short(live)
    left, right = _line(desired), _line(live)
    if spec != found or left == right:
        return spec, found
    same = sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )
    start = same - _BEFORE
    return f"…{_cut(left[start:])}", f"…{_cut(right[start:])}"


def full(value: Any) -> list[str]:
    """The lines of a whole value, to be read, not parsed: one for each member; cut past a few hundred."""
    if value is None or isinstance(value, Sensitive):
        return [short(value)]
    if isinstance(value, str) and "\n" in value:
        lines = value.split("\n")
    else:
        # Without commas: a last member is the same line as one in the middle.
        lines = json.dumps(plain(value), ensure_ascii=False, indent=2, separators=("", ": ")).split("\n")
        if isinstance(value, frozenset | list | tuple) and len(lines) > 1:
            lines = [line[2:] for line in lines[1:-1]]
    shown = [visible(line[:_FULL_WIDTH]) + ("…" if len(line) > _FULL_WIDTH else "") for line in lines]
    rest = len(shown) - _FULL_LINES
    return shown if rest <= 0 else [*shown[:_FULL_LINES], f"… {rest} more lines"]


def marked(desired: list[str], live: list[str]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both sides with, for each line, whether the other side lacks it."""
    matcher = difflib.SequenceMatcher(a=desired, b=live, autojunk=False)
    same_left = {block.a + offset for block in matcher.get_matching_blocks() for offset in range(block.size)}
    same_right = {block.b + offset for block in matcher.get_matching_blocks() for offset in range(block.size)}
    left = [(line, index not in same_left) for index, line in enumerate(desired)]
    return left, [(line, index not in same_right) for index, line in enumerate(live)]
