"""What a run wants of one pool or gateway, and what it may use to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tfgen.known import Known
from tfgen.live.aws import Aws
from tfgen.live.collect import Collector
from tfgen.resource import Resource, State, evaluate


@dataclass(slots=True)
class Module:
    """One module of the desired state: its resources, what is known, and the collector of its live side.

    `known` is the module's own copy: account and region of its pool are filled in as soon as AWS
    says them.
    """

    key: str
    desired: list[Resource]
    known: Known
    aws: Aws
    found: Collector = field(init=False)

    def __post_init__(self) -> None:
        """Starts with nothing read."""
        self.found = Collector(self.key)

    def of_kind(self, kind: str) -> list[Resource]:
        """The desired resources of one kind."""
        return [resource for resource in self.desired if resource.kind == kind]

    @property
    def kinds(self) -> list[str]:
        """The desired kinds, each once, in the order of the state."""
        return list(dict.fromkeys(resource.kind for resource in self.desired))

    def value(self, resource: Resource, argument: str) -> Any:
        """A desired argument as far as it is known before anything live is: text, None or `Unknown`."""
        return evaluate(resource.values.get(argument), self.known.lookup)


def modules_of(desired: State, known: Known, aws: Aws) -> Iterator[Module]:
    """The modules of a desired state, in its order."""
    resources: dict[str, list[Resource]] = {}
    for resource in desired.resources.values():
        resources.setdefault(resource.address.module, []).append(resource)
    for key, own in resources.items():
        yield Module(key, own, replace(known), aws)
