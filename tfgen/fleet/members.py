"""The members of a target: how each is written, and what it becomes."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tfgen.errors import Position, UsageError
from tfgen.spec import Options
from tfgen.spec.nodes import Mapping, Node, Scalar, Sequence, kind_of
from tfgen.spec.nodes import Path as NodePath
from tfgen.spec.problems import Collector
from tfgen.spec.yaml_file import word

_NAME: Final = re.compile(r"[\w.@:+-][\w.@:/+-]{0,127}", re.ASCII)
_ACCOUNT: Final = re.compile(r"\d{12}", re.ASCII)
_ROLE: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/\S+", re.ASCII)
_POOL_ID: Final = re.compile(r"[a-z]{2,}(-[a-z]+)+-\d{1,2}_[0-9a-zA-Z]+", re.ASCII)
_URL: Final = re.compile(r"https?://[^\s/]\S*")
_DIGITS: Final = 12

Parser = Callable[[Node, Position, NodePath, "Members"], Any]


class Members:
    """Reads members; `fleet` is the file they stand in, whose folder paths begin at."""

    def __init__(self, fleet: Path, collector: Collector) -> None:
        self.fleet = fleet
        self.collector = collector

    def read(self, node: Mapping, path: NodePath) -> dict[str, Any]:
        """The members of a target (or of the defaults) that are right; unknown ones were reported."""
        found: dict[str, Any] = {}
        for key, member in node.entries.items():
            parser = MEMBERS.get(key)
            if parser is not None:
                value = parser(member, node.keys[key], (*path, key), self)
                if value is not None:
                    found[key] = value
        return found


def _matching(pattern: re.Pattern[str], what: str, allowed: str) -> Parser:
    def parse(node: Node, at: Position, path: NodePath, members: Members) -> str | None:
        value = word(node, at, path, members.collector, allowed)
        if value is not None and not pattern.fullmatch(value):
            members.collector.error(at, path, f"is not {what}", allowed)
            return None
        return value

    return parse


def _text(node: Node, at: Position, path: NodePath, members: Members) -> str | None:
    return word(node, at, path, members.collector)


def _option(name: str) -> Parser:
    """Names that the spec room checks itself."""

    def parse(node: Node, at: Position, path: NodePath, members: Members) -> str | None:
        value = word(node, at, path, members.collector)
        if value is None:
            return None
        options: dict[str, Any] = {name: value}
        try:
            Options(**options)
        except UsageError as fault:
            # The place tells which value it is; shown it is not, since a variable may have given it.
            _, _, said = str(fault).partition(" is not ")
            members.collector.error(at, path, f"is not {said}")
            return None
        return value

    return parse


def _account(node: Node, at: Position, path: NodePath, members: Members) -> str | None:
    """Twelve digits, quoted or not: a bare `012345678901` has lost its zero by now."""
    if isinstance(node, Scalar) and isinstance(node.value, int) and 0 <= node.value < 10**_DIGITS:
        return str(node.value).zfill(_DIGITS)
    text: str | None = _ACCOUNT_TEXT(node, at, path, members)
    return text


_ACCOUNT_TEXT: Final = _matching(_ACCOUNT, "an AWS account", "twelve digits, '012345678901'")


def _files(node: Node, at: Position, path: NodePath, members: Members) -> tuple[Path, ...] | None:
    """The files of one glob or of a list of them, in the order written; each glob must match."""
    if isinstance(node, Sequence):
        if not node.items:
            members.collector.error(at, path, "has no member", "a file or a glob")
        items = [(item.position, item, (*path, index)) for index, item in enumerate(node.items)]
    else:
        items = [(at, node, path)]
    found: dict[Path, None] = {}
    for where, item, here in items:
        pattern = word(item, where, here, members.collector, "a file or a glob")
        if pattern is None:
            continue
        files = _matches(pattern, members.fleet)
        if not files:
            said = "no file fits this glob" if glob.has_magic(pattern) else "there is no such file"
            members.collector.error(where, here, said, f"looked for in {members.fleet.parent}/")
        found |= dict.fromkeys(files)
    return tuple(found) or None


def _matches(pattern: str, fleet: Path) -> list[Path]:
    """Files, sorted; a glob does not mean the fleet file itself."""
    if not glob.has_magic(pattern):
        file = fleet.parent / pattern
        return [file] if file.is_file() else []
    names = sorted(glob.glob(pattern, root_dir=fleet.parent, recursive=True))  # noqa: PTH207 - absolute ones too
    files = [fleet.parent / name for name in names]
    return [file for file in files if file.is_file() and file.name != fleet.name]


def _pool_ids(node: Node, at: Position, path: NodePath, members: Members) -> dict[str, str] | None:
    pool_id = _matching(_POOL_ID, "a user pool id", "such as eu-west-1_AbCdEf123")
    return _mapping(node, at, path, members, pool_id, "name of a pool in the spec: its id")


def _values(node: Node, at: Position, path: NodePath, members: Members) -> dict[str, str] | None:
    def value(node: Node, at: Position, path: NodePath, members: Members) -> str | None:
        if isinstance(node, Scalar) and isinstance(node.value, int):
            return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
        return word(node, at, path, members.collector)

    return _mapping(node, at, path, members, value, "name: value")


def _mapping(
    node: Node, at: Position, path: NodePath, members: Members, parse: Parser, allowed: str
) -> dict[str, str] | None:
    if not isinstance(node, Mapping):
        members.collector.error(at, path, f"must be a mapping, not {kind_of(node)}", allowed)
        return None
    values = {
        key: parse(member, node.keys[key], (*path, key), members) for key, member in node.entries.items()
    }
    return {key: value for key, value in values.items() if value is not None}


MEMBERS: Final[dict[str, Parser]] = {
    "name": _matching(_NAME, "a name for a target", "letters, digits and . @ : / + - _, without spaces"),
    "specs": _files,
    "stage": _option("stage"),
    "service_name": _option("service_name"),
    "region": _option("region"),
    "account": _account,
    "profile": _text,
    "role_arn": _matching(_ROLE, "the ARN of a role", "arn:aws:iam::123456789012:role/name"),
    "external_id": _text,
    "endpoint_url": _matching(_URL, "a URL", "such as http://127.0.0.1:4566"),
    "pool_ids": _pool_ids,
    "outputs": _files,
    "state": _files,
    "vars": _values,
    "args": _values,
}
"""Member of a target → what reads it."""

MAPS: Final = ("pool_ids", "vars", "args")
"""Members of which a target's own entries are added to those of the defaults."""
