"""Commands load what they need and nothing else: the start-up time is their imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import environment

SLOW = ("pydantic", "ruamel", "jinja2", "boto3", "deepdiff", "hcl2", "rich", "moto")
_WATCH = """
import sys
from tfgen.cli.main import run
code = run(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
print("loaded:", *sorted(loaded), file=sys.stderr)
"""


def loaded(*args: object, cwd: Path | None = None) -> set[str]:
    """The top-level packages that one command imports."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, *map(str, args)],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=cwd,
        timeout=120,
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("loaded: "), done.stderr
    return set(last.removeprefix("loaded: ").split())


@pytest.mark.parametrize(
    "args", [("--help",), ("--version",), ("drift", "--help"), ("render", "--help"), ("driff",)]
)
def test_help_loads_no_library_but_click(args: tuple[str, ...]) -> None:
    found = loaded(*args)
    assert "click" in found
    assert found.isdisjoint(SLOW)


def test_help_loads_none_of_the_rooms() -> None:
    code = "import sys; from tfgen.cli.main import run; run(['--help']); print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    rooms = {name for name in done.stdout.split() if name.startswith("tfgen.")}
    assert rooms == {"tfgen.cli", "tfgen.cli.main", "tfgen.cli.exit_codes", "tfgen.errors"}


@pytest.mark.parametrize(
    ("args", "needed", "not_needed"),
    [
        (("validate",), {"pydantic", "ruamel"}, {"jinja2", "boto3", "deepdiff", "hcl2", "rich", "moto"}),
        (("policy",), {"pydantic", "ruamel"}, {"jinja2", "boto3", "deepdiff", "hcl2", "rich", "moto"}),
        (("render", "--stdout"), {"pydantic", "jinja2"}, {"boto3", "deepdiff", "hcl2", "rich", "moto"}),
        (("drift", "--region", "eu-west-1"), {"boto3", "pydantic"}, {"jinja2", "hcl2", "rich", "moto"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_command_loads_what_it_needs(
    spec: Path, args: tuple[str, ...], needed: set[str], not_needed: set[str]
) -> None:
    found = loaded(args[0], spec, *args[1:])
    assert needed <= found
    assert found.isdisjoint(not_needed)


@pytest.mark.parametrize(
    "args", [("explain", "passwordPolicy"), ("schema",), ("init",)], ids=lambda args: args[0]
)
def test_commands_about_the_language_need_neither_aws_nor_templates(args: tuple[str, ...]) -> None:
    assert loaded(*args).isdisjoint({"jinja2", "boto3", "deepdiff", "hcl2", "rich", "moto"})
