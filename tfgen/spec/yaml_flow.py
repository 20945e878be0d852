"""Texts that begin with `{` or `[` and are not quoted: to YAML mappings and lists, which break far below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
)

from tfgen.errors import Position, Problem
from tfgen.spec.source import Source

_OPEN: Final = (FlowMappingStartToken, FlowSequenceStartToken)
_CLOSE: Final = (FlowMappingEndToken, FlowSequenceEndToken)


def unquoted(error: MarkedYAMLError, source: Source) -> Problem | None:
    """The Problem at the brace or bracket that made the error; None when it was something else.

    A bare `{####}` opens a mapping whose end is lost in a comment, so the error comes at some line
    below; in `{username} is new` text follows a mapping that has ended.
    """
    mark = error.problem_mark
    if mark is None:
        return None
    open_marks: list[Any] = []
    closed: tuple[Any, Any] | None = None
    for token in _tokens(source.text):
        start: Any = token.start_mark
        if start.index > mark.index:
            break
        if isinstance(token, ScalarToken) and start.index == mark.index and _follows(closed, mark):
            return _problem(closed[0], source, "a text that begins with a bracket") if closed else None
        if isinstance(token, _OPEN):
            open_marks.append(start)
        elif isinstance(token, _CLOSE) and open_marks:
            closed = open_marks.pop(), token.end_mark
    for start in open_marks:
        if source.lines[start.line].startswith("{#", start.column):
            return _problem(start, source, "a text with {####}", ": '{####}'")
    return None


def _follows(closed: tuple[Any, Any] | None, mark: Any) -> bool:
    return closed is not None and closed[0].line == closed[1].line == mark.line


def _problem(mark: Any, source: Source, what: str, example: str = "") -> Problem:
    at = Position(source.name, mark.line + 1, mark.column + 1)
    return Problem(at, "", f"{what} is not quoted", f"put the whole text in quotes{example}")


def _tokens(text: str) -> Iterator[Any]:
    """The tokens up to the first that cannot be read."""
    try:
        yield from YAML(typ="safe", pure=True).scan(text)
    except MarkedYAMLError:
        return
