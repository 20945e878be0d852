"""What the written pages say is true of the code: excerpts, links, commands, words and formats."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from tests.cli.conftest import SPEC as POOLS
from tests.cli.conftest import Invoke
from tests.docs.excerpts import CHECKOUT, EXCERPTS, current
from tests.harness.terraform import TESTED_RELEASE
from tfgen.cli import exit_codes
from tfgen.cli.main import COMMANDS, cli
from tfgen.finding import Status
from tfgen.hcl.versions import BASE, TERRAFORM, constraint
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.live.trail import DAYS, LOOKUP, Limits
from tfgen.report.drift import FORMATS

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PAGES = [CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
DRIFT = (CHECKOUT / "docs/drift.md").read_text(encoding="utf-8")
_SCHEMA = json.loads((CHECKOUT / "tests/provider_schema/aws_6.json").read_text(encoding="utf-8"))
VALIDATE = (CHECKOUT / "docs/validate-json.md").read_text(encoding="utf-8")


def rows(text: str, head: str) -> list[list[str]]:
    """The rows of the Markdown table whose head begins with `head`."""
    table = text.partition(f"\n| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("page", EXCERPTS)
def test_excerpts_are_real(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    written = (CHECKOUT / page).read_text(encoding="utf-8")
    assert current(page) == written, "stale: python -m tests.docs.generate"
    for name in EXCERPTS[page]:
        assert f"<!-- {name} -->" in written


def test_the_readme_names_the_two_commands() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert re.search(rf"^make {target} ", README, re.MULTILINE)
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_headings_lead_to_one(page: Path) -> None:
    for target, heading in re.findall(r"\]\(([^):]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / target if target else page).read_text(encoding="utf-8")
        titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        assert heading in [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]


def test_the_readme_leads_to_every_page() -> None:
    for page in PAGES[2:]:
        assert f"](docs/{page.name})" in README, page.name


def commands(text: str) -> Iterator[list[str]]:
    """Every call of tfgen in code of a page, as words."""
    code = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    for line in "\n".join(code).splitlines():
        for call in re.findall(r"(?:^|\| |run --spec \S+ |\()(tfgen [^|>)]+)", line.strip().lstrip("-$ ")):
            yield shlex.split(re.split(r" {3,}", call)[0])[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    context = click.Context(cli)
    for words in commands(page.read_text(encoding="utf-8")):
        name = words[0]
        if name.startswith("-"):
            continue
        assert name in COMMANDS, words
        command = cli.get_command(context, name)
        assert command is not None
        options = {option for parameter in command.params for option in (*parameter.opts, "--help")}
        for word in words[1:]:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in options, words


def test_the_readme_has_calls_to_check() -> None:
    assert len(list(commands(README))) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_and_json_in_pages_are_well_formed(page: Path) -> None:
    for kind, text in re.findall(r"```(yaml|json)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        assert (YAML(typ="safe").load(text) if kind == "yaml" else json.loads(text)) is not None


def test_the_drift_page_has_every_status_severity_and_exit_code() -> None:
    assert [row[0].strip("`") for row in rows(DRIFT, "status")] == [status.value for status in Status]
    levels = [str(level) for level in sorted(Severity, reverse=True)]
    assert [row[0].strip("`") for row in rows(DRIFT, "severity")] == levels
    codes = [exit_codes.CLEAN, exit_codes.ERROR, exit_codes.CHANGED, exit_codes.INTERRUPTED]
    assert [int(row[0]) for row in rows(DRIFT, "code")] == codes


def test_the_drift_page_has_every_format() -> None:
    assert [(row[0].strip("`"), row[1]) for row in rows(DRIFT, "format")] == list(FORMATS.items())


def test_the_readme_has_every_format() -> None:
    assert f"at once: {', '.join(FORMATS)} |" in README


def test_the_drift_page_has_the_limits_of_blame() -> None:
    text = " ".join(DRIFT.partition("## Who did it")[2].partition("\n## ")[0].split())
    numbers = {1: "one", 2: "two", 3: "three"}
    assert f"(`{LOOKUP.action}`" in text
    assert f"the last {numbers[Limits().each]} writes" in text
    assert f"back {DAYS} days" in text
    assert f"at most {Limits().calls} times" in text


def test_the_nightly_job_is_the_same_in_both_places() -> None:
    def jobs(text: str) -> Any:
        return YAML(typ="safe").load(re.findall(r"```yaml\n(on:\n  schedule.*?)```", text, re.DOTALL)[0])

    assert jobs(README) == jobs(DRIFT)


def test_the_json_of_validate_has_the_described_members(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pools.yml").write_text(POOLS.replace("minimumLength: 12", "minimumLenght: 8"), encoding="utf-8")
    shown = json.loads(re.findall(r"```json\n(.*?)```", VALIDATE, re.DOTALL)[0])
    assert json.loads(invoke("validate", "pools.yml", "--format", "json").out) == shown
    first = [name for row in rows(VALIDATE, "member") for name in re.findall(r"`(\w+)`", row[0])]
    assert first == list(shown)
    rest = VALIDATE.partition("A problem:")[2]
    second = [name for row in rows(rest, "member") for name in re.findall(r"`(\w+)`", row[0])]
    assert second == list(shown["errors"][0])


def test_the_versions_in_the_readme_are_those_that_are_written() -> None:
    assert constraint(BASE) in README
    assert f"Terraform ≥ {TERRAFORM.removeprefix('>= ')}" in README


LIMITS: Mapping[str, Iterable[str]] = {
    "No commands yet that review a change": {"review"} - COMMANDS.keys(),
    "import a pool into a spec": {"import"} - COMMANDS.keys(),
    "resource servers": {"aws_cognito_resource_server"} - KINDS.keys(),
    "user groups": {"aws_cognito_user_group"} - KINDS.keys(),
    "risk configuration": {"aws_cognito_risk_configuration"} - KINDS.keys(),
    "log delivery": {"aws_cognito_log_delivery_configuration"} - KINDS.keys(),
    "managed login branding": {"aws_cognito_managed_login_branding"} - KINDS.keys(),
    "not its web ACL": {"aws_wafv2_web_acl"} - KINDS.keys(),
    "Functions": {"aws_lambda_function"} - KINDS.keys(),
    f"provider {TESTED_RELEASE}": {TESTED_RELEASE},
    f"Provider {_SCHEMA['provider']}": {_SCHEMA["provider"]},
}
"""What the limits say → what there must be for it to be true."""


@pytest.mark.parametrize("words", LIMITS)
def test_the_limits_are_those_of_the_code(words: str) -> None:
    limits = " ".join(README.partition("## Limits")[2].split())
    assert words in limits
    assert LIMITS[words], f"{words!r} is no limit any more"


def test_the_contributors_page_names_what_there_is() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:tfgen|tests|templates|fixtures|docs)/[\w/.]*)`", text):
        assert (CHECKOUT / path).exists(), path
    for module in re.findall(r"python -m ([\w.]+)", text):
        assert (CHECKOUT / f"{module.replace('.', '/')}.py").exists(), module
    steps = re.findall(r"^\d+\. ", text.partition("## Add a kind")[2].partition("\n## ")[0], re.MULTILINE)
    assert 0 < len(steps) <= 10


def test_the_architecture_page_has_every_room_and_the_layers() -> None:
    page = (CHECKOUT / "docs/architecture.md").read_text(encoding="utf-8")
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (found["layers"] for found in contracts if found["id"] == "layers")
    there = [[room for room in re.split(r" \| ", line) if not room.startswith("(")] for line in layers]
    shown = page.partition("room by room:\n\n```\n")[2].partition("```")[0].splitlines()
    assert [line.split(", ") for line in shown] == there
    rooms = {room for row in rows(page, "room") for room in re.findall(r"`([\w.]+)`", row[0])}
    assert {room for line in there[:-1] for room in line} <= rooms
    for room in rooms:
        path = CHECKOUT / "tfgen" / room.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), room


def test_the_changelog_names_every_command() -> None:
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"tfgen {name}" in changes
