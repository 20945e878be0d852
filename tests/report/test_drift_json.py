"""The JSON report against its documentation: every member described, nothing described that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.drift.world import World
from tests.spec.texts import EVERY_PROPERTY
from tfgen.drift import Policy
from tfgen.errors import Position
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.report import drift as report
from tfgen.report.drift_json import FORMAT_VERSION
from tfgen.resource import Address, Sensitive, Unknown

DOCUMENT = Path(__file__).parents[2] / "docs" / "drift-json.md"
HEADINGS = {
    "whatever the exit code is": "document",
    "The summary:": "summary",
    "A finding:": "finding",
    "The object `spec`:": "spec",
    "A resolved finding:": "resolved",
    "A remark:": "remark",
}
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "object or null": (dict, type(None)),
    "any": (object,),
}
POOL = Address("p", "aws_cognito_user_pool")


def documented() -> dict[str, dict[str, str]]:
    """Table name → member → type."""
    tables: dict[str, dict[str, str]] = {}
    name = ""
    for line in DOCUMENT.read_text().splitlines():
        name = next((table for words, table in HEADINGS.items() if words in line), name)
        if line.startswith("| `"):
            members, kind = (part.strip() for part in line.split("|")[1:3])
            for member in re.findall(r"`(\w+)`", members):
                tables.setdefault(name, {})[member] = kind
    return tables


def rendered(result: Result, policy: Policy | None = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(report.render("json", result, policy or Policy()))
    return document


@pytest.fixture
def document(world: Callable[..., World]) -> dict[str, Any]:
    made = world(EVERY_PROPERTY)
    made.of("aws_cognito_user_pool")["Name"] = "other"
    made.of("aws_cognito_user_pool")["SmsConfigurationFailure"] = "no"
    result = made.compare()
    result.resolved.append((POOL, "tags", "2026-11-01 03:00 UTC"))
    return rendered(result)


def test_every_member_is_described(document: dict[str, Any]) -> None:
    tables = documented()
    parts = {
        "document": document,
        "summary": document["summary"],
        "finding": document["findings"][0],
        "spec": document["findings"][0]["spec"],
        "resolved": document["resolved"][0],
        "remark": document["remarks"][0],
    }
    assert tables.keys() == parts.keys()
    for name, part in parts.items():
        assert list(part) == list(tables[name]), name
        for member, value in part.items():
            kind = tables[name][member]
            expected = (list,) if kind.startswith("list of") else TYPES[kind]
            assert isinstance(value, expected), member


def test_version_is_the_documented_one() -> None:
    assert f"| `format_version` | string | `{FORMAT_VERSION}`;" in DOCUMENT.read_text()


def test_the_example_is_a_real_finding() -> None:
    example = json.loads(DOCUMENT.read_text().split("```json\n")[1].split("```")[0])
    finding = Finding(
        status=Status.MODIFIED,
        address=Address("shopPool", "aws_cognito_user_pool"),
        path="mfa_configuration",
        severity=Severity.CRITICAL,
        desired="ON",
        live="OFF",
        position=Position("pools.yml", 7, 9),
        spec_path="resources.shopPool.properties.mfaConfiguration.status",
        controls=("SecurityHub Cognito.5", "prowler cognito_user_pool_mfa_enabled"),
        effect="apply sets it back in place",
        accept='mfaConfiguration.status: "OFF"',
    )
    assert rendered(Result(findings=[finding]))["findings"] == [example]


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "IN_SYNC"),
        ([(Status.MODIFIED, Severity.LOW)], "DRIFT"),
        ([(Status.MODIFIED, Severity.INFO)], "IN_SYNC"),
        ([(Status.NOT_CHECKED, Severity.INFO)], "NOT_CHECKED"),
        ([(Status.MODIFIED, Severity.CRITICAL), (Status.NOT_CHECKED, Severity.INFO)], "NOT_CHECKED"),
    ],
)
def test_verdict(findings: list[tuple[Status, Severity]], verdict: str) -> None:
    made = [
        Finding(status=status, address=POOL, path="x", severity=severity) for status, severity in findings
    ]
    assert rendered(Result(findings=made))["verdict"] == verdict


def test_secrets_and_unknown_values_are_masked() -> None:
    finding = Finding(
        status=Status.MODIFIED,
        address=POOL,
        path="x",
        severity=Severity.LOW,
        desired={"a": Sensitive("canary"), "b": Unknown("it is not known")},
        live=frozenset({"z", "a"}),
    )
    text = report.render("json", Result(findings=[finding]), Policy())
    assert "canary" not in text
    shown = json.loads(text)["findings"][0]
    assert shown["desired"] == {"a": "(sensitive value)", "b": "(unknown: it is not known)"}
    assert shown["live"] == ["a", "z"]


def test_bytes_are_stable(world: Callable[..., World]) -> None:
    made = world(EVERY_PROPERTY)
    made.of("aws_cognito_user_pool")["Policies"]["PasswordPolicy"]["MinimumLength"] = 6
    once = report.render("json", made.compare(), Policy())
    made.answers = dict(reversed(made.answers.items()))
    assert report.render("json", made.compare(), Policy()) == once
