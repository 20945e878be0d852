"""Findings that somebody decided to ignore, each by a rule that says why and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tfgen.drift.globs import Globs
from tfgen.errors import Position
from tfgen.finding import Finding, Result, Status
from tfgen.noise.scope import Scope

FINDABLE = frozenset(Status) - {Status.NOT_CHECKED}
"""What a rule ignores that names no status: never what could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreRule:
    """One rule; every member that is given must fit.

    `path`: arguments; without it the rule is about the whole resource and each of its arguments.
    `resource`: addresses. `pool`: keys of pools and HTTP APIs in the spec; in a fleet both also as reports
    have them, behind the target's name. `expires`: the last day on
    which it ignores anything.
    """

    position: Position
    reason: str
    path: Globs | None = None
    resource: Globs | None = None
    pool: Globs | None = None
    account: Globs | None = None
    region: Globs | None = None
    stage: Globs | None = None
    statuses: frozenset[Status] = FINDABLE
    expires: date | None = None

    def is_for(self, scope: Scope) -> bool:
        """Whether the rule is about this deployment; one that names an account is not for an unknown one."""
        return (
            _fits(self.account, scope.account)
            and _fits(self.region, scope.region)
            and _fits(self.stage, scope.stage)
        )

    def fits(self, finding: Finding, scope: Scope) -> bool:
        """Whether the rule is about this finding of a deployment that it is for, on whatever day."""
        return (
            finding.status in self.statuses
            and (self.pool is None or self.pool.matches(*scope.modules(finding.address)))
            and (self.resource is None or self.resource.matches(*scope.addresses(finding.address)))
            and (self.path is None or (finding.path != "" and self.path.matches(finding.path)))
        )

    def is_over(self, today: date) -> bool:
        """Whether it has expired; on the day itself it still holds."""
        return self.expires is not None and today > self.expires

    def __str__(self) -> str:
        until = f", until {self.expires}" if self.expires is not None else ""
        return f"{self.position}: {self.reason}{until}"


@dataclass(frozen=True, slots=True)
class IgnoreOutcome:
    """`result` has the findings that no rule ignores.

    `ignored`: the others, each with the first rule that fits. `expired`: rules for this deployment that
    are over; any of them fails the run. `unmatched`: rules for this deployment that fit nothing. `used`:
    all that fit something, also behind another one.
    """

    result: Result
    ignored: list[tuple[Finding, IgnoreRule]]
    expired: list[IgnoreRule]
    unmatched: list[IgnoreRule]
    used: frozenset[IgnoreRule] = frozenset()

    @property
    def not_checked(self) -> list[tuple[Finding, IgnoreRule]]:
        """The ignored findings without which the run is no whole check; a report must name them."""
        return [(finding, rule) for finding, rule in self.ignored if finding.status is Status.NOT_CHECKED]


def apply_rules(result: Result, rules: Sequence[IgnoreRule], scope: Scope, today: date) -> IgnoreOutcome:
    """Takes out of `result` what the rules for `scope` ignore on the day `today`.

    A finding that only an expired rule fits stays and says so. `result` itself is not changed.
    """
    here = [rule for rule in rules if rule.is_for(scope)]
    kept: list[Finding] = []
    ignored: list[tuple[Finding, IgnoreRule]] = []
    used: set[IgnoreRule] = set()
    for finding in result.findings:
        fitting = [rule for rule in here if rule.fits(finding, scope)]
        used.update(fitting)
        valid = [rule for rule in fitting if not rule.is_over(today)]
        if valid:
            ignored.append((finding, valid[0]))
        else:
            kept.append(_told(finding, fitting))
    return IgnoreOutcome(
        result=replace(result, findings=kept),
        ignored=ignored,
        expired=[rule for rule in here if rule.is_over(today)],
        unmatched=[rule for rule in here if rule not in used and not rule.is_over(today)],
        used=frozenset(used),
    )


def unmatched_everywhere(outcomes: Iterable[IgnoreOutcome], rules: Sequence[IgnoreRule]) -> list[IgnoreRule]:
    """The rules that fit nothing in any of several deployments, for a run over a fleet.

    A rule for none of the deployments is among them; an expired one is not, it is told of already.
    """
    told: set[IgnoreRule] = set()
    for outcome in outcomes:
        told.update(outcome.used, outcome.expired)
    return [rule for rule in rules if rule not in told]


def _told(finding: Finding, expired: list[IgnoreRule]) -> Finding:
    """The finding, with the day on which its rule ended."""
    if not expired:
        return finding
    last = max(expired, key=lambda rule: (rule.expires or date.min, rule.position))
    said = f"ignored until {last.expires} by {last.position} ({last.reason})"
    return replace(finding, reason=f"{finding.reason}; {said}" if finding.reason else said)


def _fits(globs: Globs | None, name: str | None) -> bool:
    return globs is None or (name is not None and globs.matches(name))
