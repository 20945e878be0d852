"""The command as a user starts it (`tfgen`, a process of its own) and in this process (`invoke`, fast)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tfgen.cli.main import run

if TYPE_CHECKING:
    from tests.harness.emulators import Emulator
    from tfgen.live.demo import Account

SPEC = """\
resources:
  shopPool:
    type: user-auth-pool
    properties:
      passwordPolicy:
        minimumLength: 12
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


Invoke = Callable[..., Outcome]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A valid spec file in an own directory."""
    path = tmp_path / "pools.yml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Invoke:
    """`invoke("drift", path, …)` in this process, with the exit code that a process would have."""

    def call(*args: object) -> Outcome:
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return call


@pytest.fixture
def tfgen(tmp_path: Path) -> Invoke:
    """`tfgen("render", …, stdin="…", env={…})` as a process of its own, without any AWS setting."""

    def call(
        *args: object, stdin: str = "", cwd: Path = tmp_path, env: Mapping[str, str] | None = None
    ) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "tfgen", *map(str, args)],
            input=stdin.encode(),
            capture_output=True,
            cwd=cwd,
            env=environment(env),
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our own environment (already without AWS settings), able to find this checkout, plus `more`."""
    checkout = str(Path(__file__).parents[2])
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    return {**kept, "PYTHONPATH": checkout, **(more or {})}


@pytest.fixture
def account(moto: Emulator) -> Account:
    """The demo's pool in an emulator of the test's own."""
    from tests.cli.demo_account import made

    return made(moto)
