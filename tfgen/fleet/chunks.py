"""A large desired state in parts that can be read and compared one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tfgen.kinds import user_pool
from tfgen.resource import Address, Call, Ref, Resource, State, Template

POOLS: Final = 200
"""Pools of one part: enough to keep the threads busy, some 3 MB of live resources."""


def chunks(desired: State, pools: int = POOLS) -> Iterator[State]:
    """Parts of about `pools` modules that hold all resources of a module, and all modules that one of
    its resources refers to: a gateway's authorizer is compared with its pool's client.
    """
    resources: dict[str, list[Resource]] = {}
    for resource in desired.resources.values():
        resources.setdefault(resource.address.module, []).append(resource)
    part: list[str] = []
    for group in _connected(resources):
        if part and len(part) + len(group) > pools:
            yield _state(part, resources)
            part = []
        part += group
    if part:
        yield _state(part, resources)


def pools_of(desired: State) -> list[Resource]:
    """The user pools of a state."""
    return [resource for resource in desired.resources.values() if resource.kind == user_pool.TYPE]


def _state(modules: list[str], resources: Mapping[str, list[Resource]]) -> State:
    members = [resource for module in modules for resource in resources[module]]
    return State({resource.address: resource for resource in members})


def _connected(resources: Mapping[str, list[Resource]]) -> list[list[str]]:
    """Modules that refer to each other, directly or through others, in the order of the state."""
    leader = {module: module for module in resources}

    def find(module: str) -> str:
        while leader[module] != module:
            leader[module] = module = leader[leader[module]]
        return module

    for module, members in resources.items():
        for address in _references(members):
            if address.module in leader:
                leader[find(address.module)] = find(module)
    groups: dict[str, list[str]] = {}
    for module in resources:
        groups.setdefault(find(module), []).append(module)
    return list(groups.values())


def _references(members: Iterable[Resource]) -> Iterator[Address]:
    for resource in members:
        yield from resource.depends_on
        waiting: list[Any] = [resource.values]
        while waiting:
            match waiting.pop():
                case Ref(address=address):
                    yield address
                case Template(parts=parts):
                    waiting += parts
                case Call(arguments=arguments):
                    waiting += arguments
                case dict() as value:
                    waiting += value.values()
                case list() | tuple() | frozenset() as value:
                    waiting += value
                case _:
                    pass
