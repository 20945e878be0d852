"""The plainest edits: one property of the spec, or an override that says one argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.drift.differences import Difference
from tfgen.drift.edits.case import NOTHING
from tfgen.drift.edits.words import line
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.overrides import cfn_path, own_name
from tfgen.resource import Resource


@dataclass(frozen=True, slots=True)
class OverrideEdit:
    """Values to write below `overrides.<child>`; None takes the argument away."""

    child: str
    values: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return "; ".join(line(f"overrides.{self.child}.{name}", value) for name, value in self.values)


def property_edit(kind: Kind, resource: Resource, difference: Difference) -> tuple[str, Any] | None:
    """The property of the spec that decides nothing else, and its value; None where there is none."""
    field, live = difference.field, difference.live
    decided = resource.origins.get(difference.argument, ())
    plain = (
        isinstance(field.spec, str)
        and "overrides" not in decided
        and len(difference.steps) == _depth(kind, difference)
    )
    whole = field.spec_unit == 1 or (isinstance(live, int) and live % field.spec_unit == 0)
    if plain and (live is None or whole):
        value = live // field.spec_unit if field.spec_unit > 1 and live is not None else live
        return str(field.spec), NOTHING if value is None else value
    return None


def override_edit(kind: Kind, resource: Resource, difference: Difference) -> OverrideEdit:
    """The override that says the live value."""
    return OverrideEdit(own_name(resource, kind), tuple(_overrides(kind, difference)))


def _depth(kind: Kind, difference: Difference) -> int:
    """How many steps lead to an argument that is in no repeated block and no key of a map."""
    return difference.argument.count(".") + 1


def _overrides(kind: Kind, difference: Difference) -> list[tuple[str, Any]]:
    """(name, value) of the override; a repeated block is always written as a whole."""
    argument, live = difference.argument, difference.live
    outer = _repeated(kind, difference.steps)
    if outer is not None:
        name, field, instances = outer[0], outer[1], difference.whole
        return [
            (
                _name(kind, name),
                [_block(field, {str(field.key): key, **item}) for key, item in (instances or {}).items()],
            )
        ]
    if difference.field.type is Type.MAP and len(difference.steps) > len(argument.split(".")):
        return [(_name(kind, argument), {difference.steps[-1]: _written(live)})]
    settings = [(_name(kind, argument), _written(live))]
    if difference.field.unit_of is not None:
        unit, value = difference.field.unit_of
        settings.append((_name(kind, unit), value))
    return settings


def _name(kind: Kind, argument: str) -> str:
    return cfn_path(kind, argument) or argument


def _repeated(kind: Kind, steps: tuple[str, ...]) -> tuple[str, Field] | None:
    """The repeated block on the way, with its dotted path."""
    fields, names = kind.by_name, list[str]()
    for step in steps:
        field = fields.get(step)
        if field is None:
            return None
        names.append(step)
        if field.type is Type.BLOCKS:
            return ".".join(names), field
        fields = field.by_name
    return None


def _block(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    """One instance of a repeated block under CloudFormation's names, less what nobody set."""
    done: dict[str, Any] = {}
    for member in field.fields:
        value = item.get(member.name)
        name = member.cfn_name or member.name
        if member.type is Type.BLOCK:
            value = _block(member, value or {})
        if value not in (None, {}):
            done[name] = _written(value)
    return done


def _written(value: Any) -> Any:
    """A value as the spec writes it."""
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    return value
