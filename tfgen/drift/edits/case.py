"""One difference to accept, with all that an edit of the spec may need to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from tfgen.drift.differences import Difference
from tfgen.resource import Resource
from tfgen.spec import Spec, UserPool
from tfgen.spec.nodes import Path

NOTHING = object()
"""Stands for the removal of what is written at a path."""


@dataclass(frozen=True, slots=True)
class Case:
    """One difference to accept: the desired resource, the live one, and the pool (None for a gateway)."""

    spec: Spec
    resource: Resource
    live: Resource
    difference: Difference

    @property
    def pool(self) -> UserPool | None:
        """The pool that the resource belongs to."""
        return self.spec.pools.get(self.resource.address.module)

    @property
    def owner(self) -> Path:
        """The spec path of the pool or gateway."""
        module = self.resource.address.module
        found = self.spec.pools.get(module) or self.spec.gateways[module]
        return found.path
