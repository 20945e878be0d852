"""What a rule is: a small function that looks at a valid part of a spec and yields faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from tfgen.spec.model import Spec, UserPool
from tfgen.spec.nodes import Path

Severity = Literal["error", "warning", "notice"]
Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found; `path` is the whole spec path of the property to blame."""

    path: Path
    message: str
    allowed: str = ""
    near: str = ""


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """A rule by its id in the language's reference (R..) or, for tfgen's own decisions, D.."""

    id: str
    severity: Severity
    check: Callable[[Subject, Spec], Iterator[Fault]]


PoolRule = Rule[UserPool]
PoolFaults = Iterator[Fault]


def fault(pool: UserPool, name: str | Path, message: str, allowed: str = "", near: str = "") -> Fault:
    """A fault at a property of a pool, by its dotted name or the steps below `properties`."""
    return Fault(pool.spec_path(name), message, allowed, near)


def literal(value: object) -> str | None:
    """The text itself, None when it is none or only a deployment knows it."""
    return value if isinstance(value, str) else None
