"""Reports of `tfgen validate`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from tfgen.errors import Problem

FORMAT_VERSION: Final = "1.0"
FEW: Final = 3
"""So many of the warnings that repeat are shown."""

_RESOURCE: Final = re.compile(r'^resources(?:\.[^.\[]+|\["[^"]*"\])\.?(?:properties\.)?')
_INDEX: Final = re.compile(r"\[\d+\]")


def render(
    form: str,
    errors: Sequence[Problem],
    warnings: Sequence[Problem],
    notices: Sequence[Problem],
    files: Sequence[str],
    *,
    every: bool = False,
) -> str:
    """All problems, by place; in `text` one line each, and repeated warnings counted unless `every`."""
    if form == "json":
        return _json(errors, warnings, notices)
    lines = [f"{problem}" for problem in errors]
    lines += remarks("warning", warnings, every=every)
    lines += remarks("note", notices, every=every)
    if errors:
        lines.append(f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}")
    else:
        lines.append(f"{', '.join(files)}: valid")
    return "\n".join(lines) + "\n"


def remarks(kind: str, problems: Sequence[Problem], *, every: bool = False) -> list[str]:
    """One line for each problem that is no error: `FILE:LINE:COLUMN: KIND: …`.

    Where many resources give the same one, the first few and a count, unless `every`.
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_sort(problem), []).append(problem)
    hidden: set[Problem] = set()
    if not every:
        hidden = {one for group in groups.values() if len(group) > FEW + 1 for one in group[FEW:]}
    lines = [f"{problem.position}: {kind}: {_rest(problem)}" for problem in problems if problem not in hidden]
    for (where, *_), group in groups.items():
        if group[-1] in hidden:
            lines.append(f"{kind}: {len(group) - FEW} more such {kind}s about {where}; -v lists them all")
    return lines


def _sort(problem: Problem) -> tuple[str, ...]:
    """What two problems share that differ only in where they stand."""
    property_path = _RESOURCE.sub("", problem.path)
    return (_INDEX.sub("[]", property_path), problem.message, problem.allowed, problem.suggestion)


def _rest(problem: Problem) -> str:
    return str(problem).removeprefix(f"{problem.position}: ")


def _json(errors: Sequence[Problem], warnings: Sequence[Problem], notices: Sequence[Problem]) -> str:
    document = {
        "format_version": FORMAT_VERSION,
        "valid": not errors,
        "errors": [_problem(problem) for problem in errors],
        "warnings": [_problem(problem) for problem in warnings],
        "notes": [_problem(problem) for problem in notices],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.position.file,
        "line": problem.position.line,
        "column": problem.position.column,
        "path": problem.path,
        "message": problem.message,
        "allowed": problem.allowed,
        "suggestion": problem.suggestion,
    }
