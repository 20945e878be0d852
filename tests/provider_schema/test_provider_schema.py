"""The fixture of provider 6.x against the provider that is installed, and against its own supplement."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.provider_schema import Argument, Block, Schema, kinds, load, provider_version

Real = Callable[[str], Schema]


def test_fixture_is_of_a_6_release() -> None:
    assert provider_version().startswith("6.")
    assert "aws_cognito_user_pool" in kinds()


def test_an_argument_and_a_block() -> None:
    pool = load("aws_cognito_user_pool")
    assert pool.arguments["name"] == Argument(
        type="string", required=True, facts=pool.arguments["name"].facts
    )
    policy = pool.blocks["password_policy"]
    assert (policy.nesting, policy.max, policy.required) == ("list", 1, False)
    assert pool.paths()["password_policy.minimum_length"] is policy.arguments["minimum_length"]
    assert pool.arguments["username_attributes"].force_new
    assert pool.blocks["schema"].max == 50
    assert {"arn", "id", "tags_all"} <= pool.attributes
    assert load("aws_cognito_identity_provider").arguments["provider_details"].sensitive


@pytest.mark.parametrize("kind", kinds())
def test_supplement_speaks_of_paths_that_exist(kind: str) -> None:
    raw = json.loads(Path(__file__).with_name("supplement.json").read_text())
    known = load(kind).paths().keys() | load(kind).attributes
    assert set(raw["kinds"].get(kind, {})) <= known
    used = {fact for path in raw["kinds"].get(kind, {}).values() for fact in path}
    assert used <= raw["facts"].keys(), "every fact is explained in the file"


@pytest.mark.parametrize("kind", kinds())
def test_real_provider_agrees(kind: str, real_schema: Real) -> None:
    """What both releases have is alike; what the installed one lacks came with a 6.x release."""
    fixture, real = load(kind).paths(), real_schema(kind).paths()
    assert real.keys() <= fixture.keys()
    assert [path for path in sorted(fixture.keys() - real.keys()) if not _came_with_6(path, fixture)] == []
    for path in sorted(fixture.keys() & real.keys()):
        assert _shape(fixture[path]) == _shape(real[path]), path


def _came_with_6(path: str, entries: Mapping[str, Argument | Block]) -> bool:
    parts = path.split(".")
    ancestors = (entries[".".join(parts[: end + 1])] for end in range(len(parts)))
    return any((entry.since or "").startswith("6.") for entry in ancestors)


def _shape(entry: Argument | Block) -> tuple[object, ...]:
    match entry:
        case Argument():
            return (entry.type, entry.required, entry.computed)
        case Block():
            return (entry.nesting, entry.max, entry.required)
