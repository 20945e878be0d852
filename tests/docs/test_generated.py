"""The generated pages are what the tables say today."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.around import DIRECTIVES, EXAMPLE
from tests.docs.generate import DOCS, PAGES
from tfgen.explain.arguments import arguments
from tfgen.explain.language import properties
from tfgen.hcl.render import render
from tfgen.kinds import lower
from tfgen.spec import Options, load
from tfgen.spec.directives.resolve import KNOWN


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/{name} is stale: python -m tests.docs.generate"


def test_the_spec_page_has_every_property_once() -> None:
    tables = PAGES["spec.md"]().partition("\n## The file")[0]
    rows = re.findall(r"^\| `([^`]+)`", tables, re.MULTILINE)
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


def test_the_example_on_the_spec_page_is_valid_and_renders(tmp_path: Path) -> None:
    path = tmp_path / "pools.yml"
    path.write_text(EXAMPLE, encoding="utf-8")
    spec = load([path], Options(stage="prod"))
    files = render(lower(spec), sources=spec.sources, region=None)
    assert 'user_pool_tier           = "PLUS"' in files["modules/customers/main.tf"]
    assert "https://prod.example.com/" in files["modules/customers/client.tf"]


def test_the_spec_page_has_every_directive() -> None:
    assert {call.partition("(")[0].removeprefix("$") for call in DIRECTIVES} == set(KNOWN)


@pytest.mark.parametrize("call", DIRECTIVES)
def test_every_directive_works_as_it_is_written_there(tmp_path: Path, call: str) -> None:
    (tmp_path / "settings.json").write_text('{"name": "tag"}', encoding="utf-8")
    (tmp_path / "login.css").write_text("tag", encoding="utf-8")
    value = call.replace("$This().resources.name", "$This().resources.customers.type")
    text = EXAMPLE.replace("UserPoolTier: PLUS", f"UserPoolTags:\n          a: {value}")
    path = tmp_path / "pools.yml"
    path.write_text(f"variables:\n  name: tag\n{text}", encoding="utf-8")
    if call.startswith("$GitInfo"):
        for args in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
            settings = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
            subprocess.run(["git", *settings, *args], cwd=tmp_path, check=True)
    spec = load([path], Options(stage="prod", args={"name": "tag"}))
    assert "tags" in render(lower(spec), sources=spec.sources, region=None)["modules/customers/main.tf"]
