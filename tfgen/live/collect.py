"""What was read of one pool or gateway, and what could not be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfgen.kinds import user_pool
from tfgen.kinds.answers import main_source
from tfgen.kinds.field import Kind
from tfgen.kinds.reading import Answers, fields_of_source, read_resource
from tfgen.resource import Address, Resource, State, Unread

CONTEXT = "context"
"""Name of the answer that AWS does not give: region, account and partition of the run."""


class Collector:
    """The live `State` of one module, filled resource by resource."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.state = State()

    def add(self, kind: Kind, label: str, answers: Answers) -> Resource:
        """One live resource, read by the kind's field table; unknown keys become `Unread`.

        `label` is its id; where two of a kind share one (two functions with permissions of one
        name) the later one gets a number.
        """
        address = self._free(kind.type, label)
        given = {name: answer for name, answer in answers.items() if name != CONTEXT}
        resource, unread = read_resource(kind, address, given)
        if CONTEXT in answers:
            computed = {name: path for name, path in kind.attributes.items() if callable(path)}
            resource.attributes |= {name: compute(answers) for name, compute in computed.items()}
        self.state.add(resource)
        self.state.unread.extend(unread)
        return resource

    def add_partly(self, kind: Kind, label: str, known: dict[str, Any], reason: str) -> None:
        """A resource that is there, but of which only `known` members of its main answer were read."""
        source = main_source(kind)
        self.unread_source(kind, source, self.add(kind, label, {source: known}), reason)

    def unread_source(self, kind: Kind, source: str, resource: Resource, reason: str) -> None:
        """One of a resource's answers is missing: no argument that it alone tells can be checked."""
        paths = tuple(
            path for path in fields_of_source(kind, source) if path.partition(".")[0] not in resource.values
        )
        if paths:
            self.unread(kind.type, reason, resource.address.label, paths)

    def unread(self, kind: str, reason: str, label: str | None = None, paths: tuple[str, ...] = ()) -> None:
        """Something of this module that was not read; said once however many calls it cost."""
        item = Unread(self.module, kind, reason, label, paths)
        if item not in self.state.unread:
            self.state.unread.append(item)

    def unread_kinds(self, kinds: Iterable[str], reason: str) -> None:
        """Nothing of these kinds was read."""
        for kind in dict.fromkeys(kinds):
            self.unread(kind, reason)

    def function(self, arn: str, exists: bool | str) -> None:
        """Whether a function that the pool calls exists, or why that is not known; kept with the pool."""
        for resource in self.state.resources.values():
            if resource.kind == user_pool.TYPE:
                resource.attributes.setdefault("functions", {})[arn] = exists

    def _free(self, kind: str, label: str) -> Address:
        address, number = Address(self.module, kind, label), 2
        while address in self.state.resources:
            address, number = Address(self.module, kind, f"{label}#{number}"), number + 1
        return address
