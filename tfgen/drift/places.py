"""Where in the spec a resource or an argument is decided."""

from __future__ import annotations

from typing import Any

from tfgen.resource import Resource
from tfgen.spec import Spec


def place(spec: Spec, resource: Resource, path: str) -> dict[str, Any]:
    """`position` and `spec_path` of an argument: its own, else that of a block around it or its owner."""
    instance, end, _ = path.partition('"]')
    if end and f"{instance}{end}" in resource.origins:
        return _at_origin(spec, resource.origins[f"{instance}{end}"])
    plain = path.partition("[")[0]
    while plain:
        if plain in resource.origins:
            return _at_origin(spec, resource.origins[plain])
        plain = plain.rpartition(".")[0]
    return owner(spec, resource.address.module)


def owner(spec: Spec, module: str) -> dict[str, Any]:
    """`position` and `spec_path` of the pool or gateway that a module stands for; empty for none."""
    found = spec.pools.get(module) or spec.gateways.get(module)
    return {} if found is None else _at_origin(spec, found.path)


def _at_origin(spec: Spec, origin: tuple[str | int, ...]) -> dict[str, Any]:
    return {"position": spec.position(origin), "spec_path": ".".join(str(step) for step in origin)}
