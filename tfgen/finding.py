"""Findings: the only currency between the rooms that compare and the rooms that report."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tfgen.errors import Position
from tfgen.kinds.field import Severity
from tfgen.resource import Address


class Status(enum.Enum):
    """CloudFormation's words for one thing that was compared, and one of our own."""

    MODIFIED = "MODIFIED"
    DELETED = "DELETED"
    """In the spec, not live."""
    UNMANAGED = "UNMANAGED"
    """Live, not in the spec."""
    NOT_CHECKED = "NOT_CHECKED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference, or one thing that could not be compared.

    `path` is the Terraform argument, "" for a whole resource. `declared`: the spec (or a documented
    default of it) decides the value; otherwise the spec is silent and `desired` is AWS's default.
    `desired` and `live` hold `Sensitive` where a secret is. `effect`: what `terraform apply` would do.
    `accept`: how to make the spec say what is live. `reason`: why it was not checked, or a remark.
    `replaces`: apply would destroy and recreate the resource. `arguments`: those of an unmanaged resource
    that say anything, with `Sensitive` where a secret is; no report shows them. `since`: what a history
    knows of it, as text, and `news` in one word ("" without a history); `writes`: who wrote to the
    resource last, a line each.
    """

    status: Status
    address: Address
    path: str
    severity: Severity
    desired: Any = None
    live: Any = None
    declared: bool = True
    position: Position | None = None
    spec_path: str = ""
    controls: tuple[str, ...] = ()
    reason: str = ""
    effect: str = ""
    accept: str = ""
    replaces: bool = False
    arguments: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""
    news: str = ""
    writes: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[int, str, str, str]:
        """Urgent first, then by place: the order of every report."""
        return (-int(self.severity), str(self.address), self.path, self.status.value)


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells the events about a resource from others in CloudTrail.

    `wanted`: parameter of a call (lower case) → value. `region`: whose history has them. `whole`: every
    parameter that names the resource is known; one that is gone may lack some.
    """

    wanted: Mapping[str, str]
    region: str
    whole: bool = True


@dataclass(slots=True)
class Result:
    """What a drift check found, and how much it looked at: all that later steps need, as neither the
    desired nor the live side is kept.

    `compared`: the desired resources that have a live one. Beside each of them, in the same order:
    `labels`, the live one's label, and `declared`, which arguments the spec says (`tfgen.drift.declared`).
    `absent`: the desired resources without a live one that is known. `traces`: for `--blame`, of the
    resources with findings.

    `by_presence`: secrets of which only the
    presence can be compared; `never_answered`: declared arguments that no AWS answer has (a logo, a
    timeout of Terraform's own); `remarks`: what AWS says besides; `quiet`: (address, path, rule id)
    of known AWS behaviours left out; `resolved`: (address, path, since) of what a history knows and is
    no longer found. `where`: what was looked at, in words for a reader: stage, region, account; empty for
    a fleet, whose modules say it.
    """

    findings: list[Finding] = field(default_factory=list)
    compared: list[Address] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    absent: list[Address] = field(default_factory=list)
    traces: dict[Address, Trace] = field(default_factory=dict)
    arguments: int = 0
    by_presence: list[tuple[Address, str]] = field(default_factory=list)
    never_answered: list[tuple[Address, str]] = field(default_factory=list)
    remarks: list[tuple[Address, str]] = field(default_factory=list)
    quiet: list[tuple[Address, str, str]] = field(default_factory=list)
    resolved: list[tuple[Address, str, str]] = field(default_factory=list)
    pools: dict[str, dict[str, Any]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    @property
    def resources(self) -> int:
        """How many desired resources were compared."""
        return len(self.compared)
