"""How bad one difference is, where its direction matters: `Field.weakens`.

Each maker returns a function of (desired, live) that answers None for the field's own severity, and
another one where the difference weakens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tfgen.kinds.field import Severity

Weakens = Callable[[Any, Any], Severity | None]


def only_more(otherwise: Severity) -> Weakens:
    """A set that only lost members locks out; one with new members opens something."""

    def weakens(desired: Any, live: Any) -> Severity | None:
        return None if frozenset(live or ()) - frozenset(desired or ()) else otherwise

    return weakens


def only_fewer(otherwise: Severity) -> Weakens:
    """A set of demands that only gained members asks for more than the spec does."""

    def weakens(desired: Any, live: Any) -> Severity | None:
        return None if frozenset(desired or ()) - frozenset(live or ()) else otherwise

    return weakens


def only_when(bad: Any, otherwise: Severity) -> Weakens:
    """One value is the weak one."""
    return lambda _, live: None if live == bad else otherwise


def only_below(order: Sequence[Any], otherwise: Severity) -> Weakens:
    """Values from weak to strong; one that is stronger than asked for weakens nothing."""
    rank = {value: place for place, value in enumerate(order)}

    def weakens(desired: Any, live: Any) -> Severity | None:
        known = desired in rank and live in rank
        return otherwise if known and rank[live] > rank[desired] else None

    return weakens


def only_smaller(otherwise: Severity) -> Weakens:
    """A number that should be large."""
    return lambda desired, live: otherwise if _numbers(desired, live) and live > desired else None


def only_larger(otherwise: Severity) -> Weakens:
    """A number that should be small."""
    return lambda desired, live: otherwise if _numbers(desired, live) and live < desired else None


def worse_when_set(worse: Severity) -> Weakens:
    """Something live that the spec does not want is worse than something that is gone."""
    return lambda _, live: None if live is None else worse


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, (int, float)) for value in values)
