"""Rules about several pools at once."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec.decisions import domain_prefix
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.partial import Unusable
from tfgen.spec.rules.base import Fault, fault, literal
from tfgen.spec.rules.routes import SpecRule


def distinct_domains(_: None, spec: Spec) -> Iterator[Fault]:
    """A domain belongs to one pool."""
    first: dict[str, UserPool] = {}
    for pool in spec.pools.values():
        for name, domain in _domains(pool, spec):
            if domain in first:
                yield fault(
                    pool,
                    name,
                    f"{domain!r} is the domain of {first[domain].key} already",
                    "a domain of its own",
                )
            first.setdefault(domain, pool)


def _domains(pool: UserPool, spec: Spec) -> list[tuple[str, str]]:
    try:
        custom = pool.properties.custom_domain
        found = {
            "hostedUiDomainPrefix": literal(domain_prefix(pool, spec)),
            "customDomain.domainName": literal(custom.domain_name) if custom else None,
        }
    except Unusable:
        return []
    return [(name, domain) for name, domain in found.items() if domain is not None]


RULES: tuple[SpecRule, ...] = (SpecRule("E6", "error", distinct_domains),)
