"""A spec file as a tree in which every value knows where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tfgen.errors import Position
from tfgen.sensitive import Sensitive
from tfgen.spec.expressions import Expression


class Broken:
    """Stands for a value that is wrong and already reported."""

    __slots__ = ()


BROKEN: Final = Broken()

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = str | int | float | bool | Expression | Sensitive | Broken | None


_SIMPLE: Final = re.compile(r"[\w:@$-]{1,80}")
_MAX_SHOWN: Final = 80


@dataclass(slots=True, repr=False, eq=False)
class Scalar:
    """A single value; `quoted` tells text that somebody put in quotes (or a block) from a bare word."""

    position: Position
    value: Value
    quoted: bool = False


@dataclass(slots=True, repr=False, eq=False)
class Sequence:
    """A list."""

    position: Position
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, repr=False, eq=False)
class Mapping:
    """A mapping in the order of the file; `keys` holds the position of each key."""

    position: Position
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)


Node: TypeAlias = Scalar | Sequence | Mapping


def kind_of(node: Node) -> str:
    """What a node is, in the words that a reader of YAML uses ("text", "a mapping", "nothing" ...)."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    return kind_of_value(node.value)


def kind_of_value(value: object) -> str:
    """The same for a plain Python value."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case Expression():
            return "a value known only after deployment"
        case _:
            return "text"


def child(node: Node | None, step: str | int) -> Node | None:
    """The member `step` of a node, None when there is none."""
    if isinstance(node, Mapping):
        return node.entries.get(str(step)) if isinstance(step, str) else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def locate(node: Node, path: Path) -> Position:
    """Where the property `path` begins: its key, or its nearest ancestor's that the file has."""
    position = node.position
    current: Node | None = node
    for step in path:
        if isinstance(current, Mapping) and isinstance(step, str) and step in current.keys:
            position = current.keys[step]
        current = child(current, step)
        if current is None:
            return position
        if isinstance(step, int):
            position = current.position
    return position


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node below and including `node`, with its path, in the order of the file."""
    pending: list[tuple[Path, Node]] = [(path, node)]
    while pending:
        here, current = pending.pop()
        yield here, current
        if isinstance(current, Mapping):
            pending.extend(((*here, key), value) for key, value in reversed(current.entries.items()))
        elif isinstance(current, Sequence):
            numbered = list(enumerate(current.items))
            pending.extend(((*here, index), value) for index, value in reversed(numbered))


def dotted(path: Path) -> str:
    """A path as people write it: `resources.pool.properties.identityProviders[0].clientId`."""
    said = ""
    for step in path:
        if isinstance(step, int):
            said += f"[{step}]"
        elif _SIMPLE.fullmatch(step):
            said += f".{step}" if said else step
        else:  # quoted, so that no key can break the line or the terminal
            said += f"[{json.dumps(step[:_MAX_SHOWN], ensure_ascii=not step.isprintable())}]"
    return said
