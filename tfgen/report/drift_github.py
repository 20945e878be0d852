"""A drift report for GitHub Actions: annotations at the spec's lines, and the run's step summary.

Commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. The runner
undoes these escapes (actions/toolkit, `core/src/command.ts`): %, CR and LF everywhere, `:` and `,`
in properties too. GitHub shows ten annotations of each level per step, so the urgent ones come first.
"""

from __future__ import annotations

from typing import Final

from tfgen.drift import Policy
from tfgen.finding import Finding, Result
from tfgen.hidden import visible
from tfgen.report import drift_markdown
from tfgen.report.places import in_repository
from tfgen.report.runner import harmless
from tfgen.report.summary import differences, grouped, headline, level, notes, subject, totals

SUMMARY_FILE: Final = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file to which the step summary is appended."""

_SUMMARY_LIMIT = 1024 * 1024 - 4096
"""Bytes: GitHub takes 1 MiB of one step's summary, or nothing of it, whoever wrote the rest of it."""
_LEAST = 2048

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """One command for each finding, and the totals as plain lines."""
    del color
    groups = grouped(result.findings, policy)
    items = [*groups.failing, *groups.unread, *groups.said]
    lines = [_command(item, policy) for item in items]
    plain = [harmless(line) for line in (headline(groups), *totals(result))]
    return "".join(f"{line}\n" for line in (*lines, *plain))


def summary(result: Result, policy: Policy, used: int = 0) -> str:
    """The step summary, to go behind `used` bytes of others; "" where these leave no room."""
    limit = _SUMMARY_LIMIT - used
    return drift_markdown.render(result, policy, limit=limit) if limit >= _LEAST else ""


def _command(item: Finding, policy: Policy) -> str:
    properties: dict[str, str] = {}
    position = item.position
    file = None if position is None else in_repository(position.file)
    if position is not None and file is not None:
        properties |= {"file": file, "line": str(position.line), "col": str(position.column)}
    properties["title"] = f"{item.severity} {item.status.value} {subject(item)}"
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = [*differences(item), *(f"{word}: {text}" for word, text in notes(item))]
    return f"::{_COMMANDS[level(item, policy)]} {shown}::{_data(chr(10).join(message) or item.status.value)}"


def _data(text: str) -> str:
    return visible(text, lines=True).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
