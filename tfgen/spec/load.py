"""Spec files to one valid Spec, or to everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path as FilePath

from tfgen.errors import SpecError
from tfgen.spec import rules
from tfgen.spec.compose import Document, compose
from tfgen.spec.directives.resolve import Resolver
from tfgen.spec.functions import has_http_events, read_function
from tfgen.spec.gateways import read_gateway
from tfgen.spec.merge import IGNORED_ROOT_KEYS, Resource, merge
from tfgen.spec.model import Function, Gateway, Spec, UserPool
from tfgen.spec.nodes import Path
from tfgen.spec.options import Options
from tfgen.spec.pools import read_pool
from tfgen.spec.problems import Collector, nearest
from tfgen.spec.reading import GATEWAY, KEY_SAYS, POOL, Reading, key_fits
from tfgen.spec.references import check_references
from tfgen.spec.root import read_root
from tfgen.spec.source import Source, SourceError, read
from tfgen.spec.yaml_faults import ComposeError


def load(paths: Sequence[FilePath], options: Options | None = None) -> Spec:
    """Read, check and merge spec files ("-" is standard input; a file given twice is read once).

    Raises SpecError with all problems of all files, sorted by position.
    """
    collector = Collector()
    documents = [document for path in _once(paths) if (document := _document(path, collector)) is not None]
    return _valid(documents, options or Options(), collector)


def load_sources(sources: Sequence[Source], options: Options) -> Spec:
    """As `load`, of texts that are already read (or that no file holds yet)."""
    collector = Collector()
    documents = [document for source in sources if (document := _composed(source, collector)) is not None]
    return _valid(documents, options, collector)


def _valid(documents: Sequence[Document], options: Options, collector: Collector) -> Spec:
    spec = _spec(documents, options, collector)
    if collector.errors:
        raise SpecError(list(dict.fromkeys(collector.errors)), collector.warnings)
    return replace(
        spec,
        warnings=tuple(sorted(set(collector.warnings))),
        notices=tuple(sorted(set(collector.notices))),
    )


def _once(paths: Sequence[FilePath]) -> list[FilePath]:
    """The paths without those that name a file again."""
    first: dict[str, FilePath] = {}
    for path in paths:
        first.setdefault(os.path.realpath(str(path).replace("\0", "?")), path)
    return list(first.values())


def _document(path: FilePath, collector: Collector) -> Document | None:
    try:
        source = read(path)
    except SourceError as error:
        collector.errors.append(error.problem)
        return None
    return _composed(source, collector)


def _composed(source: Source, collector: Collector) -> Document | None:
    try:
        document = compose(source)
    except ComposeError as error:
        collector.errors.append(error.problem)
        return None
    collector.errors.extend(document.faults)
    collector.warnings.extend(document.remarks)
    return document


def _spec(documents: Sequence[Document], options: Options, collector: Collector) -> Spec:
    """The spec as far as it can be read; what is wrong is in the collector."""
    merged = merge(documents, collector)
    reading = Reading(merged, options, collector, Resolver(documents, merged, options, collector))
    service_name = read_root(reading.resolver, collector)
    pools, functions, gateways = _resources(reading)
    spec = Spec(
        service_name=options.service_name or service_name,
        stage=options.stage,
        region=options.region,
        pools=pools,
        functions=functions,
        gateways=gateways,
        sources=tuple(document.source.name for document in documents),
        root=merged.root,
    )
    _something_to_do(spec, reading)
    rules.apply(spec, collector)
    check_references(spec, reading.resolver.references, collector)
    _complaints(documents, spec, collector)
    return spec


def _resources(reading: Reading) -> tuple[dict[str, UserPool], dict[str, Function], dict[str, Gateway]]:
    """The pools, the workloads and the gateways, each in the order of the files."""
    pools: dict[str, UserPool] = {}
    functions: dict[str, Function] = {}
    gateways: dict[str, Gateway] = {}
    resources = reading.merged.resources.values()
    for resource in resources:
        if resource.type == GATEWAY:
            _key(resource, reading)
            gateways[resource.key] = read_gateway(resource, reading)
    for resource in resources:
        if resource.type == POOL:
            _key(resource, reading)
            pools[resource.key] = read_pool(resource, reading)
        elif resource.type == "function" or has_http_events(resource):
            _key(resource, reading)
            functions[resource.key] = read_function(resource, gateways, reading)
        elif resource.type not in (None, GATEWAY):
            _left_alone(resource, reading)
    for event in (event for function in functions.values() for event in function.events):
        path = (*event.path, "properties", "httpApiGatewayName")
        gateways.setdefault(event.gateway, Gateway(event.gateway, False, path))
    return pools, functions, gateways


def _key(resource: Resource, reading: Reading) -> None:
    if not key_fits(resource.key):
        reading.error(resource.path, "is not a name for a resource", KEY_SAYS)


def _left_alone(resource: Resource, reading: Reading) -> None:
    path = (*resource.path, "type")
    kind = str(resource.type)
    near = nearest(kind, [POOL])
    say = reading.collector.warn if near else reading.collector.notice
    say(reading.position(path), path, f"resources of type {kind[:60]!r} are left alone", near=near)


def _something_to_do(spec: Spec, reading: Reading) -> None:
    """A spec without a pool and without a route gives no Terraform at all."""
    if spec.pools or spec.gateways or reading.collector.errors:
        return
    allowed = "a user-auth-pool, or a function with http-api-gateway events"
    reading.error(("resources",), "has nothing for tfgen", allowed)
    reading.collector.errors += [
        warning for warning in reading.collector.warnings if warning.suggestion == POOL
    ]


def _complaints(documents: Sequence[Document], spec: Spec, collector: Collector) -> None:
    """Faults of the text are errors where tfgen reads, and notices where it does not."""
    for document in documents:
        for path, problem in document.complaints:
            (collector.errors if _is_read(path, spec) else collector.notices).append(problem)


def _is_read(path: Path, spec: Spec) -> bool:
    if path[:1] != ("resources",):
        return not path or path[0] not in IGNORED_ROOT_KEYS
    if len(path) < 3 or path[1] in spec.pools or path[1] in spec.gateways:
        return True
    return path[1] in spec.functions and ("events" in path or path[2] != "properties")
