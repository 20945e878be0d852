from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drift.world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., World]:
    """A deployment made of a spec's text, whose file is called `spec.yml`."""
    monkeypatch.chdir(tmp_path)
    return lambda text, **options: World(Path(), text, **options)
