"""Known AWS behaviours that are not drift: each a named rule with its reason and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """Something live that is not reported. `applies(live value)` says when, for a field's rule."""

    id: str
    reason: str
    source: str
    applies: Callable[[Any], bool]
