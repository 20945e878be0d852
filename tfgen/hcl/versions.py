"""Which releases of Terraform and of the AWS provider the written HCL needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from tfgen.kinds.field import Field, Kind, Type
from tfgen.resource import DataSource, Resource

Version = tuple[int, ...]

TERRAFORM: Final = ">= 1.3"
"""`nullable` came with 1.1 and the rest of what we write long before; 1.3 is the oldest one still around."""

BASE: Final[Version] = (5, 93)
"""5.93 made `username_configuration.case_sensitive` computed: before, pools without it showed a
difference for ever."""

_BELOW: Final = "7.0"

DATA_REGION: Final[Version] = (6, 0)
"""The release in which every regional data source got the argument `region`."""


def constraint(version: Version) -> str:
    """The provider constraint with `version` as its floor."""
    numbers = version[:2] if version[2:] in {(), (0,)} else version
    return f">= {'.'.join(map(str, numbers))}, < {_BELOW}"


def floor(resources: Iterable[Resource], data: Iterable[DataSource], kinds: Mapping[str, Kind]) -> Version:
    """The oldest provider release that has everything these resources and data sources use, at least BASE."""
    regional = any(name == "region" for source in data for name, _ in source.arguments)
    needed = DATA_REGION if regional else BASE
    for resource in resources:
        kind = kinds[resource.kind]
        if kind.since is not None:
            needed = max(needed, _parsed(kind.since))
        needed = max(needed, *_used(kind.fields, resource.values), BASE)
    return needed


@cache
def _parsed(text: str) -> Version:
    return tuple(int(number) for number in text.split("."))


def _used(fields: tuple[Field, ...], content: Mapping[str, Any]) -> Iterator[Version]:
    for field in fields:
        if field.name not in content:
            continue
        if field.since is not None:
            yield _parsed(field.since)
        value = content[field.name]
        if field.type is Type.BLOCK:
            yield from _used(field.fields, value)
        elif field.type is Type.BLOCKS:
            for instance in value.values():
                yield from _used(field.fields, instance)
