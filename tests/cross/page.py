"""The table of `docs/cross-checks.md`; `python -m tests.cross.page` writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tfgen.drift.cross import CHECKS

PAGE: Final = Path(__file__).parents[2] / "docs/cross-checks.md"
_TABLE: Final = re.compile(r"(?<=<!-- checks -->\n).*?(?=\n\n)", re.DOTALL)


def table() -> str:
    lines = ["| check | severity | finds | what happens then | source |", "|---|---|---|---|---|"]
    lines += [
        f"| `{check.id}` | `{check.severity}` | {check.doc} | {check.why} | {check.source} |"
        for check in CHECKS
    ]
    return "\n".join(lines)


def current(text: str) -> str:
    """The page with the table as the checks are now."""
    return _TABLE.sub(lambda _: table(), text)


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
