"""Bare words by the YAML 1.2 core schema: `OFF`, `yes` and `12:30` are text, `0123` is 123.

https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import re
from typing import Final

MAX_DIGITS: Final = 400
"""2^1023, the largest limit Cognito knows, has 309 digits."""

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL: Final = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_SPECIAL: Final = re.compile(r"(?P<sign>[-+]?)\.(?:inf|Inf|INF)|\.(?P<nan>nan|NaN|NAN)")
_NUMERIC_START: Final = frozenset("+-.0123456789")


class TooLong(ValueError):
    """A number with more digits than anything needs."""


def core(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar; raises TooLong for a number of more than MAX_DIGITS digits."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if text[0] not in _NUMERIC_START:
        return text
    return _number(text)


def _number(text: str) -> str | int | float:
    if _INTEGER.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise TooLong
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base)
    if _FLOAT.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise TooLong
        return float(text)
    if special := _SPECIAL.fullmatch(text):
        return float("nan") if special["nan"] else float(f"{special['sign']}inf")
    return text
