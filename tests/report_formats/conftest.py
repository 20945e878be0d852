"""Paths in reports are relative to where tfgen runs, or to GitHub's workspace: here to neither's real one."""

from __future__ import annotations

import pytest

from tests.cli.conftest import invoke

__all__ = ["invoke", "no_github"]


@pytest.fixture(autouse=True)
def no_github(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
