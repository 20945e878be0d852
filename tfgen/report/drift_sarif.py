"""A drift report as SARIF 2.1.0, for code scanning: each finding at the line of the spec that it is about.

Standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. What GitHub reads of it, and the bands of
`security-severity`: https://docs.github.com/code-security/code-scanning ("SARIF support"). An alert
is known again by rule, file and `primaryLocationLineHash`; none of them depends on values or lines.

What could not be read is a result too (of the same rule and fingerprint): if it were left out, code
scanning would close the alert as fixed.

There is no `automationDetails.id`: it would win over the `category` that an upload gives (codeql-action,
`populateRunAutomationDetails`), and the stages of one spec would close each other's alerts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from tfgen.drift import Policy
from tfgen.errors import Position
from tfgen.finding import Finding, Result, Status
from tfgen.hidden import visible, visible_json
from tfgen.kinds.field import Severity
from tfgen.report.places import uri
from tfgen.report.summary import count, differences, fingerprints, level, notes, sentence, subject

LIMIT: Final = 25_000
"""Results that GitHub takes; it refuses the whole file for one more."""

_TAGS: Final = 10
"""Tags of a rule that GitHub shows; it refuses a file with twice as many."""

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

_SECURITY = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0"}
"""One score inside each of GitHub's bands; none for info, which is then no security alert."""

_KEYS = re.compile(r"\[[^\]]*\]")


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """One run; a rule for each kind and argument that something was found about."""
    del color
    # The urgent ones come first.
    findings, left = result.findings[:LIMIT], result.findings[LIMIT:]
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for item in findings:
        by_rule[_rule_id(item)].append(item)
    rules = sorted(by_rule)
    index = {rule: number for number, rule in enumerate(rules)}
    names = fingerprints(findings)
    unread = [item for item in result.findings if item.status is Status.NOT_CHECKED]
    run = {
        "tool": {
            "driver": {
                "name": "tfgen",
                "version": version("cognito-tfgen"),
                "rules": [_rule(rule, by_rule[rule]) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The top of the repository that holds the specs."}}
        },
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    *({"level": "error", "message": {"text": sentence(item)}} for item in unread),
                    *([_left_out(left)] if left else []),
                ],
            }
        ],
        "results": [_result(item, index, name, policy) for item, name in zip(findings, names, strict=True)],
    }
    return visible_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _left_out(items: list[Finding]) -> dict[str, Any]:
    text = f"{count(len(items), 'result')} left out: code scanning takes {LIMIT:,}, the most urgent are here"
    return {"level": "warning", "message": {"text": text}}


def _rule_id(item: Finding) -> str:
    """Kind and argument without the keys of repeated blocks: `aws_cognito_user_pool.schema.mutable`."""
    path = _KEYS.sub("", item.path)
    return visible(f"{item.address.kind}.{path}" if path else item.address.kind)


def _rule(rule: str, items: list[Finding]) -> dict[str, Any]:
    """As urgent as the most urgent finding about it."""
    severity = max(item.severity for item in items)
    controls = sorted({control for item in items for control in item.controls})
    properties: dict[str, Any] = {"precision": "very-high", "tags": ["drift", *controls]}
    if severity in _SECURITY:
        properties["security-severity"] = _SECURITY[severity]
        properties["tags"].insert(0, "security")
    del properties["tags"][_TAGS:]
    kind, _, path = rule.partition(".")
    what = f"{path} of {kind}" if path else kind
    return {
        "id": rule,
        "shortDescription": {"text": f"Live AWS and spec differ: {what}"},
        "fullDescription": {
            "text": f"The live {what} is not what the spec gives, or it could not be compared with it."
        },
        "help": {
            "text": "Apply the Terraform of the spec to get the declared value back, or change the spec "
            f"to accept the live one. `tfgen explain {rule}` tells more."
        },
        "defaultConfiguration": {"level": "error" if severity >= Severity.HIGH else "warning"},
        "properties": properties,
    }


def _result(item: Finding, index: dict[str, int], name: str, policy: Policy) -> dict[str, Any]:
    rule = _rule_id(item)
    # The first sentence is all that a list of alerts shows.
    text = [f"{sentence(item)}.", *(f"{word}: {said}" for word, said in notes(item))]
    return {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": level(item, policy),
        "message": {"text": "\n".join(text)},
        "locations": [_location(item)],
        "partialFingerprints": {"primaryLocationLineHash": name},
        "properties": {
            "severity": str(item.severity),
            "status": item.status.value,
            "declared": item.declared,
            "replaces": item.replaces,
            "differences": differences(item),
        },
    }


def _location(item: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": subject(item), "kind": "resource"}]
    }
    if item.position is None:
        # Code scanning refuses the whole file for one result that is in no file.
        place = Position(item.address.module, 1, 1)
        artifact = {"uri": quote(place.file, errors="surrogatepass")}
    else:
        place = item.position
        address, relative = uri(place.file)
        artifact = {"uri": address, "uriBaseId": "%SRCROOT%"} if relative else {"uri": address}
    # Without an end column: to the end of the line. The parser knows where an argument begins.
    region = {"startLine": place.line, "startColumn": place.column, "endLine": place.line}
    location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
    return location
