"""`tfgen drift --report FORMAT[=FILE]`, from the command line to the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.shell_completion import ShellComplete

from tests.cli.conftest import SPEC, Invoke
from tests.report_formats.samples import clean, sample
from tfgen.cli.main import cli
from tfgen.finding import Result
from tfgen.report.drift import FORMATS
from tfgen.resource import State


class Checks:
    """What the check finds; nothing is asked of AWS."""

    def __init__(self) -> None:
        self.result = sample()
        self.asked = False

    def check(self, *_: object, **__: object) -> Result:
        self.asked = True
        return self.result


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Checks:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pools.yml").write_text(SPEC)
    found = Checks()
    monkeypatch.setattr("tfgen.drift.check", found.check)
    monkeypatch.setattr("tfgen.live.fetch", lambda *_, **__: State())
    monkeypatch.setattr("tfgen.live.connect", lambda *_, **__: SimpleNamespace(region=None))
    monkeypatch.setattr("tfgen.live.traces.traces", lambda *_, **__: {})
    return found


def drifted(result: Result) -> Result:
    """Without what was not checked."""
    result.findings = [item for item in result.findings if item.status.value != "NOT_CHECKED"]
    return result


def test_several_files_and_the_default_on_stdout(invoke: Invoke, check: Checks) -> None:
    check.result = drifted(sample())
    done = invoke("drift", "pools.yml", "--report", "json=a.json", "--report", "html=./b.html")
    assert done.code == 2
    assert done.out.startswith("Drift:\n")
    assert json.loads(Path("a.json").read_text())["verdict"] == "DRIFT"
    assert Path("b.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("given", ["json", "json=-", "json=/dev/stdout", "json=/dev/fd/1"])
def test_a_report_on_stdout_takes_the_place_of_the_default(given: str, invoke: Invoke, check: Checks) -> None:
    done = invoke("drift", "pools.yml", "--report", given, "--report", "text=a.txt")
    assert json.loads(done.out)["verdict"] == "NOT_CHECKED"
    assert done.code == 1
    assert Path("a.txt").read_text().startswith("Drift:\n")


def test_format_stays_as_it_was(invoke: Invoke, check: Checks) -> None:
    check.result = clean()
    done = invoke("drift", "pools.yml", "--format", "json", "--report", "junit=a.xml")
    assert json.loads(done.out)["verdict"] == "IN_SYNC"
    assert done.code == 0
    assert Path("a.xml").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--report", "sarf=x"], "no such format 'sarf'. Did you mean sarif?"),
        (["--report", "pdf"], "Formats: text, json, markdown, junit, sarif, html, github, prometheus."),
        (["--report", "json="], "json= lacks its file"),
        (["--report", "json=."], "is a folder"),
        (["--report", "json=new/"], "is a folder"),
        (["--report", "json=gone/a.json"], "gone is not a folder, so a.json cannot be written there"),
        (
            ["--report", "json", "--report", "text"],
            "--report json and --report text would go to standard output",
        ),
        (["--report", "json", "--format", "text"], "--report json and --format text would go to standard"),
        (["--report", "json=a", "--report", "text=./a"], "two reports would be written to"),
        (["--report", "json", "--report", "text=/dev/stdout"], "would go to standard output together"),
        (["--report", "json=./pools.yml"], "a report would be written over"),
        (["--report", "json=a", "--ignore", "a"], "a report would be written over"),
        (["--report", "json=a", "--baseline", "a"], "a report would be written over"),
        (["--report", "json=a", "--record", "a"], "a report would be written over"),
        (["--report", "json=a", "--history", "a"], "a report would be written over"),
        (["--report", "json=a", "--state", "a"], "a report would be written over"),
        (["--report", "json=a", "--outputs", "a"], "a report would be written over"),
        (["--report", "json=a", "--fleet", "a"], "a report would be written over"),
    ],
)
def test_what_cannot_work_is_said_before_aws_is_asked(
    args: list[str], said: str, invoke: Invoke, check: Checks
) -> None:
    done = invoke("drift", "pools.yml", *args)
    assert done.code == 1
    assert said in " ".join(done.err.split())
    assert not check.asked
    assert done.out == ""


def test_an_unwritable_file_is_one_line_and_exit_1(
    invoke: Invoke, check: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.result = clean()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "a.json")

    monkeypatch.setattr("tfgen.report.output.write", refuse)
    done = invoke("drift", "pools.yml", "--report", "json=a.json")
    assert done.code == 1
    assert done.err == "cannot write the json report to a.json: Permission denied\n"
    assert done.out.startswith("IN_SYNC")


def test_completion_offers_formats_and_then_files() -> None:
    def offered(incomplete: str) -> list[str]:
        shell = ShellComplete(cli, {}, "tfgen", "_TFGEN_COMPLETE")
        return [
            f"{item.type}:{item.value}" for item in shell.get_completions(["drift", "--report"], incomplete)
        ]

    assert offered("") == [f"plain:{form}" for form in FORMATS]
    assert offered("s") == ["plain:sarif"]
    assert offered("html=rep") == ["file:rep"]


def test_help_names_every_format() -> None:
    command = cli.get_command(click.Context(cli), "drift")
    assert command is not None
    text = " ".join(command.get_help(click.Context(command)).split())
    assert ", ".join(FORMATS) in text
