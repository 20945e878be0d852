"""One override: from its dotted path or its mapping to the values of a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from tfgen.kinds.context import Context
from tfgen.kinds.expressions import to_value
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.override_names import FaultError, Path, leads_on, members, unknown
from tfgen.kinds.override_types import WrongError, checked
from tfgen.kinds.shapes import EACH
from tfgen.resource import Resource


@dataclass(frozen=True, slots=True)
class Override:
    """The resource that is overridden, what directives in the value may look at, and what was wrong."""

    kind: Kind
    resource: Resource
    context: Context
    faults: list[FaultError] = dataclass_field(default_factory=list)


def override(given: Override, name: str, value: Any, origin: Path) -> None:
    """Sets one override: a dotted path, or a mapping that is merged.

    `origin` is where the override stands in the spec. Everything wrong goes to `given.faults`.
    """
    table = Field(name="", type=Type.BLOCK, doc="", fields=given.kind.fields)
    _guarded(given, table, given.resource.values, name.split("."), value, origin, "")


def _guarded(
    given: Override,
    block: Field,
    values: dict[str, Any],
    steps: list[str],
    value: Any,
    origin: Path,
    above: str,
) -> None:
    """As `_below`, but a fault does not keep the next member from being looked at."""
    try:
        _below(given, block, values, steps, value, origin, above)
    except FaultError as fault:
        given.faults.append(fault)


def _below(
    given: Override,
    block: Field,
    values: dict[str, Any],
    steps: list[str],
    value: Any,
    origin: Path,
    above: str,
) -> None:
    """Sets what `steps` name below a block whose values are `values`."""
    found = members(block, steps, above)
    if found is not None:
        chain, rest = found
        _set(given, chain, values, rest, value, origin, above)
        return
    if isinstance(value, Mapping) and leads_on(block, steps, above):
        for key, inner in value.items():
            _guarded(given, block, values, [*steps, *str(key).split(".")], inner, (*origin, key), above)
        return
    raise unknown(given.kind, block, steps, origin, above)


def _set(
    given: Override,
    chain: list[Field],
    values: dict[str, Any],
    rest: list[str],
    value: Any,
    origin: Path,
    above: str,
) -> None:
    """Sets the last field of `chain`, or what `rest` names in it."""
    field = chain[-1]
    path = ".".join(part for part in (above, *(one.name for one in chain)) if part)
    if value is None and not rest:
        _remove(values, [one.name for one in chain])
        _decided(given, path, origin)
        return
    target = values
    for step in chain[:-1]:
        target = target.setdefault(step.name, {})
    if field.type is Type.BLOCK:
        if rest:
            _below(given, field, target.setdefault(field.name, {}), rest, value, origin, path)
            return
        if not isinstance(value, Mapping):
            raise FaultError(origin, f"{path} must be a mapping")
        for key, inner in value.items():
            _guarded(
                given,
                field,
                target.setdefault(field.name, {}),
                str(key).split("."),
                inner,
                (*origin, key),
                path,
            )
        return
    if field.type is Type.BLOCKS:
        target[field.name] = _blocks(given, field, target.get(field.name) or {}, rest, value, origin, path)
    else:
        target[field.name] = _leaf(given, field, target.get(field.name), rest, value, origin, path)
    _make_way(given, field, origin)
    _decided(given, path, origin)


def _make_way(given: Override, field: Field, origin: Path) -> None:
    """Takes away empty arguments that the provider refuses beside `field`; raises where one has a value."""
    for path in field.excludes:
        *blocks, name = path.split(".")
        holder = given.resource.values
        for step in blocks:
            holder = holder.get(step, {})
        if holder.get(name):
            raise FaultError(
                origin, f"{field.name} cannot stand beside {path}", f"the spec must not decide {path} as well"
            )
        holder.pop(name, None)


def _decided(given: Override, path: str, origin: Path) -> None:
    """The override decides the argument, and with a repeated block each of its instances."""
    origins = given.resource.origins
    for known in [one for one in origins if one.startswith(f"{path}[")]:
        del origins[known]
    origins[path] = origin


def _remove(values: dict[str, Any], names: list[str]) -> None:
    """Takes an argument away, and the blocks around it that are empty then."""
    first, *others = names
    if others and isinstance(values.get(first), dict):
        _remove(values[first], others)
        if values[first]:
            return
    elif others:
        return
    values.pop(first, None)


def _leaf(
    given: Override, field: Field, old: Any, rest: list[str], value: Any, origin: Path, path: str
) -> Any:
    """The new value of an argument; `rest` is a key of a map or the place of a list's member."""
    if rest and field.type is Type.MAP:
        value, rest = {".".join(rest): value}, []
    if rest and field.type is Type.LIST and len(rest) == 1 and rest[0].isdecimal():
        items = list(old or ())
        place = int(rest[0])
        if place > len(items):
            raise FaultError(origin, f"{path} has {len(items)} members", f"0 to {len(items)}")
        items[place : place + 1] = [to_value(value, given.context)]
        value, rest = items, []
    if rest:
        what = "has no order: write the whole list" if field.type is Type.SET else f"is {field.type.value}"
        raise FaultError(origin, f"{path} {what}", f"not {path}.{'.'.join(rest)}")
    if field.type is Type.MAP and isinstance(value, Mapping):
        _watch(given.resource, path, value)
        removed = {key for key, item in value.items() if item is None}
        kept = old if isinstance(old, dict) else {}
        value = {**kept, **value}
        value = {key: item for key, item in value.items() if key not in removed}
    try:
        return checked(field, to_value(value, given.context))
    except WrongError as wrong:
        raise FaultError(origin, f"{path} {wrong.message}", wrong.allowed, wrong.suggestion) from None


def _watch(resource: Resource, path: str, written: Mapping[str, Any]) -> None:
    """Terraform does not ignore what is written now."""
    ignored = resource.lifecycle.get("ignore_changes")
    if ignored:
        kept = [item for item in ignored if item not in {f'{path}["{key}"]' for key in written}]
        resource.lifecycle["ignore_changes"] = kept
        if not kept:
            del resource.lifecycle["ignore_changes"]


def _blocks(
    given: Override, field: Field, old: dict[str, Any], rest: list[str], value: Any, origin: Path, path: str
) -> dict[str, Any]:
    """Repeated blocks: a whole list of mappings, or one of them by its place (as CloudFormation has it)."""
    items = [dict(item) for item in old.values()]
    before = len(given.faults)
    if rest:
        if not rest[0].isdecimal() or int(rest[0]) > len(items):
            raise FaultError(
                origin,
                f"{path} has no {rest[0]}",
                f"a place in the list, 0 to {len(items)}, or the whole list",
            )
        place, steps = int(rest[0]), rest[1:]
        if place == len(items):
            items.append({})
        if not steps and value is None:
            del items[place]
        elif steps:
            _below(given, field, items[place], steps, value, origin, path)
        else:
            items[place] = _item(given, field, value, origin, path)
    else:
        if isinstance(value, Mapping) and (field.live or "").endswith(EACH):
            value = _listed(field, value)
        if not isinstance(value, (list, tuple)):
            raise FaultError(origin, f"{path} must be a list of mappings")
        items = [_item(given, field, item, (*origin, place), path) for place, item in enumerate(value)]
    if len(given.faults) > before:
        return old  # what an item lacks may be what was wrong in it
    return _keyed(field, items, origin, path)


def _listed(field: Field, value: Mapping[str, Any]) -> list[Any]:
    """A mapping of objects, as AWS has it, as the list of blocks it stands for."""
    whole = next((one.name for one in field.fields if one.live == ""), None)
    return [
        {
            str(field.key): key,
            **({whole: inner} if whole else dict(inner) if isinstance(inner, Mapping) else {}),
        }
        for key, inner in value.items()
    ]


def _item(given: Override, field: Field, value: Any, origin: Path, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise FaultError(origin, f"{path} must be a list of mappings")
    item: dict[str, Any] = {}
    for key, inner in value.items():
        _guarded(given, field, item, str(key).split("."), inner, (*origin, key), path)
    return item


def _keyed(field: Field, items: list[dict[str, Any]], origin: Path, path: str) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for written in items:
        item: dict[str, Any] | None = written
        lacking = sorted(one.name for one in field.fields if one.required and one.name not in written)
        if lacking:
            raise FaultError(origin, f"each {path} needs {', '.join(lacking)}")
        key = str(written[str(field.key)])
        if key in done:
            raise FaultError(origin, f"{path} has {key} twice")
        if field.filled is not None:
            item = field.filled(written)
        if item is not None:
            done[key] = item
    return done
