"""What somebody accepted: undeclared live values and unmanaged resources, as they were on record.

Only what the spec is silent on can be accepted. Declared drift never is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tfgen.drift.declared import says
from tfgen.errors import Position
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.noise.hides import hides
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope
from tfgen.resource import Address

_SHOWN: Final = 76

GONE: Final = Severity.LOW
"""A recorded thing that disappeared is told and fails no run but a strict one: what is live came closer
to the spec, yet the entry must go, or the same thing could come back unseen."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One accepted thing.

    `path` is "" for an unmanaged resource; `value` is the plain live value of the argument, or the
    arguments of the unmanaged resource by name. A secret is its mask: only that there is one is known.
    """

    address: Address
    path: str
    severity: Severity
    value: Any
    position: Position | None = field(default=None, compare=False)

    @property
    def place(self) -> tuple[Address, str]:
        """What it is about."""
        return self.address, self.path


@dataclass(frozen=True, slots=True)
class Section:
    """What is accepted in one deployment; a member of `scope` that is None (or "") is any.

    `unread`: what could not be read when it was recorded, for the text only.
    """

    scope: Scope = field(default_factory=Scope)
    entries: tuple[Recorded, ...] = ()
    position: Position | None = field(default=None, compare=False)
    unread: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is accepted, deployment by deployment."""

    sections: tuple[Section, ...] = ()


@dataclass(slots=True)
class BaselineOutcome:
    """`result` has what is not accepted, and a finding for each recorded thing that disappeared.

    `accepted`: taken out, unchanged since recorded. `changed`: still in the result, with the reason.
    `gone`: the findings for what disappeared, also in the result. `settled`: entries that are needless,
    as the spec decides them now, or the resource around them went. `unsure`: entries that could not be
    looked at. `elsewhere`: entries of pools that this run does not look at. `idle`: entries for several
    deployments that are nothing in this one. `sections`: those that are, or may be, for this deployment.
    `refused`: why nothing is accepted though there is a section
    for this deployment, "" mostly.
    """

    result: Result
    accepted: list[tuple[Finding, Recorded]] = field(default_factory=list)
    changed: list[tuple[Finding, Recorded]] = field(default_factory=list)
    gone: list[Finding] = field(default_factory=list)
    settled: list[Recorded] = field(default_factory=list)
    unsure: list[Recorded] = field(default_factory=list)
    elsewhere: list[Recorded] = field(default_factory=list)
    idle: list[Recorded] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    refused: str = ""


def acceptable(finding: Finding) -> bool:
    """Whether a finding can be accepted at all."""
    if finding.status is Status.UNMANAGED:
        return True
    return finding.status is Status.MODIFIED and not finding.declared


def recorded(finding: Finding) -> Recorded:
    """What a baseline says of a finding that it accepts."""
    value = plain(finding.live) if finding.path else _arguments(finding)
    return Recorded(finding.address, plain(finding.path), finding.severity, value)


def _arguments(finding: Finding) -> dict[str, Any]:
    return {name: plain(value) for name, value in sorted(finding.arguments.items())}


def apply_entries(
    result: Result, entries: Iterable[Recorded], shared: Iterable[Recorded] = ()
) -> BaselineOutcome:
    """Takes out of `result` what is recorded and unchanged.

    `shared`: entries for other deployments too, which may be nothing in this one; of two at one place the
    later one holds, and one of `entries` before all of them.
    """
    own = {entry.place: entry for entry in entries}
    others = {entry.place: entry for entry in shared if entry.place not in own}
    outcome = BaselineOutcome(result)
    kept: list[Finding] = []
    for finding in result.findings:
        place = (finding.address, plain(finding.path))
        entry = own.get(place, others.get(place)) if acceptable(finding) else None
        if entry is None:
            kept.append(finding)
        elif (why := _changed(recorded(finding), entry)) is None:
            outcome.accepted.append((finding, entry))
        else:
            told = replace(finding, reason=f"{finding.reason}; {why}" if finding.reason else why)
            kept.append(told)
            outcome.changed.append((told, entry))
    seen = {entry.place for _, entry in (*outcome.accepted, *outcome.changed)}
    sides = _Sides(result)
    for entry in (*own.values(), *others.values()):
        if entry.place not in seen:
            _sort_in(entry, sides, outcome, shared=entry.place in others)
    kept = sorted([*kept, *outcome.gone], key=lambda finding: finding.sort_key)
    outcome.result = replace(result, findings=kept)
    return outcome


def _sort_in(entry: Recorded, sides: _Sides, outcome: BaselineOutcome, *, shared: bool) -> None:
    """Puts an entry that no finding is about where it belongs; a finding where its thing disappeared."""
    if entry.address.module in sides.modules and sides.hides(entry):
        outcome.unsure.append(entry)
    elif shared:
        outcome.idle.append(entry)
    elif entry.address.module not in sides.modules:
        outcome.elsewhere.append(entry)
    elif sides.have(entry):
        outcome.settled.append(entry)
    else:
        outcome.gone.append(_gone(entry))


class _Sides:
    """What a result says of the two sides that it was made from."""

    def __init__(self, result: Result) -> None:
        self.findings = result.findings
        self.quiet = {item[:2] for item in result.quiet}
        self.said = dict(zip(result.compared, result.declared, strict=False))
        self.compared = set(result.compared)
        self.live = {
            replace(address, label=label)
            for address, label in zip(result.compared, result.labels, strict=False)
        }
        desired = (*result.compared, *result.absent)
        self.modules = {one.module for one in (*desired, *(item.address for item in result.findings))}

    def hides(self, entry: Recorded) -> bool:
        """Whether something was not read that may be the entry's thing."""
        return any(hides(finding, entry.address, entry.path) for finding in self.findings)

    def have(self, entry: Recorded) -> bool:
        """Whether its thing did not just disappear: the spec has it, or what it was part of went."""
        address = entry.address
        if any(
            finding.status is Status.DELETED
            and (finding.address == address or _is_root_of(finding.address, address))
            for finding in self.findings
        ):
            return True
        if not entry.path:
            return address in self.live
        if address not in self.compared or (address, entry.path) in self.quiet:
            return True
        return address in self.said and says(self.said[address], entry.path)


def _is_root_of(root: Address, address: Address) -> bool:
    return root.module == address.module and KINDS[root.kind].root


def _changed(now: Recorded, entry: Recorded) -> str | None:
    """What is not as recorded, None when all is."""
    if now.severity > entry.severity:
        return f"accepted as {entry.severity}, now it is {now.severity}"
    if _text(now.value) == _text(entry.value):
        return None
    if now.path:
        return f"accepted as {_short(entry.value)}, now it is something else"
    old = entry.value if isinstance(entry.value, dict) else {}
    names = [
        name for name in sorted({*old, *now.value}) if _text(old.get(name)) != _text(now.value.get(name))
    ]
    said = [f"{name} was {_short(old.get(name))}, is {_short(now.value.get(name))}" for name in names]
    return f"accepted, but changed since: {'; '.join(said)}"


def _gone(entry: Recorded) -> Finding:
    was = f"it was {_short(entry.value)}" if entry.path else "an unmanaged resource"
    back = "live it is back to what AWS does by itself" if entry.path else "it is no longer live"
    return Finding(
        status=Status.DELETED,
        address=entry.address,
        path=entry.path,
        severity=GONE,
        declared=False,
        position=entry.position,
        reason=f"accepted in the baseline ({was}), and {back}",
        effect="apply does nothing: the spec does not have it",
        accept="take the entry out of the baseline, or record it again",
    )


def _text(value: Any) -> str:
    """Text that tells true from 1 and forgets the order of keys."""
    return json.dumps(value, sort_keys=True)


def _short(value: Any) -> str:
    if value is None:
        return "absent"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
