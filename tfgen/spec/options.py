"""What the command line tells the spec room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import UsageError

SERVICE_NAME: Final = r"[A-Za-z][A-Za-z0-9-]*"
SERVICE_NAME_SAYS: Final = "a letter, then letters, digits and hyphens"

_STAGE: Final = r"[A-Za-z0-9][A-Za-z0-9-]*"
_REGION: Final = r"[a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2}"


@dataclass(frozen=True, slots=True)
class Options:
    """Names that a deployment would know, and the values of `$CliArgs`.

    Raises UsageError for names that could not become part of names in AWS.
    """

    stage: str | None = None
    service_name: str | None = None
    region: str | None = None
    args: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what, value, pattern, says in (
            ("stage", self.stage, _STAGE, "letters, digits and hyphens"),
            ("service name", self.service_name, SERVICE_NAME, SERVICE_NAME_SAYS),
            ("region", self.region, _REGION, "such as eu-west-1"),
        ):
            if value is not None and not re.fullmatch(pattern, value):
                raise UsageError(f"{value[:80]!r} is not a {what}: {says}")
