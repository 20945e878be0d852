"""Problems of specs as text and JSON: what `tfgen validate` prints, and why other commands refuse."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from tfgen.errors import Problem

FORMAT_VERSION: Final = "1.0"
FEW: Final = 3
"""So many of the warnings that repeat are shown."""
_ALIKE: Final = 3
"""So many errors that differ only in their place are said once."""
_PLACES, _WIDTH = 200, 100

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
    """All problems, by place; in `text` those that repeat are said once unless `every`."""
    if form == "json":
        return _json(errors, warnings, notices)
    lines = failures(errors, every=every)
    lines += remarks("warning", warnings, every=every)
    lines += remarks("note", notices, every=every)
    if errors:
        kinds = len(_alike(errors))
        different = f", {kinds} different" if kinds < len(errors) else ""
        lines.append(f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}{different}")
    else:
        lines.append(f"{', '.join(files)}: valid")
    return "\n".join(lines) + "\n"


def failures(problems: Sequence[Problem], *, every: bool = False) -> list[str]:
    """Each error as `FILE:LINE:COLUMN: …`, in their order.

    One that many places share is said at the first, with the places of the others, unless `every`.
    """
    if every:
        return [str(problem) for problem in problems]
    groups = {group[0]: group[1:] for group in _alike(problems) if len(group) >= _ALIKE}
    others = {problem for rest in groups.values() for problem in rest}
    lines = []
    for problem in problems:
        if problem not in others:
            lines += [str(problem), *_places(groups.get(problem, []))]
    return lines


def _places(problems: Sequence[Problem]) -> list[str]:
    """`FILE:LINE:COLUMN, LINE:COLUMN, …` of what is the same there."""
    if not problems:
        return []
    said = []
    for file, group in groupby(problems[:_PLACES], lambda problem: problem.position.file):
        places = [f"{problem.position.line}:{problem.position.column}" for problem in group]
        said += [f"{file}:{places[0]}", *places[1:]]
    rest = len(problems) - _PLACES
    if rest > 0:
        said.append(f"and {rest} more (tfgen validate -v lists them all)")
    count = f"{len(problems)} more places" if len(problems) > 1 else "1 more place"
    lead = f"  the same at {count}: "
    return textwrap.wrap(
        ", ".join(said),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def remarks(kind: str, problems: Sequence[Problem], *, every: bool = False) -> list[str]:
    """One line for each problem that is no error: `FILE:LINE:COLUMN: KIND: …`.

    Where many resources give the same one, the first few and a count, unless `every`.
    """
    groups = _alike(problems)
    hidden: set[Problem] = set()
    if not every:
        hidden = {one for group in groups if len(group) > FEW + 1 for one in group[FEW:]}
    lines = [f"{problem.position}: {kind}: {_rest(problem)}" for problem in problems if problem not in hidden]
    for group in groups:
        if group[-1] in hidden:
            where = _sort(group[0])[0]
            lines.append(f"{kind}: {len(group) - FEW} more such {kind}s about {where}; -v lists them all")
    return lines


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The problems by what they say, each group in their order."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_sort(problem), []).append(problem)
    return list(groups.values())


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
