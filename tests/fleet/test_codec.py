"""Results survive the way to a file and back, but for secrets, which stay behind."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfgen.errors import Position, Problem
from tfgen.finding import Finding, Result, Status, Trace
from tfgen.fleet.codec import dumps, loads
from tfgen.fleet.result import Covers, TargetResult
from tfgen.kinds.field import Severity
from tfgen.resource import Address, Ref, Unknown
from tfgen.sensitive import Sensitive

text = st.text(max_size=8)
scalars = st.none() | st.booleans() | st.integers() | text | st.decimals(allow_nan=False)
hashable = scalars | st.tuples(scalars, text) | st.frozensets(text)
values = st.recursive(
    hashable | st.frozensets(hashable),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
addresses = st.builds(Address, text, text, text)
findings = st.builds(
    Finding,
    status=st.sampled_from(Status),
    address=addresses,
    path=text,
    severity=st.sampled_from(Severity),
    desired=values,
    live=values,
    position=st.none() | st.builds(Position, text, st.integers(1), st.integers(1)),
    controls=st.lists(text, max_size=2).map(tuple),
    reason=text,
    arguments=st.dictionaries(text, values, max_size=2),
)
traces = st.builds(Trace, st.dictionaries(text, text, max_size=2), text, st.booleans())
problems = st.builds(Problem, st.builds(Position, text, st.integers(1), st.integers(1)), text, text)
results = st.builds(
    Result,
    findings=st.lists(findings, max_size=3),
    compared=st.lists(addresses, max_size=2),
    labels=st.lists(st.sampled_from(["this", "a", "b"]), max_size=9),
    declared=st.lists(text, max_size=9),
    absent=st.lists(addresses, max_size=2),
    traces=st.dictionaries(addresses, traces, max_size=2),
    arguments=st.integers(0),
    by_presence=st.lists(st.tuples(addresses, text), max_size=2),
    quiet=st.lists(st.tuples(addresses, text, text), max_size=2),
    pools=st.dictionaries(text, st.dictionaries(text, scalars, max_size=2), max_size=2),
)


@given(results, text, st.lists(problems, max_size=2).map(tuple))
def test_a_result_comes_back_as_it_was(result: Result, name: str, warnings: tuple[Problem, ...]) -> None:
    covered = Covers(frozenset({name}))
    done = TargetResult(name=name, result=result, seconds=1.5, covers=covered, warnings=warnings)
    line = dumps(done)
    assert "\n" not in line
    assert loads(line) == done
    assert dumps(loads(line)) == line


def test_secrets_stay_behind_and_stay_secrets() -> None:
    finding = Finding(
        status=Status.MODIFIED,
        address=Address("p", "k"),
        path="x",
        severity=Severity.HIGH,
        desired={"client_secret": Sensitive("canary-1")},
        live=[Sensitive("canary-2"), Unknown("why", secret=True), Ref(Address("a", "b"), "id")],
    )
    line = dumps(TargetResult(name="t", result=Result(findings=[finding])))
    assert "canary" not in line
    back = loads(line).result
    assert back is not None
    live: Any = back.findings[0].live
    assert isinstance(back.findings[0].desired["client_secret"], Sensitive)
    assert isinstance(live[0], Sensitive)
    assert live[1] == Unknown("why", secret=True)


def test_every_member_of_a_finding_is_of_a_type_that_comes_back() -> None:
    """A member that somebody adds must not come back as text."""
    samples: dict[str, Any] = {
        "Status": Status.DELETED,
        "Address": Address("m", "k", "l"),
        "str": "x",
        "Severity": Severity.LOW,
        "Any": Decimal("1.5"),
        "bool": True,
        "Position | None": Position("f", 1, 2),
        "tuple[str, ...]": ("a",),
        "Mapping[str, Any]": {"callback_urls": frozenset({"https://a"})},
    }
    given = {field.name: samples[str(field.type)] for field in fields(Finding)}
    done = TargetResult(name="t", result=Result(findings=[Finding(**given)]))
    assert loads(dumps(done)) == done


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"$Nope":{}}', '{"a":1,"b":2}', '{"$tuple":3}'])
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own among them
        loads(line)


def test_what_many_pools_say_alike_is_written_once() -> None:
    said = '{"name":1}'
    pools = [Address(f"pool{number}", "aws_cognito_user_pool") for number in range(100)]
    line = dumps(TargetResult(name="a", result=Result(compared=pools, declared=[said] * 100)))
    assert line.count("name") == 2, "once beside the target's own"
    back = loads(line).result
    assert back is not None
    assert len({id(text) for text in back.declared}) == 1
