"""`tfgen.yml` to a fleet, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from pathlib import Path
from typing import Any, Final

from tfgen.errors import Position, SpecError
from tfgen.fleet.environment import fill_in
from tfgen.fleet.members import MAPS, MEMBERS, Members
from tfgen.fleet.quotas import QUOTAS
from tfgen.fleet.target import Fleet, Target, account_of
from tfgen.spec.nodes import Mapping, Node, Scalar, kind_of
from tfgen.spec.nodes import Path as NodePath
from tfgen.spec.problems import Collector
from tfgen.spec.yaml_file import known_members, read_mapping, sequence

DEFAULT_NAME: Final = "tfgen.yml"
_ROOT: Final = ("targets", "defaults", "quotas")
_DEFAULTS: Final = tuple(name for name in MEMBERS if name != "name")
_TARGET: Final = "- name: prod\n    specs: pools/*.yml"


def load_fleet(path: Path, environ: MappingType[str, str]) -> Fleet:
    """The targets of a fleet file, with `${NAME}` from `environ`, defaults merged, globs resolved.

    Paths in it begin at its folder. Raises SpecError with all problems, sorted by position.
    """
    collector = Collector()
    root = read_mapping(path, "a fleet file", "targets", collector)
    fill_in(root, environ, collector)
    known_members(root, (), _ROOT, collector)
    members = Members(path, collector)
    defaults = _defaults(root, members)
    targets = _targets(root, defaults, members)
    quotas = _quotas(root, collector)
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)))
    return Fleet(path, tuple(targets), quotas)


def _defaults(root: Mapping, members: Members) -> dict[str, Any]:
    node = _mapping(root, "defaults", members.collector)
    if node is None:
        return {}
    known_members(node, ("defaults",), _DEFAULTS, members.collector)
    found = members.read(node, ("defaults",))
    found.pop("name", None)
    return found


def _targets(root: Mapping, defaults: dict[str, Any], members: Members) -> list[Target]:
    collector = members.collector
    nodes = sequence(root, "targets", (), collector)
    if "targets" not in root.keys:
        collector.error(root.position, ("targets",), "is missing", f"a fleet file has targets:\n  {_TARGET}")
    elif not nodes and not collector.errors:
        collector.error(root.keys["targets"], ("targets",), "has no member", _TARGET)
    found: dict[str, Target] = {}
    for index, node in enumerate(nodes):
        target = _target(node, ("targets", index), defaults, members)
        if target is None:
            continue
        first = found.setdefault(target.name, target)
        if first is not target:
            said = f"the name {target.name} stands here twice", f"first in line {first.position.line}"
            collector.error(target.position, ("targets", index, "name"), *said)
    return list(found.values())


def _target(node: Node, path: NodePath, defaults: dict[str, Any], members: Members) -> Target | None:
    collector = members.collector
    if not isinstance(node, Mapping):
        collector.error(node.position, path, f"must be a mapping, not {kind_of(node)}", _TARGET)
        return None
    known_members(node, path, tuple(MEMBERS), collector)
    own = members.read(node, path)
    whole = defaults | own
    for name in MAPS:
        whole[name] = {**defaults.get(name, {}), **own.get(name, {})}
    whole["shared_vars"] = tuple(sorted(defaults.get("vars", {}).keys() - own.get("vars", {}).keys()))
    position = node.keys.get("name", node.position)
    for name in ("name", "specs"):
        if name not in node.keys and name not in defaults:
            collector.error(node.position, (*path, name), "is missing", _needs(name))
    _fits(whole, own, position, path, collector)
    if "name" not in whole or "specs" not in whole:
        return None
    return Target(position=position, **whole)


def _needs(name: str) -> str:
    return "every target has a name of its own" if name == "name" else "the spec files of the target"


def _fits(
    whole: dict[str, Any], own: dict[str, Any], at: Position, path: NodePath, collector: Collector
) -> None:
    """What two members, own or by default, may not say together."""
    if "role_arn" not in whole and whole.pop("external_id", None) and "external_id" in own:
        collector.error(at, (*path, "external_id"), "goes with a role_arn, and there is none")
    account, of_role = whole.get("account"), account_of(whole.get("role_arn"))
    if account and of_role and account != of_role:
        collector.error(at, (*path, "account"), f"is {account}, the role is in account {of_role}")


def _quotas(root: Mapping, collector: Collector) -> dict[str, int]:
    node = _mapping(root, "quotas", collector)
    if node is None:
        return {}
    known_members(node, ("quotas",), tuple(QUOTAS), collector)
    found: dict[str, int] = {}
    for key, member in node.entries.items():
        value = member.value if isinstance(member, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            found[key] = value
        else:
            said = f"must be a whole number, not {kind_of(member)}" if value is None else "is no such number"
            collector.error(node.keys[key], ("quotas", key), said, "requests a second, 1 or more")
    return {key: value for key, value in found.items() if key in QUOTAS}


def _mapping(root: Mapping, key: str, collector: Collector) -> Mapping | None:
    node = root.entries.get(key)
    if node is None or isinstance(node, Mapping):
        return node
    collector.error(root.keys[key], (key,), f"must be a mapping, not {kind_of(node)}")
    return None
