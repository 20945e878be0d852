"""One change of a spec's text at one path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tfgen.spec.edit import lists
from tfgen.spec.edit.insert import appended, inserted, rewritten
from tfgen.spec.edit.scalars import CannotEditError, is_literal, literal, literal_sign, scalar
from tfgen.spec.edit.tree import Node, Tree, keep_anchors, node_at, parse
from tfgen.spec.nodes import Path, dotted

_KEPT: Final = ("properties",)
"""Mappings that stay, empty, when their last member goes."""


def put(text: str, path: Path, value: Any) -> str:
    """`text` with `value` (plain Python) at `path`; mappings on the way are made.

    Of a list only the members that differ are touched, of a mapping only the keys that differ.
    Raises CannotEditError where an alias or a shared anchor stands on the way, or a tag.
    """
    tree = parse(text)
    for depth in range(1, len(path) + 1):
        node = node_at(tree, path[:depth])
        if node is None or (node.is_null and depth < len(path)):
            return _made(tree, path, depth, node, value)
    found = node_at(tree, path)
    if found is None:
        raise CannotEditError(f"{dotted(path)} is the whole file")
    if found.tagged:
        raise CannotEditError(f"{dotted(path)} has a tag")
    return _replaced(tree, found, path, value)


def _made(tree: Tree, path: Path, depth: int, null: Node | None, value: Any) -> str:
    """A value for something that the text does not have, with the mappings around it."""
    for step in reversed(path[depth:]):
        if step == 0:
            value = [value]
        elif isinstance(step, int):
            raise CannotEditError(f"{dotted(path)} is a member of a list that is not there")
        else:
            value = {step: value}
    if null is not None:
        return rewritten(tree, path[:depth], value)
    parent = tree.root if depth == 1 else node_at(tree, path[: depth - 1])
    step = path[depth - 1]
    if parent is not None and parent.kind == "sequence" and step == len(parent.items):
        return appended(tree, parent, value)
    if parent is None or parent.kind != "mapping" or not isinstance(step, str):
        raise CannotEditError(f"{dotted(path[:depth])} has no place in the file")
    return inserted(tree, parent, step, value)


def _replaced(tree: Tree, node: Node, path: Path, value: Any) -> str:
    if isinstance(value, Mapping) and node.kind == "mapping" and value:
        return _merged(tree, node, path, value)
    if isinstance(value, (list, tuple)) and node.kind == "sequence" and value and lists.simple(node, value):
        return _listed(tree.text, node, path, list(value))
    if node.kind == "scalar" and not isinstance(value, (Mapping, list, tuple)):
        return _scalar(tree, node, value)
    return rewritten(tree, path, value)


def _scalar(tree: Tree, node: Node, value: Any) -> str:
    text, start, end = tree.text, node.start, node.end
    if start == end:  # nothing is written: `key:`
        return (
            f"{text[:start]} {scalar(value, flow=_in_flow(tree, node), as_json=tree.root.flow)}{text[start:]}"
        )
    if node.style in ("|", ">"):
        if isinstance(value, str) and is_literal(value) and end < len(text):
            return text[:start] + _literal(tree, node, value) + text[end:]
        return text[:start] + scalar(value) + text[end:]
    in_flow = _in_flow(tree, node)
    as_json = tree.root.flow and node.style != "'"
    return text[:start] + scalar(value, node.style, flow=in_flow, as_json=as_json) + text[end:]


def _literal(tree: Tree, node: Node, value: str) -> str:
    """A literal block with the indentation of the one that it replaces."""
    lines = [line for line in tree.text[node.start : node.end].splitlines()[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
    if not indent:
        raise CannotEditError("the old text has no indentation to go by")
    written = (" " * indent + line if line else "" for line in literal(value))
    return tree.newline.join([literal_sign(value), *written])


def _in_flow(tree: Tree, node: Node) -> bool:
    """Whether a node stands within brackets."""
    pending, found = [(tree.root, tree.root.flow)], False
    while pending:
        current, flow = pending.pop()
        if current is node:
            found = flow
            break
        members = [part for pair in current.entries for part in pair] + current.items
        pending += [(member, flow or current.flow) for member in members]
    return found


def _merged(tree: Tree, node: Node, path: Path, value: Mapping[str, Any]) -> str:
    text = tree.text
    gone = [key.value for key, _ in node.entries if key.value not in value]
    for name, item in value.items():
        old = node.find(name)
        if old is None or old.kind != "scalar" or old.scalar != item or type(old.scalar) is not type(item):
            text = put(text, (*path, name), item)
    for name in gone:
        text = remove(text, (*path, name))
    return text


def _listed(text: str, node: Node, path: Path, wanted: list[Any]) -> str:
    old = [item.scalar for item in node.items]
    change = lists.changes(old, wanted)
    for place, item in change.replaced:
        text = put(text, (*path, place), item)
    for item in change.added:
        text = append(text, path, item)
    for place in reversed(change.removed):
        text = remove(text, (*path, place))
    return text


def append(text: str, path: Path, value: Any) -> str:
    """`text` with one more member at the end of the list at `path`. Raises CannotEditError."""
    node = node_at(parse(text), path)
    if node is None or node.is_null:
        return put(text, path, [value])
    if node.kind != "sequence":
        raise CannotEditError(f"{dotted(path)} is no list")
    return put(text, (*path, len(node.items)), value)


def remove(text: str, path: Path) -> str:
    """`text` without what stands at `path`; a mapping that has nothing left goes with it.

    Raises CannotEditError as `put` does, and where nothing stands at `path`.
    """
    tree = parse(text)
    node, parent = node_at(tree, path), node_at(tree, path[:-1]) if len(path) > 1 else tree.root
    if node is None or parent is None:
        raise CannotEditError(f"{dotted(path)} is not in the file")
    keep_anchors(tree, node, path)
    members = [value for _, value in parent.entries] or parent.items
    if len(members) == 1:
        if parent.kind == "sequence":
            return rewritten(tree, path[:-1], [])
        if len(path) == 1:
            raise CannotEditError(f"{dotted(path)} is all that the file has")
        if path[-2] not in _KEPT:
            return remove(text, path[:-1])
        return rewritten(tree, path[:-1], {})
    place = next(index for index, member in enumerate(members) if member is node)
    return _cut(tree, parent, place)


def _cut(tree: Tree, parent: Node, place: int) -> str:
    """The text without one of several members."""
    text = tree.text
    starts = [key.start for key, _ in parent.entries] or [item.start for item in parent.items]
    ends = [value.end for _, value in parent.entries] or [item.end for item in parent.items]
    if parent.flow:
        if place + 1 < len(starts):
            return text[: starts[place]] + text[starts[place + 1] :]
        return text[: ends[place - 1]] + text[ends[place] :]
    start = starts[place]
    if parent.kind == "sequence":
        start = text.rfind("-", 0, start + (starts[place] == ends[place]))
    line = tree.line_start(start)
    if not text[line:start].strip(" "):
        return text[:line] + text[tree.after_line(ends[place]) :]
    if parent.kind == "mapping" and place + 1 < len(starts):  # the first key of a list's member
        return text[:start] + text[starts[place + 1] :]
    raise CannotEditError("the value shares its line with another")
