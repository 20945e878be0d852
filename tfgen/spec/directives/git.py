"""`$GitInfo`: what git knows about the folder of the spec."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

from tfgen.spec.directives.syntax import DirectiveError
from tfgen.spec.problems import listed, nearest

SECONDS: Final = 10

COMMANDS: Final = {
    "commit": ("rev-parse", "HEAD"),
    "branch": ("rev-parse", "--abbrev-ref", "HEAD"),
    "username": ("config", "user.name"),
    "gitUrl": ("config", "--get", "remote.origin.url"),
}
_USER: Final = re.compile(r"(?<=://)[^/@]*@")


def git_info(folder: Path, what: str) -> str:
    """One fact about the repository, without credentials of its URL; raises DirectiveError."""
    if what not in COMMANDS:
        raise DirectiveError(
            "$GitInfo does not know this", f"known are {listed(COMMANDS)}", nearest(what, COMMANDS)
        )
    try:
        answer = subprocess.run(
            ["git", *COMMANDS[what]], cwd=folder, capture_output=True, check=True, timeout=SECONDS
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        raise DirectiveError(f"git does not tell the {what} of the spec's folder") from None
    if not (said := answer.strip()):
        raise DirectiveError(f"git has no {what} for the spec's folder")
    return _USER.sub("", said)
