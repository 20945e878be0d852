from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tfgen.errors import SpecError
from tfgen.kinds import lower
from tfgen.resource import State
from tfgen.spec import Options, load

Lowered = Callable[..., State]


@pytest.fixture
def lowered(tmp_path: Path) -> Lowered:
    """The desired resources of a spec's text."""

    def run(text: str, **options: Any) -> State:
        path = tmp_path / "spec.yml"
        path.write_text(text)
        return lower(load([path], Options(**options)))

    return run


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., list[str]]:
    """The problems of a spec that loads and cannot be lowered, as `line:column: path: …`."""

    def run(text: str, **options: Any) -> list[str]:
        path = tmp_path / "spec.yml"
        path.write_text(text)
        spec = load([path], Options(**options))
        with pytest.raises(SpecError) as caught:
            lower(spec)
        return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]

    return run
