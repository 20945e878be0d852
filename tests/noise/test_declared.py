"""Which arguments the spec says, after its values are gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.drift.world import World
from tests.noise.made import PATHS
from tests.spec.texts import EVERY_PROPERTY
from tfgen.drift import check
from tfgen.drift.declared import outline, says
from tfgen.drift.differences import at
from tfgen.drift.paths import steps
from tfgen.resource import Sensitive

names = st.text(st.characters(exclude_characters='"]', exclude_categories=["Cs"]), min_size=1, max_size=5)
values = st.recursive(
    st.none() | st.text(max_size=3) | st.booleans() | st.frozensets(st.text(max_size=2)),
    lambda inner: st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


def paths_of(tree: Any, path: str = "") -> list[str]:
    """Every path of a tree, as keys of maps."""
    found = [path] if path else []
    if isinstance(tree, dict):
        found += [one for name, inner in tree.items() for one in paths_of(inner, f'{path}["{name}"]')]
    return found


@given(st.dictionaries(names, values, max_size=4), names)
def test_every_argument_that_has_a_value_and_no_other(tree: dict[str, Any], other: str) -> None:
    said = outline(tree)
    for path in [*paths_of(tree), f'["{other}"]', f'["{other}"]["{other}"]']:
        assert says(said, path) is (at(tree, (name for name, _ in steps(path))) is not None), path


def test_a_whole_deployment(tmp_path: Path) -> None:
    world = World(tmp_path, EVERY_PROPERTY)
    result = check(world.spec, world.desired, world.live(), world.known)
    assert len(result.compared) == len(result.labels) == len(result.declared) > 10
    assert not result.absent
    told = 0
    for address, said in zip(result.compared, result.declared, strict=True):
        resource = world.desired.resources[address]
        for kind, path in PATHS:
            if kind == address.kind:
                wanted = at(resource.values, (name for name, _ in steps(path))) is not None
                assert says(said, path) is wanted, (address, path)
                told += wanted
    assert told > 100


def test_no_value_is_in_it() -> None:
    said = outline({"provider_details": {"client_secret": Sensitive("canary"), "client_id": "id-1"}})
    assert json.loads(said) == {"provider_details": {"client_id": 1, "client_secret": 1}}


def test_resources_that_say_the_same_share_one_text() -> None:
    one, other = outline({"name": "a", "tags": {"x": "1"}}), outline({"tags": {"x": "2"}, "name": "b"})
    assert one is other
