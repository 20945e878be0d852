"""From AWS's answers to resources, by the field tables: the generic half of every kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from tfgen.kinds.answers import known_paths, live_path, main_source, unknown_keys
from tfgen.kinds.field import Field, Kind, Source, Type
from tfgen.kinds.shapes import EACH, well_shaped
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
    known = known_paths(kind)
    strange: dict[str, list[str]] = {}
    for source in kind.sources:
        if source in answers:
            clean, strange[source] = well_shaped(answers[source], known[source].shape)
            answers = answers | {source: clean}
    values = _read(_readers(kind), answers)
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


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where one argument or block is read from: `steps` into the answer `source`, by the table alone."""

    field: Field
    source: str
    steps: tuple[str, ...]
    inside: tuple[_Reader, ...]


def _readers(kind: Kind) -> tuple[_Reader, ...]:
    cached = _READERS.get(kind.type)
    if cached is None:
        cached = _READERS[kind.type] = tuple(_made(kind, kind.fields, ""))
    return cached


_READERS: dict[str, tuple[_Reader, ...]] = {}


def _made(kind: Kind, fields: tuple[Field, ...], prefix: str) -> Iterator[_Reader]:
    for field in fields:
        if field.read is None and field.type is not Type.BLOCK and field.live is None:
            continue
        path = live_path(prefix, field)
        source, _, inner = path.removesuffix(EACH).partition(":")
        inside = tuple(_made(kind, field.fields, path)) if field.type is Type.BLOCK else ()
        yield _Reader(field, source or main_source(kind), _steps(inner), inside)


def _read(readers: tuple[_Reader, ...], answers: Answers) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for reader in readers:
        field = reader.field
        if field.read is not None:
            value = field.read(answers)
        elif field.type is Type.BLOCK:
            value = _read(reader.inside, answers)
        else:
            value = _member(answers.get(reader.source), reader.steps)
            if field.type is Type.BLOCKS:
                value = _read_blocks(field, value)
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


def dig(answer: Any, path: str) -> Any:
    """The member of an AWS answer at a dotted path; None where any step is missing."""
    return _member(answer, _steps(path))


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def _member(answer: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        if not isinstance(answer, dict):
            return None
        answer = answer.get(step)
    return answer


def canonical(field: Field, value: Any) -> Any:
    """One value of either side in the form that is compared; None for absent, "", [] and {}."""
    if value is None or (not value and isinstance(value, (str, Mapping, list, tuple, AbstractSet))):
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
    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return value


def _canonical_item(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        member.name: inner
        for member in field.fields
        if (inner := canonical(member, item.get(member.name))) is not None
    }
