"""The ignore file, and everything that can be wrong with one."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.problem_file import cases
from tfgen.errors import SpecError
from tfgen.finding import Status
from tfgen.noise.ignore import FINDABLE
from tfgen.noise.ignore_file import load_rules

WHOLE = """\
rules:
  - path: mfa_configuration
    pool: members
    reason: Pilot without MFA, SEC-123
    expires: 2027-03-31
  - path: ["tags", '!tags["Owner"]']
    resource: aws_cognito_user_pool.*
    account: "123456789012"
    region: [eu-*, us-east-1]
    stage: dev
    reason: Tags of the cost tool
  - resource: "*client*"
    status: [UNMANAGED, NOT_CHECKED]
    reason: Clients belong to another team
"""


def load(text: str, tmp_path: Path) -> list[str]:
    """The problems of a file, without its name."""
    path = tmp_path / "tfgen.ignore.yml"
    path.write_text(text)
    with pytest.raises(SpecError) as caught:
        load_rules(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_whole(tmp_path: Path) -> None:
    path = tmp_path / "tfgen.ignore.yml"
    path.write_text(WHOLE)
    first, second, third = load_rules(path)
    assert (first.position.line, first.position.column) == (2, 5)
    assert str(first.path) == "mfa_configuration"
    assert str(first.pool) == "members"
    assert first.reason == "Pilot without MFA, SEC-123"
    assert first.expires == date(2027, 3, 31)
    assert first.statuses == FINDABLE
    assert str(first) == f"{path}:2:5: Pilot without MFA, SEC-123, until 2027-03-31"
    assert str(second.path) == 'tags, !tags["Owner"]'
    assert str(second.account) == "123456789012"
    assert str(second.region) == "eu-*, us-east-1"
    assert second.expires is None
    assert third.path is None
    assert third.statuses == {Status.UNMANAGED, Status.NOT_CHECKED}


def test_what_terraform_has_no_argument_for_may_be_named_where_it_is_not_checked(tmp_path: Path) -> None:
    path = tmp_path / "i.yml"
    path.write_text("rules: [{path: KeyConfiguration, status: NOT_CHECKED, reason: a key of our own}]\n")
    (rule,) = load_rules(path)
    assert str(rule.path) == "KeyConfiguration"
    for wrong in (
        "{path: KeyConfiguration, reason: x}",
        "{path: MfaConfiguration, status: NOT_CHECKED, reason: x}",
    ):
        path.write_text(f"rules: [{wrong}]\n")
        with pytest.raises(SpecError, match="no resource has an argument"):
            load_rules(path)


def test_no_rules(tmp_path: Path) -> None:
    path = tmp_path / "i.yml"
    path.write_text("rules: []\n")
    assert load_rules(path) == []


@pytest.mark.parametrize(("text", "problem"), cases("ignore_problems.txt"))
def test_one_problem(text: str, problem: str, tmp_path: Path) -> None:
    assert load(text, tmp_path) == [problem]


def test_all_problems_at_once(tmp_path: Path) -> None:
    text = "rules:\n  - path: nmae\n    expires: soon\n  - reson: x\n    resource: a\n  - 7\n"
    assert [line.partition(": ")[0] for line in load(text, tmp_path)] == [
        "2:5",
        "2:5",
        "3:5",
        "4:5",
        "4:5",
        "6:5",
    ]


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="cannot be read: No such file"):
        load_rules(tmp_path / "none.yml")


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"\0", b"%YAML 1.1\n---\na: b", b"<<: {a: b}", b"\x80", b"1: 2", b"a: !x b"]
)
def test_no_message_speaks_of_a_spec(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "i.yml"
    path.write_bytes(text)
    with pytest.raises(SpecError) as caught:
        load_rules(path)
    said = str(caught.value).replace(str(path), "")
    assert "spec" not in said
    assert "$Var" not in said


@given(st.text(max_size=60))
def test_any_text_gives_rules_or_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_text(f"rules:\n  - {{path: tags, reason: {text}", errors="replace")
    with contextlib.suppress(SpecError):
        assert load_rules(path)[0].reason
