"""The SMS block of a user pool: the role that lets Cognito send text messages."""

from __future__ import annotations

from typing import Any

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.field import Change, Severity, Type, attr, block
from tfgen.kinds.rules import SMS_STAYS
from tfgen.resource import Address, Ref
from tfgen.spec import decisions, names

ROLE = types.ROLE


def external_id(context: Context) -> str:
    """The external id that role and pool must agree on: stable, and no secret by AWS's definition."""
    return names.pool_name(context.spec, context.pool.key)


def _when_used(value: Any) -> Any:
    """Nothing is decided where the pool sends no text message."""
    return lambda context: value(context) if decisions.sms_used(context.pool) else None


_USES = ("mfaConfiguration.enabledTypes", "userVerificationType")

SMS_CONFIGURATION = block(
    "sms_configuration",
    "The role that lets Cognito send text messages. AWS never forgets it once it is set.",
    attr(
        "external_id",
        Type.STRING,
        "External id in the role's trust policy.",
        live="ExternalId",
        spec=_USES,
        derive=_when_used(external_id),
        secret=True,  # no secret by AWS's definition, yet nobody's business
        required=True,
        change=Change.CANNOT_REMOVE,
        severity=Severity.HIGH,
    ),
    attr(
        "sns_caller_arn",
        Type.STRING,
        "ARN of the role that may publish to SNS.",
        live="SnsCallerArn",
        spec=_USES,
        derive=_when_used(lambda context: Ref(Address(context.pool.key, ROLE, "sms"), "arn")),
        required=True,
        change=Change.CANNOT_REMOVE,
        severity=Severity.HIGH,
    ),
    attr(
        "sns_region",
        Type.STRING,
        "Region that sends the messages; the pool's own when absent.",
        live="SnsRegion",
        keeps=True,
        change=Change.CANNOT_REMOVE,
    ),
    live="SmsConfiguration",
    quiet=(SMS_STAYS,),
    keeps=True,
    change=Change.CANNOT_REMOVE,
    severity=Severity.HIGH,
)
