"""The command line: one module per command, each a few lines around the rooms below."""

from __future__ import annotations

from tfgen.cli.main import main

__all__ = ["main"]
