"""Where the rooms of `spec` put what they find, so that one run tells everything."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import Position, Problem
from tfgen.spec.nodes import Path, dotted


@dataclass(slots=True)
class Collector:
    """Problems by weight: errors refuse the spec, warnings are shown, notices only with `-v`."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def error(self, at: Position, path: Path, message: str, allowed: str = "", near: str = "") -> None:
        """Something that makes the spec invalid."""
        self.errors.append(Problem(at, dotted(path), message, allowed, near))

    def warn(self, at: Position, path: Path, message: str, allowed: str = "", near: str = "") -> None:
        """Something that works and is most likely not meant."""
        self.warnings.append(Problem(at, dotted(path), message, allowed, near))

    def notice(self, at: Position, path: Path, message: str, allowed: str = "", near: str = "") -> None:
        """Something that tfgen left alone, or does otherwise than one may think."""
        self.notices.append(Problem(at, dotted(path), message, allowed, near))


def nearest(word: str, names: Iterable[str]) -> str:
    """The name closest to `word` without regard to case, "" when none is close."""
    by_lower = {name.lower(): name for name in sorted(names)}
    close = difflib.get_close_matches(word.lower()[:200], by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


_FEW: Final = 20


def few(names: Sequence[str]) -> str:
    """Names for a message, of very many only the first ones."""
    rest = len(names) - _FEW
    return listed(names[:_FEW]) + (f" and {rest:,} more" if rest > 0 else "")


def listed(names: Iterable[str]) -> str:
    """Names for a message: `a, b, c`."""
    return ", ".join(names)
