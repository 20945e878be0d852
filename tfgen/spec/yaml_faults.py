"""What ruamel.yaml says about broken YAML, said so that it teaches, never quoting the file's values."""

from __future__ import annotations

import re
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from tfgen.errors import Position, Problem
from tfgen.spec import yaml_flow
from tfgen.spec.source import LINE_BREAK, Source

_TRAP: Final = re.compile(r"\s+#.*\{#")

_KNOWN: Final = (
    ("found character '\\t'", "a tab is used to indent", "YAML indents with spaces"),
    ("found character", "this character cannot begin a text", "put the text in quotes"),
    (
        "mapping values are not allowed",
        "a ':' has no place here",
        "quote a text that holds ': ', or check the indentation",
    ),
    ("expected <block end>", "the indentation does not fit the lines above", ""),
    ("could not find expected ':'", "a ':' is missing after a key", "or a line of text is not indented"),
    ("found unexpected end of stream", "a quote that opens here is never closed", ""),
    ("found unexpected document separator", "a quote that opens here is never closed", ""),
    (
        "found unknown escape character",
        "this escape does not exist",
        "write \\\\ for a backslash, or use single quotes",
    ),
    ("expected ',' or '}'", "a '{' that opens here is never closed", "quote a text that begins with {"),
    ("expected ',' or ']'", "a '[' that opens here is never closed", "quote a text that begins with ["),
    (
        "expected the node content",
        "the value inside a '{' or '[' is missing",
        "close it, or put the text in quotes",
    ),
    ("found undefined tag handle", "a tag is not supported", "text that begins with ! needs quotes"),
    ("did not find expected", "the indentation does not fit the lines above", ""),
    ("found duplicate anchor", "an anchor is defined twice", ""),
    ("sequence entries are not allowed", "a list cannot begin here", "put it on the next line"),
)


class ComposeError(Exception):
    """The text is not one YAML document; carries the one Problem that stopped the reading."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def explain(error: MarkedYAMLError, source: Source) -> Problem:
    """The Problem for a syntax error, with hints for the usual traps."""
    mark: Any = error.problem_mark or error.context_mark
    if (unquoted := yaml_flow.unquoted(error, source)) is not None:
        return unquoted
    said = str(error.problem or "")
    for start, message, allowed in _KNOWN:
        if said.startswith(start):
            if "opens here" in message and error.context_mark is not None:
                mark = error.context_mark
            return Problem(_position(mark, source), "", message, allowed)
    return Problem(_position(mark, source), "", "this is not valid YAML")


def bad_character(error: ReaderError, source: Source) -> Problem:
    """The Problem for a character that YAML allows only as an escape."""
    offset = min(error.position or 0, len(source.text))
    before = LINE_BREAK.split(source.text[:offset])
    at = Position(source.name, len(before), len(before[-1]) + 1)
    code = ord(source.text[offset]) if offset < len(source.text) else 0
    return Problem(
        at,
        "",
        f"the control character U+{code:04X} cannot stand here as it is",
        f'write "\\u{code:04x}" in double quotes',
    )


def is_trap(source: Source, end: Any) -> bool:
    """Whether a bare text that ends at the mark `end` loses a placeholder to a comment.

    `emailSubject: Code # {####}` is the subject `Code`.
    """
    line = source.lines[end.line] if end.line < len(source.lines) else ""
    return _TRAP.match(line[end.column :]) is not None


def _position(mark: Any, source: Source) -> Position:
    return (
        Position(source.name, mark.line + 1, mark.column + 1)
        if mark is not None
        else Position(source.name, 1, 1)
    )
