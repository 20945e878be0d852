"""What is accepted, on findings made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import CANARY, CLIENT, POOL, finding, key, looked, result, results
from tfgen.drift import Policy, fails
from tfgen.errors import SpecError
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.noise.baseline import Baseline, BaselineOutcome, Section, apply_entries
from tfgen.noise.baseline_file import load_baseline
from tfgen.noise.baseline_text import written
from tfgen.noise.record import record
from tfgen.noise.scope import Scope
from tfgen.resource import Address, Sensitive

HERE = Scope(account="012345678901", region="eu-west-1", stage="prod")
APP = Address("members", CLIENT, "4a8b")
THIS = Address("members", POOL)
SILENT = finding("user_pool_tier", desired="ESSENTIALS", live="PLUS", declared=False)
VALUES = {"name": "app", "callback_urls": frozenset({"https://a"})}
ROGUE = finding(
    status=Status.UNMANAGED, address=APP, live="name app, id 4a8b", declared=False, arguments=VALUES
)
DECLARED = finding("mfa_configuration", desired="ON", live="OFF")


def text_of(given: Result, scope: Scope = HERE) -> str:
    """What one deployment's baseline says."""
    return written(record([(given, scope)]).baseline)


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Baseline]:
    """The baseline that a result makes, through its file."""

    def through(given: Result, scope: Scope = HERE) -> Baseline:
        path = tmp_path / "accepted.yml"
        path.write_text(text_of(given, scope), encoding="utf-8")
        return load_baseline(path)

    return through


def apply(given: Result, baseline: Baseline, **sides: Any) -> BaselineOutcome:
    (section,) = baseline.sections
    return apply_entries(looked(given, **sides), section.entries)


def test_the_text() -> None:
    text = text_of(result(SILENT, ROGUE, DECLARED))
    assert text == (Path(__file__).parent / "accepted.yml").read_text()


def test_nothing_to_accept(saved: Callable[..., Baseline]) -> None:
    assert "undeclared: []\n\nunmanaged: []\n" in text_of(result(DECLARED), Scope())
    assert saved(result(DECLARED), scope=Scope()) == Baseline((Section(),))


def test_unchanged_is_taken_out_and_declared_drift_never(saved: Callable[..., Baseline]) -> None:
    given = result(SILENT, ROGUE, DECLARED)
    outcome = apply(given, saved(given))
    assert outcome.result.findings == [DECLARED]
    assert sorted(map(key, (one for one, _ in outcome.accepted))) == sorted(map(key, [SILENT, ROGUE]))
    assert len(given.findings) == 3
    assert outcome.gone == []
    assert outcome.changed == []
    assert outcome.settled == outcome.unsure == outcome.elsewhere == []


def test_what_the_spec_now_decides_is_declared_drift(saved: Callable[..., Baseline]) -> None:
    declared = replace(SILENT, declared=True, desired="LITE")
    outcome = apply(result(declared), saved(result(SILENT)), this={"user_pool_tier": "LITE"})
    assert outcome.result.findings == [declared]
    assert len(outcome.settled) == 1


def test_a_changed_value_stays_and_says_what_was_recorded(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(replace(SILENT, live="LITE")), saved(result(SILENT)))
    (kept,) = outcome.result.findings
    assert kept.reason == 'accepted as "PLUS", now it is something else'
    assert kept.live == "LITE"
    assert outcome.gone == []


def test_true_is_not_one(saved: Callable[..., Baseline]) -> None:
    yes = finding("deletion_protection", live=True, declared=False)
    assert apply(result(replace(yes, live=1)), saved(result(yes))).accepted == []


def test_a_worse_severity_stays(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(replace(SILENT, severity=Severity.CRITICAL)), saved(result(SILENT)))
    assert outcome.result.findings[0].reason == "accepted as medium, now it is critical"
    milder = replace(SILENT, severity=Severity.LOW)
    assert apply(result(milder), saved(result(SILENT))).result.findings == []


def test_an_unmanaged_client_that_changed_stays(saved: Callable[..., Baseline]) -> None:
    changed = VALUES | {"callback_urls": frozenset({"https://a", "https://evil"}), "generate_secret": True}
    given = result(replace(ROGUE, arguments=changed))
    (kept,) = apply(given, saved(result(ROGUE))).result.findings
    assert kept.reason == (
        'accepted, but changed since: callback_urls was ["https://a"], is ["https://a", "https://evil"]; '
        "generate_secret was absent, is true"
    )
    assert fails(kept, Policy())


def test_another_client_is_not_the_accepted_one(saved: Callable[..., Baseline]) -> None:
    other = replace(ROGUE, address=Address("members", CLIENT, "9z9z"))
    outcome = apply(result(other), saved(result(ROGUE)))
    assert outcome.accepted == []
    assert other in outcome.result.findings


def test_a_value_that_went_back_is_a_finding_at_the_entry(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(), saved(result(SILENT)))
    (gone,) = outcome.gone
    assert outcome.result.findings == [gone]
    assert (gone.status, gone.severity, gone.declared) == (Status.DELETED, Severity.LOW, False)
    assert gone.reason == (
        'accepted in the baseline (it was "PLUS"), and live it is back to what AWS does by itself'
    )
    assert gone.position is not None
    assert gone.position.file.endswith("accepted.yml")
    assert not fails(gone, Policy())
    assert fails(gone, Policy(strict=True))


def test_an_unmanaged_resource_that_went_is_a_finding(saved: Callable[..., Baseline]) -> None:
    (gone,) = apply(result(), saved(result(ROGUE))).result.findings
    assert gone.reason == "accepted in the baseline (an unmanaged resource), and it is no longer live"
    assert gone.address == APP


def test_one_that_came_under_the_spec_is_settled(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(), saved(result(ROGUE)), live="4a8b")
    assert outcome.result.findings == []
    assert len(outcome.settled) == 1


@pytest.mark.parametrize(
    "hiding",
    [
        finding(status=Status.NOT_CHECKED, address=APP),
        finding(status=Status.NOT_CHECKED, kind=CLIENT, label="*"),
        finding(status=Status.NOT_CHECKED),
    ],
    ids=["itself", "its kind", "its pool"],
)
def test_what_was_not_read_is_not_gone(hiding: Finding, saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(hiding), saved(result(ROGUE)))
    assert outcome.result.findings == [hiding]
    assert len(outcome.unsure) == 1


@pytest.mark.parametrize(("path", "hidden"), [("lambda_config.pre_sign_up", True), ("name", False)])
def test_an_argument_that_was_not_read_hides_what_is_inside(
    path: str, hidden: bool, saved: Callable[..., Baseline]
) -> None:
    silent = finding("lambda_config.pre_sign_up", live="arn", declared=False)
    unread = finding("lambda_config" if hidden else path, status=Status.NOT_CHECKED)
    outcome = apply(result(unread), saved(result(silent)))
    assert bool(outcome.unsure) is hidden
    assert bool(outcome.gone) is not hidden


def test_what_goes_with_its_pool_is_not_told_twice(saved: Callable[..., Baseline]) -> None:
    deleted = finding()
    (section,) = saved(result(SILENT, ROGUE)).sections
    outcome = apply_entries(result(deleted), section.entries)
    assert outcome.result.findings == [deleted]
    assert len(outcome.settled) == 2


def test_other_pools_are_elsewhere(saved: Callable[..., Baseline]) -> None:
    other = replace(SILENT, address=Address("staff", POOL))
    outcome = apply(result(), saved(result(other)))
    assert outcome.result.findings == []
    assert len(outcome.elsewhere) == 1


def test_a_known_behaviour_of_aws_is_settled(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(quiet=[(THIS, "user_pool_tier", "some-rule")]), saved(result(SILENT)))
    assert outcome.result.findings == []
    assert len(outcome.settled) == 1


def test_secrets_are_only_there_or_not(saved: Callable[..., Baseline]) -> None:
    details = {"client_id": "x", "client_secret": Sensitive(CANARY)}
    silent = finding("provider_details", kind="aws_cognito_identity_provider", live=details, declared=False)
    whole = finding("x", live=Sensitive(CANARY), declared=False)
    rogue = replace(ROGUE, arguments=VALUES | {"provider": Sensitive(CANARY)})
    text = text_of(result(silent, whole, rogue))
    assert CANARY not in text
    assert '{"client_id": "x", "client_secret": "(sensitive value)"}' in text
    assert text.count("# A secret, so that another one in its place cannot be told.") == 2
    other = replace(silent, live={"client_id": "x", "client_secret": Sensitive("another")})
    assert len(apply(result(other), saved(result(silent))).accepted) == 1


def test_what_was_not_read_is_named_in_the_record() -> None:
    text = text_of(result(finding("name", status=Status.NOT_CHECKED)))
    assert '#   "module.members.aws_cognito_user_pool.this name"\n' in text


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(values, st.text(st.characters(exclude_characters='"'), max_size=9))
def test_every_value_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, value: Any, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "values.yml"
    silent = finding(f'tags["{name}"]', live=value, desired=value, declared=False)
    rogue = replace(ROGUE, arguments=VALUES | {"name": name})
    text = text_of(result(silent, rogue))
    path.write_text(text, encoding="utf-8", newline="")
    try:
        baseline = load_baseline(path)
    except SpecError as error:
        pytest.fail(f"{error}\n{text}")
    outcome = apply(result(silent, rogue), baseline)
    kept = [one for one in outcome.result.findings if one.path == silent.path]
    assert kept == []


@given(results, st.randoms())
def test_a_record_accepts_itself_and_nothing_declared(
    tmp_path_factory: pytest.TempPathFactory, given: Result, chance: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "itself.yml"
    text = text_of(given)
    shuffled = list(given.findings)
    chance.shuffle(shuffled)
    assert text_of(replace(given, findings=shuffled)) == text
    path.write_text(text, encoding="utf-8", newline="")
    (section,) = load_baseline(path).sections
    outcome = apply_entries(given, section.entries)
    stays = [
        one
        for one in given.findings
        if one.status in (Status.DELETED, Status.NOT_CHECKED)
        or (one.status is Status.MODIFIED and one.declared)
    ]
    assert [key(one) for one in outcome.result.findings] == [key(one) for one in stays]
