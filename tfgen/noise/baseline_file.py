"""A baseline's YAML file, read as strictly as a spec."""

from __future__ import annotations

from pathlib import Path

from tfgen.errors import SpecError
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.noise.baseline import Baseline, Recorded, Section
from tfgen.noise.baseline_text import MANY, ONE, SECTIONS, UNDECLARED, UNMANAGED
from tfgen.noise.deployments import MEMBERS
from tfgen.noise.scope import Scope
from tfgen.resource import Address
from tfgen.spec.nodes import Mapping, Node, Scalar, kind_of
from tfgen.spec.nodes import Path as NodePath
from tfgen.spec.problems import Collector, listed, nearest
from tfgen.spec.validate import plain_lists
from tfgen.spec.yaml_file import known_members, read_mapping, sequence, text


def load_baseline(path: Path) -> Baseline:
    """The baseline of a file. Raises SpecError with all problems of the file, sorted by position."""
    collector = Collector()
    root = read_mapping(path, "a baseline", "version", collector)
    version = _version(root, collector)
    if version == MANY:
        known_members(root, (), ("version", "deployments"), collector)
        sections = _sections(root, collector)
    else:
        known_members(root, (), ("version", *SECTIONS), collector)
        sections = [_section(root, (), collector)]
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)))
    return Baseline(tuple(sections))


def _version(root: Mapping, collector: Collector) -> int | None:
    node = root.entries.get("version")
    found = node.value if isinstance(node, Scalar) else None
    if found in (ONE, MANY) and isinstance(found, int) and not isinstance(found, bool):
        return found
    at = root.keys.get("version", root.position)
    allowed = f"this tfgen reads version {ONE} (one deployment) and {MANY} (several)"
    collector.error(at, ("version",), "is missing or not known", allowed)
    return MANY if "deployments" in root.entries else None


def _sections(root: Mapping, collector: Collector) -> list[Section]:
    found: dict[Scope, Section] = {}
    for index, node in enumerate(sequence(root, "deployments", (), collector)):
        here = ("deployments", index)
        if not isinstance(node, Mapping):
            collector.error(node.position, here, f"must be a mapping, not {kind_of(node)}")
            continue
        known_members(node, here, SECTIONS, collector)
        section = _section(node, here, collector)
        if section.scope in found:
            first = found[section.scope].position
            collector.error(node.position, (*here, "scope"), "is there twice", f"first in {first}")
        found.setdefault(section.scope, section)
    return list(found.values())


def _section(node: Mapping, path: NodePath, collector: Collector) -> Section:
    scope = _scope(node, path, collector)
    entries: dict[tuple[Address, str], Recorded] = {}
    for name in ("undeclared", "unmanaged"):
        for index, member in enumerate(sequence(node, name, path, collector)):
            here = (*path, name, index)
            entry = _recorded(member, here, name, collector)
            if entry is not None and entry.place in entries:
                first = entries[entry.place].position
                collector.error(member.position, here, "is recorded twice", f"first in {first}")
            elif entry is not None:
                entries[entry.place] = entry
    return Section(scope, tuple(entries.values()), node.position)


def _scope(root: Mapping, path: NodePath, collector: Collector) -> Scope:
    node = root.entries.get("scope")
    if node is None:
        return Scope()
    here = (*path, "scope")
    if not isinstance(node, Mapping):
        collector.error(root.keys["scope"], here, f"must be a mapping, not {kind_of(node)}")
        return Scope()
    known_members(node, here, MEMBERS, collector)
    target, account, region, stage = (text(node, name, here, collector) for name in MEMBERS)
    return Scope(account, region, stage, target or "")


def _recorded(node: Node, here: NodePath, section: str, collector: Collector) -> Recorded | None:
    if not isinstance(node, Mapping):
        collector.error(node.position, here, f"must be a mapping, not {kind_of(node)}")
        return None
    members = UNDECLARED if section == "undeclared" else UNMANAGED
    known_members(node, here, members, collector)
    missing = [name for name in members if name not in node.keys]
    for name in missing:
        collector.error(node.position, (*here, name), "is missing", "it is required")
    address = _address(node, here, collector)
    severity = _severity(node, here, collector)
    path = text(node, "path", here, collector) if "path" in members else ""
    value = plain_lists(node.entries.get(members[-1], node))
    if "arguments" in node.entries and not isinstance(node.entries["arguments"], Mapping):
        collector.error(node.keys["arguments"], (*here, "arguments"), "must be a mapping")
    if missing or address is None or severity is None or path is None:
        return None
    return Recorded(address, path, severity, value, node.position)


def _address(node: Mapping, here: NodePath, collector: Collector) -> Address | None:
    said = text(node, "resource", here, collector)
    if said is None:
        return None
    try:
        address = Address.parse(said)
    except ValueError as fault:
        near, message = "", f"is {fault}"
    else:
        if address.kind in KINDS:
            return address
        near, message = nearest(address.kind, KINDS), f"{address.kind[:60]!r} is no kind of resource"
    at = node.keys["resource"]
    collector.error(at, (*here, "resource"), message, "module.<pool>.<type>.<name>", near)
    return None


def _severity(node: Mapping, here: NodePath, collector: Collector) -> Severity | None:
    said = text(node, "severity", here, collector)
    names = [str(severity) for severity in Severity]
    if said is None or said in names:
        return None if said is None else Severity[said.upper()]
    at, allowed = node.keys["severity"], f"one of {listed(names)}"
    collector.error(at, (*here, "severity"), f"{said[:60]!r} is no severity", allowed, nearest(said, names))
    return None
