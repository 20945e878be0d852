"""What to change of a list so that it becomes another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tfgen.spec.edit.tree import Node


@dataclass(frozen=True, slots=True)
class Changes:
    """`replaced`: (place, new member); `added` at the end; `removed`: places of the old list."""

    replaced: tuple[tuple[int, Any], ...] = ()
    added: tuple[Any, ...] = ()
    removed: tuple[int, ...] = ()


def simple(node: Node, wanted: Sequence[Any]) -> bool:
    """Whether both lists have single values only."""
    return all(item.kind == "scalar" and item.anchor is None for item in node.items) and not any(
        isinstance(item, (dict, list, tuple)) for item in wanted
    )


def changes(old: Sequence[Any], wanted: Sequence[Any]) -> Changes:
    """The fewest: members that stay in their order are left alone, so that their comments stay true."""
    kept = [item for item in old if item in wanted]
    if len(set(map(repr, old))) == len(old) and list(wanted[: len(kept)]) == kept:
        removed = tuple(place for place, item in enumerate(old) if item not in wanted)
        return Changes((), tuple(wanted[len(kept) :]), removed)
    both = min(len(old), len(wanted))
    return Changes(
        tuple((place, wanted[place]) for place in range(both) if old[place] != wanted[place]),
        tuple(wanted[both:]),
        tuple(range(both, len(old))),
    )
