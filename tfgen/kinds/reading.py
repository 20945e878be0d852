"""From AWS's answers to resources, by the field tables: the generic half of every kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tfgen.kinds.field import Field, Kind, Source, Type
from tfgen.kinds.shapes import EACH, Shape, shape, well_shaped
from tfgen.resource import Address, Resource, Sensitive, Unread

_UNKNOWN = "which this version of tfgen does not know"
_SET = "with another value than AWS's own, and Terraform has no argument for it"
_STRANGE = "in a form that this version of tfgen does not know"

Answers = dict[str, Any]
"""The answers a resource is read from, by source name; a source that failed is missing."""


def read_resource(kind: Kind, address: Address, answers: Answers) -> tuple[Resource, list[Unread]]:
    """The live resource, canonical, and what of its answers is not understood.

    That is every live key that no field of the table knows, and every value of another type than its
    field has.
    """
    known = _known_paths(kind)
    strange: dict[str, list[str]] = {}
    for source in kind.sources:
        if source in answers:
            clean, strange[source] = well_shaped(answers[source], known[source].shape)
            answers = answers | {source: clean}
    values = _read(kind, kind.fields, answers, "")
    attributes = {
        name: path(answers) if callable(path) else dig(answers.get(main_source(kind), {}), path)
        for name, path in kind.attributes.items()
    }
    unread = []
    for source, wrong in strange.items():  # "context" says where was read, it is no answer
        said = f"{_operation(kind.sources[source])} returned"
        doubts = dict(_doubts(kind, source, answers[source], said))
        doubts |= {path: f"{said} {path} {_STRANGE}" for path in wrong}
        unread += [
            Unread(address.module, kind.type, reason, address.label, (path,))
            for path, reason in doubts.items()
        ]
    return Resource(address, values, attributes=attributes), unread


def _doubts(kind: Kind, source: str, answer: Mapping[str, Any], said: str) -> Iterator[tuple[str, str]]:
    """Live keys that no field knows, less those that have the value AWS gives them by itself."""
    for path in unknown_keys(kind, source, answer):
        rule = kind.sources[source].usual.get(path)
        if rule is None:
            yield path, f"{said} {path}, {_UNKNOWN}"
        elif not rule.applies(dig(answer, path), answer):
            yield path, f"{said} {path} {_SET}"


def _operation(source: Source) -> str:
    """The operation as AWS writes it: `describe_user_pool` is DescribeUserPool."""
    return "".join(word.capitalize() for word in source.operation.split("_"))


def main_source(kind: Kind) -> str:
    """The name of the answer that proves a resource of this kind exists."""
    return next(iter(kind.sources))


def fields_of_source(kind: Kind, source: str) -> tuple[str, ...]:
    """The argument paths that are read from one source: what cannot be checked when it fails."""
    return tuple(
        path
        for path, field in kind.walk()
        if not field.is_block and field.live is not None and _source_of(kind, kind.fields, path) == source
    )


def _source_of(kind: Kind, fields: tuple[Field, ...], path: str) -> str:
    """The source of the innermost block or argument on `path` that names one."""
    source = main_source(kind)
    table = {field.name: field for field in fields}
    for step in path.split("."):
        field = table[step]
        if field.live and ":" in field.live:
            source = field.live.partition(":")[0]
        table = field.by_name
    return source


def live_path(prefix: str, field: Field) -> str:
    """`source:path` of a field below its parent's; source "" is the kind's main one."""
    live = field.live or ""
    if ":" in live:
        return live
    if not prefix:
        return f":{live}"
    return f"{prefix}.{live}" if live and not prefix.endswith(":") else f"{prefix}{live}"


def _read(kind: Kind, fields: tuple[Field, ...], answers: Answers, prefix: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields:
        path = live_path(prefix, field)
        if field.read is not None:
            value = field.read(answers)
        elif field.type is Type.BLOCK:
            value = _read(kind, field.fields, answers, path) or None
        elif field.live is None:
            value = None
        elif field.type is Type.BLOCKS:
            value = _read_blocks(field, _dig_source(kind, answers, path.removesuffix(EACH)))
        else:
            value = _dig_source(kind, answers, path)
        value = canonical(field, value)
        if value is not None:
            values[field.name] = value
    return values


def _read_blocks(field: Field, items: Any) -> dict[str, Any] | None:
    """A list of AWS objects, or a mapping of them (`live` ends in `.*`), as blocks keyed by `field.key`."""
    if not items:
        return None
    named = items.items() if isinstance(items, Mapping) else ((None, item) for item in items)
    done: dict[str, Any] = {}
    for name, item in named:
        values = {} if name is None else {str(field.key): name}
        values |= {
            member.name: value
            for member in field.fields
            if member.live is not None and (value := canonical(member, dig(item, member.live))) is not None
        }
        done[str(values[str(field.key)])] = values
    return done


def _dig_source(kind: Kind, answers: Answers, path: str) -> Any:
    source, _, inner = path.partition(":")
    return dig(answers.get(source or main_source(kind), {}), inner)


def dig(answer: Any, path: str) -> Any:
    """The member of an AWS answer at a dotted path; None where any step is missing."""
    for step in path.split(".") if path else ():
        if not isinstance(answer, Mapping):
            return None
        answer = answer.get(step)
    return answer


def canonical(field: Field, value: Any) -> Any:
    """One value of either side in the form that is compared; None for absent, "", [] and {}."""
    if value is None or (isinstance(value, (str, Mapping, list, tuple, AbstractSet)) and not value):
        return None
    if field.type is Type.BLOCK:
        done = {
            member.name: inner
            for member in field.fields
            if (inner := canonical(member, value.get(member.name))) is not None
        }
        return done or None
    if field.type is Type.BLOCKS:
        return {key: _canonical_item(field, item) for key, item in value.items()}
    if field.type is Type.SET and isinstance(value, (list, tuple)):
        value = frozenset(value)
    elif field.type is Type.NUMBER and isinstance(value, (float, Decimal)) and value == int(value):
        value = int(value)
    value = _composed(value)
    if field.canonical is not None and not isinstance(value, Sensitive):
        value = field.canonical(value)
    if field.secret and isinstance(value, str):
        value = Sensitive(value)
    return value


def _composed(value: Any) -> Any:
    """Texts in Unicode's composed form (NFC), to which Terraform brings every string it handles."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, frozenset):
        return frozenset(map(_composed, value))
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, Mapping):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return value


def _canonical_item(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        member.name: inner
        for member in field.fields
        if (inner := canonical(member, item.get(member.name))) is not None
    }


@dataclass(frozen=True, slots=True)
class _Paths:
    """What is known of one answer: `leaves` are read or ignored, `branches` lead to leaves; `shape` says
    what a leaf must be.
    """

    leaves: frozenset[str]
    branches: frozenset[str]
    shape: Shape


def unknown_keys(kind: Kind, source: str, answer: Mapping[str, Any]) -> list[str]:
    """Live keys with a value that neither a field nor an ignore rule of the table knows, sorted."""
    return sorted(set(_unknown(answer, "", _known_paths(kind)[source])))


def _known_paths(kind: Kind) -> dict[str, _Paths]:
    cached = _KNOWN.get(kind.type)
    if cached is None:
        paths: dict[str, dict[str, Field]] = {source: {} for source in kind.sources}
        _collect(kind, kind.fields, "", paths)
        cached = _KNOWN[kind.type] = {
            source: _paths(facts.ignored, paths[source]) for source, facts in kind.sources.items()
        }
    return cached


_KNOWN: dict[str, dict[str, _Paths]] = {}


def _paths(ignored: Iterable[str], fields: Mapping[str, Field]) -> _Paths:
    leaves = {*ignored, *(path for path, field in fields.items() if not field.is_block)}
    return _Paths(frozenset(leaves), frozenset(_branches(leaves)), shape(fields))


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


def _unknown(value: Any, path: str, known: _Paths) -> Iterator[str]:
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
