"""Faulty files and what is said of them, as a text that people read."""

from __future__ import annotations

from pathlib import Path


def cases(name: str) -> list[tuple[str, str]]:
    r"""Pairs of a faulty file (`\n` is a line's end) and, below it, its one problem."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [
        (text.replace("\\n", "\n"), said.strip()) for text, said in zip(lines[::3], lines[1::3], strict=True)
    ]
