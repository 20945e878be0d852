"""Pools that must send messages and have nobody to send them."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.drift.cross.model import Check, Fault, View, at, known
from tfgen.kinds.field import Severity
from tfgen.resource import Resource


def _pools(view: View, *paths: str) -> Iterator[Resource]:
    """Live pools of which these arguments were read."""
    for module in view.modules():
        pool = view.pool(module)
        if pool is not None and all(view.knows(pool, path) for path in paths):
            yield pool


def email(view: View) -> Iterator[Fault]:
    """Codes by e-mail, or an own sender, without an SES identity."""
    for pool in _pools(view, "email_configuration", "email_mfa_configuration", "sign_in_policy"):
        if at(pool, "email_configuration", "source_arn") is not None:
            continue
        uses = []
        if at(pool, "email_configuration", "email_sending_account") == "DEVELOPER":
            uses.append("its sender is DEVELOPER")
        if at(pool, "email_mfa_configuration") and at(pool, "mfa_configuration") not in (None, "OFF"):
            uses.append("e-mail is a second factor")
        if "EMAIL_OTP" in _first_factors(pool):
            uses.append("a code by e-mail is a first factor")
        if uses:
            text = f"{' and '.join(uses)}, and no SES identity sends: the messages do not arrive"
            yield Fault(pool, "email_configuration.source_arn", text, "ARN of an SES identity", None)


def sms(view: View) -> Iterator[Fault]:
    """Text messages without a role that may send them."""
    factors = ("software_token_mfa_configuration", "email_mfa_configuration", "mfa_configuration")
    uses_of_it = ("auto_verified_attributes", "sign_in_policy", "account_recovery_setting", *factors)
    for pool in _pools(view, "sms_configuration", *uses_of_it):
        if at(pool, "sms_configuration", "sns_caller_arn") is not None:
            continue
        uses = []
        if "phone_number" in known(at(pool, "auto_verified_attributes")):
            uses.append("phone numbers are verified")
        if "SMS_OTP" in _first_factors(pool):
            uses.append("a code by SMS is a first factor")
        if "verified_phone_number" in _ways(pool) and len(_ways(pool)) == 1:
            uses.append("a forgotten password is replaced by a code to the phone only")
        others = at(pool, "software_token_mfa_configuration", "enabled") or at(
            pool, "email_mfa_configuration"
        )
        if at(pool, "mfa_configuration") not in (None, "OFF") and not others:
            uses.append("SMS is the only second factor left")
        if uses:
            text = f"{' and '.join(uses)}, and no role sends: the messages do not arrive"
            yield Fault(pool, "sms_configuration.sns_caller_arn", text, "ARN of a role", None)


def _first_factors(pool: Resource) -> frozenset[str]:
    return known(at(pool, "sign_in_policy", "allowed_first_auth_factors"))


def _ways(pool: Resource) -> frozenset[str]:
    """How an account is recovered, as far as somebody chose."""
    return known(at(pool, "account_recovery_setting", "recovery_mechanism"))


CHECKS = (
    Check(
        id="email-sender-missing",
        severity=Severity.HIGH,
        doc="a pool that sends codes by e-mail, or as DEVELOPER, and has no SES identity",
        why="the messages do not arrive: nobody can sign in with them",
        source="Amazon Cognito developer guide: e-mail MFA and passwordless e-mail need SES",
        run=email,
    ),
    Check(
        id="sms-role-missing",
        severity=Severity.HIGH,
        doc="a pool that sends text messages and has no SMS configuration",
        why="the messages do not arrive: nobody can sign in with them",
        source="Amazon Cognito API reference, SmsConfigurationType",
        run=sms,
    ),
)
