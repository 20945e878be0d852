"""Ctrl-C is one word and 130, also while Python imports and while it ends."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import environment
from tfgen import __main__ as entry
from tfgen.cli import exit_codes

# Sends itself Ctrl-C at the import of one module; `""`: once the command has returned.
_HIT = """
import os, signal, sys

where = sys.argv.pop(1)

class Hit:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == where:
            sys.meta_path.remove(cls)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Hit)
from tfgen.__main__ import main
if not where:
    import tfgen.cli
    run = tfgen.cli.main
    def hit():
        try:
            run()
        finally:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
            os.kill(os.getpid(), signal.SIGINT)
            import threading
            threading._register_atexit(signal.pthread_sigmask, signal.SIG_UNBLOCK, [signal.SIGINT])
    tfgen.cli.main = hit
main()
"""


def hit(where: str, *args: object) -> subprocess.CompletedProcess[str]:
    """The command, hit by Ctrl-C at one place."""
    return subprocess.run(
        [sys.executable, "-c", _HIT, where, *map(str, args)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "where",
    [
        "tfgen.cli",
        "tfgen.cli.main",
        "click",
        "tfgen.cli.validate",
        "pydantic",
        "pydantic._internal._core_utils",
        "ruamel.yaml",
    ],
)
def test_while_it_imports(spec: Path, where: str) -> None:
    done = hit(where, "validate", spec)
    assert (done.returncode, done.stdout, done.stderr.lstrip()) == (130, "", "interrupted\n")


@pytest.mark.parametrize("where", ["boto3", "botocore.session"])
def test_while_it_imports_the_way_to_aws(spec: Path, where: str) -> None:
    done = hit(where, "drift", spec, "--region", "eu-west-1")
    # click begins a new line: the terminal shows `^C` in the one before
    assert (done.returncode, done.stdout, done.stderr.lstrip()) == (130, "", "interrupted\n")


def test_while_it_ends(spec: Path) -> None:
    done = hit("", "validate", spec)
    assert (done.returncode, done.stdout) == (130, f"{spec}: valid\n")
    assert done.stderr == "interrupted\n"


def test_an_error_that_a_library_makes_of_it_is_no_traceback() -> None:
    """pydantic turns it into a SchemaError."""
    code = (
        "import os, signal, tfgen.cli\n"
        "def command():\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except BaseException as error:\n"
        "        raise RuntimeError('built half') from error\n"
        "tfgen.cli.main = command\n"
        "from tfgen.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=False
    )
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


def test_a_bug_still_shows_itself() -> None:
    code = "import tfgen.cli\ntfgen.cli.main = lambda: 1 / 0\nfrom tfgen.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_where_it_is_ignored_it_stays_ignored(spec: Path) -> None:
    """As `nohup` and scripts start jobs in the background."""
    code = f"trap '' INT; exec {sys.executable} -c '{_HIT}' click validate {spec}"
    done = subprocess.run(
        ["/bin/sh", "-c", code], capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{spec}: valid\n", "")


def test_the_code_is_the_one_of_the_table() -> None:
    assert entry._INTERRUPTED == exit_codes.INTERRUPTED


def test_the_entry_imports_nothing_by_itself() -> None:
    code = "import sys; before = set(sys.modules); import tfgen.__main__; print(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    assert sorted(done.stdout.split()) == ["tfgen", "tfgen.__main__"]


def test_the_installed_command_is_this_entry() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"tfgen": "tfgen.__main__:main"}
