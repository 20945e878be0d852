"""What the command line tells the spec room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """Names that a deployment would know, and the values of `$CliArgs`."""

    stage: str | None = None
    service_name: str | None = None
    region: str | None = None
    args: Mapping[str, str] = field(default_factory=dict)
