"""A pool some of whose properties are wrong: the good ones can still be checked against each other."""

from __future__ import annotations

from typing import Any, cast

from tfgen.spec.properties import UserPoolProperties


class Unusable(Exception):
    """A rule asked for a property that is wrong and already reported."""


class _Partial:
    """The good properties of a pool; asking for a bad one raises Unusable."""

    def __init__(self, properties: UserPoolProperties, broken: frozenset[str]) -> None:
        self._properties = properties
        self._broken = broken

    @property
    def model_fields_set(self) -> set[str]:
        return self._properties.model_fields_set

    def __getattr__(self, name: str) -> Any:
        if name in self._broken:
            raise Unusable(name)
        return getattr(self._properties, name)


def partial(good: dict[str, Any], broken: frozenset[str]) -> UserPoolProperties:
    """Properties that raise Unusable for the attributes in `broken`; never leave the spec room."""
    return cast(UserPoolProperties, _Partial(UserPoolProperties.model_validate(good), broken))
