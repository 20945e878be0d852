"""The printed path of an argument, taken apart: `schema["custom:tier"].mutable`."""

from __future__ import annotations

import re
from typing import Final

_STEP: Final = re.compile(
    r"""\[ (?: "(?P<quoted>.*?)" | '(?P<single>.*?)' | (?P<bare>[^\]]*) ) \] (?= \. | \[ | \Z )
      | (?P<name> [^.\[]+ )
      | (?P<other> . )""",
    re.VERBOSE | re.DOTALL,
)


def steps(path: str) -> list[tuple[str, bool]]:
    """The steps of a path, each with whether it is the key of a repeated block or of a map.

    Never fails: what is no step is left out.
    """
    found: list[tuple[str, bool]] = []
    for match in _STEP.finditer(path):
        if (name := match["name"]) is not None:
            found.append((name, False))
        elif match["other"] is None:
            keys = (match["quoted"], match["single"], match["bare"])
            found.append((next(key for key in keys if key is not None), True))
    return found


def argument(path: str) -> str:
    """The argument as the field table names it: `schema["tier"].mutable` is `schema.mutable`."""
    return ".".join(name for name, is_key in steps(path) if not is_key)


def overlaps(path: str, other: str) -> bool:
    """Whether one is the other or stands inside of it; "" is the whole resource."""
    mine, others = steps(path), steps(other)
    shorter = min(len(mine), len(others))
    return mine[:shorter] == others[:shorter]
