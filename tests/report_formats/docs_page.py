"""The excerpts of docs/reports.md; `python -m tests.report_formats.docs_page` writes them anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.report_formats.golden_files import rendered

PAGE: Final = Path(__file__).parents[2] / "docs/reports.md"
_BLOCK: Final = re.compile(
    r"(?<=^<!-- )(?P<name>[^>\n]+)( -->\n```\w*\n)(?P<text>.*?)(?=^```$)", re.MULTILINE | re.DOTALL
)


def _markdown() -> str:
    return "\n".join(rendered("markdown").splitlines()[:15]) + "\n…\n"


def _junit() -> str:
    (case,) = re.findall(
        r"^ +<testcase name=\"aws_cognito_user_pool_client.this\".*?</testcase>\n",
        rendered("junit"),
        re.MULTILINE | re.DOTALL,
    )[:1]
    return str(case)


def _sarif() -> str:
    (run,) = json.loads(rendered("sarif"))["runs"]
    return json.dumps(run["results"][0], indent=2) + "\n"


def _github() -> str:
    lines = rendered("github").splitlines()
    return "\n".join([lines[0], "…", *lines[-5:]]) + "\n"


def _prometheus() -> str:
    """What is about one pool, without the zeros of the long metric."""
    lines = [
        line
        for line in rendered("prometheus").splitlines()
        if line.startswith(("#", "tfgen_drift_resources"))
        or (
            'module="partners"' in line
            and not (line.startswith("tfgen_drift_findings") and line.endswith(" 0"))
        )
    ]
    return "\n".join(lines) + "\n"


EXCERPTS: Final[dict[str, Callable[[], str]]] = {
    "markdown: the head": _markdown,
    "junit: one resource": _junit,
    "sarif: one result": _sarif,
    "github: the first and the last lines": _github,
    "prometheus: one pool": _prometheus,
}


def current(text: str) -> str:
    """The page with each excerpt as the formats write it now."""
    return _BLOCK.sub(lambda found: f"{found['name']}{found[2]}{EXCERPTS[found['name']]()}", text)


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
