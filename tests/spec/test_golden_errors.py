"""Every `fixtures/error_*/spec.yml` gives exactly the lines of its `expected.txt`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tfgen.errors import SpecError
from tfgen.spec import load

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = sorted(FIXTURES.glob("error_*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wrong_spec_is_explained_line_by_line(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    with pytest.raises(SpecError) as caught:
        load([Path("spec.yml")])
    said = "".join(f"{problem}\n" for problem in caught.value.problems)
    if os.environ.get("TFGEN_WRITE_GOLDEN"):
        Path("expected.txt").write_text(said, encoding="utf-8")
    assert said == Path("expected.txt").read_text(encoding="utf-8")


def test_there_are_cases() -> None:
    assert len(CASES) >= 20
