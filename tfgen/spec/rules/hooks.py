"""Rules about Lambda triggers."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec.expressions import Expression, ResourceParam
from tfgen.spec.model import Spec, UserPool, attributes
from tfgen.spec.rules.base import PoolFaults, PoolRule, fault, literal
from tfgen.spec.security_properties import UserPoolHooks


def functions(pool: UserPool, spec: Spec) -> PoolFaults:
    """A hook is the ARN of a function."""
    for name, value in _hooks(pool):
        if not isinstance(value, ResourceParam):
            continue
        if value.resource in spec.pools or value.resource in spec.gateways:
            yield fault(
                pool,
                ("hooks", name),
                f"{value.resource!r} is not a function",
                "$ResourceParam('function', 'arn')",
            )
        elif value.param != "arn":
            yield fault(
                pool,
                ("hooks", name),
                f"the parameter {value.param!r} is not the function's ARN",
                "$ResourceParam('function', 'arn')",
            )


def same_region(pool: UserPool, spec: Spec) -> PoolFaults:
    """Cognito calls functions of its own region only."""
    for name, value in _hooks(pool):
        arn = literal(value)
        if arn is not None and spec.region is not None and (region := arn.split(":")[3]) != spec.region:
            yield fault(
                pool,
                ("hooks", name),
                f"is in {region}, the pool in {spec.region}",
                "a function of the pool's region",
            )


def _hooks(pool: UserPool) -> Iterator[tuple[str, str | Expression]]:
    hooks = pool.properties.hooks
    for name, attribute in attributes(UserPoolHooks).items():
        if (value := getattr(hooks, attribute)) is not None:
            yield name, value


RULES: tuple[PoolRule, ...] = (PoolRule("D9", "error", functions), PoolRule("D9", "error", same_region))
