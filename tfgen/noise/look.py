"""One deployment, as a run looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tfgen.finding import Result
from tfgen.noise.scope import Scope

NOWHERE: Final = ""
"""The module of the finding of a target that failed as a whole: which pools it has is not known."""


@dataclass(frozen=True, slots=True)
class Look:
    """`result`: all that the comparison found. `made`: when, where that was an earlier, interrupted run.

    `read`: False for a target that failed as a whole; its only finding, in the module NOWHERE, says why.
    """

    result: Result
    scope: Scope
    made: datetime | None = None
    read: bool = True
