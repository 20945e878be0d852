"""Literal secrets become variables: their text never gets near a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tfgen.resource import Call, Resource, State, Template, Variable
from tfgen.sensitive import Sensitive

Path = tuple[str, ...]


def without_secrets(resource: Resource) -> Resource:
    """The resource with a sensitive variable for each literal secret; the same object if it has none."""
    if not _holds_secret(resource.values):
        return resource
    written = {name: _replaced(value, resource, (name,)) for name, value in resource.values.items()}
    return replace(resource, values=written)


def secret_variables(state: State) -> list[str]:
    """The names of the variables that stand for literal secrets, sorted, to warn about."""
    found: set[str] = set()
    for resource in state.resources.values():
        found |= {_variable(resource, path).name for path in _secret_paths(resource.values, ())}
    return sorted(found)


def _variable(resource: Resource, path: Path) -> Variable:
    """One secret's variable; the name tells pool, resource and argument, so it is stable and unique."""
    address = resource.address
    label = (
        address.kind.removeprefix("aws_").removeprefix("cognito_")
        if address.label == "this"
        else address.label
    )
    name = re.sub(r"[^A-Za-z0-9_-]", "_", "_".join((address.module, label, *path)))
    where = f"{address.kind}.{address.label} of {address.module}"
    why = "the spec has it as literal text, which tfgen never writes into a file"
    return Variable(name, f"{'.'.join(path)} of {where}: {why}.", sensitive=True)


def _holds_secret(value: Any) -> bool:
    return next(_secret_paths(value, ()), None) is not None


def _secret_paths(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, Sensitive):
        yield path
    for step, item in _members(value):
        yield from _secret_paths(item, (*path, step))


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case Mapping():
            yield from value.items()
        case list() | tuple():
            yield from ((str(index), item) for index, item in enumerate(value))
        case Template(parts=parts):
            yield from _members(parts)
        case Call(arguments=arguments):
            yield from _members(arguments)
        case frozenset():
            if len(value) == 1:
                yield from _members(list(value))
            elif any(_holds_secret(item) for item in value):
                # A set has no order, so there would be no stable name for its second secret.
                raise ValueError("a set with a secret can only have one member")


def _replaced(value: Any, resource: Resource, path: Path) -> Any:
    if isinstance(value, Sensitive):
        return _variable(resource, path)
    inner = {step: _replaced(item, resource, (*path, step)) for step, item in _members(value)}
    match value:
        case Mapping():
            return inner
        case list() | tuple() | frozenset():
            return type(value)(inner.values()) if inner else value
        case Template():
            return Template(tuple(inner.values()))
        case Call():
            return replace(value, arguments=tuple(inner.values()))
        case _:
            return value
