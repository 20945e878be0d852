"""`--only` and `--skip`: which findings a run is about.

Selection never makes an incomplete check look complete. What was not checked goes only with its whole
pool, or where `--skip status:NOT_CHECKED` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tfgen.finding import Finding, Result, Status
from tfgen.noise.scope import Scope
from tfgen.noise.selectors import Selector, parse

ANYWHERE: Final = Scope()


@dataclass(frozen=True, slots=True)
class Selection:
    """`result` has the selected findings, `left_out` the others, both in their order."""

    result: Result
    left_out: list[Finding]


def select(
    result: Result, only: Sequence[str] = (), skip: Sequence[str] = (), scope: Scope = ANYWHERE
) -> Selection:
    """The findings that one of `only` (when given) and none of `skip` is about.

    Raises UsageError for selectors that say nothing (`tfgen.noise.selectors`).
    """
    wanted, unwanted = parse("--only", only), parse("--skip", skip)
    kept: list[Finding] = []
    left_out: list[Finding] = []
    for finding in result.findings:
        (kept if _selected(finding, wanted, unwanted, scope) else left_out).append(finding)
    return Selection(replace(result, findings=kept), left_out)


def _selected(finding: Finding, only: list[Selector], skip: list[Selector], scope: Scope) -> bool:
    if finding.status is Status.NOT_CHECKED:
        inside = not only or any(_may_be_in(selector, finding, scope) for selector in only)
        return inside and not any(_names_unread(selector, finding, scope) for selector in skip)
    inside = not only or any(selector.holds(finding, scope) for selector in only)
    return inside and not any(selector.holds(finding, scope) for selector in skip)


def _may_be_in(selector: Selector, finding: Finding, scope: Scope) -> bool:
    """Whether something not checked may hide what `--only` asks for: anything in a pool it asks for."""
    return all(condition.holds(finding, scope) for condition in selector.of_key("pool"))


def _names_unread(selector: Selector, finding: Finding, scope: Scope) -> bool:
    """Whether `--skip` names the status, or nothing but the pool."""
    of_pool_only = all(condition.key == "pool" for condition in selector.conditions)
    return (of_pool_only or selector.names("status")) and selector.holds(finding, scope)
