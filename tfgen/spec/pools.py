"""A `user-auth-pool` of the file to a UserPool."""

from __future__ import annotations

from typing import Any, Final

from tfgen.spec.merge import Resource
from tfgen.spec.model import UserPool, attributes
from tfgen.spec.nodes import Mapping, Path
from tfgen.spec.partial import partial
from tfgen.spec.problems import listed, nearest
from tfgen.spec.properties import SPELLINGS, UserPoolProperties
from tfgen.spec.reading import Reading, overrides_of, properties_of
from tfgen.spec.validate import Origin, check, plain, unusable

_MEMBERS: Final = ("type", "properties", "overrides")


def read_pool(resource: Resource, reading: Reading) -> UserPool:
    """The pool; what is wrong with it is reported, and its rules are skipped where they ask for that."""
    for name in resource.node.entries:
        if name == "transforms":
            reading.error(
                (*resource.path, name), "transforms are code, which tfgen does not run", "use overrides"
            )
        elif name not in _MEMBERS:
            allowed = f"known are {listed(_MEMBERS)}"
            reading.error((*resource.path, name), "is not known here", allowed, nearest(name, _MEMBERS))
    overrides = overrides_of(resource, reading)
    properties, written = _properties(resource, reading)
    return UserPool(resource.key, resource.path, properties, overrides, written)


def _properties(resource: Resource, reading: Reading) -> tuple[UserPoolProperties, dict[str, str]]:
    path: Path = (*resource.path, "properties")
    raw = properties_of(resource, reading)
    if raw is None:
        return partial({}, frozenset(attributes(UserPoolProperties).values())), {}
    node = reading.resolver.resolve_mapping(raw, path, resource.document)
    broken = {SPELLINGS.get(name, name) for name in unusable(node, path, reading.collector)}
    data, written = _canonical(node, path, reading)
    good = {name: value for name, value in data.items() if name not in broken}
    result = check(UserPoolProperties, good, Origin(node, path, written), reading.collector)
    if isinstance(result, UserPoolProperties) and not broken:
        return result, written
    if not isinstance(result, UserPoolProperties):
        broken |= result
    by_name = attributes(UserPoolProperties)
    good = {name: value for name, value in data.items() if name not in broken}
    return partial(good, frozenset(by_name[name] for name in broken if name in by_name)), written


def _canonical(node: Mapping, path: Path, reading: Reading) -> tuple[dict[str, Any], dict[str, str]]:
    """The properties under today's names, and which of them were written otherwise."""
    data, written = {}, {}
    for name, value in node.entries.items():
        today = SPELLINGS.get(name, name)
        if today != name:
            written[today] = name
            if today in node.entries:
                reading.collector.error(
                    node.keys[name],
                    (*path, name),
                    f"means the same as {today}, which is here too",
                    "write one of them",
                )
        data[today] = plain(value)
    return data, written
