"""From the spec to resources, by the field tables: the generic half of every kind."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.context import Context
from tfgen.kinds.expressions import to_value
from tfgen.kinds.field import Field, Kind, Type
from tfgen.resource import Resource

Values = dict[str, Any]
Origins = dict[str, tuple[str | int, ...]]


def lower_resource(kind: Kind, context: Context, **facts: Any) -> Resource:
    """One desired resource: every field that the spec, a default or a derivation decides."""
    values, origins = lower_fields(kind, context)
    return Resource(context.address, values, origins, **facts)


def lower_fields(kind: Kind, context: Context) -> tuple[Values, Origins]:
    """The nested values of one resource, and which spec path decided each."""
    origins: Origins = {}
    values = _lower(kind.fields, context, "", origins)
    return values, origins


def _lower(fields: tuple[Field, ...], context: Context, prefix: str, origins: Origins) -> Values:
    values: Values = {}
    for field in fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        if field.type is Type.BLOCK and field.derive is None:
            value: Any = _lower(field.fields, context, path, origins) or None
        else:
            value = _decide(field, context)
        if value is None:
            continue
        values[field.name] = value
        origin = origin_of(field, context)
        if origin is not None:
            origins[path] = origin
    return values


def _decide(field: Field, context: Context) -> Any:
    """The value of one argument; None when nobody decides it."""
    if field.derive is not None:
        return to_value(field.derive(context), context)
    if isinstance(field.spec, str):
        value = to_value(context.pool.get(field.spec), context)
        if value is not None:
            return _shaped(field, value)
    return field.default.value if field.default is not None else None


def _shaped(field: Field, value: Any) -> Any:
    """A spec value in the type of its argument: a list of the spec may be a set in Terraform."""
    if field.type is Type.SET and isinstance(value, (list, tuple)):
        return frozenset(value)
    if field.type is Type.LIST and isinstance(value, tuple):
        return list(value)
    return value


def origin_of(field: Field, context: Context) -> tuple[str | int, ...] | None:
    """The spec path that a finding on `field` points at: the first written one of those that decide it."""
    if context.pool is None or not field.spec_paths:
        return None
    paths = [f"{context.base}.{path}" if context.base else path for path in field.spec_paths]
    written = next((path for path in paths if context.pool.declared(path)), paths[0])
    path: tuple[str | int, ...] = context.pool.spec_path(written)
    return path
