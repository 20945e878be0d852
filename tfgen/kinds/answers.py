"""Which keys of a live answer the field tables know; every other one is a thing we cannot check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.shapes import EACH, Shape, shape


def main_source(kind: Kind) -> str:
    """The name of the answer that proves a resource of this kind exists."""
    return next(iter(kind.sources))


def live_path(prefix: str, field: Field) -> str:
    """`source:path` of a field below its parent's; source "" is the kind's main one."""
    live = field.live or ""
    if ":" in live:
        return live
    if not prefix:
        return f":{live}"
    return f"{prefix}.{live}" if live and not prefix.endswith(":") else f"{prefix}{live}"


@dataclass(frozen=True, slots=True)
class Paths:
    """What is known of one answer: `leaves` are read or ignored, `branches` lead to leaves; `shape` says
    what a leaf must be.
    """

    leaves: frozenset[str]
    branches: frozenset[str]
    shape: Shape


def unknown_keys(kind: Kind, source: str, answer: Mapping[str, Any]) -> list[str]:
    """Live keys with a value that neither a field nor an ignore rule of the table knows, sorted."""
    return sorted(set(_unknown(answer, "", known_paths(kind)[source])))


def known_paths(kind: Kind) -> dict[str, Paths]:
    """What is known of each of a kind's answers, by source."""
    cached = _KNOWN.get(kind.type)
    if cached is None:
        paths: dict[str, dict[str, Field]] = {source: {} for source in kind.sources}
        _collect(kind, kind.fields, "", paths)
        cached = _KNOWN[kind.type] = {
            source: _paths(facts.ignored, paths[source]) for source, facts in kind.sources.items()
        }
    return cached


_KNOWN: dict[str, dict[str, Paths]] = {}


def _paths(ignored: Iterable[str], fields: Mapping[str, Field]) -> Paths:
    leaves = {*ignored, *(path for path, field in fields.items() if not field.is_block)}
    return Paths(frozenset(leaves), frozenset(_branches(leaves)), shape(fields))


def _branches(leaves: Iterable[str]) -> Iterator[str]:
    """Every path that leads to a leaf."""
    for leaf in leaves:
        steps = leaf.split(".")
        for length in range(1, len(steps)):
            yield ".".join(steps[:length])
        # Each value of a mapping: the mapping itself leads there.
        yield from (leaf[: found.start()] for found in re.finditer(re.escape(EACH), leaf))


def _collect(kind: Kind, fields: tuple[Field, ...], prefix: str, paths: dict[str, dict[str, Field]]) -> None:
    """Every argument and repeated block by the source and the live path it is read from."""
    for field in fields:
        if field.live is None and not field.is_block:
            continue
        path = live_path(prefix, field)
        if field.type is not Type.BLOCK:
            source, _, inner = path.partition(":")
            paths[source or main_source(kind)][inner] = field
        _collect(kind, field.fields, path, paths)


def _unknown(value: Any, path: str, known: Paths) -> Iterator[str]:
    if path in known.leaves or value is None or value in ("", [], {}):
        return
    items = value if isinstance(value, list) else [value]
    if (path and path not in known.branches) or not all(isinstance(item, Mapping) for item in items):
        yield path
        return
    each = f"{path}{EACH}"
    if each in known.leaves or each in known.branches:
        for inner in value.values():
            yield from _unknown(inner, each, known)
        return
    for item in items:
        for key, inner in item.items():
            yield from _unknown(inner, f"{path}.{key}" if path else str(key), known)
