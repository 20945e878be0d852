"""Both sides of one resource as complete trees: every argument that AWS answers has a value.

An argument that neither the spec nor AWS says has the value AWS means by silence (`Field.unset`),
so that two trees differ exactly where the resources differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.reading import canonical
from tfgen.resource import Sensitive, Unknown

Tree = dict[str, Any]


def complete(fields: tuple[Field, ...], values: Mapping[str, Any]) -> Tree:
    """`values` (canonical or not) with every argument filled in, less those that AWS never answers."""
    tree: Tree = {}
    for field in fields:
        if not field.answered:
            continue
        value = values.get(field.name)
        if field.type is Type.BLOCK:
            tree[field.name] = complete(field.fields, value) if value else _silent(field)
        elif field.type is Type.BLOCKS:
            tree[field.name] = {key: complete(field.fields, item) for key, item in (value or {}).items()}
        else:
            tree[field.name] = _leaf(field, value)
    return tree


def _silent(field: Field) -> Tree:
    """The tree of a block that nobody says anything about: one for all resources, never changed."""
    known = _SILENT.get(id(field))
    if known is None:
        known = _SILENT[id(field)] = (field, complete(field.fields, {}))
    return known[1]


_SILENT: dict[int, tuple[Field, Tree]] = {}
"""By identity, for a field is too large to hash; the field beside it keeps the identity its own."""


def _leaf(field: Field, value: Any) -> Any:
    if value is None and field.unset is None:
        return {} if field.type is Type.MAP else None
    found = value if isinstance(value, Unknown) else canonical(field, value)
    if found is None:
        found = canonical(field, field.unset)
    if found is None and field.type is Type.MAP:
        return {}
    return found


def never_answered(fields: tuple[Field, ...], values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """The arguments of `values` that AWS never answers, by dotted path; a repeated block's key is none."""
    for field in fields:
        value = values.get(field.name)
        if value is None:
            continue
        path = f"{prefix}{field.name}"
        if field.type is Type.BLOCK:
            yield from never_answered(field.fields, value, f"{path}.")
        elif not field.answered:
            yield path


def normalised(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the kind's units and twins folded."""
    return dict(values) if kind.normalise is None else kind.normalise(dict(values))


def comparable(value: Any) -> Any:
    """A tree that deepdiff can walk: sets as sorted lists, numbers and texts as they are."""
    if isinstance(value, Mapping):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return [comparable(item) for item in value]
    return value


def settle(expected: Any, actual: Any) -> tuple[Any, Any]:
    """Secrets of both sides as texts that are equal exactly where the secrets are.

    deepdiff would look inside a `Sensitive`; it only ever gets these.
    """
    if isinstance(expected, Sensitive) or isinstance(actual, Sensitive):
        same = expected == actual
        return ("secret", "secret") if same else (_token("desired", expected), _token("live", actual))
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        pairs = {
            key: settle(expected.get(key), actual.get(key))
            for key in (*expected, *(key for key in actual if key not in expected))
        }
        return (
            {key: pairs[key][0] for key in pairs if key in expected},
            {key: pairs[key][1] for key in pairs if key in actual},
        )
    return expected, actual


def _token(side: str, value: Any) -> Any:
    return f"{side} secret" if isinstance(value, Sensitive) else value
