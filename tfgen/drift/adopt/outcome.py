"""What became of one finding that was to be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfgen.finding import Finding


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the spec: its dotted path, what it was and what it is; None where there is none."""

    file: str
    path: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """`changes`: what was edited. `refused`: why nothing was. `settled`: another edit already did it."""

    finding: Finding
    changes: tuple[Change, ...] = ()
    refused: str = ""
    settled: bool = False
