"""The command in this process, as tests/cli has it."""

from __future__ import annotations

from tests.cli.conftest import invoke

__all__ = ["invoke"]
