"""docs/noise.md says what the code does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.noise.made import CLIENT, POOL, finding, result
from tests.noise.test_baseline import DECLARED, ROGUE, SILENT, text_of
from tfgen.drift.globs import globs
from tfgen.finding import Status
from tfgen.noise import history_file
from tfgen.noise.baseline import Baseline
from tfgen.noise.baseline_file import load_baseline
from tfgen.noise.baseline_text import written
from tfgen.noise.history import News
from tfgen.noise.ignore import apply_rules
from tfgen.noise.ignore_file import DEFAULT_NAME, load_rules
from tfgen.noise.scope import Scope
from tfgen.noise.selectors import KEYS, parse

PAGE = (Path(__file__).parents[2] / "docs/noise.md").read_text(encoding="utf-8")
RULES, BASELINE, SEVERAL = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
TODAY = date(2027, 1, 1)


def column(head: str) -> list[str]:
    """The code of the first column of the table that begins with `head`."""
    table = PAGE.partition(f"\n| {head} |")[2].partition("\n\n")[0]
    return [code for row in table.splitlines()[2:] for code in re.findall("`([^`]+)`", row.split("|")[1])]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / DEFAULT_NAME
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("found", "scope", "ignored"),
    [
        (finding("mfa_configuration", module="staff"), Scope(), True),
        (finding("mfa_configuration", module="members"), Scope(), False),
        (finding('tags["CostCenter"]'), Scope(), True),
        (finding('tags["Owner"]'), Scope(), False),
        (finding(status=Status.UNMANAGED, kind=CLIENT, label="4a8b7c"), Scope(account="123456789012"), True),
        (finding(status=Status.UNMANAGED, kind=CLIENT, label="4a8b7c"), Scope(), False),
        (finding(status=Status.NOT_CHECKED, kind="aws_lambda_permission"), Scope(stage="qa-2"), True),
        (finding(status=Status.NOT_CHECKED, kind="aws_lambda_permission"), Scope(stage="prod"), False),
        (finding(kind="aws_lambda_permission"), Scope(stage="dev"), False),
    ],
)
def test_the_rules_do_what_their_reasons_say(found: object, scope: Scope, ignored: bool, rules: Path) -> None:
    outcome = apply_rules(result(found), load_rules(rules), scope, TODAY)  # type: ignore[arg-type]
    assert bool(outcome.ignored) is ignored


def test_the_members_of_a_rule(tmp_path: Path) -> None:
    path = tmp_path / DEFAULT_NAME
    words = {"account": "'1'", "status": "DELETED", "expires": "2027-01-01"}
    text = "".join(f"    {name}: {words.get(name, 'tags')}\n" for name in column("member"))
    path.write_text(f"rules:\n  -\n{text}")
    assert len(load_rules(path)) == 1


GLOBS = [
    ("minimum_length", "password_policy.minimum_length", "password_policy"),
    (".name", "name", 'schema["a"].name'),
    ("password_policy", "password_policy.minimum_length", "name"),
    ("password_policy.require_*", "password_policy.require_numbers", "password_policy.minimum_length"),
    ("schema[*].mutable", 'schema["a"].mutable', 'schema["a"].required'),
    ('schema["custom:tier"].mutable', 'schema["custom:tier"].mutable', 'schema["a"].mutable'),
    ('tags["aws:*"]', 'tags["aws:x"]', 'tags["x"]'),
    ("**.require_*", "password_policy.require_numbers", "password_policy.minimum_length"),
]
"""Of each glob of the page, what it fits and what it does not."""


@pytest.mark.parametrize(("glob", "fits", "fits_not"), GLOBS)
def test_the_globs(glob: str, fits: str, fits_not: str) -> None:
    assert f"`{glob}`" in PAGE
    assert globs([glob], "path").matches(fits)
    assert not globs([glob], "path").matches(fits_not)


def test_every_glob_is_tried() -> None:
    assert set(column("glob")) <= {"*client*", *(glob for glob, _, _ in GLOBS)}


def test_the_baseline_is_one() -> None:
    assert text_of(result(SILENT, ROGUE, DECLARED)) == BASELINE


def test_the_baseline_of_several_is_one(tmp_path: Path) -> None:
    path = tmp_path / "accepted.yml"
    path.write_text(SEVERAL, encoding="utf-8")
    dev, prod = load_baseline(path).sections
    assert (dev.scope, prod.scope) == (Scope("444455556666", "eu-west-1", "dev", "dev"), Scope(stage="prod"))
    assert dev.entries == prod.entries
    own = written(Baseline((dev,)))
    assert own[own.index("- scope") :].rstrip() in SEVERAL


def test_the_selectors() -> None:
    selectors = parse("--only", column("selector"))
    assert {condition.key for selector in selectors for condition in selector.conditions} == {*KEYS, ""}


def test_the_words_of_the_history_and_its_limits() -> None:
    assert column("word") == [news.value for news in News]
    resolved, unseen = history_file.KEEP_RESOLVED.days, history_file.KEEP_UNSEEN.days
    assert f"{resolved} days ago, or was not looked at for {unseen}." in PAGE
    assert f"another one waits {history_file.WAIT:.0f} seconds" in PAGE
    assert POOL in BASELINE
