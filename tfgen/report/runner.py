"""Output that a CI server's runner reads too: no value may be a command to it."""

from __future__ import annotations

import re
from typing import Final

_FIRST: Final = re.compile(r"^(\s*)::")
"""GitHub's runner reads `::name::` at the begin of a line, whatever space is before it (actions/runner,
`ActionCommand.cs`)."""

_ANYWHERE: Final = re.compile(r"##(?=\w*\[)")
"""An older kind of it, `##[name]`, anywhere in a line; Azure's is `##vso[`, TeamCity's `##teamcity[`."""


def harmless(line: str) -> str:
    """The line with a mark where a runner would take it for a command; mostly the line itself."""
    if ":" not in line and "#" not in line:
        return line
    return _ANYWHERE.sub("## ", _FIRST.sub(r"\1\\::", line))
