"""What keeps a value of a spec from being edited where it stands."""

from __future__ import annotations

from tfgen.spec.directives.syntax import is_directive
from tfgen.spec.edit.scalars import CannotEditError
from tfgen.spec.edit.tree import Node, node_at, parse
from tfgen.spec.nodes import Path, dotted


def obstacle(text: str, path: Path) -> str:
    """Why the value at `path` is not decided there: a directive, an alias, a shared anchor; "" for none."""
    tree = parse(text)
    try:
        for depth in range(1, len(path) + 1):
            node = node_at(tree, path[:depth])
            if node is None:
                return ""
            if _is_directive(node):
                return f"{dotted(path[:depth])} is a directive: change what it stands for"
        return _inside(node_at(tree, path), path)
    except CannotEditError as error:
        return str(error)


def _is_directive(node: Node) -> bool:
    return node.kind == "scalar" and isinstance(node.scalar, str) and is_directive(node.value)


def _inside(node: Node | None, path: Path) -> str:
    """The same of the members of a list or mapping."""
    if node is None:
        return ""
    for member in (*(value for _, value in node.entries), *node.items):
        if member.kind == "alias":
            return f"{dotted(path)} has an alias in it"
        if _is_directive(member):
            return f"{dotted(path)} has a directive in it: change what it stands for"
        if deeper := _inside(member, path):
            return deeper
    return ""
