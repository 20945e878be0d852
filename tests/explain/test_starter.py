"""What `tfgen init` writes is a spec that works, and so is everything it only proposes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tfgen.explain.language import properties
from tfgen.explain.starter import ACTIVE, PROPOSED, starter
from tfgen.hcl.render import render
from tfgen.kinds import lower
from tfgen.spec import Options, load

_PROPOSED = re.compile(r"^( *)#(?=[A-Za-z-])", re.MULTILINE)


def in_full() -> str:
    """The starter with every proposed property switched on."""
    return _PROPOSED.sub(r"\1", starter())


@pytest.mark.parametrize("text", [starter(), in_full()], ids=["as written", "everything switched on"])
def test_it_is_valid_without_a_warning_and_renders(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pools.yml"
    path.write_text(text, encoding="utf-8")
    spec = load([path], Options(stage="dev"))
    assert spec.warnings == ()
    files = render(lower(spec), sources=spec.sources, region=None)
    assert "modules/myUserPool/main.tf" in files


def test_it_proposes_a_route_that_the_pool_protects(tmp_path: Path) -> None:
    path = tmp_path / "pools.yml"
    path.write_text(in_full(), encoding="utf-8")
    files = render(lower(load([path])), sources=("pools.yml",), region=None)
    assert "modules/myGateway/authorizers.tf" in files


def test_every_property_in_it_is_explained_in_the_words_of_the_language() -> None:
    text = " ".join(re.sub(r"\n *# ", " ", starter()).split())
    known = {found.path: found for found in properties()}
    for path in (*ACTIVE, *PROPOSED):
        assert " ".join(known[path].doc.split()) in text, path
        assert re.search(rf"^ +#?(- )?{path.rpartition('.')[2]}: ", starter(), re.MULTILINE), path
