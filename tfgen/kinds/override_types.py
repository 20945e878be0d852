"""Whether a value fits its argument: type, allowed members, range."""

from __future__ import annotations

import difflib
import json
from decimal import Decimal
from typing import Any

from tfgen.kinds.canonical import json_document
from tfgen.kinds.field import Field, Type
from tfgen.resource import Call, FromData, Ref, Sensitive, Template, Variable

_RUNTIME = (Ref, Variable, FromData, Template, Call)
_TYPES: dict[Type, tuple[type, ...]] = {
    Type.STRING: (str,),
    Type.NUMBER: (int, Decimal, float),
    Type.BOOL: (bool,),
    Type.SET: (list, tuple, frozenset),
    Type.LIST: (list, tuple),
    Type.MAP: (dict,),
}
_WORDS = {
    Type.STRING: "text",
    Type.NUMBER: "a number",
    Type.BOOL: "true or false",
    Type.SET: "a list of texts",
    Type.LIST: "a list of texts",
    Type.MAP: "a mapping of texts",
}


class WrongError(Exception):
    """Why a value does not fit; the text follows the argument's name."""

    def __init__(self, message: str, allowed: str = "", suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.allowed, self.suggestion = message, allowed, suggestion


def checked(field: Field, value: Any) -> Any:
    """`value` in the type of its argument. Raises WrongError where type, members or range do not fit."""
    if isinstance(value, _RUNTIME) and field.type in (Type.STRING, Type.NUMBER, Type.BOOL):
        return value
    value = _as_cloudformation(field, value)
    is_bool = isinstance(value, bool)
    if not isinstance(value, _TYPES[field.type]) or (field.type is Type.BOOL) != is_bool:
        raise WrongError(f"must be {_WORDS[field.type]}")
    members: Any = list(value.values()) if isinstance(value, dict) else value
    if field.type in (Type.SET, Type.LIST, Type.MAP):
        if not all(isinstance(item, (str, Sensitive, *_RUNTIME)) for item in members):
            raise WrongError(f"must be {_WORDS[field.type]}")
    else:
        members = [value]
    _allowed(field, members)
    _in_range(field, value)
    if field.type is Type.SET:
        return frozenset(members)
    return list(members) if field.type is Type.LIST else value


def _as_cloudformation(field: Field, value: Any) -> Any:
    """What CloudFormation writes otherwise: documents as objects, tags as pairs, numbers for texts."""
    if field.canonical is json_document and isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    pairs = isinstance(value, (list, tuple)) and all(
        isinstance(item, dict) and item.keys() == {"Key", "Value"} for item in value
    )
    if field.type is Type.MAP and pairs:
        return {item["Key"]: item["Value"] for item in value}
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if field.type is Type.STRING and is_number:
        return str(value)
    return value


def _allowed(field: Field, members: Any) -> None:
    if not field.allowed:
        return
    wrong = sorted(item for item in members if isinstance(item, str) and item not in field.allowed)
    if wrong:
        near = difflib.get_close_matches(wrong[0], field.allowed, 1, 0.4)
        raise WrongError(
            f"cannot be {', '.join(wrong)}",
            f"allowed: {', '.join(field.allowed)}",
            near[0] if near else "",
        )


def _in_range(field: Field, value: Any) -> None:
    if field.range is None:
        return
    low, high = field.range
    size, what = (len(value), " characters") if isinstance(value, str) else (value, "")
    if isinstance(size, (int, Decimal, float)) and not low <= size <= high:
        raise WrongError(f"must be {low} to {high}{what}")
