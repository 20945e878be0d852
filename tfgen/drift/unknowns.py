"""Values that cannot be known: what can still be said about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.resource import PLAIN, FromData, Ref, Unknown, Variable, evaluate

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One argument whose desired value is unknown; `present`: something is live there."""

    path: Path
    unknown: Unknown
    present: bool


@dataclass(frozen=True, slots=True)
class _Member(Unknown):
    """An unknown member of a set: two of them are two, though the same variable may hide both."""

    number: int = 0


def evaluated(value: Any, lookup: Callable[[Ref | Variable | FromData], Any]) -> Any:
    """As `evaluate`, but a set keeps as many members as were written."""
    if type(value) in PLAIN:
        return value
    match value:
        case Mapping():
            return {key: evaluated(item, lookup) for key, item in value.items()}
        case frozenset():
            found = [evaluate(item, lookup) for item in value]
            return frozenset(
                _Member(item.reason, item.secret, number) if isinstance(item, Unknown) else item
                for number, item in enumerate(found)
            )
        case _:
            return evaluate(value, lookup)


def set_aside(expected: Any, actual: Any, path: Path = ()) -> tuple[Any, list[Doubt]]:
    """`expected` with every unknown replaced by what is live, and the doubts that leaves.

    Nothing live where something unknown should be stays a difference: it should be set.
    """
    if isinstance(expected, Unknown):
        present = actual not in (None, {}, [])
        return (actual if present else "(a value only the deployment knows)"), [
            Doubt(path, expected, present)
        ]
    if isinstance(expected, Mapping):
        done, doubts = {}, []
        for key, item in expected.items():
            if type(item) in PLAIN:
                done[key] = item
                continue
            other = actual.get(key) if isinstance(actual, Mapping) else None
            done[key], found = set_aside(item, other, (*path, str(key)))
            doubts += found
        return done, doubts
    if isinstance(expected, (frozenset, list)):
        return _members(expected, actual, path)
    return expected, []


def _members(expected: Any, actual: Any, path: Path) -> tuple[Any, list[Doubt]]:
    """A collection with unknown members equals the live one if the rest fits and the sizes do."""
    unknown = list(_unknown_members(expected))
    if not unknown:
        return expected, []
    known = [item for item in expected if not isinstance(item, Unknown)]
    live = list(actual) if isinstance(actual, (frozenset, list)) else []
    if len(live) == len(expected) and all(item in live for item in known):
        return actual, [Doubt(path, unknown[0], present=True)]
    missing = [f"({len(unknown)} more that only the deployment knows)"]
    return type(expected)([*known, *missing]), []


def _unknown_members(items: Any) -> Iterator[Unknown]:
    for item in items:
        if isinstance(item, Unknown):
            yield item
