"""A drift report as metrics, in the text format that node_exporter's textfile collector reads.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/. Without timestamps, which the
collector refuses; it tells the age of the file itself (`node_textfile_mtime_seconds`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tfgen.drift import Policy
from tfgen.finding import Result, Status
from tfgen.hidden import visible
from tfgen.kinds.field import Severity
from tfgen.report.summary import grouped, modules

_PLACE = ("stage", "region")
"""What of `Result.where` is a label: what the command line says, not what an answer of AWS does."""


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """Four gauges. Every module has every series at every run, so that none comes and goes.

    Seven of them for each module, whatever is found: ten thousand pools are still a file that a
    Prometheus server takes at each scrape.
    """
    del color
    return "".join(f"{line}\n" for line in _lines(result, policy))


def _lines(result: Result, policy: Policy) -> Iterator[str]:
    names = modules(result)
    # Two stages have the same modules: without a label the collector would take neither file.
    place = "".join(f'{name}="{_label(result.where[name])}",' for name in _PLACE if name in result.where)
    found = Counter(
        (item.address.module, item.severity)
        for item in result.findings
        if item.status is not Status.NOT_CHECKED
    )
    groups = grouped(result.findings, policy)
    unread = Counter(item.address.module for item in groups.unread)
    failing = {item.address.module for item in groups.failing}
    yield from _head("findings", "Differences between the spec and AWS, whether they fail the run or not.")
    for name in names:
        for severity in sorted(Severity, reverse=True):
            labels = f'{place}module="{_label(name)}",severity="{severity}"'
            yield f"tfgen_drift_findings{{{labels}}} {found[name, severity]}"
    yield from _head("in_sync", "1 when the whole module was checked and nothing in it fails the run.")
    for name in names:
        in_sync = name not in failing and not unread[name]
        yield f'tfgen_drift_in_sync{{{place}module="{_label(name)}"}} {int(in_sync)}'
    yield from _head("not_checked", "Things that could not be read or compared.")
    for name in names:
        yield f'tfgen_drift_not_checked{{{place}module="{_label(name)}"}} {unread[name]}'
    yield from _head("resources_compared", "Resources of the spec that have a live counterpart.")
    labels = f"{{{place.removesuffix(',')}}}" if place else ""
    yield f"tfgen_drift_resources_compared{labels} {result.resources}"


def _head(name: str, text: str) -> list[str]:
    return [f"# HELP tfgen_drift_{name} {text}", f"# TYPE tfgen_drift_{name} gauge"]


def _label(value: str) -> str:
    return visible(value).replace("\\", "\\\\").replace('"', '\\"')
