"""Which arguments a property of the spec language decides.

The field tables say it themselves (`Field.spec`); the few links that no table has room for, because
a whole block or resource is computed from one item of the spec, stand here by name. Every name is
checked against the tables and models when the links are made.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from tfgen.explain.arguments import Argument, arguments, by_name
from tfgen.explain.language import properties
from tfgen.kinds import authorizer, identity_provider, integration, route, user_pool

_ITEMS: Final = {identity_provider.TYPE: "identityProviders[]."}
"""Kinds that stand for one item of a list: their tables name the item's own properties."""

_SCHEMA: Final = f"{user_pool.TYPE}.schema"
_COMPUTED: Final[dict[str, tuple[str, ...]]] = {
    "schema[].name": (f"{_SCHEMA}.name",),
    "schema[].attributeDataType": (f"{_SCHEMA}.attribute_data_type",),
    "schema[].developerOnlyAttribute": (f"{_SCHEMA}.developer_only_attribute",),
    "schema[].mutable": (f"{_SCHEMA}.mutable",),
    "schema[].required": (f"{_SCHEMA}.required",),
    "schema[].numberMaxValue": (f"{_SCHEMA}.number_attribute_constraints.max_value",),
    "schema[].numberMinValue": (f"{_SCHEMA}.number_attribute_constraints.min_value",),
    "schema[].stringMaxLength": (f"{_SCHEMA}.string_attribute_constraints.max_length",),
    "schema[].stringMinLength": (f"{_SCHEMA}.string_attribute_constraints.min_length",),
    "event.httpApiGatewayName": (f"{route.TYPE}.api_id",),
    "event.path": (f"{route.TYPE}.route_key",),
    "event.method": (f"{route.TYPE}.route_key",),
    "event.payloadFormat": (f"{integration.TYPE}.payload_format_version",),
    "event.authorizer": (f"{route.TYPE}.authorization_type", f"{route.TYPE}.authorizer_id"),
    "event.authorizer.type": (f"{authorizer.TYPE}.authorizer_type", f"{route.TYPE}.authorization_type"),
    "event.authorizer.properties.userPoolName": (
        f"{authorizer.TYPE}.jwt_configuration.issuer",
        f"{authorizer.TYPE}.jwt_configuration.audience",
    ),
    "event.authorizer.properties.functionName": (f"{authorizer.TYPE}.authorizer_uri",),
    "event.authorizer.properties.identitySources": (f"{authorizer.TYPE}.identity_sources",),
    "event.authorizer.properties.iamResponse": (f"{authorizer.TYPE}.enable_simple_responses",),
    "event.authorizer.properties.cacheResultSeconds": (
        f"{authorizer.TYPE}.authorizer_result_ttl_in_seconds",
    ),
}


@cache
def links() -> dict[str, tuple[Argument, ...]]:
    """Property path → the arguments it decides, in table order; properties that decide none are missing.

    Raises KeyError when a table or the list above names a property or an argument that does not exist:
    a bug of ours that a test finds.
    """
    known = {found.path.removesuffix("[]"): found.path for found in properties()}
    done: dict[str, dict[str, Argument]] = {}
    for argument in arguments():
        for spec in argument.field.spec_paths:
            path = known[f"{_ITEMS.get(argument.kind.type, '')}{spec}"]
            done.setdefault(path, {})[argument.name] = argument
    for path, names in _COMPUTED.items():
        for name in names:
            done.setdefault(known[path], {})[name] = by_name()[name]
    return {path: tuple(found.values()) for path, found in done.items()}


@cache
def back_links() -> dict[str, tuple[str, ...]]:
    """Full argument name → the paths of the properties that decide it."""
    done: dict[str, list[str]] = {}
    for path, found in links().items():
        for argument in found:
            done.setdefault(argument.name, []).append(path)
    return {name: tuple(paths) for name, paths in done.items()}
