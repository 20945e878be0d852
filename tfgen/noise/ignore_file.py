"""`tfgen.ignore.yml` to rules, or to everything that is wrong with it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from tfgen.drift.globs import GlobError, Globs, Subject, first_name, globs
from tfgen.errors import Position, SpecError
from tfgen.finding import Status
from tfgen.kinds import KINDS
from tfgen.noise.ignore import FINDABLE, IgnoreRule
from tfgen.spec.nodes import Mapping, Node, Sequence, kind_of
from tfgen.spec.nodes import Path as NodePath
from tfgen.spec.problems import Collector, listed, nearest
from tfgen.spec.yaml_file import known_members, read_mapping, sequence, text, word

DEFAULT_NAME: Final = "tfgen.ignore.yml"

_GLOBS: Final[dict[str, Subject]] = {
    "path": "path",
    "resource": "resource",
    "pool": "name",
    "account": "name",
    "region": "name",
    "stage": "name",
}
_MEMBERS: Final = (*_GLOBS, "status", "reason", "expires")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_SAYS: Final = "a day like 2027-03-31, the last one on which the rule holds"


def load_rules(path: Path) -> list[IgnoreRule]:
    """The rules of an ignore file, in its order.

    Raises SpecError with all problems of the file, sorted by position.
    """
    collector = Collector()
    root = read_mapping(path, "an ignore file", "rules", collector)
    known_members(root, (), ("rules",), collector)
    if not root.keys:
        collector.error(root.position, ("rules",), "is missing", "an ignore file has `rules:`, a list")
    rules = [
        rule
        for index, node in enumerate(sequence(root, "rules", (), collector))
        if (rule := _rule(node, ("rules", index), collector)) is not None
    ]
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)))
    return rules


def _rule(node: Node, path: NodePath, collector: Collector) -> IgnoreRule | None:
    if not isinstance(node, Mapping):
        allowed = "{path: …, reason: …}"
        collector.error(node.position, path, f"must be a mapping, not {kind_of(node)}", allowed)
        return None
    known_members(node, path, _MEMBERS, collector)
    if "path" not in node.keys and "resource" not in node.keys:
        collector.error(node.position, path, "says not what it ignores", "write `path`, `resource`, or both")
    if "reason" not in node.keys:
        allowed = "say why this may differ from the spec"
        collector.error(node.position, (*path, "reason"), "is missing", allowed)
    given = {
        key: found
        for key, subject in _GLOBS.items()
        if key in node.entries and (found := _globs(node, key, subject, path, collector)) is not None
    }
    return IgnoreRule(
        position=node.position,
        reason=text(node, "reason", path, collector) or "",
        statuses=_statuses(node, path, collector),
        expires=_expires(node, path, collector),
        **given,
    )


def _words(node: Mapping, key: str, path: NodePath, collector: Collector) -> list[tuple[Position, str]]:
    """One text or a list of texts, each with its place."""
    found = node.entries[key]
    here = (*path, key)
    if isinstance(found, Sequence):
        if not found.items:
            collector.error(node.keys[key], here, "has no member", "leave it out to mean all")
        members = [(item.position, item, (*here, index)) for index, item in enumerate(found.items)]
    else:
        members = [(node.keys[key], found, here)]
    said = ((at, word(item, at, place, collector)) for at, item, place in members)
    return [(at, text) for at, text in said if text is not None]


def _globs(node: Mapping, key: str, subject: Subject, path: NodePath, collector: Collector) -> Globs | None:
    patterns = _words(node, key, path, collector)
    if not patterns:
        return None
    if subject == "path":
        unread = "status" in node.entries and any(
            word == Status.NOT_CHECKED.value for _, word in _words(node, "status", path, Collector())
        )
        for at, pattern in patterns:
            _known_argument(pattern, at, (*path, key), collector, unread=unread)
    try:
        return globs([pattern for _, pattern in patterns], subject)
    except GlobError as error:
        collector.error(node.keys[key], (*path, key), str(error), error.allowed)
        return None


def _known_argument(
    pattern: str, at: Position, path: NodePath, collector: Collector, *, unread: bool
) -> None:
    """A path that begins with a name must begin with the name of an argument, or it never matches.

    What is NOT_CHECKED may be a member of AWS's answer that no argument stands for (`unread`). It has AWS's
    name then, which begins with a capital.
    """
    name = first_name(pattern)
    no_argument = unread and name[:1].isupper() and name not in answered_names()
    if name and name not in argument_names() and not no_argument:
        near = nearest(name, argument_names())
        allowed = "" if near else 'a key of a map is written tags["Owner"]'
        collector.error(at, path, f"no resource has an argument {name[:60]!r}", allowed, near)


@cache
def argument_names() -> frozenset[str]:
    """The name of every argument and block of every kind, at whatever depth."""
    return frozenset(field.name for kind in KINDS.values() for _, field in kind.walk())


@cache
def answered_names() -> frozenset[str]:
    """Every member of AWS's answers that an argument is read from."""
    return frozenset(
        step for kind in KINDS.values() for _, field in kind.walk() for step in field.live_name.split(".")
    )


def _statuses(node: Mapping, path: NodePath, collector: Collector) -> frozenset[Status]:
    if "status" not in node.entries:
        return FINDABLE
    names = [status.value for status in Status]
    found: set[Status] = set()
    for at, name in _words(node, "status", path, collector):
        if name in names:
            found.add(Status(name))
        else:
            allowed = f"one of {listed(names)}"
            collector.error(
                at, (*path, "status"), f"{name[:60]!r} is no status", allowed, nearest(name, names)
            )
    return frozenset(found)


def _expires(node: Mapping, path: NodePath, collector: Collector) -> date | None:
    said = text(node, "expires", path, collector, _DATE_SAYS)
    if said is None:
        return None
    try:
        if _DATE.fullmatch(said):
            return date.fromisoformat(said)
    except ValueError:
        pass
    collector.error(node.keys["expires"], (*path, "expires"), f"{said[:60]!r} is not a day", _DATE_SAYS)
    return None
