"""Bytes of a spec file to text, with a clear word about everything that is not text."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from tfgen.errors import Position, Problem

MAX_BYTES: Final = 10 * 1024 * 1024
STDIN: Final = "-"
LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_OTHER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class SourceError(Exception):
    """A file that is no text; carries its one Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, repr=False)
class Source:
    """A spec file: `name` as messages show it, `folder` that `$File` may read from."""

    name: str
    folder: Path
    text: str

    @cached_property
    def has_placeholders(self) -> bool:
        """Whether a `{####}` or `{##text##}` may stand anywhere in the text."""
        return "{#" in self.text

    @cached_property
    def lines(self) -> list[str]:
        """The lines as YAML counts them."""
        return LINE_BREAK.split(self.text)


def read(path: Path) -> Source:
    """Read `path` ("-" is standard input); raises SourceError."""
    if str(path) == STDIN:
        name, folder = "<stdin>", Path.cwd()
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        name, folder = str(path), path.parent
        data = _bytes(path, name)
    return Source(name, folder, decode(data, name))


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
    except ValueError:  # a NUL inside the name
        why = "no file can have this name"
    raise SourceError(Problem(Position(name, 1, 1), "", f"cannot be read: {why}"))


def decode(data: bytes, name: str) -> str:
    """UTF-8 text without its byte order mark; raises SourceError for anything else."""

    def fault(message: str, allowed: str, offset: int = 0) -> SourceError:
        return SourceError(Problem(_at(data, offset, name), "", message, allowed))

    if len(data) > MAX_BYTES:
        raise fault("the file is larger than 10 MB", "a spec may have 10 MB at most")
    for mark, encoding in _OTHER_MARKS:
        if data.startswith(mark):
            raise fault(f"the file is {encoding}", "save it as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise fault("the file holds a NUL character", "a spec is text", nul)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault("the file is not UTF-8 from here on", "save it as UTF-8", error.start) from None


def _at(data: bytes, offset: int, name: str) -> Position:
    before = data[:offset]
    start = before.rfind(b"\n") + 1
    return Position(name, before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1)
