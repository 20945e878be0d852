"""The generated pages are what the tables say today."""

from __future__ import annotations

import re

import pytest

from tests.docs.generate import DOCS, PAGES
from tfgen.explain.arguments import arguments
from tfgen.explain.language import properties


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/{name} is stale: python -m tests.docs.generate"


def test_the_spec_page_has_every_property_once() -> None:
    rows = re.findall(r"^\| `([^`]+)`", PAGES["spec.md"](), re.MULTILINE)
    assert rows == [found.path for found in properties()]


def test_the_defaults_page_has_every_default() -> None:
    rows = re.findall(r"^\| `([^`]+)`", PAGES["defaults.md"](), re.MULTILINE)
    with_default = [found.path for found in properties() if found.default]
    written = [item.name for item in arguments() if item.field.default]
    assert set(rows) >= {*with_default, *written}
    assert len(with_default) > 50
    assert len(written) > 5


@pytest.mark.parametrize("name", PAGES)
def test_every_table_row_has_all_its_cells(name: str) -> None:
    width = 0
    for line in PAGES[name]().splitlines():
        if line.startswith("|---"):
            width = line.count("|")
        elif line.startswith("| ") and width:
            assert len(re.findall(r"(?<!\\)\|", line)) == width, line
        elif not line.startswith("|"):
            width = 0
