"""Which edit of the spec makes the live value the desired one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.drift.differences import Difference, at
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.overrides import cfn_path, own_name
from tfgen.resource import Resource, Sensitive, Unknown
from tfgen.spec import Spec
from tfgen.spec.secrets import is_secret

_LONG_TEXT, _LONG = 160, 1000
"""Characters beyond which a text, or anything else, is not written out."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Values to write below a pool or gateway of the spec; None takes one away.

    `child`: "" for `properties`, else the name under `overrides`.
    """

    child: str
    values: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        where = f"overrides.{self.child}." if self.child else ""
        return "; ".join(_line(f"{where}{name}", value, bool(self.child)) for name, value in self.values)


def accept(spec: Spec, kind: Kind, resource: Resource, difference: Difference) -> str:
    """The edit as a text, or why there is none."""
    return refusal(spec, resource, difference) or str(edit(kind, resource, difference))


def refusal(spec: Spec, resource: Resource, difference: Difference) -> str:
    """Why the spec cannot say the live value; "" where it can."""
    if _hides(difference.live) or difference.field.secret or is_secret(difference.steps[-1]):
        return "a secret is not accepted into a spec: put it where the spec's directive points"
    beside = next((path for path in difference.field.excludes if at(resource.values, path.split("."))), None)
    if beside is not None:
        return f"the spec cannot say it: the provider refuses it beside {beside}"
    if not _can_override(spec, resource.address.module):
        return "the spec cannot say it: it does not declare this gateway"
    return ""


def edit(kind: Kind, resource: Resource, difference: Difference) -> Edit:
    """What to write: the property of the spec that decides nothing else, or an override."""
    return property_edit(kind, resource, difference) or override_edit(kind, resource, difference)


def property_edit(kind: Kind, resource: Resource, difference: Difference) -> Edit | None:
    """The property of the spec that decides nothing else; None where there is none."""
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
        return Edit("", ((str(field.spec), _written(value)),))
    return None


def override_edit(kind: Kind, resource: Resource, difference: Difference) -> Edit:
    """The override that says the live value."""
    return Edit(own_name(resource, kind), tuple(_overrides(kind, difference)))


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


def _line(name: str, value: Any, is_override: bool) -> str:
    if value is None and not is_override:
        return f"remove {name}"
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > (_LONG_TEXT if isinstance(value, str) else _LONG):
        text = "(the live value)"
    return f"{name}: {text}"


def _hides(value: Any) -> bool:
    match value:
        case Sensitive() | Unknown():
            return True
        case Mapping():
            return any(_hides(item) for item in value.values())
        case _:
            return False


def _can_override(spec: Spec, module: str) -> bool:
    return module in spec.pools or (module in spec.gateways and spec.gateways[module].declared)
