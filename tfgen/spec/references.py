"""What `$ResourceParam` may ask of a pool, which only the whole spec can tell."""

from __future__ import annotations

from collections.abc import Sequence

from tfgen.spec.decisions import domain_needed
from tfgen.spec.directives.resolve import Reference
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.partial import Unusable
from tfgen.spec.problems import Collector


def check_references(spec: Spec, references: Sequence[Reference], collector: Collector) -> None:
    """Errors for parameters that a pool does not have, and for a pool that names itself."""
    for reference in references:
        pool = spec.pools.get(reference.target.resource)
        if pool is None:
            continue
        if reference.path[:2] == pool.path:
            collector.error(reference.position, reference.path, "the pool names itself", "another resource")
            continue
        message, allowed = _lacking(pool, reference.target.param)
        if message:
            collector.error(reference.position, reference.path, message, allowed)


def _lacking(pool: UserPool, param: str) -> tuple[str, str]:
    """What the pool lacks for a parameter, and what would give it one; empty when nothing."""
    try:
        if param == "clientSecret" and not pool.properties.generate_client_secret:
            return f"the client of {pool.key!r} has no secret", "generateClientSecret: true"
        if param == "domain" and not domain_needed(pool):
            return f"{pool.key!r} has no domain", "enableHostedUi: true, or a hostedUiDomainPrefix"
    except Unusable:
        pass  # reported where it stands
    return "", ""
