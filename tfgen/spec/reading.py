"""What the readers of the single resource types share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from tfgen.errors import Position
from tfgen.spec.directives.resolve import Resolver
from tfgen.spec.merge import Merged, Resource
from tfgen.spec.model import Overrides
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, kind_of, locate
from tfgen.spec.options import Options
from tfgen.spec.problems import Collector
from tfgen.spec.validate import plain_lists, unusable

POOL: Final = "user-auth-pool"
GATEWAY: Final = "http-api-gateway"

KEY_PATTERN: Final = "[A-Za-z0-9]{1,64}"
KEY_SAYS: Final = "1 to 64 letters and digits, nothing else"


@dataclass(slots=True, repr=False)
class Reading:
    """The state of one load: what was read, where problems go, how directives are answered."""

    merged: Merged
    options: Options
    collector: Collector
    resolver: Resolver

    def error(self, path: Path, message: str, allowed: str = "", near: str = "") -> None:
        """An error at the place where `path` is written."""
        self.collector.error(self.position(path), path, message, allowed, near)

    def position(self, path: Path) -> Position:
        """Where `path` is written."""
        return locate(self.merged.root, path)


def key_fits(key: str) -> bool:
    """Whether a name can be a resource's: it becomes a directory and a Terraform name."""
    return re.fullmatch(KEY_PATTERN, key) is not None


def properties_of(resource: Resource, reading: Reading) -> Mapping | None:
    """The `properties` mapping, unresolved; an empty one when absent or nothing, None when wrong."""
    node = resource.node.entries.get("properties")
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return Mapping(resource.position)
    if isinstance(node, Mapping):
        return node
    path = (*resource.path, "properties")
    resolved = reading.resolver.resolve(node, path, resource.document)
    if isinstance(resolved, Mapping):
        return resolved
    if single(resolved) is not BROKEN:
        reading.error(path, f"must be a mapping, not {kind_of(resolved)}")
    return None


def overrides_of(resource: Resource, reading: Reading) -> Overrides:
    """`overrides` as child -> {property path: value}; only the shape is checked here."""
    node = resource.node.entries.get("overrides")
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return {}
    path = (*resource.path, "overrides")
    resolved = reading.resolver.resolve(node, path, resource.document)
    if not isinstance(resolved, Mapping):
        if single(resolved) is not BROKEN:
            reading.error(path, f"must be a mapping, not {kind_of(resolved)}", "Child: {Property: value}")
        return {}
    broken = unusable(resolved, path, reading.collector, null_from=2)  # null takes an argument away
    overrides: dict[str, dict[str, Any]] = {}
    for child, values in resolved.entries.items():
        if child in broken:
            continue
        if not isinstance(values, Mapping):
            at = resolved.keys[child]
            reading.collector.error(
                at, (*path, child), f"must be a mapping, not {kind_of(values)}", "Property: value"
            )
            continue
        overrides[child] = plain_lists(values)
    return overrides


def single(node: Node | None) -> object:
    """The value of a scalar node, None for anything else."""
    return node.value if isinstance(node, Scalar) else None
