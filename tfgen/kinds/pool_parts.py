"""What every part of a user pool says of the pool it belongs to."""

from __future__ import annotations

from tfgen.kinds.field import Change, Severity, Type, attr
from tfgen.kinds.types import POOL
from tfgen.resource import Address, Ref

REGION = attr(
    "region",
    Type.STRING,
    "Region of the pool where it differs from the provider's.",
    keeps=True,
    change=Change.REPLACES,
    since="6.0.0",
)

USER_POOL_ID = attr(
    "user_pool_id",
    Type.STRING,
    "The pool it belongs to.",
    live="UserPoolId",
    derive=lambda context: Ref(Address(context.address.module, POOL), "id"),
    required=True,
    change=Change.REPLACES,
    severity=Severity.CRITICAL,
)
