"""How the command behaves as a process: streams, exit codes, pipes, signals, disks."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from tests.cli.conftest import SPEC, Invoke, environment
from tfgen.cli.main import COMMANDS, cli

ROOT = os.geteuid() == 0
WRONG = SPEC.replace("minimumLength: 12", "minimumLength: 5\n        minimumLenght: 8")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_80_columns_and_has_an_example(invoke: Invoke, command: str) -> None:
    done = invoke(*command.split(), "--help")
    assert done.code == 0
    assert not done.err
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert re.search(rf"^  (.* \| )?tfgen {command}", done.out, re.MULTILINE), "no example"


def test_every_listed_command_exists_and_tells_its_purpose_once() -> None:
    context = click.Context(cli)
    for name, purpose in COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert (command.help or "").startswith(purpose.rstrip("."))


def test_every_option_has_help() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("validat", "x.yml"), "Did you mean validate?"),
        (("xyz",), "Commands: validate, render"),
        (("render", "x.yml", "--ot", "y"), "--out"),
        (("validate",), "Missing argument"),
        (("drift", "x.yml", "--fail-on", "bad"), "critical"),
        (("drift", "x.yml", "--format", "xml"), "json"),
        (("validate", "x.yml", "--arg", "novalue"), "NAME=VALUE"),
        (("validate", "x.yml", "--arg", "a=1", "--arg", "a=2"), "given twice"),
        (("drift", "-", "--outputs", "-"), "only once"),
        (("drift", "-", "-"), "only once"),
        (("explain", "passwordPolicy", "--rules"), "--rules"),
    ],
)
def test_usage_errors_exit_1_and_say_what_is_right(invoke: Invoke, args: tuple[str, ...], said: str) -> None:
    done = invoke(*args)
    assert done.code == 1
    assert said in done.err
    assert not done.out


def test_no_arguments_shows_the_help(tfgen: Invoke) -> None:
    done = tfgen()
    assert done.code in (0, 1)
    assert "Commands:" in done.out + done.err


def test_version(tfgen: Invoke) -> None:
    done = tfgen("--version")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"tfgen \d+\.\d+\.\d+\S*\n", done.out)


def test_a_spec_from_standard_input(tfgen: Invoke) -> None:
    assert tfgen("validate", "-", stdin=SPEC).code == 0
    wrong = tfgen("validate", "-", stdin=WRONG)
    assert wrong.code == 1
    assert "minimumLength?" in wrong.out


def test_reports_on_stdout_and_talk_on_stderr(tfgen: Invoke, spec: Path) -> None:
    done = tfgen("render", spec, "-o", "infra")
    assert done.code == 0
    assert all(line.startswith("wrote ") for line in done.out.splitlines())
    assert re.fullmatch(r"\d+ written, 0 removed, 0 unchanged\n", done.err)
    quiet = tfgen("render", spec, "-o", "infra", "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_v_says_what_was_left_alone(tfgen: Invoke, spec: Path) -> None:
    spec.write_text(SPEC + "  files:\n    type: bucket\n", encoding="utf-8")
    assert "bucket" in tfgen("render", spec, "--stdout", "-v").err
    assert tfgen("render", spec, "--stdout").err == ""
    assert tfgen("render", spec, "--stdout", "-v", "-q").err == ""


def test_a_missing_file_is_one_line(tfgen: Invoke) -> None:
    done = tfgen("validate", "nowhere.yml")
    assert done.code == 1
    assert done.out.startswith("nowhere.yml:1:1: ")
    assert "Traceback" not in done.out + done.err


@pytest.mark.skipif(ROOT, reason="root may read every file")
def test_an_unreadable_file_is_one_line(tfgen: Invoke, spec: Path) -> None:
    spec.chmod(0)
    done = tfgen("render", spec, "--stdout")
    assert done.code == 1
    assert str(spec) in done.err
    assert "Traceback" not in done.err


def test_a_file_that_fails_while_it_is_read_is_one_line(tfgen: Invoke) -> None:
    broken = Path("/proc/self/mem")
    if not broken.exists():
        pytest.skip("this system has no /proc/self/mem")
    done = tfgen("render", broken, "--stdout")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert str(broken) in done.err


def test_a_directory_is_no_spec(tfgen: Invoke, tmp_path: Path) -> None:
    done = tfgen("render", tmp_path, "--stdout")
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize("place", ["file/infra", "file"])
def test_a_folder_that_cannot_be_made_is_one_line(
    tfgen: Invoke, spec: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = tfgen("render", spec, "-o", place)
    assert done.code == 1
    assert "file" in done.err
    assert "Traceback" not in done.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_read_only_folder_is_one_line(tfgen: Invoke, spec: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = tfgen("render", spec, "-o", closed / "infra")
    assert done.code == 1
    assert str(closed) in done.err
    assert "Traceback" not in done.err


def test_a_full_disk_is_one_line(spec: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tfgen", "render", str(spec), "--stdout"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_gets_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tfgen", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        said = process.stderr.read().decode()
    assert process.wait(timeout=60) != 0
    assert said == ""


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_gets_no_traceback(spec: Path, closed: str) -> None:
    """As a daemon starts it: Python has no object for such a stream."""
    command = f'exec "$0" -m tfgen validate "$1" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, str(spec)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("" if closed.startswith(">") else f"{spec}: valid\n")


def test_init_leaves_no_half_a_file(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pools.yml"
    file.write_text("mine", encoding="utf-8")
    assert "--force" in invoke("init", "-o", file).err
    assert "is a folder" in invoke("init", "-o", tmp_path, "--force").err

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", full)
        done = invoke("init", "-o", file, "--force")
    assert done.code == 1
    assert done.err == f"cannot write {file}: No space left on device\n"
    assert [path.name for path in tmp_path.iterdir()] == ["pools.yml"]
    assert file.read_text(encoding="utf-8") == "mine"


def open_when_read(process: subprocess.Popen[str], pipe: Path) -> int:
    """The writing end of a pipe that the process waits to read from."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the command never read its spec")


def test_ctrl_c_exits_130_in_one_line(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "tfgen", "validate", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    writing = open_when_read(process, pipe)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(writing)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "interrupted"


def test_a_terminal_without_the_characters_gets_escapes_instead_of_a_crash(tfgen: Invoke, spec: Path) -> None:
    spec.write_text(SPEC.replace("passwordPolicy", "password😀"), encoding="utf-8")
    done = tfgen("validate", spec, env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert done.code == 1
    assert "password\\U0001f600" in done.out


def test_no_text_of_a_spec_or_file_name_steers_the_terminal(tfgen: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "p\x1b[31mools.yml"
    path.write_text(SPEC.replace("minimumLength", '"mini\\e[31mmum\\u202e"'), encoding="utf-8")
    for args in (("validate", path), ("render", path, "--stdout"), ("drift", path)):
        done = tfgen(*args)
        assert done.code == 1
        assert "requireLowercase" in done.out + done.err
        assert not re.search("[\x1b\u202e]", done.out + done.err)


def test_completion_knows_commands_options_and_properties(tfgen: Invoke) -> None:
    def complete(words: str, number: int) -> str:
        env = {"_TFGEN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
        return tfgen(env=env).out

    assert "plain,drift" in complete("tfgen dr", 1)
    assert "plain,critical" in complete("tfgen drift --fail-on ", 3)
    assert "plain,passwordPolicy.minimumLength" in complete("tfgen explain passwordPolicy.", 2)
