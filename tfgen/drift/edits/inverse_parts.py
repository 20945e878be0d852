"""The way back into lists of the spec: attributes and identity providers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from tfgen.drift.edits.case import NOTHING, Case
from tfgen.kinds.field import Field
from tfgen.kinds.schema_attributes import SCHEMA
from tfgen.spec.attributes import STANDARD
from tfgen.spec.identity_providers import attribute_mapping, facts
from tfgen.spec.nodes import Path

Puts = tuple[tuple[Path, Any], ...]


def _members(fields: tuple[Field, ...], prefix: str = "") -> Iterator[tuple[str, str]]:
    for field in fields:
        yield from _members(field.fields, f"{prefix}{field.name}.")
        for path in field.spec_paths:
            yield f"{prefix}{field.name}", path.removeprefix("schema[].")


_SCHEMA: Final = {path: name for path, name in _members(SCHEMA.fields) if name != "name"}
"""Argument of a schema block → property of an attribute in the spec."""
_SILENT: Final = {
    "developerOnlyAttribute": False,
    "mutable": True,
    "required": False,
    "stringMaxLength": 2048,
    "stringMinLength": 0,
}
"""What an attribute need not say."""


def schema(case: Case) -> Iterator[Puts]:
    """One attribute: a new member of the list, one that goes, or one property of it."""
    assert case.pool is not None  # noqa: S101 - gateways have no schema
    base = case.pool.spec_path("schema")
    name, rest = case.difference.steps[1], ".".join(case.difference.steps[2:])
    written = [item.name for item in case.pool.get("schema")]
    if name not in written:
        if not rest and case.difference.live is not None:
            yield (((*base, len(written)), _attribute(name, case.difference.live)),)
        return
    place = written.index(name)
    if not rest:
        yield (((*base, place), NOTHING),)
    elif (member := _SCHEMA.get(rest)) is not None:
        live = case.difference.live
        yield (((*base, place, member), NOTHING if live is None else _number(member, live)),)


def _attribute(name: str, live: dict[str, Any]) -> dict[str, Any]:
    """A live attribute as the spec writes it, less what need not be said."""
    done: dict[str, Any] = {"name": name}
    for argument, member in _SCHEMA.items():
        value: Any = live
        for step in argument.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        value = None if value is None else _number(member, value)
        usual = STANDARD.get(name, "String") if member == "attributeDataType" else _SILENT.get(member)
        if value is not None and value != usual:
            done[member] = value
    return done


def _number(member: str, value: Any) -> Any:
    """A limit, which Terraform holds as a text, as the number that it is; one that is none stays a text."""
    if isinstance(value, str) and member.startswith(("number", "string")):
        for number in (int, float):
            with contextlib.suppress(ValueError):
                return number(value)
    return value


def _provider(case: Case) -> tuple[Any, Path] | None:
    """The spec's provider behind a resource, and where it stands."""
    for argument in ("provider_details", "provider_type", "attribute_mapping"):
        origin = case.resource.origins.get(argument, ())
        if case.pool is not None and "identityProviders" in origin:
            at = origin.index("identityProviders") + 1
            return case.pool.properties.identity_providers[int(origin[at])], origin[: at + 1]
    return None


def mapping(case: Case) -> Iterator[Puts]:
    """One claim of a provider; a default mapping is written out with it."""
    found, steps = _provider(case), case.difference.steps
    if found is None or len(steps) != 2:
        return
    provider, base = found
    live, key = case.difference.live, steps[1]
    here = (*base, "attributeMapping")
    if "attribute_mapping" in provider.model_fields_set:
        yield (((*here, key), NOTHING if live is None else live),)
        return
    whole = {name: claim for name, claim in attribute_mapping(provider).items() if name != "username"}
    whole.pop(key, None)
    yield ((here, whole if live is None else {**whole, key: live}),)


def details(case: Case) -> Iterator[Puts]:
    """One detail of a provider: a property of its own where it has one, else under providerDetails."""
    found, steps = _provider(case), case.difference.steps
    if found is None or len(steps) != 2:
        return
    provider, base = found
    live, key = case.difference.live, steps[1]
    value = NOTHING if live is None else live
    if key in provider.provider_details:
        yield (((*base, "providerDetails", key), value),)
    elif key == "client_id":
        yield (((*base, "clientId"), value),)
    elif key == "authorize_scopes" and live is not None:
        scopes = [one for one in str(live).split(facts(provider).scope_separator) if one]
        yield (((*base, "authorizeScopes"), scopes),)
    elif live is not None:
        yield (((*base, "providerDetails", key), live),)
