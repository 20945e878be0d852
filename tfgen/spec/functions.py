"""Workloads with `http-api-gateway` events: which routes call them, and who may call the routes."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec.event_properties import (
    Authorizer,
    CognitoAuthorizerProperties,
    HttpEventProperties,
    LambdaAuthorizerProperties,
)
from tfgen.spec.merge import Resource
from tfgen.spec.model import CognitoAuthorizer, Function, Gateway, HttpEvent, LambdaAuthorizer
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, Sequence, child, kind_of
from tfgen.spec.problems import nearest
from tfgen.spec.reading import GATEWAY, Reading, properties_of, single
from tfgen.spec.validate import Model, Origin, check, plain, unusable

CONTAINERS = "multi-container-workload"


def read_function(resource: Resource, gateways: dict[str, Gateway], reading: Reading) -> Function:
    """The workload with its HTTP events; other events and all other properties are left alone."""
    events: list[HttpEvent] = []
    for path, node in _event_nodes(resource, reading):
        event = _event(path, node, resource, gateways, reading)
        if event is not None:
            events.append(event)
    return Function(resource.key, str(resource.type), tuple(events), resource.path)


def has_http_events(resource: Resource) -> bool:
    """Whether any event in the places where workloads have them is an http-api-gateway's."""
    return any(
        single(child(event, "type")) == GATEWAY
        for _, node in _event_lists(resource.node.entries.get("properties"), resource.path)
        if isinstance(node, Sequence)
        for event in node.items
    )


def _event_lists(properties: Node | None, path: Path) -> Iterator[tuple[Path, Node]]:
    """Where a workload may have events: its own properties, and each of its containers."""
    own = child(properties, "events")
    if own is not None:
        yield (*path, "properties", "events"), own
    containers = child(properties, "containers")
    if isinstance(containers, Sequence):
        for index, container in enumerate(containers.items):
            events = child(container, "events")
            if events is not None:
                yield (*path, "properties", "containers", index, "events"), events


def _event_nodes(resource: Resource, reading: Reading) -> Iterator[tuple[Path, Mapping]]:
    """The http-api-gateway events with their paths; what has another shape is reported."""
    for path, written in _event_lists(properties_of(resource, reading), resource.path):
        node = _ahead(written, path, resource, reading)
        if not isinstance(node, Sequence):
            _not(node, path, "a list", "begin each event with '- type:'", reading)
            continue
        for index, item in enumerate(node.items):
            here = (*path, index)
            event = _ahead(item, here, resource, reading)
            if not isinstance(event, Mapping):
                _not(event, here, "a mapping", "type: ..., properties: ...", reading)
                continue
            kind = single(event.entries.get("type"))
            if kind == GATEWAY:
                yield here, event
            elif isinstance(kind, str) and nearest(kind, [GATEWAY]):
                at, path_ = reading.position((*here, "type")), (*here, "type")
                reading.collector.warn(
                    at, path_, f"events of type {kind[:60]!r} are left alone", near=GATEWAY
                )


def _ahead(node: Node, path: Path, resource: Resource, reading: Reading) -> Node:
    """A directive in place of a list or an event, answered; anything else as it is."""
    return reading.resolver.resolve(node, path, resource.document) if isinstance(node, Scalar) else node


def _not(node: Node, path: Path, wanted: str, allowed: str, reading: Reading) -> None:
    if single(node) is not BROKEN:
        reading.error(path, f"must be {wanted}, not {kind_of(node)}", allowed)


def _event(
    path: Path, event: Mapping, resource: Resource, gateways: dict[str, Gateway], reading: Reading
) -> HttpEvent | None:
    for key in event.entries:
        if key not in ("type", "properties"):
            reading.error(
                (*path, key), "is not known here", "known are type, properties", nearest(key, ["properties"])
            )
    here = (*path, "properties")
    node = event.entries.get("properties")
    if node is None:
        reading.error(here, "is missing", "an http-api-gateway event has httpApiGatewayName, path and method")
        return None
    node = reading.resolver.resolve(node, here, resource.document)
    found = _checked(HttpEventProperties, node, here, reading)
    authorizer = _authorizer(child(node, "authorizer"), (*here, "authorizer"), reading)
    if found is None:
        return None
    _container_port(found, here, reading)
    gateway = gateways.get(found.http_api_gateway_name)
    default = gateway.payload_format if gateway is not None else "1.0"
    payload_format = "1.0" if _in_container(path) else found.payload_format or default
    return HttpEvent(path, found.http_api_gateway_name, found.path, found.method, payload_format, authorizer)


def _authorizer(
    node: Node | None, path: Path, reading: Reading
) -> CognitoAuthorizer | LambdaAuthorizer | None:
    if not isinstance(node, Mapping):  # anything else than nothing is reported with the event
        return None
    head = _checked(Authorizer, node, path, reading)
    if head is None:
        return None
    here = (*path, "properties")
    inner = node.entries.get("properties") or Mapping(node.position)
    if head.type == "cognito":
        cognito = _checked(CognitoAuthorizerProperties, inner, here, reading)
        if cognito is None:
            return None
        return CognitoAuthorizer(cognito.user_pool_name, cognito.identity_sources, path)
    asked = _checked(LambdaAuthorizerProperties, inner, here, reading)
    if asked is None:
        return None
    return LambdaAuthorizer(
        asked.function_name, asked.iam_response, asked.identity_sources, asked.cache_result_seconds, path
    )


def _checked(model: type[Model], node: Node, path: Path, reading: Reading) -> Model | None:
    if not isinstance(node, Mapping):
        _not(node, path, "a mapping", "", reading)
        return None
    broken = unusable(node, path, reading.collector)
    good = {key: plain(value) for key, value in node.entries.items() if key not in broken}
    result = check(model, good, Origin(node, path), reading.collector)
    return result if isinstance(result, model) and not broken else None


def _in_container(path: Path) -> bool:
    return "containers" in path


def _container_port(found: HttpEventProperties, path: Path, reading: Reading) -> None:
    if _in_container(path[:-1]) and found.container_port is None:
        reading.error(
            (*path, "containerPort"), "is missing", "an event of a container says which port it calls"
        )
    if not _in_container(path[:-1]) and found.container_port is not None:
        reading.error((*path, "containerPort"), "belongs to containers only", "remove it")
    if _in_container(path[:-1]) and found.payload_format == "2.0":
        reading.error((*path, "payloadFormat"), "a container takes payload format 1.0 only", "remove it")
