"""One resource on both sides: how the invariants over every field compare it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.kinds.synthetic import answers, sample
from tfgen.drift import compare
from tfgen.finding import Result
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.reading import read_resource
from tfgen.known import Known
from tfgen.resource import Address, Resource, State
from tfgen.spec import Spec

Values = dict[str, Any]
Steps = tuple[str, ...]


def address_of(kind: Kind) -> Address:
    return Address("gate" if kind.type.startswith("aws_apigatewayv2") else "pool", kind.type)


def whole(kind: Kind) -> Values:
    """A value for every argument, none of them what AWS means by silence."""
    return {field.name: sample(field, 0) for field in kind.fields}


def least(kind: Kind) -> Values:
    """The arguments that tell one resource of a kind from another."""
    return {name: sample(kind.by_name[name], 0) for name in kind.identity}


def run(
    spec: Spec, kind: Kind, desired: Values, live: Values, *, unread: tuple[Any, ...] = (), drop: str = ""
) -> Result:
    """The comparison of one resource whose live side goes through AWS's answers."""
    address = address_of(kind)
    given = answers(kind, live)
    given.pop(drop, None)
    resource, unknown = read_resource(kind, address, given)
    sides = State(), State(unread=[*unread, *unknown])
    sides[0].add(Resource(address, copied(desired)))
    sides[1].add(resource)
    ident = resource.attributes.get("id")
    known = Known(ids={} if ident is None else {str(address): ident})
    return compare(spec, *sides, known)


def leaves(kind: Kind) -> Iterator[tuple[str, Steps, Field]]:
    """Every argument: its name in a finding when `whole` is live, its place, its field."""
    yield from _leaves(kind.fields, "", (), whole(kind))


def _leaves(
    fields: tuple[Field, ...], prefix: str, steps: Steps, values: Values
) -> Iterator[tuple[str, Steps, Field]]:
    for field in fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        here = (*steps, field.name)
        value = values.get(field.name)
        if field.type is Type.BLOCK:
            if value is not None:
                yield from _leaves(field.fields, path, here, value)
        elif field.type is Type.BLOCKS:
            for key, item in (value or {}).items():
                yield from _leaves(field.fields, f'{path}["{key}"]', (*here, key), item)
        else:
            yield path, here, field


def copied(values: Any) -> Any:
    """A deep copy; secrets refuse copy.deepcopy."""
    return {key: copied(item) for key, item in values.items()} if isinstance(values, dict) else values


def at(values: Values, steps: Steps) -> Any:
    found: Any = values
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def changed(values: Values, steps: Steps, value: Any) -> Values:
    """A copy with one value set, or taken away by None."""
    done: Values = copied(values)
    target: Any = done
    for step in steps[:-1]:
        target = target.setdefault(step, {})
    if value is None:
        target.pop(steps[-1], None)
    else:
        target[steps[-1]] = value
    return done


def field_ids() -> list[tuple[str, str]]:
    """Every (kind, argument) pair, for parametrize."""
    return [(kind.type, ".".join(steps)) for kind in KINDS.values() for _, steps, _ in leaves(kind)]


def find(kind: str, dotted: str) -> tuple[Kind, str, Steps, Field]:
    table = KINDS[kind]
    for path, steps, field in leaves(table):
        if ".".join(steps) == dotted:
            return table, path, steps, field
    raise KeyError(dotted)
