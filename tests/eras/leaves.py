"""Every single value of an era's answers, and another one in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.eras.era import Answers, Era, text
from tfgen.finding import Result
from tfgen.kinds import KINDS
from tfgen.kinds.field import Source

Leaf = tuple[str | int, ...]


def leaves(value: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """The paths of everything that holds no other value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inner or not value:
        yield path
    for key, item in inner:
        yield from leaves(item, (*path, key))


def changed(era: Era, leaf: Leaf) -> Answers:
    """The era's answers with another value of the same type at one place."""
    answers = era.answers()
    target: Any = answers
    for step in leaf[:-1]:
        target = target[step]
    target[leaf[-1]] = _other(target[leaf[-1]])
    return answers


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}x"
        case list():
            return ["x"]
        case _:
            return {"x": "y"}


def said(result: Result) -> tuple[Any, ...]:
    """All that a run tells of what it compared, what it left out by a rule, and what it says besides."""
    findings = [text(finding) for finding in result.findings]
    return findings, sorted(map(str, result.quiet)), str(result.pools), str(result.remarks)


def no_setting(leaf: Leaf) -> bool:
    """Whether a table names it among what is no setting, or has AWS's own value and no argument."""
    operation, _, *inside = map(str, leaf)
    for source in _sources(operation):
        path = inside[1:] if inside[:1] == [source.answer] else inside
        dotted = ".".join(step for step in path if not step.isdigit())
        if any(f"{dotted}.".startswith(f"{named}.") for named in (*source.ignored, *source.usual)):
            return True
    return False


def _sources(operation: str) -> Iterator[Source]:
    for kind in KINDS.values():
        yield from (source for source in kind.sources.values() if source.operation == operation)
