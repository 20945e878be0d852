"""The page about cross-resource checks is that of the code."""

from __future__ import annotations

from tests.cross.page import PAGE, current, table


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert table() in text
    assert current(text) == text, "stale: python -m tests.cross.page"
