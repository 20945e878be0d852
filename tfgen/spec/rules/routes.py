"""Rules about routes, their authorizers and the gateways they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from tfgen.spec.model import CognitoAuthorizer, Function, Gateway, HttpEvent, LambdaAuthorizer, Spec, UserPool
from tfgen.spec.nodes import Path, child
from tfgen.spec.problems import nearest
from tfgen.spec.rules.base import Fault, Rule

SpecRule: TypeAlias = Rule[None]
DEFAULT_PATHS = ("*", "$default")


def authorizer_targets(_: None, spec: Spec) -> Iterator[Fault]:
    """Pools and functions that authorizers name are in the spec."""
    for event in _events(spec):
        match event.authorizer:
            case CognitoAuthorizer(user_pool=name, path=path) if name not in spec.pools:
                yield Fault(
                    (*path, "properties", "userPoolName"),
                    f"{name!r} is no user-auth-pool of the spec",
                    near=nearest(name, spec.pools),
                )
            case LambdaAuthorizer(function=name, path=path) if name not in spec.functions:
                yield Fault(
                    (*path, "properties", "functionName"),
                    f"{name!r} is no function of the spec",
                    near=nearest(name, spec.functions),
                )
            case _:
                pass


def one_token_source(_: None, spec: Spec) -> Iterator[Fault]:
    """A JWT authorizer has one identity source."""
    for event in _events(spec):
        if isinstance(event.authorizer, CognitoAuthorizer) and len(event.authorizer.identity_sources) != 1:
            yield Fault(
                (*event.authorizer.path, "properties", "identitySources"),
                f"has {len(event.authorizer.identity_sources)} members",
                "exactly one, such as $request.header.Authorization",
            )


def cached_by_something(_: None, spec: Spec) -> Iterator[Fault]:
    """A cached answer is found again by an identity source."""
    for event in _events(spec):
        by = event.authorizer
        if isinstance(by, LambdaAuthorizer) and by.cache_result_seconds and not by.identity_sources:
            yield Fault(
                (*by.path, "properties", "cacheResultSeconds"),
                "needs identitySources",
                "such as $request.header.Authorization",
            )


def default_route(_: None, spec: Spec) -> Iterator[Fault]:
    """The default route takes every method."""
    for event in _events(spec):
        if event.route_path in DEFAULT_PATHS and event.method != "*":
            yield Fault(
                (*event.path, "properties", "method"),
                f"{event.method} does not go with the path {event.route_path}",
                "*",
            )


def distinct_routes(_: None, spec: Spec) -> Iterator[Fault]:
    """A gateway has a route once."""
    first: dict[tuple[str, str], HttpEvent] = {}
    for event in _events(spec):
        route = (event.gateway, event.route_key)
        if route in first:
            other = spec.position(first[route].path)
            yield Fault(
                event.path,
                f"the route {event.route_key!r} of {event.gateway} is there already",
                f"first in {other}",
            )
        first.setdefault(route, event)


def one_format(_: None, spec: Spec) -> Iterator[Fault]:
    """A workload gets its requests in one shape."""
    for function in spec.functions.values():
        for event in function.events[1:]:
            if event.payload_format != function.events[0].payload_format:
                yield Fault(
                    (*event.path, "properties", "payloadFormat"),
                    f"is {event.payload_format}, but {function.events[0].payload_format} in the first event",
                    "one format for all events of a function",
                )


def gateways_are_gateways(_: None, spec: Spec) -> Iterator[Fault]:
    """An event names an http-api-gateway, nothing else of the spec."""
    for event, path, _near in _foreign_gateways(spec):
        if child(child(spec.root, "resources"), event.gateway) is not None:
            yield Fault(path, f"{event.gateway!r} is not an http-api-gateway")


def misspelled_gateways(_: None, spec: Spec) -> Iterator[Fault]:
    """A gateway that the spec does not declare, but one that looks like it."""
    for event, path, near in _foreign_gateways(spec):
        if near:
            yield Fault(
                path, f"{event.gateway!r} is not declared in the spec, its id becomes a variable", near=near
            )


def foreign_gateways(_: None, spec: Spec) -> Iterator[Fault]:
    """A gateway that lives elsewhere."""
    for event, path, near in _foreign_gateways(spec):
        if not near:
            yield Fault(path, f"{event.gateway!r} is not declared in the spec, its id becomes a variable")


def distinct_keys(_: None, spec: Spec) -> Iterator[Fault]:
    """Pools and gateways become directories, which some disks compare without regard to case."""
    first: dict[str, UserPool | Gateway] = {}
    parts: list[UserPool | Gateway] = [*spec.pools.values(), *spec.gateways.values()]
    for part in parts:
        other = first.setdefault(part.key.lower(), part)
        if other.key != part.key:
            where = f"first in {spec.position(other.path)}"
            yield Fault(part.path, f"{part.key!r} differs from another name only in case", where)


def _events(spec: Spec) -> Iterator[HttpEvent]:
    functions: list[Function] = list(spec.functions.values())
    return (event for function in functions for event in function.events)


def _foreign_gateways(spec: Spec) -> Iterator[tuple[HttpEvent, Path, str]]:
    """Events of gateways that the spec does not declare: the path to blame, the nearest declared name."""
    declared = {gateway.key for gateway in spec.gateways.values() if gateway.declared}
    near: dict[str, str] = {}
    for event in _events(spec):
        if event.gateway in declared:
            continue
        if event.gateway not in near:
            near[event.gateway] = nearest(event.gateway, declared)
        yield event, (*event.path, "properties", "httpApiGatewayName"), near[event.gateway]


RULES: tuple[SpecRule, ...] = (
    SpecRule("R54", "error", authorizer_targets),
    SpecRule("R54", "error", one_token_source),
    SpecRule("R54", "error", gateways_are_gateways),
    SpecRule("R54", "warning", misspelled_gateways),
    SpecRule("R54", "notice", foreign_gateways),
    SpecRule("E1", "error", cached_by_something),
    SpecRule("E2", "error", default_route),
    SpecRule("E3", "error", distinct_routes),
    SpecRule("E4", "error", one_format),
    SpecRule("E5", "error", distinct_keys),
)
