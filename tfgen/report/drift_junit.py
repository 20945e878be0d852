"""A drift report as JUnit XML, for the test view of a CI server.

One suite for each module, one case for each resource. What fails the run is a failure, what could not
be read an error. Most readers take the first failure of a case only, so a case has one that says it
all. Attributes as in Jenkins' schema (jenkinsci/xunit-plugin, junit-10.xsd); no times, no host names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from tfgen.drift import Policy
from tfgen.finding import Finding, Result
from tfgen.hidden import visible
from tfgen.report.places import in_repository
from tfgen.report.summary import Groups, count, differences, grouped, modules, notes, subject
from tfgen.resource import Address


def render(result: Result, policy: Policy, *, color: bool | None = None) -> str:
    """One document; resources that were only found, or only missed, are cases too."""
    del color
    by_address: dict[Address, list[Finding]] = defaultdict(list)
    for item in result.findings:
        by_address[item.address].append(item)
    root = ET.Element("testsuites", name="tfgen drift")
    for module in modules(result):
        suite = ET.SubElement(root, "testsuite", name=visible(module))
        addresses = {one for one in (*result.compared, *by_address) if one.module == module}
        for address in sorted(addresses):
            _cases(suite, address, grouped(by_address[address], policy))
        _count(suite, [suite])
    _count(root, root.findall("testsuite"))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _cases(suite: ET.Element, address: Address, groups: Groups) -> None:
    """The case of a resource; a second one when something failed and something else was not read."""
    name = f"{address.kind}.{address.label}"
    case = _case(suite, address, name, [*groups.failing, *groups.unread, *groups.said])
    if groups.failing:
        message = f"{count(len(groups.failing), 'finding')}: {_names(groups.failing)}"
        _problem(case, "failure", message, groups.failing)
    if groups.unread:
        if groups.failing:
            case = _case(suite, address, f"{name} (not checked)", groups.unread)
        _problem(case, "error", f"not checked: {_names(groups.unread)}", groups.unread)
    elif groups.said and not groups.failing:
        ET.SubElement(case, "system-out").text = _text(groups.said)


def _case(suite: ET.Element, address: Address, name: str, items: list[Finding]) -> ET.Element:
    case = ET.SubElement(suite, "testcase", name=visible(name), classname=visible(address.module))
    position = next((item.position for item in items if item.position is not None), None)
    file = None if position is None else in_repository(position.file)
    if position is not None and file is not None:
        case.attrib |= {"file": visible(file), "line": str(position.line)}
    return case


def _problem(case: ET.Element, tag: str, message: str, items: list[Finding]) -> None:
    kind = f"{max(item.severity for item in items)}"
    ET.SubElement(case, tag, message=message, type=kind).text = _text(items)


def _names(items: Iterable[Finding]) -> str:
    return ", ".join(visible(item.path) or item.status.value for item in items)


def _text(items: Iterable[Finding]) -> str:
    blocks = []
    for item in items:
        lines = [f"{item.severity} {item.status.value} {subject(item)}"]
        lines += [f"  {line}" for line in differences(item)]
        if item.position is not None:
            lines.append(f"  at {visible(str(item.position))}")
        lines += [f"  {word}: {text}" for word, text in notes(item)]
        blocks.append("\n".join(lines))
    return "\n" + "\n\n".join(blocks) + "\n"


def _count(element: ET.Element, suites: list[ET.Element]) -> None:
    cases = [case for suite in suites for case in suite.findall("testcase")]
    element.set("tests", str(len(cases)))
    for tag in ("failure", "error"):
        element.set(f"{tag}s", str(sum(1 for case in cases if case.find(tag) is not None)))
