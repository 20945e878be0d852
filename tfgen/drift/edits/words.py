"""Edits of the spec in words."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from tfgen.drift.edits.case import NOTHING
from tfgen.spec.nodes import Path

_LONG_TEXT, _LONG = 160, 1000
"""Characters beyond which a text, or anything else, is not written out."""
_NAME: Final = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


def line(name: str, value: Any) -> str:
    """`name: value`; NOTHING takes away what is there."""
    if value is NOTHING:
        return f"remove {name}"
    text = json.dumps(sorted(value) if isinstance(value, frozenset) else value, ensure_ascii=False)
    if len(text) > (_LONG_TEXT if isinstance(value, str) else _LONG):
        text = "(the live value)"
    return f"{name}: {text}"


def below(owner: Path, path: Path) -> str:
    """A path as a person looks for it below its pool or gateway; `properties` goes without saying."""
    steps = path[len(owner) :]
    if steps[:1] == ("properties",):
        steps = steps[1:]
    said = ""
    for step in steps:
        if isinstance(step, str) and _NAME.fullmatch(step):
            said += f".{step}" if said else step
        else:
            said += f"[{json.dumps(step, ensure_ascii=False)}]"
    return said
