"""Plain Python values as YAML text, in the style of what they replace."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tfgen.hidden import HIDDEN
from tfgen.spec import scalars

_PLAIN: Final = re.compile(r"[A-Za-z0-9_/$.+](?:[A-Za-z0-9_./@+=$*()<>'! :-]*[A-Za-z0-9_./@+=$*()<>'!-])?")
_FLOW_PLAIN: Final = re.compile(r"[A-Za-z0-9_/.+](?:[A-Za-z0-9_./@+= -]*[A-Za-z0-9_./@+=-])?")
_HIDDEN: Final = re.compile(f"[{HIDDEN}]")
_NOT_LITERAL: Final = re.compile(rf"(?!\n)[{HIDDEN}]|\A[ \n]|[ \t]+$", re.MULTILINE)
_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class CannotEditError(Exception):
    """Why an edit cannot be made; never holds a value of the spec."""


def scalar(value: Any, style: str | None = None, *, flow: bool = False, as_json: bool = False) -> str:
    """One line of YAML that reads as `value`; `style` is the quote that the old value had."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if not isinstance(value, str):
        raise CannotEditError("the value is no text, number, list or mapping")
    if _NO_TEXT.search(value):
        raise CannotEditError("no spec can hold this text")
    if as_json:
        return _HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))
    if style is None and _is_plain(value, flow):
        return value
    if style != '"' and not _HIDDEN.search(value):
        return "'" + value.replace("'", "''") + "'"
    return '"' + re.sub(rf'["\\{HIDDEN}]', lambda found: _escaped(found[0]), value) + '"'


def key(name: str, *, flow: bool = False, as_json: bool = False) -> str:
    """A key of a mapping."""
    return scalar(name, flow=flow, as_json=as_json)


def block(name: str | None, value: Any, step: int, *, literals: bool = True) -> list[str]:
    """The lines of one entry of a block mapping (or of a list, for None), not indented yet.

    Without `literals` no text is a literal block, which needs a line break after it.
    """
    head = "-" if name is None else f"{key(name)}:"
    inner = 2 if name is None else step
    if isinstance(value, Mapping) and value:
        lines = [
            line for one, item in value.items() for line in block(str(one), item, step, literals=literals)
        ]
        if name is None:
            return [f"- {lines[0]}", *(_indented(line, 2) for line in lines[1:])]
        return [head, *(_indented(line, inner) for line in lines)]
    if isinstance(value, (list, tuple)) and value:
        lines = [line for item in value for line in block(None, item, step, literals=literals)]
        return [head, *(_indented(line, inner) for line in lines)]
    if literals and isinstance(value, str) and is_literal(value):
        return [f"{head} {literal_sign(value)}", *(_indented(line, inner) for line in literal(value))]
    return [f"{head} {in_line(value)}"]


def in_line(value: Any, *, as_json: bool = False, flow: bool = False) -> str:
    """A value in one line, in brackets where it has members."""
    if isinstance(value, Mapping):
        pairs = (
            f"{key(str(name), flow=True, as_json=as_json)}: {in_line(item, as_json=as_json, flow=True)}"
            for name, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(in_line(item, as_json=as_json, flow=True) for item in value) + "]"
    return scalar(value, flow=flow, as_json=as_json)


def is_literal(value: str) -> bool:
    """Whether a text of several lines can be written as a literal block (`|`)."""
    return "\n" in value.strip("\n") and not _NOT_LITERAL.search(value) and not value.endswith("\n\n")


def literal_sign(value: str) -> str:
    """How a literal block begins."""
    return "|" if value.endswith("\n") else "|-"


def literal(value: str) -> list[str]:
    """The lines of a literal block, not indented yet."""
    return value.removesuffix("\n").split("\n")


def _indented(line: str, by: int) -> str:
    return " " * by + line if line else line


def _is_plain(value: str, flow: bool) -> bool:
    pattern = _FLOW_PLAIN if flow else _PLAIN
    return bool(pattern.fullmatch(value)) and ": " not in value and isinstance(scalars.core(value), str)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return _SHORT.get(letter) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
