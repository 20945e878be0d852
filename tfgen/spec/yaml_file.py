"""The YAML files of noise control, read as strictly as a spec and with the same words about places."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from tfgen.errors import Position, Problem, SpecError
from tfgen.spec.compose import ComposeError, compose
from tfgen.spec.nodes import Mapping, Node, Scalar, Sequence, kind_of
from tfgen.spec.nodes import Path as NodePath
from tfgen.spec.problems import Collector, listed, nearest
from tfgen.spec.source import SourceError, read


def read_mapping(path: Path, what: str, member: str, collector: Collector) -> Mapping:
    """The root of a YAML 1.2 file; what of it cannot be used is in the collector.

    `what` names the file's purpose ("an ignore file") and `member` what it must hold, for the messages.
    Raises SpecError when nothing can be read.
    """
    try:
        document = compose(read(path))
    except (SourceError, ComposeError) as error:
        raise SpecError([_worded(error.problem, what, member)]) from None
    found = [*document.faults, *(problem for _, problem in document.complaints)]
    collector.errors += [_worded(problem, what, member) for problem in found]
    return document.root


def _worded(problem: Problem, what: str, member: str) -> Problem:
    """A problem of reading YAML, which speaks of specs, in words of this file."""
    words: Final = (
        (r"`resources:`", f"`{member}:`"),
        (r"\ba spec file\b", what),
        (r"\ba spec\b", what),
        (r"\bspecs are\b", "tfgen reads"),
        (r", or use \$Var", ""),
    )
    message, allowed = problem.message, problem.allowed
    for old, new in words:
        message, allowed = re.sub(old, new, message), re.sub(old, new, allowed)
    return replace(problem, message=message, allowed=allowed)


def known_members(node: Mapping, path: NodePath, names: tuple[str, ...], collector: Collector) -> None:
    """An error for every key that is none of `names`, with the nearest one."""
    for key, at in node.keys.items():
        if key not in names:
            near = nearest(key, names)
            allowed = "" if near else f"known are {listed(names)}"
            collector.error(at, (*path, key), "is not known here", allowed, near)


def sequence(node: Mapping, key: str, path: NodePath, collector: Collector) -> list[Node]:
    """The members of a list, none when it is absent; an error for anything that is no list."""
    found = node.entries.get(key)
    if found is None or isinstance(found, Sequence):
        return [] if found is None else found.items
    collector.error(node.keys[key], (*path, key), f"must be a list, not {kind_of(found)}", "- of its members")
    return []


def text(node: Mapping, key: str, path: NodePath, collector: Collector, allowed: str = "") -> str | None:
    """A text that is not blank; None when it is absent or, reported, something else."""
    found = node.entries.get(key)
    return None if found is None else word(found, node.keys[key], (*path, key), collector, allowed)


def word(node: Node, at: Position, path: NodePath, collector: Collector, allowed: str = "") -> str | None:
    """The text of one node; None, reported, when it is none or blank."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, str) or (isinstance(node, Scalar) and value is None):
        collector.error(at, path, "has no value", allowed or "write it, or leave the key out")
    elif not isinstance(node, Scalar) or isinstance(value, (bool, int, float)):
        hint = "put it in quotes to make it text" if isinstance(value, (bool, int, float)) else allowed
        collector.error(at, path, f"must be text, not {kind_of(node)}", hint)
    return None
