"""What is accepted, on findings made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import CANARY, CLIENT, POOL, finding, key, result, results
from tfgen.drift import Policy, fails
from tfgen.errors import SpecError, UsageError
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.noise.baseline import Baseline, BaselineOutcome, apply_baseline
from tfgen.noise.baseline_file import load_baseline
from tfgen.noise.baseline_text import record
from tfgen.noise.scope import Scope
from tfgen.resource import Address, Resource, Sensitive, State, Unread

HERE = Scope(account="012345678901", region="eu-west-1", stage="prod")
APP = Address("members", CLIENT, "4a8b")
THIS = Address("members", POOL)
SILENT = finding("user_pool_tier", desired="ESSENTIALS", live="PLUS", declared=False)
ROGUE = finding(status=Status.UNMANAGED, address=APP, live="name app, id 4a8b", declared=False)
DECLARED = finding("mfa_configuration", desired="ON", live="OFF")


def state(*resources: Resource, unread: tuple[Unread, ...] = ()) -> State:
    return State({resource.address: resource for resource in resources}, list(unread))


def app(**values: Any) -> Resource:
    return Resource(APP, {"name": "app", "callback_urls": frozenset({"https://a"})} | values)


DESIRED = state(Resource(THIS, {"name": "members"}), Resource(Address("members", CLIENT, "web"), {}))
LIVE = state(app())


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Baseline]:
    """The baseline that a result makes, through its file."""

    def through(given: Result, live: State = LIVE, scope: Scope = HERE) -> Baseline:
        path = tmp_path / "accepted.yml"
        path.write_text(record(given, live, scope), encoding="utf-8")
        return load_baseline(path)

    return through


def apply(given: Result, baseline: Baseline, live: State = LIVE, desired: State = DESIRED) -> BaselineOutcome:
    return apply_baseline(given, baseline, desired, live, HERE)


def test_the_text() -> None:
    text = record(result(SILENT, ROGUE, DECLARED), LIVE, HERE)
    assert text == (Path(__file__).parent / "accepted.yml").read_text()


def test_nothing_to_accept(saved: Callable[..., Baseline]) -> None:
    assert "undeclared: []\n\nunmanaged: []\n" in record(result(DECLARED), LIVE, Scope())
    assert saved(result(DECLARED), scope=Scope()) == Baseline((), Scope())


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
    desired = state(Resource(THIS, {"user_pool_tier": "LITE"}))
    outcome = apply(result(declared), saved(result(SILENT)), desired=desired)
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
    changed = state(app(callback_urls=frozenset({"https://a", "https://evil"}), generate_secret=True))
    (kept,) = apply(result(ROGUE), saved(result(ROGUE)), live=changed).result.findings
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
    (gone,) = apply(result(), saved(result(ROGUE)), live=state()).result.findings
    assert gone.reason == "accepted in the baseline (an unmanaged resource), and it is no longer live"
    assert gone.address == APP


def test_one_that_came_under_the_spec_is_settled(saved: Callable[..., Baseline]) -> None:
    outcome = apply(result(), saved(result(ROGUE)))
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
    outcome = apply(result(hiding), saved(result(ROGUE)), live=state())
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
    outcome = apply(result(deleted), saved(result(SILENT, ROGUE)), live=state())
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


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (replace(HERE, stage="dev"), "recorded for stage prod, and this run looks at stage dev"),
        (replace(HERE, stage=None), "recorded for stage prod, and this run has no stage"),
        (replace(HERE, account="9"), "recorded for account 012345678901, and this run looks at account 9"),
    ],
)
def test_never_for_another_deployment(scope: Scope, said: str, saved: Callable[..., Baseline]) -> None:
    with pytest.raises(UsageError, match=said):
        apply_baseline(result(), saved(result(SILENT)), DESIRED, LIVE, scope)


@pytest.mark.parametrize("nowhere", [replace(HERE, account=None), replace(HERE, region=None)])
def test_nothing_is_accepted_where_too_little_was_read(
    nowhere: Scope, saved: Callable[..., Baseline]
) -> None:
    outcome = apply_baseline(result(SILENT), saved(result(SILENT)), DESIRED, LIVE, nowhere)
    assert outcome.result.findings == [SILENT]
    assert len(outcome.unsure) == 1


def test_secrets_are_only_there_or_not(saved: Callable[..., Baseline]) -> None:
    details = {"client_id": "x", "client_secret": Sensitive(CANARY)}
    silent = finding("provider_details", kind="aws_cognito_identity_provider", live=details, declared=False)
    whole = finding("x", live=Sensitive(CANARY), declared=False)
    live = state(app(provider=Sensitive(CANARY)))
    text = record(result(silent, whole), live, HERE)
    assert CANARY not in text
    assert '{"client_id": "x", "client_secret": "(sensitive value)"}' in text
    assert text.count("# A secret, so that another one in its place cannot be told.") == 2
    other = replace(silent, live={"client_id": "x", "client_secret": Sensitive("another")})
    assert len(apply(result(other), saved(result(silent))).accepted) == 1


def test_what_was_not_read_is_named_in_the_record() -> None:
    text = record(result(finding("name", status=Status.NOT_CHECKED)), LIVE, HERE)
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
    rogue = replace(ROGUE, live=name)
    text = record(result(silent, rogue), LIVE, HERE)
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
    text = record(given, state(), HERE)
    shuffled = list(given.findings)
    chance.shuffle(shuffled)
    assert record(replace(given, findings=shuffled), state(), HERE) == text
    path.write_text(text, encoding="utf-8", newline="")
    outcome = apply(given, load_baseline(path), live=state())
    stays = [
        one
        for one in given.findings
        if one.status in (Status.DELETED, Status.NOT_CHECKED)
        or (one.status is Status.MODIFIED and one.declared)
    ]
    assert [key(one) for one in outcome.result.findings] == [key(one) for one in stays]
