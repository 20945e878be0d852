"""The quota of AWS holds within every second, whoever asks whenever."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfgen.fleet.budget import Budget
from tfgen.fleet.quotas import CATEGORIES, ONE_POOL, QUOTAS
from tfgen.fleet.rate import Rate
from tfgen.kinds import KINDS
from tfgen.live import operations


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


arrivals = st.lists(st.floats(0, 0.5), min_size=1, max_size=120)
"""Seconds between requests that want to leave."""


@given(st.integers(1, 100), arrivals)
def test_no_second_has_more_than_the_quota(quota: int, pauses: list[float]) -> None:
    clock = Clock()
    rate = Rate(quota, clock)
    left = []
    for pause in pauses:
        clock.now += pause
        left.append(clock.now + rate.reserve())
    assert left == sorted(left)
    for index, moment in enumerate(left):
        within = bisect_left(left, moment + 1) - index
        assert within <= quota


@given(st.integers(1, 100))
def test_nobody_waits_without_need(quota: int) -> None:
    clock = Clock()
    rate = Rate(quota, clock)
    for _ in range(50):
        clock.now += rate.reserve()
    # 50 requests at nine tenths of the quota, less what may leave at once.
    assert clock.now <= 50 / (quota * 0.9)


def test_a_refusal_halves_once_a_second_and_recovers() -> None:
    clock = Clock()
    rate = Rate(10, clock)
    for _ in range(5):
        rate.refused()
    assert rate.factor == 0.5
    clock.now += 1.01
    rate.refused()
    assert rate.factor == pytest.approx(0.275, abs=0.01)
    clock.now += 30
    rate.reserve()
    assert rate.factor == 1.0


@given(st.lists(st.floats(0, 3), max_size=60))
def test_it_never_stands_still(pauses: list[float]) -> None:
    clock = Clock()
    rate = Rate(15, clock)
    for pause in pauses:
        clock.now += pause
        rate.refused()
    assert 1 / 16 <= rate.factor <= 1
    assert rate.reserve() <= 16


def test_every_operation_that_tfgen_calls_has_its_category() -> None:
    sources = [source for kind in KINDS.values() for source in kind.sources.values()]
    sources += [
        value for value in vars(operations).values() if isinstance(value, type(operations.LIST_POOLS))
    ]
    for source in sources:
        if source.action.startswith(("cognito-idp:", "apigateway:")):
            assert operations.called(source) in CATEGORIES, source.operation
    assert set(CATEGORIES.values()) < set(QUOTAS)


def test_a_budget_keeps_categories_and_regions_apart_and_pools_to_their_own_rate() -> None:
    clock, slept = Clock(), [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.now += seconds

    budget = Budget({"UserPoolClientRead": 1000}, clock=clock, sleep=sleep)
    body = b'{"UserPoolId": "eu-west-1_A", "ClientId": "x"}'
    for _ in range(12):
        budget.before("eu-west-1", "DescribeUserPoolClient", body)
    assert clock.now == pytest.approx(11 / (ONE_POOL * 0.9) - 0.1, abs=0.01)
    before = clock.now
    for region in ("eu-west-1", "us-east-1"):
        budget.before(region, "DescribeUserPool", body)
        budget.before(region, "GetUserPoolMfaConfig", b'{"UserPoolId": "%b_B"}' % region.encode())
    budget.before("eu-west-1", "GetCallerIdentity", b"Action=GetCallerIdentity")
    assert clock.now == before


def test_throttling_slows_its_own_category_only() -> None:
    clock, slept = Clock(), [0.0]
    budget = Budget(clock=clock, sleep=slept.append)
    budget.after("eu-west-1", "DescribeUserPool", "TooManyRequestsException")
    for code in (None, "", "AccessDeniedException"):
        budget.after("eu-west-1", "GetUserPoolMfaConfig", code)
    for _ in range(2):
        budget.before("eu-west-1", "DescribeUserPool", b"{}")
        budget.before("eu-west-1", "GetUserPoolMfaConfig", b"{}")
    assert slept[1:] == [pytest.approx(1 / (15 * 0.9 * 0.5) - 0.1)]
