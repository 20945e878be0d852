"""The order in which AWS answers lists and keys means nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.drift.single import address_of, run, whole
from tests.kinds.synthetic import answers, sample
from tfgen.drift import compare
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Type
from tfgen.kinds.reading import read_resource
from tfgen.known import Known
from tfgen.resource import Resource, State
from tfgen.spec import Spec


def wide(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Sets with several members, so that an order can differ."""
    values = {field.name: sample(field, 0) for field in fields}
    for field in fields:
        if field.type is Type.SET:
            values[field.name] = frozenset(field.allowed or ("a", "b", "c"))
            if field.canonical is not None:
                values[field.name] = field.canonical(values[field.name])
        elif field.type is Type.BLOCK:
            values[field.name] = wide(field.fields)
    return values


def shuffled(value: Any, chance: random.Random, path: str = "") -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance, f"{path}.{key}") for key in keys}
    if isinstance(value, list) and "dentifiers" not in path:
        items = [shuffled(item, chance, path) for item in value]
        chance.shuffle(items)
        return items
    return value


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_any_order_is_clean(kind: str, seed: int, small: Spec) -> None:
    table, address = KINDS[kind], address_of(KINDS[kind])
    values = wide(table.fields)
    live = shuffled(answers(table, values), random.Random(seed))
    resource, unread = read_resource(table, address, live)
    assert unread == []
    sides = State(), State()
    sides[0].add(Resource(address, values))
    sides[1].add(resource)
    ident = {str(address): resource.attributes["id"]} if "id" in resource.attributes else {}
    assert compare(small, *sides, Known(ids=ident)).findings == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_any_order_gives_the_same_findings(kind: str, small: Spec) -> None:
    table = KINDS[kind]
    desired = wide(table.fields)
    live = {
        field.name: sample(field, 1) if field.name not in table.identity else desired[field.name]
        for field in table.fields
    }
    chance = random.Random(7)
    once = run(small, table, desired, live).findings
    again = run(small, table, shuffled(desired, chance), shuffled(live, chance)).findings
    assert [(f.path, f.desired, f.live) for f in once] == [(f.path, f.desired, f.live) for f in again]
    assert once
    assert whole(table)
