"""New entries and members, in the style of those that are there."""

from __future__ import annotations

from typing import Any

from tfgen.spec.edit.scalars import CannotEditError, block, in_line, key, scalar
from tfgen.spec.edit.tree import Node, Tree, keep_anchors, node_at
from tfgen.spec.nodes import Path, dotted


def inserted(tree: Tree, parent: Node, name: str, value: Any) -> str:
    """A new entry at the end of a mapping."""
    if parent.flow:
        as_json = _as_json(tree, parent)
        entry = f"{key(name, flow=True, as_json=as_json)}: {in_line(value, as_json=as_json, flow=True)}"
        last = parent.entries[-1] if parent.entries else None
        return _into_brackets(tree, parent, entry, None if last is None else (last[0].start, last[1].end))
    if not parent.entries:
        raise CannotEditError(f"there is no place for {name}")
    column = tree.column(parent.entries[0][0].start)
    return _after(
        tree, parent.end, column, block(name, value, tree.step, literals=not _is_last(tree, parent.end))
    )


def appended(tree: Tree, node: Node, value: Any) -> str:
    """A new member at the end of a list that has some, or brackets."""
    if node.flow:
        last = node.items[-1] if node.items else None
        member = in_line(value, as_json=tree.root.flow, flow=True)
        return _into_brackets(tree, node, member, None if last is None else (last.start, last.end))
    first = node.items[0]
    dash = tree.text.rfind("-", 0, first.start + (first.start == first.end))
    lines = block(None, value, tree.step, literals=not _is_last(tree, node.end))
    style = node.items[-1].style
    if isinstance(value, str) and style in ("'", '"') and len(lines) == 1:
        lines = [f"- {scalar(value, style)}"]
    return _after(tree, node.end, tree.column(dash), lines)


def rewritten(tree: Tree, path: Path, value: Any) -> str:
    """The whole value of a key anew, whatever kind of value was there."""
    parent = tree.root if len(path) == 1 else node_at(tree, path[:-1])
    pair = (
        next((pair for pair in parent.entries if pair[0].value == path[-1]), None)
        if parent is not None and parent.kind == "mapping"
        else None
    )
    if parent is None or pair is None:
        raise CannotEditError(f"{dotted(path)} can only be changed by hand")
    name, old = pair
    keep_anchors(tree, old, path)
    colon = tree.text.index(":", name.end) + 1
    end = max(old.end, colon)
    if parent.flow:
        written = in_line(value, as_json=_as_json(tree, parent), flow=True)
        return f"{tree.text[:colon]} {written}{tree.text[end:]}"
    lines = block("x", value, tree.step, literals=not _is_last(tree, end))
    head, *rest = lines
    column = tree.column(name.start)
    text = head.removeprefix("x:")
    after = "".join(tree.newline + (" " * column + line if line else "") for line in rest)
    if not rest:
        return tree.text[:colon] + text + tree.text[end:]
    behind = tree.line_end(end)  # a comment behind the value stays in the line of the key
    return tree.text[:colon] + text + tree.text[end:behind] + after + tree.text[behind:]


def _is_last(tree: Tree, end: int) -> bool:
    """Whether the file ends in this line, without a line break."""
    return tree.line_end(end) == len(tree.text)


def _after(tree: Tree, end: int, column: int, lines: list[str]) -> str:
    at = tree.line_end(end)
    new = "".join(tree.newline + (" " * column + line if line else "") for line in lines)
    return tree.text[:at] + new + tree.text[at:]


def _into_brackets(tree: Tree, node: Node, new: str, last: tuple[int, int] | None) -> str:
    text = tree.text
    if last is None:
        return f"{text[: node.start + 1]}{new}{text[node.end - 1 :]}"
    start, end = last
    rest = text[end : node.end - 1]
    trailing = rest.lstrip().startswith(",")
    line = tree.line_start(start)
    alone = not text[line:start].strip() and tree.line_end(end) < node.end
    if not alone:
        at = end + rest.index(",") + 1 if trailing else end
        return f"{text[:at]}{' ' if trailing else ', '}{new}{text[at:]}"
    at = tree.line_end(end)
    comma, close = ("", ",") if trailing else (",", "")
    return f"{text[:end]}{comma}{text[end:at]}{tree.newline}{text[line:start]}{new}{close}{text[at:]}"


def _as_json(tree: Tree, parent: Node) -> bool:
    """Whether keys are quoted here as in JSON."""
    keys = [name for name, _ in parent.entries]
    return tree.root.flow or bool(keys and all(name.style == '"' for name in keys))
