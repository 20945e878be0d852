"""The formats of a drift report, by name."""

from __future__ import annotations

from collections.abc import Callable

from tfgen.drift import Policy
from tfgen.finding import Result
from tfgen.report import drift_json, drift_text

FORMATS: dict[str, Callable[..., str]] = {"text": drift_text.render, "json": drift_json.render}


def render(form: str, result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """The whole report in one format. `color`: None lets the terminal decide."""
    return FORMATS[form](result, policy, color=color)
