"""What became of one target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tfgen.errors import Position, Problem
from tfgen.finding import Finding, Result, Status
from tfgen.fleet.target import Target
from tfgen.kinds import user_pool
from tfgen.kinds.field import Severity
from tfgen.resource import Address


@dataclass(frozen=True, slots=True)
class Covers:
    """The pools that a target's specs stand for: by id where it is known, else by exact name.

    `complete`: False where a name is only known at deployment.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    """One target, done: `result` and no `failure`, or the other way round.

    `seconds` of wall time; `calls` to AWS, boto3's retries not counted; `pools` in its specs (0 when
    they cannot be read). `account`, `region`: where AWS said it is, as far as it said. `covers`: None
    when its specs cannot be read. `warnings`: those of its specs, by place. `earlier`: taken from an
    interrupted run, which finished it then (ISO 8601, UTC).
    """

    name: str
    result: Result | None = None
    failure: str = ""
    seconds: float = 0.0
    calls: int = 0
    pools: int = 0
    account: str | None = None
    region: str | None = None
    stage: str | None = None
    covers: Covers | None = None
    warnings: tuple[Problem, ...] = ()
    earlier: str | None = None

    @property
    def complete(self) -> bool:
        """Whether all of the target was checked: no failure, nothing NOT_CHECKED."""
        return self.result is not None and not any(
            finding.status is Status.NOT_CHECKED for finding in self.result.findings
        )


def add(whole: Result, part: Result) -> None:
    """Adds the result of other modules of the same target."""
    whole.findings += part.findings
    whole.compared += part.compared
    whole.labels += part.labels
    whole.declared += part.declared
    whole.absent += part.absent
    whole.traces |= part.traces
    whole.resolved += part.resolved
    whole.arguments += part.arguments
    whole.by_presence += part.by_presence
    whole.never_answered += part.never_answered
    whole.remarks += part.remarks
    whole.quiet += part.quiet
    whole.pools |= part.pools


def together(results: Iterable[TargetResult], targets: Iterable[Target] = ()) -> Result:
    """One result of many targets, for the reporters: each module's name begins with its target's.

    A target that failed is one NOT_CHECKED finding with the reason, where the fleet file names it (as
    `targets` say). Sorted by urgency, then by place.
    """
    whole, places = Result(), {target.name: target.position for target in targets}
    for done in sorted(results, key=lambda one: one.name):
        if done.result is not None:
            add(whole, _named(done.name, done.result))
        else:
            add(whole, failed(done.name, done.failure, places.get(done.name)))
    whole.findings.sort(key=lambda finding: finding.sort_key)
    return whole


def failed(name: str, reason: str, position: Position | None = None) -> Result:
    """The result of a target of which nothing was read; `position` in the fleet file."""
    finding = Finding(
        status=Status.NOT_CHECKED,
        address=Address(name, user_pool.TYPE, "*"),
        path="",
        severity=Severity.CRITICAL,
        position=position,
        reason=reason,
    )
    return Result(findings=[finding])


def named(name: str, address: Address) -> Address:
    """The address of a target's resource as a report of a fleet has it."""
    return replace(address, module=f"{name}/{address.module}" if address.module else name)


def _named(name: str, result: Result) -> Result:
    """A result for reporters; what only noise control and `--blame` ask for is left behind."""

    def here(address: Address) -> Address:
        return named(name, address)

    return Result(
        findings=[replace(finding, address=here(finding.address)) for finding in result.findings],
        compared=[here(address) for address in result.compared],
        arguments=result.arguments,
        by_presence=[(here(address), path) for address, path in result.by_presence],
        never_answered=[(here(address), path) for address, path in result.never_answered],
        remarks=[(here(address), text) for address, text in result.remarks],
        quiet=[(here(address), path, rule) for address, path, rule in result.quiet],
        resolved=[(here(address), path, since) for address, path, since in result.resolved],
        pools={f"{name}/{module}": facts for module, facts in result.pools.items()},
    )
