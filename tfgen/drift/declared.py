"""Which arguments of a resource the spec says, small enough to be kept of ten thousand pools.

A text for each resource; resources that say the same arguments share one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Final

from tfgen.drift.differences import at
from tfgen.drift.paths import steps

_SAID: Final = 1


def outline(values: Mapping[str, Any]) -> str:
    """The names of all arguments that have a value, nested as they are, without any value."""
    return sys.intern(json.dumps(_names(values), separators=(",", ":"), sort_keys=True))


def says(outline: str, path: str) -> bool:
    """Whether an argument, as a finding names it, is in an outline."""
    return at(json.loads(outline), (name for name, _ in steps(path))) is not None


def _names(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(name): _names(value) if isinstance(value, Mapping) else _SAID
        for name, value in values.items()
        if value is not None
    }
