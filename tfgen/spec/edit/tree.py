"""The text of a spec as a tree in which every value knows where it begins and ends.

The nodes that a spec is read from say where a value begins only, and what an alias stands for
instead of where it is; an edit needs both ends and must see the alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal

from ruamel.yaml import YAML
from ruamel.yaml.events import AliasEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from tfgen.spec import scalars
from tfgen.spec.edit.scalars import CannotEditError
from tfgen.spec.nodes import Path, dotted
from tfgen.spec.source import LINE_BREAK

_BREAKS: Final = "\n\r\x85\u2028\u2029"
_BLOCK: Final = ("|", ">")
_COLON: Final = re.compile(r"\s*:")
_PROPERTIES: Final = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s|#[^\n]*\n)+)*")


@dataclass(slots=True)
class Node:
    """One value: `start` and `end` are offsets of its text, without anchor, tag and the last line break.

    `style`: the quote or block sign of a scalar, None for a bare word. `flow`: written in brackets.
    """

    kind: Literal["scalar", "mapping", "sequence", "alias"]
    start: int
    end: int
    value: str = ""
    style: str | None = None
    flow: bool = False
    anchor: str | None = None
    tagged: bool = False
    entries: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here, or `null`."""
        return self.kind == "scalar" and self.style is None and scalars.core(self.value) is None

    @property
    def scalar(self) -> Any:
        """The value of a scalar as YAML 1.2 reads it."""
        return self.value if self.style is not None or self.tagged else scalars.core(self.value)

    def find(self, step: str | int) -> Node | None:
        """The member of a mapping or list; None when there is none."""
        if self.kind == "mapping":
            return next((value for key, value in self.entries if key.value == step), None)
        if self.kind == "sequence" and isinstance(step, int) and 0 <= step < len(self.items):
            return self.items[step]
        return None


@dataclass(frozen=True, slots=True)
class Tree:
    """A text, its root, and the anchors that some alias names."""

    text: str
    root: Node
    aliased: frozenset[str]

    def column(self, offset: int) -> int:
        """How many characters stand before `offset` in its line."""
        return offset - self.line_start(offset)

    def line_start(self, offset: int) -> int:
        """The offset of the first character of a line."""
        return max(self.text.rfind(letter, 0, offset) for letter in _BREAKS) + 1

    def line_end(self, offset: int) -> int:
        """The offset of the line break that ends a line, or of the text's end."""
        found = LINE_BREAK.search(self.text, offset)
        return len(self.text) if found is None else found.start()

    def after_line(self, offset: int) -> int:
        """The offset of the next line."""
        found = LINE_BREAK.search(self.text, offset)
        return len(self.text) if found is None else found.end()

    @property
    def newline(self) -> str:
        """The line break that the text uses first."""
        found = LINE_BREAK.search(self.text)
        return "\n" if found is None else found[0]

    @property
    def step(self) -> int:
        """By how many spaces the text indents a mapping in a mapping."""
        for _, value in self.root.entries:
            if value.kind == "mapping" and not value.flow and value.entries:
                return self.column(value.entries[0][0].start) or 2
        return 2


@lru_cache(maxsize=2)
def parse(text: str) -> Tree:
    """The tree of a text that is a valid spec; nobody changes it.

    Raises CannotEditError for what is not one mapping.
    """
    open_: list[Node] = []
    keys: list[Node | None] = []
    root: Node | None = None
    aliased: set[str] = set()
    for event in YAML(typ="safe", pure=True).parse(text):
        node = _node(event, text, aliased)
        if node is not None and node.kind in ("mapping", "sequence"):
            open_.append(node)
            keys.append(None)
            continue
        if node is None:
            if not type(event).__name__.endswith(("MappingEndEvent", "SequenceEndEvent")):
                continue
            node = _closed(open_.pop(), event)
            keys.pop()
        if not open_:
            root = node
        elif open_[-1].kind == "sequence":
            open_[-1].items.append(node)
        elif (key := keys[-1]) is None:
            keys[-1] = node
        else:
            _place_empty(node, key.end, text)
            open_[-1].entries.append((key, node))
            keys[-1] = None
    if root is None or root.kind != "mapping":
        raise CannotEditError("the file is not one mapping")
    return Tree(text, root, frozenset(aliased))


def _node(event: Any, text: str, aliased: set[str]) -> Node | None:
    """The node that an event begins; None for the end of one."""
    if isinstance(event, AliasEvent):
        aliased.add(event.anchor)
        return Node("alias", event.start_mark.index, event.end_mark.index)
    if not isinstance(event, NodeEvent):
        return None
    start, end = event.start_mark.index, event.end_mark.index
    anchor = getattr(event, "anchor", None)
    tagged = getattr(event, "tag", None) is not None
    if anchor or tagged:
        found = _PROPERTIES.match(text, start)
        start = min(found.end(), end) if found is not None else start
    if isinstance(event, ScalarEvent):
        if event.style in _BLOCK:
            end = _block_end(text, start, end)
        return Node("scalar", start, end, event.value, event.style or None, False, anchor, tagged)
    kind: Literal["mapping", "sequence"] = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
    if not isinstance(event, (MappingStartEvent, SequenceStartEvent)):  # pragma: no cover - all there are
        raise CannotEditError("the file holds something that is no value")
    return Node(kind, start, end, "", None, bool(event.flow_style), anchor, tagged)


def _place_empty(node: Node, after: int, text: str) -> None:
    """An empty value stands behind its colon; the events put it where the next thing begins."""
    if node.kind == "scalar" and node.start == node.end:
        found = _COLON.match(text, after)
        node.start = node.end = after if found is None else found.end()


def _block_end(text: str, start: int, end: int) -> int:
    """The end of a block scalar's last line; blank lines after it belong to one that keeps them (`+`)."""
    header = LINE_BREAK.split(text[start:end], maxsplit=1)[0].partition("#")[0]
    content = text[start:end]
    if "+" in header:
        breaks = list(LINE_BREAK.finditer(content))
        return start + breaks[-1].start() if breaks and breaks[-1].end() == len(content) else end
    return start + len(content.rstrip())


def _closed(node: Node, event: Any) -> Node:
    """A mapping or list with all its members; a block one ends where its last member does."""
    if node.flow:
        node.end = event.end_mark.index
        return node
    last = node.entries[-1][1] if node.entries else node.items[-1] if node.items else node
    node.end = max(last.end, node.entries[-1][0].end if node.entries else 0)
    if node.entries:
        node.start = node.entries[0][0].start
    return node


def shared(tree: Tree, node: Node) -> bool:
    """Whether an edit of the node would change other places too."""
    return node.anchor is not None and node.anchor in tree.aliased


def keep_anchors(tree: Tree, node: Node, path: Path) -> None:
    """Raises CannotEditError where taking the node away would leave an alias without its anchor."""
    for member in (node, *(value for _, value in node.entries), *node.items):
        if shared(tree, member):
            anchor = str(member.anchor)[:40]
            raise CannotEditError(f"{dotted(path)} holds an anchor (&{anchor}) that other places use")
        if member is not node:
            keep_anchors(tree, member, path)


def node_at(tree: Tree, path: Path) -> Node | None:
    """The node at a path; None where there is none.

    Raises CannotEditError where an alias, or an anchor that others use, stands on the way.
    """
    node: Node | None = tree.root
    for depth, step in enumerate(path):
        if node is None:
            return None
        _own(tree, node, path[:depth])
        node = node.find(step)
    if node is not None:
        _own(tree, node, path)
    return node


def _own(tree: Tree, node: Node, path: Path) -> None:
    if node.kind == "alias":
        raise CannotEditError(f"{dotted(path)} is an alias ({tree.text[node.start : node.end][:40]})")
    if shared(tree, node):
        raise CannotEditError(f"{dotted(path)} is an anchor (&{str(node.anchor)[:40]}) that other places use")


def plain_at(text: str, path: Path) -> Any:
    """The value written at a path as plain Python; None where there is none. Raises CannotEditError."""
    node = node_at(parse(text), path)
    return None if node is None else _plain(node)


def _plain(node: Node) -> Any:
    if node.kind == "mapping":
        return {key.value: _plain(value) for key, value in node.entries}
    if node.kind == "sequence":
        return [_plain(item) for item in node.items]
    if node.kind == "alias":
        raise CannotEditError("the value has an alias in it")
    return node.scalar
