"""A baseline's YAML file, read as strictly as a spec."""

from __future__ import annotations

from pathlib import Path

from tfgen.errors import SpecError
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.noise.baseline import Baseline, Recorded
from tfgen.noise.baseline_text import SCOPE, UNDECLARED, UNMANAGED, VERSION
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
    known_members(root, (), ("version", "scope", "undeclared", "unmanaged"), collector)
    _version(root, collector)
    scope = _scope(root, collector)
    entries: dict[tuple[Address, str], Recorded] = {}
    for section in ("undeclared", "unmanaged"):
        for index, node in enumerate(sequence(root, section, (), collector)):
            here = (section, index)
            entry = _recorded(node, here, collector)
            if entry is not None and entry.place in entries:
                first = entries[entry.place].position
                collector.error(node.position, here, "is recorded twice", f"first in {first}")
            elif entry is not None:
                entries[entry.place] = entry
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)))
    return Baseline(tuple(entries.values()), scope)


def _version(root: Mapping, collector: Collector) -> None:
    node = root.entries.get("version")
    found = node.value if isinstance(node, Scalar) else None
    if found != VERSION or isinstance(found, bool):
        at = root.keys.get("version", root.position)
        allowed = f"this tfgen reads version {VERSION}"
        collector.error(at, ("version",), "is missing or not known", allowed)


def _scope(root: Mapping, collector: Collector) -> Scope:
    node = root.entries.get("scope")
    if node is None:
        return Scope()
    if not isinstance(node, Mapping):
        collector.error(root.keys["scope"], ("scope",), f"must be a mapping, not {kind_of(node)}")
        return Scope()
    known_members(node, ("scope",), SCOPE, collector)
    account, region, stage = (text(node, name, ("scope",), collector) for name in SCOPE)
    return Scope(account, region, stage)


def _recorded(node: Node, here: NodePath, collector: Collector) -> Recorded | None:
    if not isinstance(node, Mapping):
        collector.error(node.position, here, f"must be a mapping, not {kind_of(node)}")
        return None
    members = UNDECLARED if here[0] == "undeclared" else UNMANAGED
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
