"""Rules that look at several properties at once, each registered here by name."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec.model import Spec
from tfgen.spec.partial import Unusable
from tfgen.spec.problems import Collector
from tfgen.spec.rules import (
    domains,
    firewalls,
    hooks,
    messages,
    oauth,
    passwords,
    pools,
    providers,
    recovery,
    routes,
    users,
)
from tfgen.spec.rules.base import Fault, PoolRule, Rule, Subject
from tfgen.spec.rules.routes import SpecRule

POOL_RULES: tuple[PoolRule, ...] = (
    *passwords.RULES,
    *users.RULES,
    *recovery.RULES,
    *messages.RULES,
    *oauth.RULES,
    *domains.RULES,
    *firewalls.RULES,
    *providers.RULES,
    *hooks.RULES,
)
SPEC_RULES: tuple[SpecRule, ...] = (*routes.RULES, *pools.RULES)


def apply(spec: Spec, collector: Collector) -> None:
    """Put what every rule finds into the collector, at the position of the property to blame."""
    for pool in spec.pools.values():
        for rule in POOL_RULES:
            _collect(rule, pool, spec, collector)
    for spec_rule in SPEC_RULES:
        _collect(spec_rule, None, spec, collector)


def _collect(rule: Rule[Subject], subject: Subject, spec: Spec, collector: Collector) -> None:
    report = {"error": collector.error, "warning": collector.warn, "notice": collector.notice}[rule.severity]
    for fault in _faults(rule, subject, spec):
        report(spec.position(fault.path), fault.path, fault.message, fault.allowed, fault.near)


def _faults(rule: Rule[Subject], subject: Subject, spec: Spec) -> Iterator[Fault]:
    """A rule's faults; none when it asks for a property that is wrong itself."""
    try:
        yield from list(rule.check(subject, spec))
    except Unusable:
        return
