"""No rule hides a weakening: each one is found in every pool it can be made to, however old the pool is."""

from __future__ import annotations

import pytest

from tests.eras.era import Era, eras, text
from tests.eras.weakenings import WEAKENINGS, Weakening
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity


def cases() -> list[tuple[Era, Weakening]]:
    return [(era, weakening) for era in eras() for weakening in WEAKENINGS if weakening.apply(era.answers())]


@pytest.mark.parametrize(
    ("era", "weakening"), cases(), ids=lambda item: getattr(item, "name", "").replace(" ", "-")
)
def test_a_weakening_is_found(era: Era, weakening: Weakening) -> None:
    answers = era.answers()
    weakening.apply(answers)
    findings = era.check(answers).findings
    before = {text(finding) for finding in era.check().findings}
    found = [item for item in findings if _at(item, weakening) and text(item) not in before]
    assert found, [text(finding) for finding in findings]
    worst = max(item.severity for item in found)
    assert weakening.unread or worst >= weakening.severity, [text(item) for item in found]


def _at(finding: Finding, weakening: Weakening) -> bool:
    if weakening.unread:
        return finding.status is Status.NOT_CHECKED and (
            finding.path.startswith(weakening.path) or weakening.path in finding.reason
        )
    return finding.status is Status.MODIFIED and finding.path.startswith(weakening.path)


@pytest.mark.parametrize("era", eras(), ids=lambda era: era.name)
def test_a_client_that_nobody_wrote_is_found(era: Era) -> None:
    answers = era.answers()
    (first, *_) = answers["describe_user_pool_client"]
    rogue = {**first["UserPoolClient"], "ClientId": "7rogue", "ClientName": "rogue"}
    answers["describe_user_pool_client"].append({"UserPoolClient": rogue})
    (finding,) = [item for item in era.check(answers).findings if item.status is Status.UNMANAGED]
    assert finding.severity is Severity.CRITICAL
    assert "7rogue" in str(finding.live)


def test_each_weakening_is_one_of_some_era() -> None:
    assert {weakening.name for _, weakening in cases()} == {weakening.name for weakening in WEAKENINGS}
