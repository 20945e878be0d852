"""What stands beside `resources` at the top of a spec file."""

from __future__ import annotations

import re
from typing import Final

from tfgen.errors import Position
from tfgen.spec.compose import Document
from tfgen.spec.directives.resolve import Resolver
from tfgen.spec.expressions import Expression
from tfgen.spec.nodes import BROKEN, Mapping, Scalar, kind_of
from tfgen.spec.options import SERVICE_NAME, SERVICE_NAME_SAYS
from tfgen.spec.problems import Collector

_KEY: Final = "serviceName"


def read_root(resolver: Resolver, collector: Collector) -> str | None:
    """Checks the root keys of every file; the one service name of all of them, None when none has one."""
    found: dict[str, Position] = {}
    for document in resolver.documents:
        variables = document.root.entries.get("variables")
        if variables is not None and not isinstance(variables, Mapping):
            at = document.root.keys["variables"]
            collector.error(at, ("variables",), f"must be a mapping, not {kind_of(variables)}", "name: value")
        name = _service_name(document, resolver, collector)
        if name is None:
            continue
        at = document.root.keys[_KEY]
        if found and name not in found:
            first, where = next(iter(found.items()))
            collector.error(at, (_KEY,), f"is {name!r}, but {first!r} in another file", f"first in {where}")
        found.setdefault(name, at)
    return next(iter(found), None)


def _service_name(document: Document, resolver: Resolver, collector: Collector) -> str | None:
    node = document.root.entries.get(_KEY)
    if node is None:
        return None
    at, path = document.root.keys[_KEY], (_KEY,)
    node = resolver.resolve(node, path, document)
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str):
        if re.fullmatch(SERVICE_NAME, value):
            return value
        collector.error(at, path, "is not a service name", SERVICE_NAME_SAYS)
    elif isinstance(value, Expression):
        collector.error(at, path, "cannot be a value that only a deployment knows", "write the name itself")
    elif value is not BROKEN:
        collector.error(at, path, f"must be text, not {kind_of(node)}", SERVICE_NAME_SAYS)
    return None
