"""Whole specs: what apply makes of them compares clean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drift.world import World
from tests.spec.texts import EVERY_PROPERTY, SEED


@pytest.mark.parametrize("text", [SEED, EVERY_PROPERTY], ids=["seed", "every property"])
@pytest.mark.parametrize("stage", [None, "dev"])
def test_apply_is_clean(text: str, stage: str | None, world: Callable[..., World]) -> None:
    result = world(text, stage=stage).compare()
    assert result.findings == []
    assert result.resources == len(world(text, stage=stage).desired.resources)
