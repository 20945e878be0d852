"""What is true of every format: golden bytes, no secret, nothing hidden, nothing computed twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report_formats.golden_files import file, rendered
from tests.report_formats.samples import CANARY, POLICY, clean, hostile_result, sample
from tfgen.drift import Policy
from tfgen.finding import Finding, Result, Status
from tfgen.hidden import HIDDEN
from tfgen.kinds.field import Severity
from tfgen.report.drift import FORMATS, render
from tfgen.report.summary import fingerprints, grouped, headline
from tfgen.resource import Address, Sensitive, Unknown

EACH = pytest.mark.parametrize("form", FORMATS)
HIDDEN_BUT_NEWLINE = re.compile(f"(?!\n)[{HIDDEN}]")
HOSTILE = (
    "a\x1b[31mred\x1b[0m\x07\x00",
    "a\u202egnp.exe\u2066\u200b\ufeff",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]><x/><!-- --> &amp; &#x0; \"'",
    "a\r\nb\nc\u2028d\x85e",
    "`` ` ``` |\\|| ~~x~~ **b** [x](https://evil.example) @everyone #1",
    "::error::x%0A::set-output name=a::b ##[add-path]/tmp",
    '{"module="} \\ \\n "} 1\n# TYPE x gauge',
    "\ud800 half, \U000e0001 tag, \ue000 private, \uffff none",
    "{{ 7 * 7 }} {% raw %} ${x} %{y}",
    "",
    " ",
    "x" * 5000,
)


@EACH
def test_golden(form: str) -> None:
    assert rendered(form) == file(form).read_text(encoding="utf-8"), (
        "python -m tests.report_formats.golden_files writes them anew: look at the difference"
    )


@EACH
def test_two_runs_give_the_same_bytes(form: str) -> None:
    code = f"from tests.report_formats.golden_files import rendered; print(rendered({form!r}), end='')"
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PYTHONIOENCODING": "utf-8"},
        )
        assert done.stdout.decode() == rendered(form)


@EACH
def test_a_format_imports_no_other(form: str) -> None:
    code = (
        "import sys; from tests.report_formats.samples import *; from tfgen.report.drift import render;"
        f"render({form!r}, sample(), POLICY, color=False);"
        "print(*(n.partition('drift_')[2] for n in sys.modules if n.startswith('tfgen.report.drift_')),"
        "'jinja2' * ('jinja2' in sys.modules), 'boto3' * ('boto3' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    needed = (
        {form} | ({"markdown"} if form == "github" else set()) | ({"jinja2"} if form == "html" else set())
    )
    assert loaded == needed


@EACH
def test_no_secret_in_any_place_of_a_value(form: str) -> None:
    secret = Sensitive(CANARY)
    shapes = (
        secret,
        {"key": secret},
        [secret],
        frozenset({secret}),
        {"deep": [{"er": secret}]},
        Unknown("not known", secret=True),
    )
    findings = [
        Finding(
            status=status,
            address=Address("members", "aws_cognito_identity_provider", str(number)),
            path="" if status is not Status.MODIFIED else "provider_details.client_secret",
            severity=Severity.HIGH,
            desired=shape,
            live=other,
            reason=f"{secret}",
        )
        for status in Status
        for number, (shape, other) in enumerate(
            [
                *((shape, None) for shape in shapes),
                *((None, shape) for shape in shapes),
                *pairwise(shapes),
            ]
        )
    ]
    text = render(form, Result(findings=findings), POLICY, color=False)
    assert CANARY not in text
    for part in (CANARY[:12], CANARY[-12:]):
        assert part not in text


@EACH
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_stay_values(form: str, text: str) -> None:
    out = render(form, hostile_result(text), POLICY, color=False)
    out.encode()
    assert HIDDEN_BUT_NEWLINE.search(out) is None
    well_formed(form, out)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
@EACH
def test_any_text_stays_a_value(form: str, text: str) -> None:
    out = render(form, hostile_result(text), POLICY, color=False)
    out.encode()
    assert HIDDEN_BUT_NEWLINE.search(out) is None
    well_formed(form, out)


def well_formed(form: str, out: str) -> None:
    """Structure that a hostile text would break."""
    result = hostile_result("x")
    if form in ("json", "sarif"):
        json.loads(out)
    elif form == "junit":
        root = ET.fromstring(out)
        assert {element.tag for element in root.iter()} <= {
            "testsuites",
            "testsuite",
            "testcase",
            "failure",
            "error",
            "system-out",
        }
    elif form == "github":
        commands = [line for line in out.split("\n") if line.startswith("::")]
        assert len(commands) == len(result.findings)
        assert len(out.split("\n")) == len(result.findings) + 7
        assert not [line for line in out.split("\n") if "##[" in line and not line.startswith("::")]
    elif form == "html":
        assert out.count("<script") == 1
        assert out.count("<article") == len(result.findings)


@EACH
def test_a_clean_run_and_an_empty_one(form: str) -> None:
    for result in (clean(), Result()):
        out = render(form, result, POLICY, color=False)
        well_formed(form, out) if form not in ("html", "github") else None
        assert out.endswith("\n")
        assert not out.endswith("\n\n")


def test_json_says_back_what_it_was_given() -> None:
    for text in HOSTILE:
        out = json.loads(render("json", hostile_result(text), POLICY))
        assert out["findings"][0]["desired"] == text
        assert out["findings"][0]["reason"] == text


def test_groups_follow_the_policy() -> None:
    result = sample()
    strict = grouped(result.findings, Policy(Severity.INFO, strict=True))
    assert strict.said == []
    lax = grouped(result.findings, Policy(Severity.CRITICAL))
    assert {item.severity for item in lax.failing} == {Severity.CRITICAL}
    assert headline(grouped([], POLICY)) == "IN_SYNC: no drift"
    assert grouped([], POLICY).verdict == "IN_SYNC"


def test_fingerprints_stay_whatever_the_values_and_lines() -> None:
    before = sample().findings
    after = [
        replace(item, position=None, desired=1, live=2, reason="x", status=Status.NOT_CHECKED)
        for item in before
    ]
    assert fingerprints(before) == fingerprints(after)
    assert len(set(fingerprints(before))) == len(before)
    twice = [before[0], before[0]]
    assert len(set(fingerprints(twice))) == 2
