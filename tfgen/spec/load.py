"""Spec files to one valid Spec, or to everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path as FilePath

from tfgen.errors import SpecError
from tfgen.spec import rules
from tfgen.spec.compose import ComposeError, Document, compose
from tfgen.spec.directives.resolve import Resolver
from tfgen.spec.functions import has_http_events, read_function
from tfgen.spec.gateways import read_gateway
from tfgen.spec.merge import IGNORED_ROOT_KEYS, Merged, Resource, merge
from tfgen.spec.model import Function, Gateway, Spec, UserPool
from tfgen.spec.nodes import Path, child
from tfgen.spec.options import Options
from tfgen.spec.pools import read_pool
from tfgen.spec.problems import Collector, nearest
from tfgen.spec.reading import GATEWAY, KEY_SAYS, POOL, Reading, key_fits, single
from tfgen.spec.references import check_references
from tfgen.spec.source import SourceError, read


def load(paths: Sequence[FilePath], options: Options | None = None) -> Spec:
    """Read, check and merge spec files ("-" is standard input).

    Raises SpecError with all problems of all files, sorted by position.
    """
    collector = Collector()
    documents = [document for path in paths if (document := _document(path, collector)) is not None]
    spec = _spec(documents, options or Options(), collector)
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)))
    return replace(
        spec,
        warnings=tuple(sorted(set(collector.warnings))),
        notices=tuple(sorted(set(collector.notices))),
    )


def _document(path: FilePath, collector: Collector) -> Document | None:
    try:
        document = compose(read(path))
    except (SourceError, ComposeError) as error:
        collector.errors.append(error.problem)
        return None
    collector.errors.extend(document.faults)
    collector.warnings.extend(document.remarks)
    return document


def _spec(documents: Sequence[Document], options: Options, collector: Collector) -> Spec:
    merged = merge(documents, collector)
    reading = Reading(merged, options, collector, Resolver(documents, merged, options, collector))
    pools: dict[str, UserPool] = {}
    functions: dict[str, Function] = {}
    gateways: dict[str, Gateway] = {}
    for resource in _of_type(merged, GATEWAY):
        _key(resource, reading)
        gateways[resource.key] = read_gateway(resource, reading)
    for resource in merged.resources.values():
        if resource.type == POOL:
            _key(resource, reading)
            pools[resource.key], _ = read_pool(resource, reading)
        elif resource.type == "function" or has_http_events(resource):
            _key(resource, reading)
            functions[resource.key] = read_function(resource, gateways, reading)
        elif resource.type not in (None, GATEWAY):
            _left_alone(resource, reading)
    for function in functions.values():
        for event in function.events:
            path = (*event.path, "properties", "httpApiGatewayName")
            gateways.setdefault(event.gateway, Gateway(event.gateway, False, path))
    _something_to_do(pools, gateways, reading)
    found = Spec(
        service_name=options.service_name or _service_name(reading),
        stage=options.stage,
        region=options.region,
        pools=pools,
        functions=functions,
        gateways=gateways,
        sources=tuple(document.source.name for document in documents),
        root=merged.root,
    )
    rules.apply(found, collector)
    check_references(found, reading.resolver.references, collector)
    _complaints(documents, found, collector)
    return found


def _something_to_do(pools: dict[str, UserPool], gateways: dict[str, Gateway], reading: Reading) -> None:
    """A spec without a pool and without a route gives no Terraform at all."""
    if not pools and not gateways and not reading.collector.errors:
        reading.error(
            ("resources",),
            "has nothing for tfgen",
            "a user-auth-pool, or a function with http-api-gateway events",
        )


def _complaints(documents: Sequence[Document], spec: Spec, collector: Collector) -> None:
    """Faults of the text are errors where tfgen reads, and notices where it does not."""
    for document in documents:
        for path, problem in document.complaints:
            if _is_read(path, spec):
                collector.errors.append(problem)
            else:
                collector.notices.append(problem)


def _is_read(path: Path, spec: Spec) -> bool:
    if path[:1] != ("resources",):
        return path[:1] not in tuple((key,) for key in IGNORED_ROOT_KEYS)
    if len(path) < 3:
        return True
    if path[1] in spec.pools or path[1] in spec.gateways:
        return True
    return path[1] in spec.functions and ("events" in path or path[2] != "properties")


def _of_type(merged: Merged, kind: str) -> list[Resource]:
    return [resource for resource in merged.resources.values() if resource.type == kind]


def _key(resource: Resource, reading: Reading) -> None:
    if not key_fits(resource.key):
        reading.error(resource.path, "is not a name for a resource", KEY_SAYS)


def _left_alone(resource: Resource, reading: Reading) -> None:
    path = (*resource.path, "type")
    kind = str(resource.type)
    if near := nearest(kind, [POOL]):
        reading.collector.warn(
            reading.position(path), path, f"{kind!r} is not a type that tfgen reads", near=near
        )
    else:
        reading.collector.notice(reading.position(path), path, f"resources of type {kind!r} are left alone")


def _service_name(reading: Reading) -> str | None:
    value = single(child(reading.merged.root, "serviceName"))
    return value if isinstance(value, str) else None
