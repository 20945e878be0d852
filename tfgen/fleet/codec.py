"""Results as JSON and back, without a secret: for the journal, and for the way from another machine.

What JSON lacks is an object with one member that begins with `$`. A secret becomes a secret without
its text; a value that only Terraform knows becomes the text that a report would show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tfgen.errors import Position, Problem
from tfgen.finding import Finding, Result, Status, Trace
from tfgen.fleet.result import Covers, TargetResult
from tfgen.kinds.field import Severity
from tfgen.resource import Address, Unknown
from tfgen.sensitive import Sensitive

_CLASSES: Final[dict[str, Any]] = {
    f"${one.__name__}": one
    for one in (Address, Covers, Finding, Position, Problem, Result, TargetResult, Trace, Unknown)
}
_ENUMS: Final[dict[str, Any]] = {f"${one.__name__}": one for one in (Severity, Status)}

_LONG: Final = 4


def dumps(result: TargetResult) -> str:
    """One line of ASCII JSON."""
    return json.dumps(_encoded(result), separators=(",", ":"))


def loads(text: str) -> TargetResult:
    """The result again, but for its secrets. Raises ValueError for anything else."""
    try:
        result = _decoded(json.loads(text))
    except (KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError(f"no result of a target: {type(fault).__name__}") from None
    if not isinstance(result, TargetResult):
        raise ValueError("no result of a target")  # noqa: TRY004 - of the text, not of an argument
    return result


def _encoded(value: Any) -> Any:
    name = f"${type(value).__name__}"
    if name in _ENUMS and isinstance(value, Enum):
        return {name: value.name}
    if name in _CLASSES and is_dataclass(value):
        return {name: {field.name: _encoded(getattr(value, field.name)) for field in fields(value)}}
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Sensitive():
            return {"$secret": True}
        case Decimal():
            return {"$decimal": str(value)}
        case list():
            return _texts(value) or [_encoded(item) for item in value]
        case tuple():
            return {"$tuple": [_encoded(item) for item in value]}
        case frozenset() | set():
            return {"$set": sorted((_encoded(item) for item in value), key=json.dumps)}
        case Mapping():
            return {"$map": [[_encoded(key), _encoded(item)] for key, item in value.items()]}
        case _:
            return str(value)


def _texts(items: list[Any]) -> Any:
    """A long list of few texts: each of them once, and its place in the list. None for any other list."""
    if len(items) < _LONG or not all(type(item) is str for item in items):
        return None
    places = {text: index for index, text in enumerate(dict.fromkeys(items))}
    return {"$texts": [list(places), [places[item] for item in items]]}


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    match tag:
        case "$secret":
            return Sensitive("")
        case "$decimal":
            return Decimal(inner)
        case "$tuple":
            return tuple(_decoded(item) for item in inner)
        case "$texts":
            texts = [sys.intern(text) for text in inner[0]]
            return [texts[index] for index in inner[1]]
        case "$set":
            return frozenset(_decoded(item) for item in inner)
        case "$map":
            return {_decoded(key): _decoded(item) for key, item in inner}
        case _ if tag in _ENUMS:
            return _ENUMS[tag][inner]
        case _:
            return _CLASSES[tag](**{name: _decoded(item) for name, item in inner.items()})
