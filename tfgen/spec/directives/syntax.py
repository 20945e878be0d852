"""`$Name(arguments).path` as a Call. Nothing here knows what a name means.

The grammar is Stacktape's: a directive is a whole value; arguments are quoted texts,
numbers, true, false, bare words or further directives, split at commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

MAX_NESTED: Final = 8

_START: Final = re.compile(r"\$([A-Za-z_][\w$]*)\(", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?P<fraction>\.[0-9]{1,300})?", re.ASCII)
_ESCAPED: Final = re.compile(r"""\\(["'\\])""")


class DirectiveError(Exception):
    """What is wrong with a directive: message, what is allowed, the nearest right name."""

    def __init__(self, message: str, allowed: str = "", near: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.allowed = allowed
        self.near = near


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A directive: `$Var('a').b.c` has the name Var, one argument and the path (b, c)."""

    name: str
    arguments: tuple[Argument, ...] = ()
    path: tuple[str, ...] = ()


Argument: TypeAlias = str | int | float | bool | Call


def is_directive(text: str) -> bool:
    """Whether the whole text is one directive; `$default` and `$request.header.X` are not."""
    if not text.startswith("$") or _START.match(text) is None:
        return False
    return text[text.rfind(")") + 1 :][:1] in ("", ".") and ")" in text


def embedded(text: str) -> Iterator[str]:
    """The names of what looks like directives anywhere in a text."""
    return (found[1] for found in _START.finditer(text))


def parse(text: str, nested: int = 0) -> Call:
    """The Call that a directive's text is; raises DirectiveError."""
    start = _START.match(text)
    if start is None:
        raise DirectiveError("is not a directive", "$Name(arguments)")
    if nested > MAX_NESTED:
        raise DirectiveError(f"directives are nested more than {MAX_NESTED} levels deep")
    end = _closing(text, start.end())
    rest = text[end + 1 :]
    if rest and not rest.startswith("."):
        raise DirectiveError(
            "a directive inside a longer text is not expanded",
            "build the text with $Format('{}-x', $Stage())",
        )
    path = tuple(rest[1:].split(".")) if rest else ()
    if "" in path:
        raise DirectiveError("the path after a directive has an empty step", "$Var().a.b")
    pieces = [piece.strip() for piece in _pieces(text[start.end() : end])]
    return Call(start[1], tuple(_argument(piece, nested) for piece in pieces if piece), path)


def _closing(text: str, begin: int) -> int:
    """The index of the `)` that closes what opened before `begin`."""
    depth = 1
    for index, letter in _unquoted(text, begin):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return index
    raise DirectiveError("a parenthesis or a quote of the directive is never closed")


def _pieces(text: str) -> Iterator[str]:
    """The arguments between the commas that stand outside quotes and parentheses."""
    depth, begin = 0, 0
    for index, letter in _unquoted(text, 0):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            yield text[begin:index]
            begin = index + 1
    yield text[begin:]


def _unquoted(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """Every character outside quotes; a backslash takes the next character's meaning away."""
    quote, skip = "", False
    for index in range(begin, len(text)):
        letter = text[index]
        if skip:
            skip = False
        elif letter == "\\" and quote:
            skip = True
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        else:
            yield index, letter


def _argument(text: str, nested: int) -> Argument:
    if is_directive(text):
        return parse(text, nested + 1)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return _ESCAPED.sub(r"\1", text[1:-1])
    if text in ("true", "false"):
        return text == "true"
    if number := _NUMBER.fullmatch(text):
        return float(text) if number["fraction"] else int(text)
    return text
