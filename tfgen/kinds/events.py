"""The routes of one HTTP API, wherever in the spec they stand."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec import Function, HttpEvent, Spec


def events_of(spec: Spec, gateway: str) -> Iterator[tuple[Function, HttpEvent]]:
    """Every event of a gateway with its workload, by workload name: key order in a spec means nothing."""
    for _, function in sorted(spec.functions.items()):
        for event in function.events:
            if event.gateway == gateway:
                yield function, event
