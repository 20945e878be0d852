"""The spec language as a flat list, read from the property models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema

from tfgen.spec.event_properties import (
    Authorizer,
    CognitoAuthorizerProperties,
    HttpEventProperties,
    LambdaAuthorizerProperties,
)
from tfgen.spec.properties import SPELLINGS, UserPoolProperties
from tfgen.spec.types import Text

EVENT: Final = "event"
"""How paths call the `properties` of an `http-api-gateway` event."""

_ROOTS: Final[tuple[tuple[str, type[BaseModel]], ...]] = (
    ("", UserPoolProperties),
    (EVENT, HttpEventProperties),
    (f"{EVENT}.authorizer", Authorizer),
    (f"{EVENT}.authorizer.properties", CognitoAuthorizerProperties),
    (f"{EVENT}.authorizer.properties", LambdaAuthorizerProperties),
)
_WORDS: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property of the spec language.

    `path` is dotted, below a pool's `properties` (or `event.…`), with `[]` after a list of mappings.
    `limits` are sentences. `default` and `stacktape` are texts, "" where there is none;
    `why` tells why the two differ. `group` is the model's own description.
    """

    path: str
    group: str
    type: str
    doc: str
    allowed: tuple[str, ...]
    limits: tuple[str, ...]
    required: bool
    default: str
    stacktape: str
    why: str
    newer: bool
    aliases: tuple[str, ...]

    @property
    def where(self) -> str:
        """Where it stands in a spec file."""
        if self.path.startswith(f"{EVENT}."):
            inner = self.path.removeprefix(f"{EVENT}.")
            return f"resources.<function>.properties.events[].properties.{inner}"
        return f"resources.<pool>.properties.{self.path}"


@cache
def properties() -> tuple[Property, ...]:
    """Every property, in the order of the models, each model's own properties together."""
    _, schemas = models_json_schema([(model, "validation") for _, model in _ROOTS])
    definitions: dict[str, Any] = schemas["$defs"]
    return tuple(
        found
        for prefix, model in _ROOTS
        for found in _of_model(model, f"{prefix}." * bool(prefix), definitions)
    )


def _of_model(model: type[BaseModel], prefix: str, definitions: dict[str, Any]) -> Iterator[Property]:
    """The properties of one model, then those of the models inside it."""
    schema = definitions[model.__name__]
    inner: list[tuple[type[BaseModel], str]] = []
    for field in model.model_fields.values():
        name = field.alias or ""
        shape = _shape(schema["properties"][name])
        nested = next(_models(field.annotation), None)
        path = f"{prefix}{name}{'[]' if nested and shape.get('type') == 'array' else ''}"
        if nested:
            inner.append((nested, f"{path}."))
        yield _property(path, schema["description"], field, shape)
    for nested, below in inner:
        yield from _of_model(nested, below, definitions)


def _property(path: str, group: str, field: FieldInfo, shape: dict[str, Any]) -> Property:
    said: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    items = shape.get("items", shape)
    return Property(
        path=path,
        group=group.rstrip("."),
        type=_type(shape),
        doc=field.description or "",
        allowed=tuple(map(str, items.get("enum", ()))),
        limits=tuple(_limits(items, field)),
        required=field.is_required(),
        default=said.get("default_text") or _default(field),
        stacktape=said.get("stacktape", ""),
        why=said.get("why", ""),
        newer=said.get("since") == "newer",
        aliases=tuple(older for older, today in SPELLINGS.items() if today == field.alias),
    )


def _default(field: FieldInfo) -> str:
    """The default as a text; "" for what must be given, and for mappings, whose members have their own."""
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, {}) else str(value)


def _shape(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a property's schema that checks: absent is no null."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    return options[0] if options else schema


def _type(shape: dict[str, Any]) -> str:
    if shape.get("type") == "array":
        items = shape["items"]
        return "list of mappings" if "$ref" in items else f"list of {_WORDS[items.get('type', 'string')]}s"
    if "$ref" in shape:
        return "mapping"
    if isinstance(shape.get("additionalProperties"), dict):
        return "mapping of texts"
    return _WORDS[shape.get("type", "string")]


def _limits(shape: dict[str, Any], field: FieldInfo) -> Iterator[str]:
    said = list(dict.fromkeys(text.says for text in _texts(field) if text.says))
    if "minimum" in shape:
        yield f"{shape['minimum']} to {shape['maximum']}"
    if "maxLength" in shape:
        length = f"{shape.get('minLength', 0)} to {shape['maxLength']}"
        if not any(text.startswith(length) for text in said):
            yield f"{length} characters"
    elif shape.get("minLength"):
        yield "not empty"
    yield from said


def _texts(found: Any) -> Iterator[Text]:
    """The `Text` rules anywhere in an annotation: a pattern in words is not part of a JSON Schema."""
    if isinstance(found, Text):
        yield found
        return
    if isinstance(found, FieldInfo):
        yield from (item for item in found.metadata if isinstance(item, Text))
        found = found.annotation
    for item in (*get_args(found), *getattr(found, "__metadata__", ())):
        yield from _texts(item)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for item in get_args(annotation):
        yield from _models(item)
