"""What a cross-resource check sees, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tfgen.drift.paths import overlaps
from tfgen.drift.resolve import Resolver
from tfgen.kinds.field import Severity
from tfgen.kinds.types import POOL
from tfgen.resource import Address, Resource, State, Unknown, evaluate
from tfgen.spec import Spec


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit: at `path` of a live resource ("" is the whole of it).

    `wanted` and `found` are what is compared, `text` says what is wrong and what happens. `unread`:
    nothing is known to be wrong, something was not read. `at`: another resource that it is told at.
    `effect`: what apply does about it, where that is special.
    """

    resource: Resource
    path: str
    text: str
    wanted: Any = None
    found: Any = None
    unread: bool = False
    at: Address | None = None
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """A named check. `doc`: what it finds; `why`: what happens then; `source`: where that is written."""

    id: str
    severity: Severity
    doc: str
    why: str
    source: str
    run: Callable[[View], Iterator[Fault]]


@dataclass
class View:
    """The live side with its references, or the desired one as if it were live.

    `pairs`: desired address → the resource of this side. What was not read is asked for with `reads`;
    a check says nothing about it, because the comparison reports it as NOT_CHECKED already.
    """

    spec: Spec
    desired: State
    state: State
    resolver: Resolver

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str | None], list[Resource]]:
        found: dict[tuple[str, str | None], list[Resource]] = defaultdict(list)
        for address, one in sorted(self.state.resources.items()):
            found[address.kind, address.module].append(one)
            found[address.kind, None].append(one)
        return found

    @cached_property
    def _wanted_by_kind(self) -> dict[tuple[str, str], list[Resource]]:
        found: dict[tuple[str, str], list[Resource]] = defaultdict(list)
        for address, one in self.desired.resources.items():
            found[address.kind, address.module].append(one)
        return found

    def of(self, kind: str, module: str | None = None) -> list[Resource]:
        """All resources of a kind, in one module or in all, by address."""
        return self._by_kind.get((kind, module), [])

    def wanted(self, kind: str, module: str) -> list[Resource]:
        """The desired resources of a kind in one module."""
        return self._wanted_by_kind.get((kind, module), [])

    def modules(self) -> list[str]:
        """The pools of the spec."""
        return sorted(self.spec.pools)

    def pool(self, module: str) -> Resource | None:
        """The live pool of a module."""
        return self.resolver.pairs.get(Address(module, POOL))

    def reads(self, kind: str, module: str, path: str = "", label: str | None = None) -> bool:
        """Whether all of a kind, or one argument of one resource, was read."""
        return not any(
            (item.kind, item.module) == (kind, module)
            and (label is None or item.label in (None, label))
            and (not item.paths or (path != "" and any(overlaps(one, path) for one in item.paths)))
            for item in self.state.unread
        )

    def knows(self, resource: Resource, path: str) -> bool:
        """Whether one argument of a resource was read."""
        return self.reads(resource.kind, resource.address.module, path, resource.address.label)

    @cached_property
    def desired_of(self) -> dict[Address, Address]:
        """Live address → the desired one."""
        return {live.address: address for address, live in self.resolver.pairs.items()}

    def twin(self, resource: Resource) -> Resource | None:
        """The desired resource of a live one."""
        address = self.desired_of.get(resource.address)
        return None if address is None else self.desired.resources.get(address)

    def value(self, resource: Resource, *steps: str) -> Any:
        """A desired value with its references resolved; `Unknown` where they are not known."""
        found: Any = resource.values
        for step in steps:
            found = found.get(step) if isinstance(found, dict) else None
        return evaluate(found, self.resolver.lookup)


def known(values: Any) -> frozenset[str]:
    """The texts of a set, without those that are not known."""
    found = values if isinstance(values, Iterable) and not isinstance(values, (str, Unknown)) else ()
    return frozenset(item for item in found if isinstance(item, str))


def at(resource: Resource, *steps: str) -> Any:
    """A live value; None where there is none."""
    found: Any = resource.values
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found
