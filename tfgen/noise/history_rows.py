"""Memories as rows of a table, and scopes as their names there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from tfgen.finding import Status
from tfgen.kinds.field import Severity
from tfgen.noise.history import Memory
from tfgen.noise.scope import Scope
from tfgen.resource import Address

COLUMNS: Final = "module, kind, label, path, status, severity, digest, first_seen, last_seen, resolved"


def name_of(scope: Scope) -> str:
    """A scope as the table has it."""
    members = (scope.target, scope.account, scope.region, scope.stage)
    return "\n".join((value or "").replace("\n", " ") for value in members)


def row_of(memory: Memory) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    address = memory.address
    times = (memory.first_seen, memory.last_seen)
    return (
        *(address.module, address.kind, address.label, memory.path, memory.status.value),
        *(int(memory.severity), memory.digest, *map(said, times)),
        None if memory.resolved is None else said(memory.resolved),
    )


def memory_of(row: tuple[Any, ...]) -> Memory:
    """The memory of a row with the values of COLUMNS."""
    module, kind, label, path, status, severity, digest, first_seen, last_seen, resolved = row
    return Memory(
        address=Address(module, kind, label),
        path=path,
        status=Status(status),
        severity=Severity(severity),
        digest=digest,
        first_seen=time_of(first_seen),
        last_seen=time_of(last_seen),
        resolved=None if resolved is None else time_of(resolved),
    )


def said(time: datetime) -> str:
    """UTC in a form whose order as text is the order in time."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


def time_of(text: str) -> datetime:
    """The time that `said` wrote."""
    return datetime.fromisoformat(text)


def scope_of(name: str) -> Scope:
    """The scope that `name_of` made a name of."""
    target, account, region, stage = name.split("\n")
    return Scope(account or None, region or None, stage or None, target)
