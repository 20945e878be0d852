"""Reports of `tfgen validate`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from tfgen.errors import Problem

FORMAT_VERSION: Final = "1.0"


def render(
    form: str,
    errors: Sequence[Problem],
    warnings: Sequence[Problem],
    notices: Sequence[Problem],
    files: Sequence[str],
) -> str:
    """All problems, by place; in `text` one line each."""
    if form == "json":
        return _json(errors, warnings, notices)
    lines = [f"{problem}" for problem in errors]
    lines += [f"{problem.position}: warning: {_rest(problem)}" for problem in warnings]
    lines += [f"{problem.position}: note: {_rest(problem)}" for problem in notices]
    if errors:
        lines.append(f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}")
    else:
        lines.append(f"{', '.join(files)}: valid")
    return "\n".join(lines) + "\n"


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
