"""The spec language as JSON Schema (draft 2020-12), so that editors complete and check specs.

Made from the property models: names, types, limits and descriptions stand there only.
What needs several properties at once, or the text of a directive, only `tfgen validate` tells.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from tfgen.spec.event_properties import (
    Authorizer,
    CognitoAuthorizerProperties,
    HttpEventProperties,
    LambdaAuthorizerProperties,
)
from tfgen.spec.gateways import PAYLOAD_FORMATS
from tfgen.spec.merge import IGNORED_ROOT_KEYS
from tfgen.spec.options import SERVICE_NAME
from tfgen.spec.properties import SPELLINGS, UserPoolProperties
from tfgen.spec.reading import GATEWAY, KEY_PATTERN, POOL

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DIRECTIVE_PATTERN: Final = r"^\$[A-Za-z_][A-Za-z0-9_$]*\([\s\S]*\)(\.[\s\S]+)?$"

_DIRECTIVE: Final = {"$ref": "#/$defs/directive"}
_MODELS: Final[tuple[type[BaseModel], ...]] = (
    UserPoolProperties,
    HttpEventProperties,
    Authorizer,
    CognitoAuthorizerProperties,
    LambdaAuthorizerProperties,
)


def json_schema() -> Schema:
    """The JSON Schema of a whole spec file; the same value, in the same order, on every call."""
    _, models = models_json_schema(
        [(model, "validation") for model in _MODELS], ref_template="#/$defs/{model}"
    )
    definitions = {name: _model(schema) for name, schema in models["$defs"].items()}
    _older_spellings(definitions[UserPoolProperties.__name__])
    _authorizer(definitions)
    return {
        "$schema": DIALECT,
        "title": "tfgen spec",
        "description": "User pools, and the HTTP API routes that they protect.",
        "type": "object",
        "required": ["resources"],
        "properties": {
            "resources": _resources(),
            "serviceName": _or_directive(
                {
                    "type": "string",
                    "pattern": f"^{SERVICE_NAME}$",
                    "description": "The first part of every name.",
                }
            ),
            "variables": {"type": "object", "description": "Values for $Var()."},
            **{name: {"description": "Not read by tfgen."} for name in IGNORED_ROOT_KEYS},
        },
        "$defs": {
            "directive": {
                "type": "string",
                "pattern": DIRECTIVE_PATTERN,
                "description": "A directive such as $Secret('name.key') or $Var().name.",
            },
            **_resource_types(),
            **definitions,
        },
    }


def _model(schema: Schema) -> Schema:
    """A model's schema: no made-up titles, and a directive in every place of a value."""
    properties = {name: _property(inner) for name, inner in schema.get("properties", {}).items()}
    cleaned: Schema = {"type": "object", "additionalProperties": False}
    if "description" in schema:
        cleaned["description"] = schema["description"]
    if "required" in schema:
        cleaned["required"] = schema["required"]
    return {**cleaned, "properties": properties}


def _property(schema: Schema) -> Schema:
    said = [schema["description"]] if "description" in schema else []
    if default := schema.get("default_text") or _default(schema):
        said.append(f"Default: {default}.")
    return {"description": " ".join(said), **_value(schema)}


def _default(schema: Schema) -> str:
    default = schema.get("default")
    if default in (None, []):
        return ""
    if isinstance(default, list):
        return ", ".join(map(str, default))
    return str(default).lower() if isinstance(default, bool) else str(default)


def _value(schema: Schema) -> Schema:
    """The part of a schema that checks: absent is no null, and members may be directives as well."""
    if "anyOf" in schema:
        (inner,) = (option for option in schema["anyOf"] if option != {"type": "null"})
        return _value(inner)
    kept = {key: value for key, value in schema.items() if key not in _TALK}
    if "items" in kept:
        kept["items"] = _value(kept["items"])
    if isinstance(kept.get("additionalProperties"), dict):
        kept["additionalProperties"] = _value(kept["additionalProperties"])
    return _or_directive(kept)


_TALK: Final = ("title", "description", "default", "default_text", "stacktape", "why", "since")


def _or_directive(schema: Schema) -> Schema:
    """A schema that takes a directive too; one that takes any text does so already."""
    if schema.get("type") == "string" and not schema.keys() & {"pattern", "enum", "const", "maxLength"}:
        return schema
    return {"anyOf": [schema, _DIRECTIVE]} if schema else {}


def _older_spellings(pool: Schema) -> None:
    for older, today in SPELLINGS.items():
        said = f"Older spelling of {today}. {pool['properties'][today]['description']}"
        pool["properties"][older] = {**pool["properties"][today], "description": said}
        pool["not"] = {"required": [older, today]}


def _authorizer(definitions: dict[str, Schema]) -> None:
    """The authorizer's type decides about its properties."""
    definitions[HttpEventProperties.__name__]["properties"]["authorizer"] = {
        "description": "Who may call the route.",
        "anyOf": [{"$ref": f"#/$defs/{Authorizer.__name__}"}, _DIRECTIVE],
    }
    definitions[Authorizer.__name__]["allOf"] = [
        _when(
            kind,
            {"properties": {"properties": {"$ref": f"#/$defs/{model.__name__}"}}, "required": ["properties"]},
        )
        for kind, model in (("cognito", CognitoAuthorizerProperties), ("lambda", LambdaAuthorizerProperties))
    ]


def _when(kind: str, then: Schema) -> Schema:
    """`then` holds where `type` is `kind`."""
    return {"if": {"properties": {"type": {"const": kind}}, "required": ["type"]}, "then": then}


def _resources() -> Schema:
    """Pools and gateways have names that can be directories; other resources may have any."""
    elsewhere = {"properties": {"type": {"enum": [POOL, GATEWAY]}}, "required": ["type"]}
    return {
        "type": "object",
        "description": "The resources by name.",
        "patternProperties": {f"^{KEY_PATTERN}$": {"$ref": "#/$defs/resource"}},
        "additionalProperties": {"allOf": [{"$ref": "#/$defs/resource"}, {"not": elsewhere}]},
    }


def _resource_types() -> dict[str, Schema]:
    overrides = {
        "type": ["object", "null"],
        "description": "Settings by child resource and property, for what the language cannot say.",
        "additionalProperties": {"type": "object"},
    }
    event = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"description": "What triggers the workload."}},
        "allOf": [
            _when(
                GATEWAY,
                {
                    "required": ["properties"],
                    "properties": {
                        "type": True,
                        "properties": {"$ref": f"#/$defs/{HttpEventProperties.__name__}"},
                    },
                    "additionalProperties": False,
                },
            )
        ],
    }
    pool = {
        "type": "object",
        "description": "A Cognito user pool with its app client, domain and identity providers.",
        "required": ["type"],
        "properties": {
            "type": {"const": POOL},
            "properties": {
                "anyOf": [{"$ref": f"#/$defs/{UserPoolProperties.__name__}"}, {"type": "null"}, _DIRECTIVE]
            },
            "overrides": {"anyOf": [overrides, _DIRECTIVE]},
        },
        "additionalProperties": False,
    }
    gateway = {
        "type": "object",
        "description": "An HTTP API.",
        "properties": {
            "properties": {
                "type": ["object", "null"],
                "properties": {"payloadFormat": _or_directive({"enum": list(PAYLOAD_FORMATS)})},
            },
            "overrides": {"anyOf": [overrides, _DIRECTIVE]},
        },
    }
    function = {
        "type": "object",
        "description": "A workload; tfgen reads its http-api-gateway events only.",
        "properties": {
            "properties": {
                "type": ["object", "null"],
                "properties": {"events": {"type": "array", "items": {"$ref": "#/$defs/event"}}},
            }
        },
    }
    types = {POOL: "pool", GATEWAY: "gateway", "function": "function", "batch-job": "function"}
    resource = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "description": "What the resource is."}},
        "allOf": [_when(kind, {"$ref": f"#/$defs/{name}"}) for kind, name in types.items()],
    }
    return {"resource": resource, "pool": pool, "gateway": gateway, "function": function, "event": event}
