"""Which findings make a run fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """`fail_on`: declared differences from this severity up are drift. `strict`: undeclared ones too.

    Without `strict`, undeclared ones count from medium up. `excused`: findings that this run does not
    fail for whatever they are, such as those that a history knows.
    """

    fail_on: Severity = Severity.LOW
    strict: bool = False
    excused: Callable[[Finding], bool] | None = None


def fails(finding: Finding, policy: Policy) -> bool:
    """Whether one finding is drift that must be looked at."""
    if finding.status is Status.NOT_CHECKED or (policy.excused is not None and policy.excused(finding)):
        return False
    if finding.declared or policy.strict:
        return finding.severity >= policy.fail_on
    return finding.severity >= max(policy.fail_on, Severity.MEDIUM)


def not_checked(result: Result) -> list[Finding]:
    """What kept the run from being a whole check."""
    return [finding for finding in result.findings if finding.status is Status.NOT_CHECKED]
