"""A valid spec: what the rooms after this one work with."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel

from tfgen.errors import Position, Problem
from tfgen.spec.nodes import Mapping, Path, locate
from tfgen.spec.properties import SPELLINGS, UserPoolProperties

Overrides = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CognitoAuthorizer:
    """Lets in who holds a token of `user_pool` (a key of the spec's pools)."""

    user_pool: str
    identity_sources: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class LambdaAuthorizer:
    """Asks `function` (a key of the spec's functions) whether a request may pass."""

    function: str
    iam_response: bool
    identity_sources: tuple[str, ...]
    cache_result_seconds: int
    path: Path


@dataclass(frozen=True, slots=True)
class HttpEvent:
    """A route of an HTTP API that calls the workload it stands in."""

    path: Path
    gateway: str
    route_path: str
    method: str
    payload_format: str
    authorizer: CognitoAuthorizer | LambdaAuthorizer | None = None

    @property
    def route_key(self) -> str:
        """The route as API Gateway names it: `POST /post/create`, `ANY /x` or `$default`."""
        if self.route_path in ("*", "$default"):
            return "$default"
        return f"{'ANY' if self.method == '*' else self.method} {self.route_path}"


@dataclass(frozen=True, slots=True)
class Function:
    """A workload: any `function`, and whatever else has http-api-gateway events."""

    key: str
    type: str
    events: tuple[HttpEvent, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Gateway:
    """An HTTP API; not `declared` when only events name it and it lives elsewhere."""

    key: str
    declared: bool
    path: Path
    payload_format: str = "1.0"
    overrides: Overrides = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserPool:
    """A `user-auth-pool`. Property names below are dotted and the spec's own."""

    key: str
    path: Path
    properties: UserPoolProperties
    overrides: Overrides = field(default_factory=dict)
    written: MappingType[str, str] = field(default_factory=dict)
    """Canonical name -> the spelling that the spec uses, where they differ."""

    def get(self, name: str) -> Any:
        """The value of `passwordPolicy.minimumLength` or the like; its default when the spec is silent.

        Raises KeyError for a name that the language does not have.
        """
        first, *rest = _steps(name)
        value: Any = getattr(self.properties, attributes(UserPoolProperties)[first])
        for step in rest:
            if value is None:
                return None
            value = _member(value, step)
        return value

    def declared(self, name: str) -> bool:
        """Whether the spec itself says the property; raises KeyError as `get` does."""
        first, *rest = _steps(name)
        attribute = attributes(UserPoolProperties)[first]
        value: Any = getattr(self.properties, attribute)
        if attribute not in self.properties.model_fields_set:
            return False
        for step in rest:
            if isinstance(value, BaseModel) and attributes(type(value))[step] not in value.model_fields_set:
                return False
            if value is None or (isinstance(value, dict) and step not in value):
                return False
            value = _member(value, step)
        return True

    def spec_path(self, name: str | Path) -> Path:
        """The whole path of a property, for `Spec.position`; `name` is dotted, or the steps themselves."""
        steps = name if isinstance(name, tuple) else _numbered_steps(name)
        first = self.written.get(str(steps[0]), steps[0])
        return (*self.path, "properties", first, *steps[1:])


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """All valid spec files of one run, merged."""

    service_name: str | None
    stage: str | None
    region: str | None
    pools: dict[str, UserPool]
    functions: dict[str, Function]
    gateways: dict[str, Gateway]
    sources: tuple[str, ...]
    root: Mapping = field(repr=False)
    warnings: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    def position(self, path: Path) -> Position:
        """Where `path` is written, or the nearest part of it that is."""
        return locate(self.root, path)


@cache
def attributes(model: type[BaseModel]) -> dict[str, str]:
    """Spec name -> Python attribute of a property model."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


@lru_cache(maxsize=4096)
def _steps(name: str) -> tuple[str, ...]:
    first, *rest = name.split(".")
    return SPELLINGS.get(first, first), *rest


@lru_cache(maxsize=4096)
def _numbered_steps(name: str) -> Path:
    return tuple(map(_numbered, _steps(name)))


def _numbered(step: str) -> str | int:
    return int(step) if step.isdecimal() else step


def _member(value: Any, step: str) -> Any:
    if isinstance(value, BaseModel):
        return getattr(value, attributes(type(value))[step])
    if isinstance(value, tuple):
        return value[int(step)]
    if isinstance(value, dict):
        return value.get(step)
    raise KeyError(step)
