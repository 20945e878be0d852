"""What somebody accepted: undeclared live values and unmanaged resources, as they were on record.

Only what the spec is silent on can be accepted. Declared drift never is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tfgen.drift.differences import at
from tfgen.drift.paths import steps
from tfgen.errors import Position, UsageError
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.noise.hides import hides
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope
from tfgen.noise.unmanaged import arguments
from tfgen.resource import Address, State

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
    position: Position | None = None

    @property
    def place(self) -> tuple[Address, str]:
        """What it is about."""
        return self.address, self.path


@dataclass(frozen=True, slots=True)
class Baseline:
    """All that is accepted in the deployment `scope`; a None there is any."""

    entries: tuple[Recorded, ...] = ()
    scope: Scope = field(default_factory=Scope)


@dataclass(slots=True)
class BaselineOutcome:
    """`result` has what is not accepted, and a finding for each recorded thing that disappeared.

    `accepted`: taken out, unchanged since recorded. `changed`: still in the result, with the reason.
    `gone`: the findings for what disappeared, also in the result. `settled`: entries that are needless,
    as the spec decides them now, or the resource around them went. `unsure`: entries that could not be
    looked at. `elsewhere`: entries of pools that this run does not look at.
    """

    result: Result
    accepted: list[tuple[Finding, Recorded]] = field(default_factory=list)
    changed: list[tuple[Finding, Recorded]] = field(default_factory=list)
    gone: list[Finding] = field(default_factory=list)
    settled: list[Recorded] = field(default_factory=list)
    unsure: list[Recorded] = field(default_factory=list)
    elsewhere: list[Recorded] = field(default_factory=list)


def accepts(result: Result, live: State) -> list[tuple[Recorded, Finding]]:
    """What of a result can be accepted, sorted by place; `live` is the state it was made from."""
    entries = [(_entry(finding, live), finding) for finding in result.findings if _acceptable(finding)]
    return sorted(entries, key=lambda pair: pair[0].place)


def apply_baseline(
    result: Result, baseline: Baseline, desired: State, live: State, scope: Scope
) -> BaselineOutcome:
    """Takes out of `result` what is recorded and unchanged; `desired` and `live` are what it compared.

    Nothing is taken out where account or region of the run are not known and the baseline names them: too
    little was read to tell that it is for this deployment. Raises UsageError when it is for another one.
    """
    if not _same_deployment(baseline.scope, scope):
        return BaselineOutcome(result, unsure=list(baseline.entries))
    recorded = {entry.place: entry for entry in baseline.entries}
    outcome = BaselineOutcome(result)
    kept: list[Finding] = []
    for finding in result.findings:
        entry = recorded.get((finding.address, plain(finding.path))) if _acceptable(finding) else None
        if entry is None:
            kept.append(finding)
        elif (why := _changed(_entry(finding, live), entry)) is None:
            outcome.accepted.append((finding, entry))
        else:
            told = replace(finding, reason=f"{finding.reason}; {why}" if finding.reason else why)
            kept.append(told)
            outcome.changed.append((told, entry))
    seen = {entry.place for _, entry in (*outcome.accepted, *outcome.changed)}
    looked_at = {address.module for address in (*desired.resources, *live.resources)}
    for entry in baseline.entries:
        if entry.address.module not in looked_at:
            outcome.elsewhere.append(entry)
        elif entry.place not in seen:
            _missing(entry, result, desired, live, outcome)
    kept = sorted([*kept, *outcome.gone], key=lambda finding: finding.sort_key)
    outcome.result = replace(result, findings=kept)
    return outcome


def _acceptable(finding: Finding) -> bool:
    if finding.status is Status.UNMANAGED:
        return True
    return finding.status is Status.MODIFIED and not finding.declared


def _entry(finding: Finding, live: State) -> Recorded:
    value = plain(finding.live) if finding.path else arguments(finding.address, live)
    return Recorded(finding.address, plain(finding.path), finding.severity, value)


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


def _missing(entry: Recorded, result: Result, desired: State, live: State, outcome: BaselineOutcome) -> None:
    """Sorts an entry that no finding is about; a finding where the thing itself disappeared."""
    address = entry.address
    if any(hides(finding, address, entry.path) for finding in result.findings):
        outcome.unsure.append(entry)
    elif _is_there(entry, desired, live, result):
        outcome.settled.append(entry)
    else:
        outcome.gone.append(_gone(entry))


def _is_there(entry: Recorded, desired: State, live: State, result: Result) -> bool:
    """Whether the recorded thing did not just disappear: the spec has it, or what it was part of went."""
    address = entry.address
    if any(
        finding.status is Status.DELETED
        and (finding.address == address or _is_root_of(finding.address, address))
        for finding in result.findings
    ):
        return True
    if not entry.path:
        return address in live.resources
    if address not in desired.resources or (address, entry.path) in {item[:2] for item in result.quiet}:
        return True
    values = desired.resources[address].values
    return at(values, tuple(name for name, _ in steps(entry.path))) is not None


def _is_root_of(root: Address, address: Address) -> bool:
    return root.module == address.module and KINDS[root.kind].root


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


def _same_deployment(recorded: Scope, scope: Scope) -> bool:
    """False when the run does not know enough to tell; raises UsageError for another deployment."""
    known = True
    for name in ("account", "region", "stage"):
        theirs, ours = getattr(recorded, name), getattr(scope, name)
        if theirs is None or theirs == ours:
            continue
        if ours is None and name != "stage":
            known = False
            continue
        found = f"looks at {name} {ours}" if ours is not None else f"has no {name}"
        raise UsageError(f"the baseline was recorded for {name} {theirs}, and this run {found}")
    return known


def _text(value: Any) -> str:
    """Text that tells true from 1 and forgets the order of keys."""
    return json.dumps(value, sort_keys=True)


def _short(value: Any) -> str:
    if value is None:
        return "absent"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
