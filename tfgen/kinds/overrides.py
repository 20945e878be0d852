"""`overrides` of the spec: any argument of any kind, by its CloudFormation or Terraform name.

Both names lead to the field table, so that an override is rendered, compared and explained as
every other value.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tfgen.errors import Problem, SpecError
from tfgen.kinds.expressions import to_value
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.lowering import Context
from tfgen.resource import Call, FromData, Ref, Resource, State, Template, Variable
from tfgen.spec import Gateway, Spec, UserPool

Path = tuple[str | int, ...]
_RUNTIME = (Ref, Variable, FromData, Template, Call)
_TYPES: dict[Type, tuple[type, ...]] = {
    Type.STRING: (str, *_RUNTIME),
    Type.NUMBER: (int, Decimal, float),
    Type.BOOL: (bool,),
    Type.SET: (list, tuple, frozenset),
    Type.LIST: (list, tuple),
    Type.MAP: (dict,),
}
_WORDS = {Type.STRING: "text", Type.NUMBER: "a number", Type.BOOL: "true or false", Type.MAP: "a mapping"}


class _Fault(Exception):
    """What is wrong with one override, without its place."""

    def __init__(self, message: str, allowed: str = "", suggestion: str = "") -> None:
        super().__init__(message)
        self.message, self.allowed, self.suggestion = message, allowed, suggestion


def apply_overrides(spec: Spec, state: State) -> None:
    """Sets every override of every pool and gateway in `state`.

    Raises SpecError with all overrides that name no child, no argument, or a value of a wrong type.
    """
    from tfgen.kinds import KINDS

    problems: list[Problem] = []
    owners: list[UserPool | Gateway] = [*spec.pools.values(), *spec.gateways.values()]
    for owner in owners:
        targets = _targets(owner.key, state, KINDS)
        for child, settings in owner.overrides.items():
            path: Path = (*owner.path, "overrides", child)
            found = [resource for name, resource in targets if name == _plain(child)]
            if not found:
                problems.append(_unknown_child(spec, path, child, owner.key, state, KINDS))
                continue
            for name, value in settings.items():
                for resource in found:
                    context = Context(spec, resource.address, spec.pools.get(owner.key))
                    try:
                        _override(KINDS[resource.kind], resource, name, value, context, (*path, name))
                    except _Fault as fault:
                        problems.append(
                            Problem(
                                spec.position((*path, name)),
                                ".".join(str(step) for step in (*path, name)),
                                fault.message,
                                fault.allowed,
                                fault.suggestion,
                            )
                        )
    if problems:
        raise SpecError(problems)


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum()).lower()


def child_names(resource: Resource, kind: Kind) -> Iterator[str]:
    """How `overrides` may call a resource: its descriptive name, with the label where there are
    several, its CloudFormation logical id as Stacktape makes it, its Terraform type or address.
    """
    module, label = resource.address.module, resource.address.label
    yield kind.child
    yield kind.type
    yield f"{module}{kind.child}"
    yield f"{kind.type}.{label}"
    if label != "this":
        yield f"{kind.child}.{label}"
        yield f"{module}{label}{kind.child}"


def _targets(module: str, state: State, kinds: Mapping[str, Kind]) -> list[tuple[str, Resource]]:
    return [
        (_plain(name), resource)
        for resource in state.resources.values()
        if resource.address.module == module
        for name in child_names(resource, kinds[resource.kind])
    ]


def _unknown_child(
    spec: Spec, path: Path, child: str, module: str, state: State, kinds: Mapping[str, Kind]
) -> Problem:
    own = sorted(
        {
            kinds[resource.kind].child
            for resource in state.resources.values()
            if resource.address.module == module
        }
    )
    near = difflib.get_close_matches(child, own, 1, 0.5)
    return Problem(
        spec.position(path),
        ".".join(str(step) for step in path),
        f"{child} is not a child resource of {module}",
        f"it has {', '.join(own)}",
        near[0] if near else "",
    )


def _override(kind: Kind, resource: Resource, name: str, value: Any, context: Context, origin: Path) -> None:
    """Sets one override: a dotted path, or a mapping that is merged."""
    steps = name.split(".")
    table, prefix = _find(kind, steps)
    _set(kind, resource, table, prefix, value, context, origin)


def _find(kind: Kind, steps: list[str]) -> tuple[Field | None, tuple[str, ...]]:
    """The field that a dotted CloudFormation or Terraform path names (None: a live path above fields)."""
    for path, field in kind.walk():
        if path == ".".join(steps):
            return field, tuple(path.split("."))
    wanted = ".".join(steps)
    for path, field in kind.walk():
        if cfn_path(kind, path) == wanted:
            return field, tuple(path.split("."))
    if any(cfn_path(kind, path).startswith(f"{wanted}.") for path, _ in kind.walk()):
        return None, tuple(steps)
    known = sorted({*(path for path, _ in kind.walk()), *(cfn_path(kind, path) for path, _ in kind.walk())})
    near = difflib.get_close_matches(wanted, known, 1, 0.5)
    raise _Fault(
        f"{wanted} is no argument of {kind.type}",
        "a CloudFormation property or a Terraform argument of it",
        near[0] if near else "",
    )


def cfn_path(kind: Kind, path: str) -> str:
    """The CloudFormation property of an argument; "" where it has none."""
    parts: list[str] = []
    fields = kind.by_name
    for step in path.split("."):
        field = fields[step]
        name = field.cfn if field.cfn is not None else (field.live or "").rpartition(":")[2]
        if not name:
            return ""
        parts.append(name)
        fields = field.by_name
    return ".".join(parts)


def _set(
    kind: Kind,
    resource: Resource,
    field: Field | None,
    path: tuple[str, ...],
    value: Any,
    context: Context,
    origin: Path,
) -> None:
    if field is None or (field.type is Type.BLOCK and isinstance(value, Mapping)):
        if not isinstance(value, Mapping):
            raise _Fault(f"{'.'.join(path)} must be a mapping")
        for key, item in value.items():
            table, inner = _find_below(kind, field, path, str(key))
            _set(kind, resource, table, inner, item, context, (*origin, key))
        return
    if field.type is Type.BLOCK:
        raise _Fault(f"{'.'.join(path)} must be a mapping")
    target = resource.values
    for step in path[:-1]:
        target = target.setdefault(step, {})
    if field.type is Type.BLOCKS:
        target[path[-1]] = _blocks(field, value, context)
    else:
        target[path[-1]] = checked(field, to_value(value, context))
    _make_way(field, resource)
    resource.origins[".".join(path)] = origin


def _make_way(field: Field, resource: Resource) -> None:
    """Takes away empty arguments that the provider refuses beside `field`; raises where one has a value."""
    for path in field.excludes:
        *blocks, name = path.split(".")
        holder: Any = resource.values
        for step in blocks:
            holder = holder.get(step, {})
        if holder.get(name):
            raise _Fault(
                f"{field.name} cannot stand beside {path}", f"the spec must not decide {path} as well"
            )
        holder.pop(name, None)


def _find_below(
    kind: Kind, field: Field | None, path: tuple[str, ...], key: str
) -> tuple[Field | None, tuple[str, ...]]:
    if field is None:
        return _find(kind, [*path, key])
    for member in field.fields:
        if key in (member.name, member.cfn, (member.live or "").rpartition(":")[2]):
            return member, (*path, member.name)
    known = [name for member in field.fields for name in (member.name, member.cfn or member.live) if name]
    near = difflib.get_close_matches(key, known, 1, 0.5)
    raise _Fault(
        f"{key} is no argument of {'.'.join(path)}",
        f"it has {', '.join(sorted(known))}",
        near[0] if near else "",
    )


def _blocks(field: Field, value: Any, context: Context) -> dict[str, Any]:
    """A list of mappings as blocks keyed by the argument that names them."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, Mapping) for item in value):
        raise _Fault(f"{field.name} must be a list of mappings")
    done: dict[str, Any] = {}
    for item in value:
        values = {}
        for key, inner in item.items():
            member = next(
                (one for one in field.fields if key in (one.name, one.cfn, one.live)),
                None,
            )
            if member is None:
                known = ", ".join(one.name for one in field.fields)
                raise _Fault(f"{key} is no argument of {field.name}", f"it has {known}")
            if member.type is Type.BLOCK:
                values[member.name] = {
                    one.name: checked(one, to_value(inner[name], context))
                    for one in member.fields
                    for name in (one.name, one.live)
                    if name in inner
                }
            else:
                values[member.name] = checked(member, to_value(inner, context))
        if field.key not in values:
            raise _Fault(f"each {field.name} needs {field.key}")
        done[str(values[field.key])] = values
    return done


def checked(field: Field, value: Any) -> Any:
    """`value` in the type of its argument; raises where type, members or range do not fit."""
    if isinstance(value, _RUNTIME) and field.type is not Type.MAP:
        return value
    fits = isinstance(value, _TYPES[field.type]) and (field.type is Type.BOOL) == isinstance(value, bool)
    if not fits:
        raise _Fault(f"{field.name} must be {_WORDS.get(field.type, 'a list')}")
    if field.type is Type.SET:
        value = frozenset(value)
    elif field.type is Type.LIST:
        value = list(value)
    members = value if field.type in (Type.SET, Type.LIST) else [value]
    if field.allowed:
        wrong = sorted(str(item) for item in members if isinstance(item, str) and item not in field.allowed)
        if wrong:
            near = difflib.get_close_matches(wrong[0], field.allowed, 1, 0.4)
            raise _Fault(
                f"{field.name} cannot be {', '.join(wrong)}",
                f"allowed: {', '.join(field.allowed)}",
                near[0] if near else "",
            )
    if field.range is not None:
        low, high = field.range
        size, what = (len(value), "characters") if isinstance(value, str) else (value, "")
        if isinstance(size, (int, Decimal, float)) and not low <= size <= high:
            raise _Fault(f"{field.name} must be {low} to {high} {what}".rstrip())
    return value
