"""The example files: their YAML, the actions they use, every tfgen call, and the IAM role."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import hcl2
import pytest

from tests.examples.page import PAGE, current
from tests.examples.runner import CHECKOUT, EXAMPLES, scripts, workflow
from tests.harness.terraform import TerraformSetup
from tfgen.cli.main import COMMANDS, cli, run

ACTIONS = {
    "actions/cache/restore@v5",
    "actions/cache/save@v5",
    "actions/checkout@v5",
    "actions/setup-python@v6",
    "actions/upload-artifact@v6",
    "aws-actions/configure-aws-credentials@v6",
    "github/codeql-action/upload-sarif@v4",
}
"""Majors that run on Node 24: runners have no Node 20 since September 2026."""
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORKFLOWS = sorted(file.name for file in (EXAMPLES / "github").iterdir())


def calls() -> list[tuple[str, list[str]]]:
    """Every tfgen call of the shell scripts, as words; variables stand for a file."""
    found = []
    for name, text in scripts():
        for line in text.splitlines():
            for call in re.findall(r"(?:^|\$\()(tfgen [^)]+)", line):
                words = shlex.split(re.split(r" 2?>", call)[0])
                found.append((name, [re.sub(r"\$\w+", "pools.yml", word) for word in words[1:]]))
    return found


def test_there_is_a_call_in_every_example() -> None:
    names = {name for name, _ in calls()}
    assert names == {*WORKFLOWS, "gitlab pools", "gitlab drift", "tfgen-drift"}


@pytest.mark.parametrize(("name", "words"), calls(), ids=[f"{name}: {words[0]}" for name, words in calls()])
def test_the_command_line_takes_every_call(
    name: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("reports", "pools.yml"):
        (tmp_path / folder).mkdir()
    (tmp_path / "spec").write_text("")
    command = cli.get_command(click.Context(cli), words[0])
    assert words[0] in COMMANDS, name
    assert command is not None
    command.make_context(words[0], words[1:])


def test_the_command_line_does_not_take_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = cli.get_command(click.Context(cli), "drift")
    assert command is not None
    with pytest.raises(click.UsageError):
        command.make_context("drift", ["pools.yml", "--reprot", "sarif=x"])
    with pytest.raises(click.UsageError):
        command.make_context("drift", ["pools.yml", "--report", "sarfi=x"])


@pytest.mark.parametrize(
    ("schema", "files"), [("github-workflows", "github/*.yml"), ("gitlab-ci", "gitlab/.gitlab-ci.yml")]
)
def test_the_schemas_of_github_and_gitlab_take_the_files(schema: str, files: str) -> None:
    """As SchemaStore and GitLab publish them (check-jsonschema brings them along)."""
    names = sorted(map(str, EXAMPLES.glob(files)))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def fragments() -> list[tuple[str, str]]:
    """(page, YAML) of every piece of a workflow on the other pages."""
    pages = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
    return [
        (f"{page.name} {number}", text)
        for page in pages
        if page != PAGE
        for number, text in enumerate(
            re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
        )
        if re.search(r"^(jobs|on):", text, re.MULTILINE)
    ]


@pytest.mark.parametrize(("name", "text"), fragments(), ids=[name for name, _ in fragments()])
def test_a_workflow_on_another_page_is_one(name: str, text: str, tmp_path: Path) -> None:
    whole = text if re.search(r"^on:", text, re.MULTILINE) else f"on: workflow_dispatch\n{text}"
    file = tmp_path / "workflow.yml"
    file.write_text(whole)
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(re.findall(r"uses: (\S+)", text)) <= ACTIONS, name


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_github_workflow_is_one(name: str) -> None:
    loaded = workflow(f"github/{name}")
    assert set(loaded) <= {"name", "on", "permissions", "concurrency", "jobs"}
    assert loaded["permissions"]["contents"] == "read"
    for job in loaded["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert job["timeout-minutes"]
        assert job["steps"][0] == {"uses": "actions/checkout@v5"}
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert set(step) <= {"name", "id", "if", "run", "uses", "with", "env"}
            assert "uses" not in step or step["uses"] in ACTIONS
            assert "continue-on-error" not in step


def test_the_night_has_the_rights_that_it_uses_and_no_others() -> None:
    nightly, pull_request = workflow("github/drift.yml"), workflow("github/pull-request.yml")
    assert nightly["permissions"] == {
        "actions": "read",
        "contents": "read",
        "id-token": "write",
        "security-events": "write",
    }
    assert pull_request["permissions"] == {"contents": "read"}
    # A fork's pull request must not get at the role.
    assert set(nightly["on"]) == {"schedule", "workflow_dispatch"}
    assert set(pull_request["on"]) == {"pull_request"}


def test_crontab_runs_the_script() -> None:
    lines = (EXAMPLES / "cron/crontab").read_text().splitlines()
    (entry,) = [line for line in lines if line and line[0].isdigit()]
    *when, _user, command = entry.split()
    assert len(when) == 5
    script = EXAMPLES / "cron" / command
    assert script.stat().st_mode & 0o111
    assert script.read_text().startswith("#!/usr/bin/env bash\n# /usr/local/bin/tfgen-drift")


def test_the_iam_policy_is_what_tfgen_prints(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CHECKOUT / "fixtures/demo/spec.yml", "pools.yml")
    (line,) = re.findall(
        r"^# (tfgen policy .*)$", (EXAMPLES / "iam/main.tf").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert run(shlex.split(line)[1:]) == 0
    written = (EXAMPLES / "iam/drift-policy.json").read_text(encoding="utf-8")
    assert written == capsys.readouterr().out
    actions = [action for statement in json.loads(written)["Statement"] for action in statement["Action"]]
    assert all(re.match(r"[a-z-]+:(Describe|List|Get)", action) for action in actions)


def test_the_role_is_the_one_that_the_jobs_assume() -> None:
    loaded: dict[str, Any] = hcl2.loads((EXAMPLES / "iam/main.tf").read_text(encoding="utf-8"))
    (role,) = [item['"aws_iam_role"']['"drift"'] for item in loaded["resource"] if '"aws_iam_role"' in item]
    name = role["name"].strip('"')
    steps = workflow("github/drift.yml")["jobs"]["drift"]["steps"]
    (given,) = [step["with"] for step in steps if "configure-aws" in step.get("uses", "")]
    gitlab = workflow("gitlab/.gitlab-ci.yml")["drift"]["variables"]
    arn = f"arn:aws:iam::123456789012:role/{name}"
    assert given["role-to-assume"] == gitlab["AWS_ROLE_ARN"] == arn
    assert given["aws-region"] == gitlab["AWS_DEFAULT_REGION"]


def test_terraform_takes_the_role(terraform_setup: TerraformSetup, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "iam", tmp_path, dirs_exist_ok=True)
    terraform = terraform_setup.in_directory(tmp_path)
    terraform.init()
    terraform.validate()
    terraform.fmt_check()


def test_the_page_shows_the_files() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert current(text) == text, "stale: python -m tests.examples.page"
    for file in sorted(EXAMPLES.rglob("*")):
        if file.is_file():
            assert f"<!-- file: docs/examples/{file.relative_to(EXAMPLES)} -->" in text
