"""What one run learns from the runs before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.noise.made import CANARY, CLIENT, POOL, finding, result, results
from tfgen.drift import Policy, fails
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.noise.history import HistoryOutcome, News, key_of, new_only
from tfgen.noise.history_file import keep, look, remember
from tfgen.noise.look import Look
from tfgen.noise.scope import Scope
from tfgen.resource import Address, Sensitive

START = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
HERE = Scope("123456789012", "eu-west-1", "prod", "shop")
THIS = Address("members", POOL)
MFA = finding("mfa_configuration", live="OFF")
TAG = finding('tags["Owner"]', live="me", declared=False, severity=Severity.LOW)
ROGUE = finding(status=Status.UNMANAGED, kind=CLIENT, label="4a8b", live="name app, id 4a8b", declared=False)

Run = Callable[..., HistoryOutcome]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """One nightly run: day, findings."""

    def night(day: int, *found: Finding, scope: Scope = HERE, **given: Any) -> HistoryOutcome:
        one = Look(result(*found, compared=[THIS] if given.get("read", True) else []), scope, **given)
        return remember(tmp_path / "h.db", one, START + timedelta(days=day))

    return night


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def test_first_seen_stays(run: Run) -> None:
    first = run(0, MFA)
    assert first.previous is None
    assert (first.of(MFA).news, first.of(MFA).first_seen) == (News.NEW, day(0))
    second = run(1, MFA, TAG)
    assert second.previous == day(0)
    assert (second.of(MFA).news, second.of(MFA).first_seen) == (News.KNOWN, day(0))
    assert (second.of(TAG).news, second.of(TAG).first_seen) == (News.NEW, day(1))
    assert second.resolved == []


def test_resolved_once(run: Run) -> None:
    run(0, MFA, TAG)
    (gone,) = run(3, TAG).resolved
    assert gone.key == key_of(MFA)
    assert (gone.first_seen, gone.last_seen, gone.resolved) == (day(0), day(0), day(3))
    assert run(4, TAG).resolved == []


def test_what_returns_is_news(run: Run) -> None:
    run(0, MFA)
    run(1)
    seen = run(2, MFA).of(MFA)
    assert (seen.news, seen.first_seen, seen.resolved) == (News.RETURNED, day(2), day(1))
    assert run(3, MFA).of(MFA).first_seen == day(2)


@pytest.mark.parametrize(
    ("later", "news"),
    [
        (replace(MFA, live="OPTIONAL"), News.CHANGED),
        (replace(MFA, severity=Severity.CRITICAL), News.CHANGED),
        (replace(MFA, severity=Severity.LOW), News.KNOWN),
        (replace(MFA, reason="ignored until yesterday", desired="other"), News.KNOWN),
    ],
)
def test_worse_or_other_is_news_once(later: Finding, news: News, run: Run) -> None:
    run(0, MFA)
    seen = run(1, later).of(later)
    assert (seen.news, seen.first_seen) == (news, day(0))
    assert run(2, later).of(later).news is News.KNOWN


def test_an_unmanaged_client_that_changes_is_news(run: Run) -> None:
    def rogue(url: str) -> Finding:
        return replace(ROGUE, arguments={"callback_urls": frozenset({url})})

    run(0, rogue("https://a"))
    assert run(1, rogue("https://a")).of(ROGUE).news is News.KNOWN
    assert run(2, rogue("https://evil")).of(ROGUE).news is News.CHANGED


def test_another_secret_is_not_another_value(run: Run, tmp_path: Path) -> None:
    one = finding("x", live={"client_secret": Sensitive(CANARY)})
    run(0, one)
    other = replace(one, live={"client_secret": Sensitive("other")})
    assert run(1, other).of(other).news is News.KNOWN
    assert CANARY.encode() not in (tmp_path / "h.db").read_bytes()


@pytest.mark.parametrize(
    "unread",
    [
        finding("mfa_configuration", status=Status.NOT_CHECKED),
        finding(status=Status.NOT_CHECKED),
    ],
)
def test_what_was_not_read_is_not_resolved(unread: Finding, run: Run) -> None:
    run(0, MFA)
    assert run(1, unread).resolved == []
    third = run(2, MFA)
    assert third.of(MFA).news is News.KNOWN
    assert [gone.status for gone in third.resolved] == [Status.NOT_CHECKED]


def test_a_pool_that_was_not_looked_at_is_not_resolved(run: Run) -> None:
    other = replace(MFA, address=Address("staff", POOL))
    run(0, MFA, other)
    assert run(1, MFA).resolved == []
    assert run(2, MFA, other).of(other).news is News.KNOWN


@pytest.mark.parametrize("member", ["account", "region", "stage", "target"])
def test_scopes_know_nothing_of_each_other(member: str, run: Run) -> None:
    run(0, MFA)
    others: dict[str, Any] = {member: "other"}
    elsewhere = replace(HERE, **others)
    outcome = run(1, scope=elsewhere)
    assert (outcome.previous, outcome.resolved) == (None, [])
    assert run(2, MFA, scope=elsewhere).of(MFA).news is News.NEW
    assert run(3, MFA).of(MFA).first_seen == day(0)


@pytest.mark.parametrize("unknown", [{"account": None}, {"account": None, "region": None}])
def test_a_night_in_which_nothing_could_be_read_is_of_the_same_scope(unknown: Any, run: Run) -> None:
    run(0, MFA)
    unread = finding(status=Status.NOT_CHECKED)
    second = run(1, unread, MFA, scope=replace(HERE, **unknown))
    assert second.scope == HERE
    assert second.of(MFA).news is News.KNOWN
    assert run(2, MFA).previous == day(1)


def test_two_scopes_that_fit_are_not_guessed_at(run: Run) -> None:
    run(0, MFA)
    run(0, MFA, scope=replace(HERE, account="2"))
    unknown = replace(HERE, account=None)
    assert run(1, MFA, scope=unknown).scope == unknown


def told(outcome: HistoryOutcome, *found: Finding) -> list[Finding]:
    return outcome.told(result(*found)).findings


def test_new_only(run: Run) -> None:
    policy, strict = new_only(Policy()), new_only(Policy(strict=True))
    (first,) = told(run(0, MFA), MFA)
    assert fails(first, policy)
    mfa, tag = told(run(1, MFA, TAG), MFA, TAG)
    assert (mfa.news, tag.news) == ("known", "new")
    assert not fails(mfa, policy)
    assert not fails(tag, policy)
    assert fails(tag, strict)
    changed = replace(MFA, live="x")
    (third,) = told(run(2, changed), changed)
    assert fails(third, policy)


def test_a_finding_made_afterwards_is_new(run: Run) -> None:
    outcome = run(0)
    assert outcome.of(MFA).news is News.NEW
    assert outcome.of(MFA).first_seen == day(0)


def test_times_are_utc_and_have_a_zone(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    berlin = timezone(timedelta(hours=1))
    now = datetime(2026, 11, 24, 0, 30, 7, 999, tzinfo=berlin)
    assert remember(path, Look(result(MFA), HERE), now).of(MFA).first_seen.isoformat() == (
        "2026-11-23T23:30:07+00:00"
    )
    with pytest.raises(ValueError, match="time zone"):
        look(path, [Look(result(MFA), HERE)], datetime(2026, 11, 24))  # noqa: DTZ001


def test_looking_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    (outcome,) = look(path, [Look(result(MFA), HERE)], START)
    assert list(tmp_path.iterdir()) == []
    keep(path, outcome)
    before = path.read_bytes()
    assert look(path, [Look(result(), HERE)], day(1))[0].previous == START
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["h.db"]


POSSIBLE = [MFA, TAG, ROGUE, finding("name"), finding("name", module="staff")]
nights = st.lists(
    st.tuples(st.integers(1, 20), st.sets(st.integers(0, len(POSSIBLE) - 1))), min_size=1, max_size=8
)


@settings(deadline=None, max_examples=30)
@given(nights)
def test_any_number_of_nights(tmp_path_factory: pytest.TempPathFactory, given: Any) -> None:
    path = tmp_path_factory.mktemp("nights") / "h.db"
    compared = [THIS, Address("staff", POOL)]
    since: dict[int, datetime] = {}
    was_there: set[int] = set()
    now = START
    for days, numbers in given:
        now += timedelta(days=days)
        found = Result(findings=[POSSIBLE[number] for number in sorted(numbers)], compared=compared)
        outcome = remember(path, Look(found, HERE), now)
        assert {memory.key for memory in outcome.resolved} == {
            key_of(POSSIBLE[number]) for number in set(since) - numbers
        }
        for number in numbers:
            news = News.KNOWN if number in since else News.NEW
            if news is News.NEW and number in was_there:
                news = News.RETURNED
            since.setdefault(number, now)
            seen = outcome.of(POSSIBLE[number])
            assert (seen.news, seen.first_seen) == (news, since[number])
        since = {number: first for number, first in since.items() if number in numbers}
        was_there |= numbers


@settings(deadline=None, max_examples=30)
@given(results)
def test_the_second_night_brings_nothing_new(tmp_path_factory: pytest.TempPathFactory, given: Result) -> None:
    path = tmp_path_factory.mktemp("second") / "h.db"
    remember(path, Look(given, HERE), START)
    outcome = remember(path, Look(given, HERE), day(1))
    assert outcome.resolved == []
    assert all(outcome.of(one).news is News.KNOWN for one in given.findings)


FLEET = replace(HERE, target="shop/prod", in_fleet=True)
DEAD = Finding(status=Status.NOT_CHECKED, address=Address("", POOL, "*"), path="", severity=Severity.CRITICAL)


def test_a_dead_target_has_its_own_news_and_resolves_nothing(run: Run) -> None:
    run(0, MFA, scope=FLEET)
    dead = replace(FLEET, account=None)
    first = run(1, DEAD, scope=dead, read=False)
    assert (first.of(DEAD).news, first.resolved, first.scope.account) == (News.NEW, [], HERE.account)
    assert run(2, DEAD, scope=dead, read=False).of(DEAD).first_seen == day(1)
    alive = run(3, MFA, scope=FLEET)
    assert alive.of(MFA).news is News.KNOWN
    assert [gone.key for gone in alive.resolved] == [key_of(DEAD)]


def test_a_first_night_without_an_account_is_not_taken_for_another_deployment(run: Run) -> None:
    unknown = replace(FLEET, account=None)
    run(0, DEAD, scope=unknown, read=False)
    run(1, MFA, scope=FLEET)
    assert run(2, DEAD, MFA, scope=unknown).of(MFA).news is News.KNOWN


def test_an_interrupted_run_that_is_resumed_is_one_run(run: Run) -> None:
    run(0, MFA)
    made = day(1) + timedelta(hours=1)
    resumed = run(1, MFA, TAG, made=made)
    assert (resumed.of(MFA).news, resumed.of(TAG).news) == (News.KNOWN, News.NEW)
    assert resumed.of(TAG).first_seen == made, "it was seen when the interrupted run looked"


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1)])
def test_an_earlier_result_that_was_told_is_told_as_known_and_changes_nothing(
    later: timedelta, run: Run
) -> None:
    made = day(0) - later
    run(0, MFA, TAG)
    run(1, TAG)
    again = run(1, MFA, TAG, made=made)
    assert {again.of(one).news for one in (MFA, TAG)} == {News.KNOWN}
    assert (again.resolved, again.memories) == ([], [])
    assert run(2, MFA).of(MFA).news is News.RETURNED, "the later run is what counts"


def test_one_look_at_the_file_for_all_targets(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    looks = [Look(result(MFA, compared=[THIS]), replace(FLEET, target=f"t{number}")) for number in range(50)]
    keep(path, *look(path, looks, START))
    again = look(path, [*looks, Look(result(MFA), FLEET)], day(1))
    assert [one.of(MFA).news for one in again] == [News.KNOWN] * 50 + [News.NEW]
