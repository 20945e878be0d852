"""A state in parts gives the same findings as the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.specs import SEED
from tests.harness.fleet_server import pools_spec
from tfgen.fleet.chunks import chunks
from tfgen.kinds import lower
from tfgen.resource import Address, Ref, Resource, State
from tfgen.spec import load

KIND = "aws_cognito_user_pool"


@given(
    st.integers(1, 12).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=8),
            st.integers(1, 5),
        )
    )
)
def test_parts_are_all_of_it_once_and_closed_under_references(
    drawn: tuple[int, list[tuple[int, int]], int],
) -> None:
    count, references, size = drawn
    desired = State()
    for number in range(count):
        values = {
            f"x{index}": [{"deep": Ref(Address(f"m{to}", KIND), "id")}]
            for index, (source, to) in enumerate(references)
            if source == number
        }
        desired.add(Resource(Address(f"m{number}", KIND), values))
        desired.add(Resource(Address(f"m{number}", "aws_cognito_user_pool_client"), {}))
    parts = list(chunks(desired, size))
    everything = [address for part in parts for address in part.resources]
    assert sorted(everything) == sorted(desired.resources)
    for part in parts:
        here = {address.module for address in part.resources}
        for source, to in references:
            assert (f"m{source}" in here) == (f"m{to}" in here)
    if not references:
        assert all(len(part.resources) <= 2 * size for part in parts)


def test_a_gateway_stays_with_its_pools(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yml"
    spec.write_text(SEED + pools_spec(0, 3).removeprefix("resources:\n"))
    parts = [
        sorted({address.module for address in part.resources}) for part in chunks(lower(load([spec])), 1)
    ]
    assert ["myGateway", "myUserPool"] in [[name for name in part if name.startswith("my")] for part in parts]
    assert len(parts) == 4


def test_the_parts_of_nothing(tmp_path: Path) -> None:
    assert list(chunks(State())) == []
    with pytest.raises(StopIteration):
        next(chunks(State(), 1))
