"""What became of one finding that was to be accepted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from tfgen.finding import Finding

_LONG: Final = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the spec: its dotted path, what it was and what it is; None where there is none."""

    file: str
    path: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {_said(self.old)} is {_said(self.new)} now"


def _said(value: Any) -> str:
    """A value in a few words; nothing for one that is not there."""
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`changes`: what was edited. `refused`: why nothing was. `settled`: another edit already did it."""

    finding: Finding
    changes: tuple[Change, ...] = ()
    refused: str = ""
    settled: bool = False
