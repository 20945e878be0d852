"""A drift report as one HTML page that needs nothing else: no request, no framework, no JavaScript.

The script filters; without it the page is a plain document.

`html/` beside this module holds the page's template, style and script. The page's security policy names
the hashes of these two, so that nothing that came in with a value could ever run.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tfgen.drift import Policy
from tfgen.finding import Finding, Result, Status
from tfgen.hidden import visible
from tfgen.kinds.field import Severity
from tfgen.report.summary import (
    NAMES,
    TITLES,
    Groups,
    fingerprints,
    grouped,
    headline,
    modules,
    notes,
    place,
    totals,
)
from tfgen.report.values import full, marked, sides

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER: Final = Path(__file__).with_name("html")

_LEVELS = sorted(Severity, reverse=True)
_MANY = 200
"""Findings past which the browser lays out only what is in sight."""
_TALL = 12
"""Modules past which their table scrolls by itself, so that the findings are not far below."""


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """The whole page; the same bytes for the same result."""
    del color
    from markupsafe import Markup

    style, script = (_text("page.css"), _text("page.js"))
    groups = grouped(result.findings, policy)
    by_module: dict[str, list[Finding]] = defaultdict(list)
    for item in result.findings:
        by_module[item.address.module].append(item)
    anchors = dict(zip(map(id, result.findings), fingerprints(result.findings), strict=True))
    return _template().render(
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - tfgen's own files
        script=Markup(script),  # noqa: S704
        tone="bad" if groups.failing else "warn" if groups.unread else "good",
        headline=headline(groups),
        place=place(result),
        totals=totals(result),
        levels=[str(level) for level in _LEVELS],
        statuses=sorted({item.status.value for item in result.findings}),
        modules=[_module(name, grouped(items, policy)) for name, items in sorted(by_module.items())],
        names=NAMES,
        tall=_TALL,
        many=len(result.findings) > _MANY,
        clean=[visible(name) for name in modules(result) if name not in by_module],
        groups=[
            {
                "title": title,
                "name": NAMES[TITLES.index(title)],
                "counts": _counts(items),
                "findings": [_finding(item, anchors[id(item)]) for item in items],
            }
            for title, items in groups.titled()
        ],
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _module(name: str, groups: Groups) -> dict[str, Any]:
    return {
        "name": visible(name),
        "verdict": groups.verdict,
        "numbers": [len(groups.failing), len(groups.unread), len(groups.said)],
    }


def _counts(items: Iterable[Finding]) -> dict[str, int]:
    found = Counter(item.severity for item in items)
    return {str(level): found[level] for level in _LEVELS}


def _finding(item: Finding, anchor: str) -> dict[str, Any]:
    left, right = _sides(item)
    return {
        "anchor": f"f-{anchor.replace(':', '-')}",
        "severity": str(item.severity),
        "rank": _LEVELS.index(item.severity),
        "status": item.status.value,
        "module": visible(item.address.module),
        "title": visible(item.path or f"{item.address.kind}.{item.address.label}"),
        "address": visible(str(item.address)),
        "replaces": item.replaces,
        "left": left,
        "right": right,
        "position": "" if item.position is None else visible(str(item.position)),
        "spec_path": visible(item.spec_path),
        "notes": notes(item),
    }


def _sides(item: Finding) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The lines of both values, each with whether the other side lacks it."""
    match item.status:
        case Status.MODIFIED:
            return marked(full(item.desired), full(item.live))
        case Status.NOT_CHECKED:
            return [], []
        case _:
            spec, live = sides(item)
            deleted = item.status is Status.DELETED
            return [(spec, deleted)], [(live, not deleted)]


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
