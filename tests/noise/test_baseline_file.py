"""Everything that can be wrong with a baseline."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.problem_file import cases
from tfgen.errors import SpecError
from tfgen.noise.baseline_file import load_baseline


def problems(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "accepted.yml"
    path.write_text(text)
    with pytest.raises(SpecError) as caught:
        load_baseline(path)
    return [str(problem).replace(f"{path}:", "") for problem in caught.value.problems]


@pytest.mark.parametrize(("text", "problem"), cases("baseline_problems.txt"))
def test_one_problem(text: str, problem: str, tmp_path: Path) -> None:
    assert problems(text, tmp_path) == [problem]


def test_twice(tmp_path: Path) -> None:
    entry = "  - {resource: module.a.aws_cognito_user_pool.this, severity: low, path: name, live: x}\n"
    said = problems(f"version: 1\nundeclared:\n{entry}{entry}", tmp_path)
    assert said == ["4:5: undeclared[1]: is recorded twice; first in 3:5"]


def test_all_at_once(tmp_path: Path) -> None:
    said = problems("version: 1\nscope: 3\nundeclared:\n  - {resource: x}\n  - 4\n", tmp_path)
    assert [line.partition(": ")[0] for line in said] == ["2:1", "4:5", "4:5", "4:5", "4:6", "5:5"]


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_a_baseline_or_has_problems(
    tmp_path_factory: pytest.TempPathFactory, text: str, inside: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-baseline.yml"
    lead = "version: 1\nundeclared:\n  - {resource: module.a.aws_cognito_user_pool.b, path: name, live: "
    path.write_text(lead + text if inside else text, errors="replace")
    with contextlib.suppress(SpecError):
        load_baseline(path)
