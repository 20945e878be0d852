"""Whatever AWS answers in a place, the check goes on: it says something about it and never breaks off."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drift.single import address_of, least, whole
from tests.kinds.synthetic import answers
from tfgen.drift import Policy, compare
from tfgen.kinds import KINDS
from tfgen.kinds.reading import read_resource
from tfgen.known import Known
from tfgen.report import drift as report
from tfgen.resource import Resource, State
from tfgen.spec import Spec

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def places(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    done = [steps]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        done += places(item, (*steps, key))
    return done


def put_at(value: Any, steps: tuple[Any, ...], new: Any) -> Any:
    if not steps:
        return new
    done = dict(value) if isinstance(value, dict) else list(value)
    done[steps[0]] = put_at(value[steps[0]], steps[1:], new)
    return done


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_answer(kind: str, small: Spec, data: st.DataObject) -> None:
    table, address = KINDS[kind], address_of(KINDS[kind])
    live = answers(table, whole(table))
    # The answer itself is an object in every protocol of AWS.
    steps = data.draw(st.sampled_from([place for place in places(live) if len(place) > 1]))
    value = data.draw(JSON)
    resource, unread = read_resource(table, address, put_at(live, steps, value))
    for desired in (whole(table), least(table)):
        sides = State(), State(unread=list(unread))
        sides[0].add(Resource(address, desired))
        sides[1].add(resource)
        result = compare(small, *sides, Known())
        for form in report.FORMATS:
            report.render(form, result, Policy(), color=False)
