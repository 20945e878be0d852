"""The web-app-firewalls of a spec: left alone like any other resource, but a pool may name one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tfgen.spec.directives.syntax import is_directive
from tfgen.spec.model import Spec
from tfgen.spec.nodes import Mapping, Node, Scalar, child

TYPE: Final = "web-app-firewall"
REGIONAL: Final = "regional"
"""The scope of a firewall for what lives in one region, user pools too; the other one is `cdn`."""


def is_firewall(spec: Spec, key: str) -> bool:
    """Whether a resource of the spec is a firewall."""
    return type_of(spec, key) == TYPE


def firewalls(spec: Spec) -> Iterator[str]:
    """The keys of all firewalls, in the order of the files."""
    resources = child(spec.root, "resources")
    if isinstance(resources, Mapping):
        yield from (key for key in resources.entries if is_firewall(spec, key))


def type_of(spec: Spec, key: str) -> str | None:
    """What a resource of the spec says it is; None for one that is not there or says nothing."""
    return _text(child(_resource(spec, key), "type"))


def scope_of(spec: Spec, key: str) -> str | None:
    """The scope that a firewall says; None where it says none, or by a directive, which nobody answers
    in a resource that is left alone.
    """
    scope = _text(child(child(_resource(spec, key), "properties"), "scope"))
    return None if scope is not None and is_directive(scope) else scope


def _resource(spec: Spec, key: str) -> Node | None:
    return child(child(spec.root, "resources"), key)


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None
