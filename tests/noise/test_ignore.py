"""What ignore rules take out of a result."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import CLIENT, finding, findings, key, result, results
from tfgen.drift import Policy, fails, not_checked
from tfgen.drift.globs import Subject, globs
from tfgen.errors import Position
from tfgen.finding import Finding, Status
from tfgen.noise.ignore import FINDABLE, IgnoreRule, apply_rules, unmatched_everywhere
from tfgen.noise.scope import Scope

TODAY = date(2026, 11, 24)
HERE = Scope(account="123456789012", region="eu-west-1", stage="prod")
_SUBJECTS: dict[str, Subject] = {"path": "path", "resource": "resource"}


def rule(line: int = 2, **given: Any) -> IgnoreRule:
    """A rule; texts become globs."""
    for name, value in given.items():
        if isinstance(value, str) and name != "reason":
            given[name] = globs([value], _SUBJECTS.get(name, "name"))
    return IgnoreRule(position=Position("i.yml", line, 5), **{"reason": "agreed"} | given)


MFA = finding("mfa_configuration")
ROGUE = finding(status=Status.UNMANAGED, kind=CLIENT, label="4a8b", declared=False)
GONE = finding(kind=CLIENT, label="web")
REFUSED = finding(status=Status.NOT_CHECKED, kind=CLIENT, label="web", reason="access denied")


def test_one_is_ignored_and_the_other_stays() -> None:
    given, mfa = result(MFA, GONE), rule(path="mfa_configuration")
    outcome = apply_rules(given, [mfa], HERE, TODAY)
    assert outcome.ignored == [(MFA, mfa)]
    assert outcome.result.findings == [GONE]
    assert outcome.result.quiet == given.quiet
    assert len(given.findings) == 2
    assert outcome.expired == outcome.unmatched == []


@pytest.mark.parametrize(
    "given",
    [
        {"path": "mfa_configuration", "pool": "members"},
        {"path": "mfa_configuration", "pool": "*", "resource": "aws_cognito_user_pool.this"},
        {"path": "mfa*", "account": "1234*", "region": "eu-*", "stage": "prod"},
        {"resource": "aws_cognito_user_pool.this"},
    ],
)
def test_all_members_fit(given: dict[str, Any]) -> None:
    assert apply_rules(result(MFA), [rule(**given)], HERE, TODAY).result.findings == []


@pytest.mark.parametrize(
    "given",
    [
        {"path": "mfa_configuration", "pool": "staff"},
        {"path": "mfa_configuration", "resource": "*client*"},
        {"path": "password_policy", "pool": "members"},
    ],
)
def test_one_member_does_not_fit(given: dict[str, Any]) -> None:
    ruled = rule(**given)
    outcome = apply_rules(result(MFA), [ruled], HERE, TODAY)
    assert outcome.result.findings == [MFA]
    assert outcome.unmatched == [ruled]


@pytest.mark.parametrize("member", ["account", "region", "stage"])
def test_a_rule_for_elsewhere_neither_ignores_nor_counts(member: str) -> None:
    over = TODAY - timedelta(days=1)
    for scope in (HERE, Scope()):
        ruled = rule(2, path="*", expires=over, **{member: "other"})
        outcome = apply_rules(result(MFA), [ruled], scope, TODAY)
        assert outcome.result.findings == [MFA]
        assert outcome.expired == outcome.unmatched == []


def test_a_scope_that_is_not_known_fits_no_rule_that_names_it() -> None:
    assert apply_rules(result(MFA), [rule(path="*", account="*")], Scope(), TODAY).result.findings == [MFA]


def test_paths_do_not_reach_whole_resources() -> None:
    outcome = apply_rules(result(MFA, GONE, ROGUE), [rule(path="**")], HERE, TODAY)
    assert sorted(map(key, outcome.result.findings)) == sorted(map(key, [GONE, ROGUE]))


def test_without_a_path_the_resource_and_its_arguments() -> None:
    argument = finding("callback_urls", kind=CLIENT, label="web")
    outcome = apply_rules(result(MFA, GONE, argument), [rule(resource="*.web")], HERE, TODAY)
    assert outcome.result.findings == [MFA]


def test_unread_is_never_ignored_by_the_way() -> None:
    for ruled in (rule(resource="**"), rule(resource="**", path="**"), rule(path="**")):
        outcome = apply_rules(result(REFUSED), [ruled], HERE, TODAY)
        assert not_checked(outcome.result) == [REFUSED]
        assert outcome.unmatched == [ruled]


def test_unread_is_ignored_by_name_and_told() -> None:
    named = rule(resource="*client*", statuses=frozenset({Status.NOT_CHECKED}))
    outcome = apply_rules(result(REFUSED, GONE), [named], HERE, TODAY)
    assert outcome.result.findings == [GONE]
    assert outcome.not_checked == [(REFUSED, named)]


def test_a_rule_for_an_argument_does_not_hide_that_the_whole_was_not_read() -> None:
    named = rule(resource="*client*", path="callback_urls", statuses=frozenset({Status.NOT_CHECKED}))
    assert apply_rules(result(REFUSED), [named], HERE, TODAY).result.findings == [REFUSED]


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_the_last_day_still_counts(days: int, holds: bool) -> None:
    ruled = rule(path="*", expires=TODAY + timedelta(days=days))
    outcome = apply_rules(result(MFA), [ruled], HERE, TODAY)
    assert bool(outcome.ignored) is holds
    assert outcome.expired == ([] if holds else [ruled])
    assert outcome.unmatched == []


def test_what_an_expired_rule_hid_says_so() -> None:
    ruled = rule(path="mfa_configuration", expires=date(2026, 10, 1), reason="pilot")
    (kept,) = apply_rules(result(MFA), [ruled], HERE, TODAY).result.findings
    assert kept.reason == "ignored until 2026-10-01 by i.yml:2:5 (pilot)"
    assert fails(kept, Policy())


def test_another_rule_still_holds() -> None:
    over, valid = rule(path="mfa*", expires=date(2026, 10, 1)), rule(3, path="mfa*")
    outcome = apply_rules(result(MFA), [over, valid], HERE, TODAY)
    assert outcome.ignored == [(MFA, valid)]
    assert outcome.expired == [over]


def test_a_rule_behind_another_one_is_not_useless() -> None:
    first, second = rule(path="mfa*"), rule(3, path="mfa_configuration")
    outcome = apply_rules(result(MFA), [first, second], HERE, TODAY)
    assert outcome.ignored == [(MFA, first)]
    assert outcome.unmatched == []


def test_useless_in_every_deployment() -> None:
    used, useless, elsewhere = rule(path="mfa*"), rule(3, path="tags"), rule(4, path="*", stage="qa")
    rules = [used, useless, elsewhere]
    outcomes = [apply_rules(given, rules, HERE, TODAY) for given in (result(), result(MFA))]
    assert outcomes[0].unmatched == [used, useless]
    assert unmatched_everywhere(outcomes, rules) == [useless, elsewhere]


rules = st.builds(
    lambda path, pool, statuses, days: rule(
        statuses=statuses,
        expires=None if days is None else TODAY + timedelta(days=days),
        **({} if path is None else {"path": path}),
        **({} if pool is None else {"pool": pool}),
    ),
    st.sampled_from(["*", "tags", "schema[*].mutable", "password_policy", None]),
    st.sampled_from(["members", "s*", None]),
    st.sampled_from([FINDABLE, frozenset(Status), frozenset({Status.UNMANAGED})]),
    st.none() | st.integers(-2, 2),
)


@given(results, st.lists(rules, max_size=4))
def test_nothing_is_lost_or_invented(given: Any, made: list[IgnoreRule]) -> None:
    outcome = apply_rules(given, made, HERE, TODAY)
    kept, gone = outcome.result.findings, [item for item, _ in outcome.ignored]
    assert sorted(map(repr, map(key, [*kept, *gone]))) == sorted(map(repr, map(key, given.findings)))
    assert [key(item) for item in kept] == [key(item) for item in given.findings if item not in gone]
    assert all(ruled.fits(item, HERE) and not ruled.is_over(TODAY) for item, ruled in outcome.ignored)
    assert set(outcome.expired) == {ruled for ruled in made if ruled.is_over(TODAY)}


@given(findings(), st.lists(rules.filter(lambda one: Status.NOT_CHECKED not in one.statuses), max_size=4))
def test_no_rule_hides_the_unread_unasked(item: Finding, made: list[IgnoreRule]) -> None:
    before = result(item)
    assert not_checked(apply_rules(before, made, HERE, TODAY).result) == not_checked(before)
