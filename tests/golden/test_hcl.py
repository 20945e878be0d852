"""Every golden file is what `terraform fmt` would write, and two other parsers read it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
import pygohcl
import pytest
from lark.exceptions import UnexpectedInput

from tests.golden.cases import FIXTURES, Case
from tests.harness.requirements import MissingError, unavailable
from tests.harness.terraform import TerraformSetup

HCL2_CANNOT = {
    ("hostile_strings", "modules/hostile/main.tf"): "python-hcl2 reads no escaped ${ that is never closed",
}


def test_terraform_fmt_has_nothing_to_do(tmp_path: Path) -> None:
    if shutil.which("terraform") is None:
        unavailable("terraform is not on PATH")
    scratch = tmp_path / "home"
    scratch.mkdir()
    try:
        setup = TerraformSetup.find(scratch)
    except MissingError as missing:
        unavailable(str(missing))
    shutil.copytree(FIXTURES, tmp_path / "fixtures")
    assert setup.in_directory(tmp_path / "fixtures").fmt_check() == []


def test_other_parsers_agree(case: Case) -> None:
    """pygohcl is HashiCorp's own parser, python-hcl2 the one that `render --check` reads with."""
    for path, text in case.expected().items():
        if not path.endswith(".tf"):
            continue
        theirs = pygohcl.loads(text)
        if (case.name, path) in HCL2_CANNOT:
            with pytest.raises(UnexpectedInput):
                hcl2.loads(text)
            continue
        assert set(theirs) == {block for block in hcl2.loads(text) if not block.startswith("__")}, path


@pytest.mark.parametrize("kind", ["resource", "data", "variable", "output"])
def test_no_two_blocks_have_one_name(case: Case, kind: str) -> None:
    modules: dict[Path, list[tuple[str, ...]]] = {}
    for path, text in case.expected().items():
        if (case.name, path) in HCL2_CANNOT:
            continue
        for block in hcl2.loads(text).get(kind, []):
            modules.setdefault(Path(path).parent, []).extend(
                _labels(block, 2 if kind in ("resource", "data") else 1)
            )
    for module, labels in modules.items():
        assert len(labels) == len(set(labels)), module


def _labels(block: dict[str, Any], depth: int) -> Iterator[tuple[str, ...]]:
    for name, inner in block.items():
        if name.startswith("__"):
            continue
        if depth == 1:
            yield (name,)
        else:
            yield from ((name, *rest) for rest in _labels(inner, depth - 1))
