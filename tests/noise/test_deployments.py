"""A baseline of several deployments: which section is for which, and what a record keeps of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import CANARY, finding, looked, result, results
from tests.noise.test_baseline import HERE, ROGUE, SILENT, text_of
from tests.noise.test_noise import NOW
from tfgen.errors import UsageError
from tfgen.finding import Finding, Result, Status
from tfgen.noise import Look, Noise, NoiseOutcome, notes, run
from tfgen.noise.baseline import Baseline
from tfgen.noise.baseline_file import load_baseline
from tfgen.noise.baseline_text import written
from tfgen.noise.deployments import choose
from tfgen.noise.record import record
from tfgen.noise.scope import Scope
from tfgen.resource import Sensitive

EU = replace(HERE, target="prod/eu", in_fleet=True)
US = replace(HERE, target="prod/us", region="us-east-1", in_fleet=True)
DEV = replace(HERE, target="dev", account="9", stage="dev", in_fleet=True)
LITE = replace(SILENT, live="LITE")
HIDING = finding("user_pool_tier", status=Status.NOT_CHECKED)

Load = Callable[..., Baseline]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A baseline through its file."""

    def through(baseline: Baseline) -> Baseline:
        path = tmp_path / "accepted.yml"
        path.write_text(written(baseline), encoding="utf-8")
        return load_baseline(path)

    return through


def fleet(**found: list[Finding]) -> list[tuple[Result, Scope]]:
    """Results of the targets `eu`, `us`, `dev`."""
    scopes = {"eu": EU, "us": US, "dev": DEV}
    return [(looked(result(*items)), scopes[name]) for name, items in found.items()]


def quiet(noise: Noise, looks: list[tuple[Result, Scope]]) -> list[NoiseOutcome]:
    return run.apply(noise, [Look(*one) for one in looks], NOW)


def left(outcomes: list[NoiseOutcome]) -> list[list[Finding]]:
    return [outcome.result.findings for outcome in outcomes]


def test_each_target_has_its_own(load: Load) -> None:
    looks = fleet(eu=[SILENT, ROGUE], us=[LITE], dev=[])
    baseline = load(record(looks).baseline)
    assert [section.scope.target for section in baseline.sections] == ["prod/eu", "prod/us"]
    assert left(quiet(Noise(baseline=baseline), looks)) == [[], [], []]
    other = quiet(Noise(baseline=baseline), fleet(us=[SILENT], eu=[LITE, ROGUE]))
    assert [[one.reason for one in findings] for findings in left(other)] == [
        ['accepted as "LITE", now it is something else'],
        ['accepted as "PLUS", now it is something else'],
    ]


def test_the_file_is_sorted_whatever_came_first(load: Load) -> None:
    looks = fleet(us=[ROGUE, SILENT], eu=[SILENT], dev=[ROGUE])
    text = written(record(looks).baseline)
    assert written(record(reversed(looks)).baseline) == text
    assert written(load(record(looks).baseline)) == text, "what is read is written as it was"
    lines = [line for line in text.splitlines() if line.startswith("- scope")]
    assert lines == [
        '- scope: {"account": "9", "region": "eu-west-1", "stage": "dev", "target": "dev"}',
        '- scope: {"account": "012345678901", "region": "eu-west-1", "stage": "prod", "target": "prod/eu"}',
        '- scope: {"account": "012345678901", "region": "us-east-1", "stage": "prod", "target": "prod/us"}',
    ]


def test_what_was_not_looked_at_stays(load: Load) -> None:
    earlier = load(record(fleet(eu=[SILENT], us=[LITE], dev=[ROGUE])).baseline)
    done = record(fleet(us=[]), earlier)
    assert {section.scope.target for section in done.kept} == {"prod/eu", "dev"}
    assert written(done.baseline) == written(record(fleet(eu=[SILENT], dev=[ROGUE])).baseline)


def test_what_may_be_behind_something_unread_stays(load: Load) -> None:
    earlier = load(record(fleet(eu=[SILENT, ROGUE])).baseline)
    done = record(fleet(eu=[HIDING]), earlier)
    assert [entry.path for entry in done.hidden] == ["user_pool_tier"]
    (section,) = done.baseline.sections
    assert [entry.path for entry in section.entries] == ["user_pool_tier"], "the client was not hidden"
    assert '  #   "module.members.aws_cognito_user_pool.this user_pool_tier"\n' in written(done.baseline)


def test_a_target_whose_account_is_not_known_stays(load: Load) -> None:
    earlier = load(record(fleet(eu=[SILENT])).baseline)
    unknown = replace(EU, account=None)
    done = record([(looked(result()), unknown)], earlier)
    assert done.baseline.sections == earlier.sections
    assert [section.scope.target for section in done.kept] == ["prod/eu"]


def test_pools_without_a_spec_need_a_known_account(load: Load) -> None:
    stray = finding(status=Status.UNMANAGED, module="1/eu-west-1", label="eu-west-1_x")
    known = Scope.without_spec("1/eu-west-1", "1", "eu-west-1")
    baseline = load(record([(result(stray), known)]).baseline)
    assert left(quiet(Noise(baseline=baseline), [(result(stray), known)])) == [[]]
    unknown = Scope.without_spec("profile a.b/eu-west-1", None, "eu-west-1")
    assert record([(result(stray), unknown)]).baseline.sections == ()


def test_one_deployment_replaces_its_own_section_only(load: Load) -> None:
    alone = replace(HERE, target="shop")
    dev = replace(alone, stage="dev")
    first = load(record([(result(SILENT), alone)]).baseline)
    both = load(record([(result(LITE), dev)], first).baseline)
    assert [section.scope for section in both.sections] == [replace(one, target="") for one in (dev, alone)]
    again = record([(result(ROGUE), dev)], both)
    assert [section.scope.stage for section in again.kept] == ["prod"]
    assert written(record([(result(SILENT), alone)], first).baseline) == text_of(result(SILENT), alone)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (replace(HERE, stage="dev"), "recorded for stage prod, and this run looks at stage dev"),
        (replace(HERE, stage=None), "recorded for stage prod, and this run has no stage"),
        (replace(HERE, account="9"), "recorded for account 012345678901, and this run looks at account 9"),
    ],
)
def test_never_for_another_deployment(scope: Scope, said: str, load: Load) -> None:
    baseline = load(record([(result(SILENT), HERE)]).baseline)
    with pytest.raises(UsageError, match=said):
        choose(baseline, [scope])


def test_one_deployment_finds_its_place_in_the_baseline_of_a_fleet(load: Load) -> None:
    baseline = load(record(fleet(eu=[SILENT], us=[LITE], dev=[ROGUE])).baseline)
    noise = Noise(baseline=baseline)
    assert left(quiet(noise, [(looked(result(SILENT)), replace(HERE, target="shop"))])) == [[]]
    with pytest.raises(UsageError, match=r"nothing for this run \(account 1\); it is for dev, account 9, "):
        quiet(noise, [(result(), Scope(account="1"))])
    twin = replace(EU, target="prod/eu2")
    two = load(record([*fleet(eu=[SILENT]), (result(SILENT), twin)]).baseline)
    with pytest.raises(UsageError, match=r"2 targets in this place \(prod/eu, prod/eu2\).*--target NAME"):
        quiet(Noise(baseline=two), [(result(), HERE)])


@pytest.mark.parametrize(
    ("there", "nowhere"), [(HERE, replace(HERE, account=None)), (EU, replace(EU, region=None))]
)
def test_nothing_is_accepted_where_too_little_was_read(there: Scope, nowhere: Scope, load: Load) -> None:
    baseline = load(record([(result(SILENT), there)]).baseline)
    (outcome,) = quiet(Noise(baseline=baseline), [(looked(result(SILENT)), nowhere)])
    assert outcome.result.findings == [SILENT]
    assert outcome.baseline is not None
    assert len(outcome.baseline.unsure) == 1
    assert not outcome.refused


def test_a_target_that_moved_is_refused_and_costs_the_others_nothing(load: Load) -> None:
    looks = fleet(eu=[SILENT], us=[SILENT])
    baseline = load(record(looks).baseline)
    moved = [(given, replace(scope, account="9") if scope is EU else scope) for given, scope in looks]
    eu, us = quiet(Noise(baseline=baseline), moved)
    assert (eu.result.findings, us.result.findings) == ([SILENT], [])
    assert eu.refused == "the baseline was recorded for account 012345678901, and prod/eu looks at account 9"
    assert list(eu.warnings()) == [f"nothing of the baseline is accepted: {eu.refused}"]
    assert not us.refused


def test_a_section_without_a_target_is_for_all_that_it_fits(load: Load) -> None:
    noise = Noise(baseline=load(record([(result(SILENT, ROGUE), Scope(stage="prod"))]).baseline))
    outcomes = quiet(noise, fleet(eu=[SILENT], us=[SILENT], dev=[SILENT]))
    assert left(outcomes) == [[], [], [SILENT]], "nothing is called gone where it may be for another target"
    said = list(notes(noise, outcomes, ["prod/eu", "prod/us", "dev"]))
    assert [line.partition(": ")[0] for line in said] == ["accepts nothing in any target that it is for"]
    (alone,) = quiet(noise, fleet(eu=[SILENT]))
    assert [one.status for one in alone.result.findings] == [Status.DELETED], "here it is for this one only"


def test_a_target_own_entry_is_before_a_shared_one(load: Load) -> None:
    shared = record([(result(SILENT), Scope(stage="prod"))]).baseline
    both = load(Baseline((*shared.sections, *record(fleet(eu=[LITE])).baseline.sections)))
    outcomes = quiet(Noise(baseline=both), fleet(eu=[SILENT], us=[SILENT]))
    assert [len(findings) for findings in left(outcomes)] == [1, 0]


def test_sections_for_nobody_are_named(load: Load) -> None:
    noise = Noise(baseline=load(record(fleet(eu=[SILENT], us=[LITE], dev=[ROGUE])).baseline))
    outcomes = quiet(noise, fleet(us=[LITE]))
    said = list(notes(noise, outcomes, ["prod/eu", "prod/us"]))
    assert len(said) == 1, "prod/eu was only not looked at"
    assert said[0].startswith(
        "in the baseline, and for no target of this run: dev, account 9, region eu-west-1"
    )


def test_a_failed_target_accepts_and_hides_nothing(load: Load) -> None:
    noise = Noise(baseline=load(record(fleet(eu=[SILENT])).baseline), skip=["status:NOT_CHECKED"])
    failed = finding(status=Status.NOT_CHECKED, module="")
    (outcome,) = run.apply(noise, [Look(result(failed), EU, read=False)], NOW)
    assert outcome.result.findings == [failed]
    assert list(notes(noise, [outcome], ["prod/eu"])) == []
    text, _ = run.accepted(replace(noise, earlier=noise.baseline), [outcome], NOW)
    assert text == written(record(fleet(eu=[SILENT])).baseline)


def test_what_rules_ignore_needs_no_entry_in_any_target(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text("rules:\n  - {path: user_pool_tier, pool: prod/eu/*, reason: agreed}\n")
    noise = run.read(ignore=path)
    text, said = run.accepted(noise, quiet(noise, fleet(eu=[SILENT], us=[SILENT])), NOW)
    assert (text, said) == (written(record(fleet(us=[SILENT])).baseline), [])


@given(st.lists(st.tuples(results, st.sampled_from([EU, US, DEV])), max_size=3, unique_by=lambda one: one[1]))
def test_a_record_of_a_fleet_accepts_itself(
    tmp_path_factory: pytest.TempPathFactory, looks: list[tuple[Result, Scope]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "fleet.yml"
    secret: dict[str, Any] = {"client_secret": Sensitive(CANARY)}
    looks = [
        (replace(given, findings=[_with(one, secret) for one in given.findings]), scope)
        for given, scope in looks
    ]
    text = written(record(looks).baseline)
    assert CANARY not in text
    path.write_text(text, encoding="utf-8", newline="")
    baseline = load_baseline(path)
    for findings in left(quiet(Noise(baseline=baseline), looks)):
        assert not [one for one in findings if one.status is Status.UNMANAGED]
        assert not [one for one in findings if one.status is Status.MODIFIED and not one.declared]
    assert written(record(looks, baseline).baseline) == text
    kept = written(record([], baseline).baseline)
    assert entries(kept) == entries(text), "all but the remark on what was not read"


def entries(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("  #")]


def _with(one: Finding, secret: dict[str, Any]) -> Finding:
    return replace(one, arguments=secret) if one.status is Status.UNMANAGED else one
