"""Live answers in the shape that the field tables expect; what has another one is left out and named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tfgen.kinds.canonical import json_document
from tfgen.kinds.field import Field, Type
from tfgen.resource import Sensitive

_TEXT = (str, Sensitive)
"""A secret of an answer is no plain text any more when it gets here."""
EACH = ".*"
"""The end of a live path that leads to a mapping of objects instead of a list of them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Of one answer: live path → argument or repeated block; what leads there; where every value does."""

    fields: Mapping[str, Field]
    objects: frozenset[str]
    each: frozenset[str]


def shape(fields: Mapping[str, Field]) -> Shape:
    """The shape that an answer's live paths make."""
    each = {path[: found.start()] for path in fields for found in re.finditer(re.escape(EACH), path)}
    steps = [path.split(".") for path in fields]
    above = {".".join(path[:length]) for path in steps for length in range(1, len(path))}
    lists = {path for path, field in fields.items() if field.is_block}
    return Shape(fields, frozenset((above | each) - lists), frozenset(each))


def well_shaped(answer: Any, known: Shape) -> tuple[Any, list[str]]:
    """`answer` less what is no value of its field's type, and the live paths of that, sorted."""
    strange: set[str] = set()
    done = _cleaned(answer, "", known, strange)
    return done, sorted(strange)


def _cleaned(value: Any, path: str, known: Shape, strange: set[str]) -> Any:
    field = known.fields.get(path)
    if field is not None and not field.is_block:
        if value is None or _fits(field, value):
            return value
        strange.add(path)
        return None
    if isinstance(value, Mapping) and (field is None or path.endswith(EACH)):
        return dict(_members(value, path, known, strange))
    if isinstance(value, list) and field is not None:
        return list(_items(value, path, field, known, strange))
    if value is not None and (field is not None or path in known.objects):
        strange.add(path)
        return None
    return value


def _members(
    value: Mapping[str, Any], path: str, known: Shape, strange: set[str]
) -> Iterator[tuple[str, Any]]:
    """The members of an object; what is left out of one is absent."""
    for key, item in value.items():
        below = f"{path}{EACH}" if path in known.each else f"{path}.{key}" if path else str(key)
        clean = _cleaned(item, below, known, strange)
        if clean is not None:
            yield key, clean


def _items(
    items: list[Any], path: str, block: Field, known: Shape, strange: set[str]
) -> Iterator[dict[str, Any]]:
    """The objects of a list; one that lacks what it is told apart by cannot be compared."""
    key = block.by_name[str(block.key)].live or ""
    for item in items:
        clean = dict(_members(item, path, known, strange)) if isinstance(item, Mapping) else {}
        if clean.get(key):
            yield clean
        else:
            strange.add(path)


def _fits(field: Field, value: Any) -> bool:
    if field.read is not None and field.type is not Type.STRING:
        return not isinstance(value, (Mapping, list))  # read by a function of its own
    match field.type:
        case Type.STRING:
            return isinstance(value, _TEXT) or (
                field.canonical is json_document and isinstance(value, Mapping)
            )
        case Type.NUMBER:
            is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
            return is_number and abs(value) < 10**18
        case Type.BOOL:
            return isinstance(value, bool)
        case Type.SET | Type.LIST:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case Type.MAP:
            return _is_map(value)
        case _:
            return True


def _is_map(value: Any) -> bool:
    """Texts by name, or IAM's list of tags."""
    if isinstance(value, list):
        return all(
            isinstance(item, Mapping)
            and item.keys() == {"Key", "Value"}
            and all(isinstance(text, str) for text in item.values())
            for item in value
        )
    return isinstance(value, Mapping) and all(isinstance(item, _TEXT) for item in value.values())
