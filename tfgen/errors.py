"""The faults of tfgen.

Everything a user, an AWS account or a disk can do wrong is a `TfgenError`; the
command line turns it into plain lines and an exit code. A built-in exception that
reaches the top is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a spec file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a spec (or in a command's own input).

    `path` is the dotted spec path, "" for a whole file. `message` says what is wrong,
    `allowed` what would be right, `suggestion` the nearest valid name. None of them may
    hold a secret: whoever makes a Problem about a secret property leaves the value out.
    """

    position: Position
    path: str
    message: str
    allowed: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        said = [f"{self.path}: {self.message}" if self.path else self.message]
        if self.allowed:
            said.append(self.allowed)
        if self.suggestion:
            said.append(f"did you mean {self.suggestion}?")
        return f"{self.position}: {'; '.join(said)}"


class TfgenError(Exception):
    """The root of everything that tfgen raises on purpose; `str()` is one clear text."""


class UsageError(TfgenError):
    """The command line asks for something that cannot be done."""


class SpecError(TfgenError):
    """A spec is not valid; holds all problems of all files, sorted by position.

    `warnings`: what else was found that would not refuse the spec by itself, away from the errors.
    """

    def __init__(self, problems: list[Problem], warnings: Iterable[Problem] = ()) -> None:
        self.problems = tuple(sorted(problems))
        at = {problem.position for problem in problems}
        self.warnings = tuple(sorted({warning for warning in warnings if warning.position not in at}))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OutputError(TfgenError):
    """Files cannot be written, or would overwrite what a person wrote."""


class LiveError(TfgenError):
    """AWS could not be asked at all (credentials, region, endpoint, ambiguous names)."""
