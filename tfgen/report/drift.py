"""The formats of a drift report, by name; a format's module is imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from tfgen.drift import Policy
    from tfgen.finding import Result

FORMATS: Final = {
    "text": "for a terminal and a CI log",
    "json": "for programs",
    "markdown": "for a comment on a pull request",
    "junit": "for a CI server's test view",
    "sarif": "for code scanning",
    "html": "one page that needs nothing else",
    "github": "annotations and step summary of a GitHub Actions run",
    "prometheus": "for node_exporter's textfile collector",
}
"""Format → what it is for. The format NAME is `render` of `tfgen.report.drift_NAME`."""


def render(form: str, result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """The whole report in one format; it can always be encoded in UTF-8.

    `color`: None lets the terminal decide.
    """
    module = importlib.import_module(f"tfgen.report.drift_{form}")
    function = cast("Callable[..., str]", module.render)
    return function(result, policy, color=color)
