"""The four things together, in their order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.noise.made import CLIENT, finding, looked, result
from tests.noise.test_baseline import DECLARED, HERE, ROGUE, SILENT, text_of
from tfgen.drift import Policy, fails
from tfgen.errors import SpecError, UsageError
from tfgen.finding import Finding, Status
from tfgen.noise import Look, Noise, NoiseOutcome, apply, check_places, keep, notes, read

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNREAD = finding("lambda_config", status=Status.NOT_CHECKED)
RULES = """\
rules:
  - path: user_pool_tier
    reason: sized by hand
    expires: 2026-11-23
  - resource: "*client*"
    reason: of another team
  - path: lambda_config
    status: NOT_CHECKED
    reason: no rights there
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "tfgen.ignore.yml"
    path.write_text(RULES)
    return path


def run(noise: Noise, *found: Finding, days: int = 0) -> NoiseOutcome:
    now = NOW + timedelta(days=days)
    (outcome,) = apply(noise, [Look(looked(result(*found), live="4a8b"), HERE)], now)
    keep(noise, [outcome])
    return outcome


def test_without_anything_nothing_changes() -> None:
    noise = read()
    outcome = run(noise, DECLARED, UNREAD)
    assert outcome.result == outcome.complete
    assert [*outcome.warnings(), *notes(noise, [outcome])] == []
    assert noise.policy(Policy()) == Policy()


def test_all_of_it(rules: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "accepted.yml"
    baseline.write_text(text_of(result(ROGUE)))
    noise = read(
        ignore=rules, baseline=baseline, history=tmp_path / "h.db", only=["pool:members"], skip=["tags"]
    )
    tag = finding('tags["a"]')
    outcome = run(noise, DECLARED, SILENT, ROGUE, UNREAD, tag)
    assert [one.path for one in outcome.result.findings] == ["mfa_configuration", "user_pool_tier"]
    assert len(outcome.complete.findings) == 5
    assert [*outcome.warnings(), *notes(noise, [outcome])] == [
        f"expired: {rules}:2:5: sized by hand, until 2026-11-23",
        f"not checked, and ignored: {UNREAD.address} lambda_config ({rules}:7:5: no rights there)",
        f"ignores nothing: {rules}:5:5: of another team",
        "1 finding left out by --only and --skip",
    ]
    assert outcome.expired[0].expires == date(2026, 11, 23)


def test_what_a_rule_hid_is_as_old_as_it_is(rules: Path, tmp_path: Path) -> None:
    noise = read(ignore=rules, history=tmp_path / "h.db", new_only=True)
    app = finding("name", kind=CLIENT, label="web")
    assert run(noise, app).result.findings == []
    bare = read(history=tmp_path / "h.db", new_only=True)
    outcome = run(bare, app, DECLARED, days=9)
    failing = [one.path for one in outcome.result.findings if fails(one, bare.policy(Policy()))]
    assert failing == ["mfa_configuration"]
    assert outcome.history is not None
    assert outcome.history.of(app).first_seen == NOW


def test_baseline_notes(tmp_path: Path) -> None:
    baseline = tmp_path / "accepted.yml"
    hidden = finding("lambda_config.pre_sign_up", live="x", declared=False)
    elsewhere = finding("name", module="staff", live="x", declared=False)
    baseline.write_text(text_of(result(ROGUE, hidden, elsewhere)))
    noise = read(baseline=baseline)
    said = notes(noise, [run(noise, UNREAD)])
    assert [note.partition(": ")[0] for note in said] == [
        "no longer needed in the baseline",
        "in the baseline, and could not be looked at",
        "in the baseline, of a pool that this run does not look at",
    ]


def test_faults_are_told_before_aws_is_asked(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="cannot be read"):
        read(ignore=tmp_path / "none.yml")
    with pytest.raises(UsageError, match="'x' is no severity"):
        read(skip=["severity:x"])
    with pytest.raises(UsageError, match="needs --history"):
        read(new_only=True)


def test_a_slip_in_only_is_told_after_the_whole_run() -> None:
    noise = read(only=["pool:membrs"])
    with pytest.raises(UsageError, match="did you mean members"):
        check_places(noise, [Look(looked(result()), HERE)])
    check_places(read(only=["pool:staff"]), [Look(looked(result(finding(module="staff"))), HERE)])


def test_a_day_is_a_day_of_utc(rules: Path) -> None:
    west = timezone(timedelta(hours=-8))
    evening = datetime(2026, 11, 23, 17, 0, tzinfo=west)
    (outcome,) = apply(read(ignore=rules), [Look(result(SILENT), HERE)], evening)
    assert len(outcome.expired) == 1
    with pytest.raises(ValueError, match="time zone"):
        apply(read(), [], evening.replace(tzinfo=None))
