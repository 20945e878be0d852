"""A drift report for programs; `docs/drift-json.md` describes it."""

from __future__ import annotations

from typing import Any, Final

from tfgen.drift import Policy, fails
from tfgen.finding import Finding, Result, Status
from tfgen.hidden import visible_json
from tfgen.report.summary import grouped
from tfgen.report.values import plain

FORMAT_VERSION: Final = "1.0"
"""Minor: members were added. Major: a member changed its meaning or went away."""


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """One JSON object with all findings, urgent first."""
    del color
    findings = [_finding(item, policy) for item in result.findings]
    document = {
        "format_version": FORMAT_VERSION,
        "verdict": grouped(result.findings, policy).verdict,
        "where": result.where,
        "summary": {
            "resources_compared": result.resources,
            "arguments_compared": result.arguments,
            "drift": sum(1 for item in findings if item["fails"]),
            "not_checked": sum(1 for item in findings if item["status"] == Status.NOT_CHECKED.value),
            "compared_by_presence": sorted(f"{address}.{path}" for address, path in result.by_presence),
            "never_answered": sorted(f"{address}.{path}" for address, path in result.never_answered),
        },
        "findings": findings,
        "resolved": [
            {"resource": str(address), "path": path, "since": since}
            for address, path, since in result.resolved
        ],
        "remarks": [{"resource": str(address), "text": text} for address, text in result.remarks],
    }
    return visible_json(document)


def _finding(item: Finding, policy: Policy) -> dict[str, Any]:
    position = item.position
    return {
        "status": item.status.value,
        "severity": str(item.severity),
        "fails": fails(item, policy),
        "declared": item.declared,
        "module": item.address.module,
        "resource": str(item.address),
        "path": item.path,
        "desired": plain(item.desired),
        "live": plain(item.live),
        "spec": None
        if position is None
        else {
            "file": position.file,
            "line": position.line,
            "column": position.column,
            "path": item.spec_path,
        },
        "reason": item.reason,
        "apply": item.effect,
        "replaces": item.replaces,
        "accept": item.accept,
        "controls": list(item.controls),
        "since": item.since,
        "news": item.news,
        "writes": list(item.writes),
    }
