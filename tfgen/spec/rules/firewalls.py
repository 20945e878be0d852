"""Rules about the firewall that guards a pool."""

from __future__ import annotations

from tfgen.spec import firewalls
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.problems import nearest
from tfgen.spec.rules.base import PoolFaults, PoolRule, fault

_NAME = "useFirewall"


def exists(pool: UserPool, spec: Spec) -> PoolFaults:
    """The firewall is a resource of the same spec."""
    name = pool.properties.use_firewall
    if name is None or firewalls.is_firewall(spec, name):
        return
    known = sorted(firewalls.firewalls(spec))
    scope = f"properties: {{scope: {firewalls.REGIONAL}}}"
    allowed = "" if known else f"declare one: type: {firewalls.TYPE}, {scope}"
    other = firewalls.type_of(spec, name)
    is_what = f"is a {other[:60]}, no" if other else "is no"
    yield fault(
        pool, _NAME, f"{name!r} {is_what} {firewalls.TYPE} of the spec", allowed, near=nearest(name, known)
    )


def regional(pool: UserPool, spec: Spec) -> PoolFaults:
    """AWS WAF attaches a web ACL of its own region to a pool, none of CloudFront's."""
    name = pool.properties.use_firewall
    if name is not None and firewalls.is_firewall(spec, name):
        scope = firewalls.scope_of(spec, name)
        if scope not in (None, firewalls.REGIONAL):
            yield fault(
                pool,
                _NAME,
                f"{name!r} has the scope {scope[:60]}, which guards no pool",
                f"a firewall with the scope {firewalls.REGIONAL}",
            )


RULES: tuple[PoolRule, ...] = (PoolRule("R55", "error", exists), PoolRule("R55", "error", regional))
