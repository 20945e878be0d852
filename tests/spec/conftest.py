from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tfgen.errors import SpecError
from tfgen.spec import Options, Spec, load

Load = Callable[..., Spec]


@pytest.fixture
def spec_file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes a text to a spec file of its own."""

    def write(text: str | bytes, name: str = "spec.yml") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def loaded(spec_file: Callable[[str | bytes], Path]) -> Load:
    """Loads a spec from its text."""

    def load_text(text: str | bytes, **options: Any) -> Spec:
        return load([spec_file(text)], Options(**options))

    return load_text


@pytest.fixture
def problems(spec_file: Callable[[str | bytes], Path]) -> Callable[..., list[str]]:
    """The problem lines of a spec that must not load, without the folder it stands in."""

    def lines(text: str | bytes, **options: Any) -> list[str]:
        path = spec_file(text)
        with pytest.raises(SpecError) as caught:
            load([path], Options(**options))
        return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]

    return lines
