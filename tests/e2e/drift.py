"""`tfgen drift` in this process, as the command line runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.deployment import Deployment
from tests.golden.cases import Case
from tfgen.cli.main import run


def drift(
    deployment: Deployment,
    case: Case,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    outputs: dict[str, Any] | None = None,
    more: tuple[str, ...] = (),
) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON report of one case; with `outputs`, ids come from there instead of by name."""
    words = ["drift", str(case.spec_file), *case.arguments, "--format", "json", "-q", *more]
    if outputs is not None:
        file = tmp_path / f"{case.name}.json"
        file.write_text(json.dumps(outputs), encoding="utf-8")
        words += ["--outputs", str(file)]
    capsys.readouterr()
    code = run(words)
    said = capsys.readouterr()
    assert said.out, said.err
    return code, json.loads(said.out)
