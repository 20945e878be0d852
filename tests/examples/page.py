"""The files of docs/examples inside docs/examples.md; `python -m tests.examples.page` puts them there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]
PAGE: Final = CHECKOUT / "docs/examples.md"
_BLOCK: Final = re.compile(
    r"(?<=^<!-- file: )(?P<name>[^>\n]+)( -->\n```\w*\n)(?P<text>.*?)(?=^```$)", re.MULTILINE | re.DOTALL
)


def current(text: str) -> str:
    """The page with every file as it is now."""
    return _BLOCK.sub(
        lambda found: f"{found['name']}{found[2]}{(CHECKOUT / found['name']).read_text(encoding='utf-8')}",
        text,
    )


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
