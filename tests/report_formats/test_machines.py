"""The formats that other programs read, as those programs read them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.report_formats.samples import POLICY, SPEC, clean, hostile_result, sample
from tfgen.finding import Result, Status
from tfgen.kinds.field import Severity
from tfgen.report.drift import render
from tfgen.report.drift_sarif import LIMIT
from tfgen.report.places import in_repository, uri

SCHEMA = json.loads(
    Path(__file__).with_name("sarif_schema").joinpath("sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)
RESULTS = {
    "sample": sample(),
    "clean": clean(),
    "empty": Result(),
    "hostile": hostile_result("a\x1b'\"<&\ud800"),
}
ALL = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)


def run(result: Result) -> dict[str, Any]:
    document = json.loads(render("sarif", result, POLICY))
    (found,) = document["runs"]
    return dict(found)


# SARIF


@ALL
def test_sarif_is_valid(result: Result) -> None:
    validator = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    errors = list(validator.iter_errors(json.loads(render("sarif", result, POLICY))))
    assert not errors, errors[:3]


def test_sarif_points_at_the_line_of_the_spec() -> None:
    result = sample()
    for item, found in zip(result.findings, run(result)["results"], strict=True):
        assert item.position is not None
        place = found["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": SPEC, "uriBaseId": "%SRCROOT%"}
        assert (place["region"]["startLine"], place["region"]["startColumn"]) == (
            item.position.line,
            item.position.column,
        )


def test_sarif_has_one_rule_for_each_kind_and_argument() -> None:
    found = run(sample())
    rules = found["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    assert ids == sorted(set(ids))
    assert "aws_cognito_user_pool.schema.string_attribute_constraints.max_length" in ids
    for item in found["results"]:
        assert ids[item["ruleIndex"]] == item["ruleId"]


def test_sarif_levels_and_scores_follow_severity() -> None:
    found = run(sample())
    bands = {"critical": (9.0, 10.0), "high": (7.0, 8.9), "medium": (4.0, 6.9), "low": (0.1, 3.9)}
    rules = found["tool"]["driver"]["rules"]
    for item in found["results"]:
        severity, status = item["properties"]["severity"], item["properties"]["status"]
        rule = rules[item["ruleIndex"]]
        if severity == "info":
            assert "security-severity" not in rule["properties"]
        else:
            low, high = bands[severity]
            assert low < float(rule["properties"]["security-severity"]) <= high or severity == "low"
        wanted = "error" if severity in ("critical", "high") else "note" if severity == "info" else "warning"
        assert item["level"] == ("warning" if status == "NOT_CHECKED" else wanted)


def test_sarif_says_that_a_run_was_not_whole() -> None:
    (whole,) = run(clean())["invocations"]
    assert whole == {"executionSuccessful": True, "toolExecutionNotifications": []}
    (part,) = run(sample())["invocations"]
    assert part["executionSuccessful"] is False
    assert len(part["toolExecutionNotifications"]) == 1


def test_every_sarif_result_is_in_a_file() -> None:
    """Code scanning refuses a file for one result without (`expected a physical location`)."""
    result = sample()
    result.findings = [
        replace(item, position=None, address=replace(item.address, module=module))
        for item, module in zip(
            result.findings, ("prod/eu", "a:b c", "\ud800", "", "x", *"abcde"), strict=True
        )
    ]
    for item in run(result)["results"]:
        place = item["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert place["artifactLocation"].keys() <= {"uri", "uriBaseId"}
    assert run(result)["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "e"}
    test_sarif_is_valid(result)


def test_sarif_leaves_the_category_to_the_upload() -> None:
    """An id of our own would win over it, and two stages would close each other's alerts."""
    assert "automationDetails" not in run(sample())


def test_sarif_keeps_to_what_code_scanning_takes() -> None:
    result = sample()
    one = replace(result.findings[0], controls=tuple(f"control {number}" for number in range(30)))
    result.findings = [
        replace(one, address=replace(one.address, label=f"l{number}")) for number in range(LIMIT + 2)
    ]
    found = run(result)
    assert len(found["results"]) == LIMIT
    (left,) = found["invocations"][0]["toolExecutionNotifications"]
    assert left["message"]["text"].startswith("2 results left out")
    (rule,) = found["tool"]["driver"]["rules"]
    assert rule["properties"]["tags"][:2] == ["security", "drift"]
    assert len(rule["properties"]["tags"]) == 10


def test_an_alert_is_the_same_one_when_it_could_not_be_read() -> None:
    def identity(result: Result) -> list[tuple[str, str]]:
        return [
            (item["ruleId"], item["partialFingerprints"]["primaryLocationLineHash"])
            for item in run(result)["results"]
        ]

    first = sample()
    second = sample()
    second.findings = [replace(item, status=Status.NOT_CHECKED, live=None) for item in second.findings]
    assert identity(first) == identity(second)


@pytest.mark.parametrize(
    ("file", "workspace", "inside"),
    [
        ("pools.yml", None, "pools.yml"),
        ("./specs/../specs/a b.yml", None, "specs/a b.yml"),
        ("pools.yml", "..", "infra/pools.yml"),
        ("../pools.yml", "..", "pools.yml"),
        ("../pools.yml", None, None),
        ("/etc/pools.yml", None, None),
        ("pools.yml", "/elsewhere", "pools.yml"),
        ("<stdin>", None, None),
    ],
)
def test_files_are_named_from_the_top_of_the_repository(
    file: str, workspace: str | None, inside: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "repo/infra"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    if workspace is not None:
        monkeypatch.setenv("GITHUB_WORKSPACE", str((here / workspace).resolve()))
    assert in_repository(file) == inside
    address, relative = uri(file)
    assert relative == (inside is not None)
    assert " " not in address
    assert "/../" not in address
    if not relative and file != "<stdin>":
        assert address.startswith("file:///")


# JUnit


def test_junit_has_a_suite_for_each_module_and_a_case_for_each_resource() -> None:
    result = sample()
    root = ET.fromstring(render("junit", result, POLICY))
    suites = {suite.get("name"): suite for suite in root.iter("testsuite")}
    assert list(suites) == ["members", "partners", "shopApi", "staff"]
    names = {(case.get("classname"), case.get("name")) for case in root.iter("testcase")}
    for address in (*result.compared, *(item.address for item in result.findings)):
        assert (address.module, f"{address.kind}.{address.label}") in names
    assert not list(suites["staff"].iter("failure"))


@ALL
def test_junit_counts_what_it_holds(result: Result) -> None:
    root = ET.fromstring(render("junit", result, POLICY))
    for element in (root, *root.iter("testsuite")):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        for tag in ("failure", "error"):
            assert element.get(f"{tag}s") == str(sum(1 for case in cases if case.find(tag) is not None))
        for case in cases:
            assert len(case.findall("failure")) + len(case.findall("error")) <= 1


def test_junit_loads_in_a_common_reader() -> None:
    reader = pytest.importorskip("junitparser", reason="junitparser is not installed")
    for result in RESULTS.values():
        text = render("junit", result, POLICY)
        suites = reader.JUnitXml.fromstring(text.encode())
        root = ET.fromstring(text)
        assert suites.tests == int(root.get("tests", ""))
        assert suites.failures == int(root.get("failures", ""))
        assert suites.errors == int(root.get("errors", ""))
        found = [(suite.name, case.name) for suite in suites for case in suite]
        assert len(set(found)) == len(found)


def test_junit_tells_unread_and_drifted_apart_in_one_resource() -> None:
    result = sample()
    first = result.findings[0]
    result.findings = [first, replace(first, status=Status.NOT_CHECKED, path="tags")]
    (suite,) = [one for one in ET.fromstring(render("junit", result, POLICY)) if one.get("name") == "members"]
    found = {case.get("name"): [child.tag for child in case] for case in suite}
    assert found["aws_cognito_user_pool.this"] == ["failure"]
    assert found["aws_cognito_user_pool.this (not checked)"] == ["error"]


# Prometheus


def metrics(text: str) -> dict[str, dict[frozenset[tuple[str, str]], float]]:
    parser = pytest.importorskip("prometheus_client.parser", reason="prometheus_client is not installed")
    found: dict[str, dict[frozenset[tuple[str, str]], float]] = {}
    for family in parser.text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for item in family.samples:
            assert item.timestamp is None
            series = found.setdefault(item.name, {})
            assert frozenset(item.labels.items()) not in series, "a series twice"
            series[frozenset(item.labels.items())] = item.value
    return found


def test_prometheus_has_every_module_at_every_run() -> None:
    found = metrics(render("prometheus", sample(), POLICY))
    for name in ("findings", "in_sync", "not_checked"):
        modules = {dict(labels)["module"] for labels in found[f"tfgen_drift_{name}"]}
        assert modules == {"members", "partners", "shopApi", "staff"}
    in_sync = {dict(labels)["module"]: value for labels, value in found["tfgen_drift_in_sync"].items()}
    assert in_sync == {"members": 0, "partners": 0, "shopApi": 0, "staff": 1}
    assert sum(found["tfgen_drift_findings"].values()) == 9  # ten, one of which was not checked
    place = {("stage", "prod"), ("region", "eu-west-1")}
    assert found["tfgen_drift_resources_compared"] == {frozenset(place): 6}
    assert all(place <= labels for series in found.values() for labels in series)
    assert len(found["tfgen_drift_findings"]) == 4 * len(Severity)


def test_prometheus_tells_two_stages_apart() -> None:
    """The collector takes no file when two of them have one series."""
    one, two = sample(), replace(sample(), where={"stage": "qa", "region": "eu-west-1"})
    metrics(render("prometheus", one, POLICY) + render("prometheus", two, POLICY))
    fleet = render("prometheus", replace(one, where={}), POLICY)
    assert metrics(fleet)["tfgen_drift_resources_compared"] == {frozenset(): 6}


def test_prometheus_stays_small_for_ten_thousand_pools() -> None:
    """A series that comes with each finding would make a large fleet a cardinality problem."""
    one = sample()
    many = replace(
        one,
        findings=[
            replace(item, address=replace(item.address, module=f"prod/eu/{number}"))
            for number in range(100)
            for item in one.findings
        ],
        compared=[],
    )
    assert sum(len(series) for series in metrics(render("prometheus", many, POLICY)).values()) == 701


@ALL
def test_prometheus_keeps_to_the_text_format(result: Result) -> None:
    """As `promtool check metrics`: help and type before the samples of a name, all of them together."""
    text = render("prometheus", result, POLICY)
    metrics(text)
    lines = text.splitlines()
    names = [line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")]
    assert len([1 for left, right in pairwise(names) if left != right]) == len(set(names)) - 1
    for kind in ("HELP", "TYPE"):
        heads = [line.split(" ")[2] for line in lines if line.startswith(f"# {kind} ")]
        assert len(set(heads)) == len(heads) == 4
        for name in set(names):
            assert f"# {kind} {name} " in text


# GitHub


def unescaped(text: str, *, prop: bool) -> str:
    """As the runner undoes it (actions/runner, ActionCommand.cs)."""
    pairs = [("%0D", "\r"), ("%0A", "\n")]
    if prop:
        pairs += [("%3A", ":"), ("%2C", ",")]
    for escape, letter in (*pairs, ("%25", "%")):
        text = text.replace(escape, letter)
    return text


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """As the runner reads `::command properties::message`."""
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    command, _, rest = head.partition(" ")
    properties = dict(part.split("=", 1) for part in rest.split(",") if part)
    return (
        command,
        {name: unescaped(value, prop=True) for name, value in properties.items()},
        unescaped(message, prop=False),
    )


def test_github_commands_say_where_and_what() -> None:
    lines = render("github", sample(), POLICY).splitlines()
    command, properties, message = parsed(lines[0])
    assert command == "error"
    assert properties == {
        "file": SPEC,
        "line": "14",
        "col": "11",
        "title": "critical MODIFIED module.members.aws_cognito_user_pool.this.mfa_configuration",
    }
    assert message.splitlines()[:2] == ['spec: "ON"', 'live: "OFF"']
    assert [parsed(line)[0] for line in lines[:10]] == ["error"] * 6 + ["warning"] * 3 + ["notice"]
    assert lines[10].startswith("DRIFT: 8 findings")


@pytest.mark.parametrize("text", ["a,b:c%0A=d", "::error::x", "x\n::set-env name=A::b", "%25", "a=b,c"])
def test_github_properties_come_back_as_they_were(text: str) -> None:
    result = hostile_result(text)
    lines = [line for line in render("github", result, POLICY).splitlines() if line.startswith("::")]
    assert len(lines) == len(result.findings)
    shown = text.replace("\n", "\\n")
    for line in lines:
        _, properties, _ = parsed(line)
        assert set(properties) == {"file", "line", "col", "title"}
        assert shown in properties["title"]
