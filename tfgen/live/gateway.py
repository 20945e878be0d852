"""One HTTP API: itself when the spec declares it, its authorizers, integrations and routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgen.kinds import authorizer, http_api, http_api_stage, integration, route
from tfgen.kinds.answers import main_source
from tfgen.kinds.field import Kind
from tfgen.live import permissions
from tfgen.live.collect import CONTEXT, Collector
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.resource import Unknown

_API, _STAGE = http_api.KIND, http_api_stage.KIND
_AUTHORIZER, _INTEGRATION, _ROUTE = authorizer.KIND, integration.KIND, route.KIND

Item = dict[str, Any]


class _GoneError(Exception):
    """AWS no longer knows the API."""


def read_gateway(module: Module, api_id: str, region: str) -> None:
    """Everything of one API that the spec could own. Raises LiveError.

    A declared API is ours as a whole (five listings at most); of another one we own only the
    routes the spec has, their authorizers and integrations (three listings).
    """
    declared = bool(module.of_kind(_API.type))
    module.known.region = region
    try:
        if declared:
            _read_api(module, api_id, region)
        _read_parts(module, api_id, region, declared=declared)
    except AbsentError:
        return
    except _GoneError:
        gone = "was deleted while it was read: run again" if declared else "does not exist: check the id"
        module.found = Collector(module.key)
        module.found.unread_kinds(module.kinds, f"HTTP API {api_id} in {region} {gone}")
        return
    permissions.read(module, region, caller=api_id)


def _read_api(module: Module, api_id: str, region: str) -> None:
    """The API itself. Raises AbsentError when there is none."""
    context = {"region": region, "account": module.known.account, "partition": module.known.partition}
    try:
        answer = module.aws.call(_API.sources["api"], region, ApiId=api_id)
    except UnreadError as failed:
        module.found.add_partly(_API, api_id, {"ApiId": api_id}, failed.reason)
    else:
        module.found.add(_API, api_id, {"api": answer, CONTEXT: context})


def _read_parts(module: Module, api_id: str, region: str, *, declared: bool) -> None:
    def listed(kind: Kind, order: str) -> list[Item] | None:
        source = kind.sources[main_source(kind)]
        try:
            items = module.aws.pages(source, region, ApiId=api_id)
        except AbsentError:
            raise _GoneError from None
        except UnreadError as failed:
            module.found.unread(kind.type, failed.reason)
            return None
        return sorted(items, key=lambda item: str(item.get(order)))

    def add(kind: Kind, items: list[Item] | None, label: str, ours: Callable[[Item], bool]) -> None:
        for item in items or ():
            if declared or ours(item):
                module.found.add(kind, str(item.get(label)), {main_source(kind): item | {"ApiId": api_id}})

    if declared:
        add(_STAGE, listed(_STAGE, "StageName"), "StageName", lambda item: True)
    authorizers = listed(_AUTHORIZER, "Name")
    integrations = listed(_INTEGRATION, "IntegrationId")
    routes = listed(_ROUTE, "RouteKey")
    keys, names = _wanted(module, _ROUTE, "route_key"), _wanted(module, _AUTHORIZER, "name")
    functions = _wanted(module, _INTEGRATION, "integration_uri")
    ours = [item for item in routes or () if item.get("RouteKey") in keys]
    deciding = {item.get("AuthorizerId") for item in ours}
    called = {str(item.get("Target", "")).removeprefix("integrations/") for item in ours}
    add(
        _AUTHORIZER,
        authorizers,
        "AuthorizerId",
        lambda item: item.get("AuthorizerId") in deciding or item.get("Name") in names,
    )
    add(
        _INTEGRATION,
        integrations,
        "IntegrationId",
        lambda item: item.get("IntegrationId") in called or item.get("IntegrationUri") in functions,
    )
    add(_ROUTE, ours if not declared else routes, "RouteId", lambda item: True)
    if routes is None and not declared:
        reason = "the API's routes could not be read, so it is not known which of its parts are the spec's"
        module.found.unread_kinds((_AUTHORIZER.type, _INTEGRATION.type), reason)


def _wanted(module: Module, kind: Kind, argument: str) -> set[Any]:
    """The known values of an argument among the desired resources."""
    values = (module.value(resource, argument) for resource in module.of_kind(kind.type))
    return {value for value in values if value is not None and not isinstance(value, Unknown)}
