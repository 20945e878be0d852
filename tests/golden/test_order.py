"""Invariant 4: two runs give the same bytes, and so does any order of the spec's keys."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.golden.cases import Case, rendered
from tfgen.spec import load


@pytest.mark.parametrize("seed", range(3))
def test_key_order_does_not_matter(case: Case, seed: int, tmp_path: Path) -> None:
    """Keys of every mapping in another order; lists keep theirs, theirs means something."""
    yaml = YAML(typ="safe", pure=True)
    document = yaml.load(case.spec_file)
    for beside in case.directory.iterdir():
        if beside.is_file() and beside != case.spec_file:
            (tmp_path / beside.name).write_bytes(beside.read_bytes())
    file = tmp_path / "spec.yml"
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.version = (1, 2)
    with file.open("w", encoding="utf-8") as handle:
        writer.dump(_shuffled(document, random.Random(seed)), handle)
    assert rendered(case, load((file,), case.options())) == rendered(case)


def test_two_runs_give_the_same_bytes(case: Case) -> None:
    assert rendered(case, load((case.spec_file,), case.options())) == rendered(case)


def _shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: _shuffled(value[key], rng) for key in keys}
    return [_shuffled(item, rng) for item in value] if isinstance(value, list) else value
