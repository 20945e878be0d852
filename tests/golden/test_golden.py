"""The golden files: what is rendered today is what is committed.

Regenerate with `pytest tests/golden --update-golden`, then read `git diff fixtures`.
"""

from __future__ import annotations

from pathlib import Path

from tests.golden.cases import Case, all_cases, rendered


def test_there_are_cases() -> None:
    assert {case.name for case in all_cases()} >= {"seed"}


def test_golden(case: Case, update_golden: bool) -> None:
    files = rendered(case)
    if update_golden:
        _write(case.directory / "expected", files)
    expected = case.expected()
    assert list(expected) == sorted(files), "pytest tests/golden --update-golden writes them anew"
    for path, text in files.items():
        assert text == expected[path], f"fixtures/{case.name}/expected/{path} has changed"


def _write(root: Path, files: dict[str, str]) -> None:
    for file in [file for file in root.rglob("*") if file.is_file()]:
        if file.relative_to(root).as_posix() not in files:
            file.unlink()
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
