"""Two lists of findings become one: nothing is lost, nothing is told twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tfgen.drift.cross import merged
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.resource import Address

FOUND = st.builds(
    Finding,
    status=st.sampled_from([Status.MODIFIED, Status.NOT_CHECKED]),
    address=st.sampled_from(
        [Address("pool", "aws_cognito_user_pool"), Address("pool", "aws_lambda_permission")]
    ),
    path=st.sampled_from(["", "a", "b.c"]),
    severity=st.sampled_from(Severity),
    reason=st.sampled_from(["", "one", "two"]),
    controls=st.sampled_from([(), ("tfgen x",), ("prowler y",)]),
    live=st.integers(0, 3),
)


def unique(findings: list[Finding]) -> list[Finding]:
    return list({(one.address, one.path): one for one in findings}.values())


@given(st.lists(FOUND, max_size=6).map(unique), st.lists(FOUND, max_size=6).map(unique))
def test_merging(findings: list[Finding], found: list[Finding]) -> None:
    done = merged(findings, found)
    places = [(one.address, one.path) for one in done]
    assert len(set(places)) == len(places)
    assert set(places) == {(one.address, one.path) for one in [*findings, *found]}
    assert done == sorted(done, key=lambda one: one.sort_key)
    assert merged(done, found) == done
    by_place = dict(zip(places, done, strict=True))
    for one in findings:
        now = by_place[one.address, one.path]
        assert (now.status, now.live) == (one.status, one.live)
        assert now.severity >= one.severity
        assert one.reason in now.reason
    for one in found:
        now = by_place[one.address, one.path]
        assert one.reason in now.reason
        assert set(one.controls) <= set(now.controls)
