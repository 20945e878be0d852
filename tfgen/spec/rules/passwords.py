"""Rules about passwords, second factors and verification."""

from __future__ import annotations

from tfgen.spec.decisions import mfa_factors, sms_used, temporary_password_days
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.overrides import find_override
from tfgen.spec.rules.base import PoolFaults, PoolRule, fault
from tfgen.spec.security_properties import DEFAULT_TEMPORARY_PASSWORD_DAYS


def one_validity(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Both names of the temporary password's validity have one value (0 is AWS's default)."""
    unused = pool.properties.unused_account_validity_days
    temporary = pool.properties.password_policy.temporary_password_validity_days
    if unused is None or temporary is None:
        return
    if (unused or DEFAULT_TEMPORARY_PASSWORD_DAYS) != temporary_password_days(pool):
        yield fault(
            pool,
            "unusedAccountValidityDays",
            f"is {unused}, but passwordPolicy.temporaryPasswordValidityDays is {temporary}",
            "both are one setting in AWS: write one of them, or the same number twice",
        )


def a_factor(pool: UserPool, _spec: Spec) -> PoolFaults:
    """MFA that is on needs a factor."""
    mfa = pool.properties.mfa_configuration
    if mfa.status != "OFF" and not mfa.enabled_types:
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            f"is needed, because status is {mfa.status}",
            "such as enabledTypes: [SOFTWARE_TOKEN]",
        )


def no_factor_when_off(pool: UserPool, _spec: Spec) -> PoolFaults:
    """MFA that is off has no factors."""
    mfa = pool.properties.mfa_configuration
    if mfa.status == "OFF" and mfa.enabled_types:
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            "names second factors, but status is OFF",
            "write status: ON or status: OPTIONAL, or remove enabledTypes",
        )


def sms_is_a_factor(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A pool with SMS and MFA has SMS as a factor: the provider always sends it along."""
    factors = mfa_factors(pool)
    if factors and "SMS" not in factors and sms_used(pool):
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            "leaves SMS out, but the pool sends SMS, and then AWS turns SMS on as a second factor too",
            "add SMS, or let the pool send none: no smsMessage, no phone verification",
        )


def email_otp_sender(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Codes by e-mail need an own SES sender."""
    if "EMAIL_OTP" in mfa_factors(pool) and pool.properties.email_configuration.ses_address_arn is None:
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            "EMAIL_OTP needs an own sender",
            "set emailConfiguration.sesAddressArn",
        )


def email_otp_tier(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Codes by e-mail do not exist in the tier LITE."""
    tier = find_override(pool, "UserPoolTier")
    if "EMAIL_OTP" in mfa_factors(pool) and tier is not None and tier.value == "LITE":
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            "EMAIL_OTP does not exist in the tier LITE",
            "ESSENTIALS or PLUS",
        )


def recovery_left(pool: UserPool, _spec: Spec) -> PoolFaults:
    """SMS forbids recovery by phone, EMAIL_OTP forbids recovery by e-mail alone: nothing is left."""
    if {"SMS", "EMAIL_OTP"} <= mfa_factors(pool) and find_override(pool, "AccountRecoverySetting") is None:
        yield fault(
            pool,
            "mfaConfiguration.enabledTypes",
            "SMS and EMAIL_OTP together leave no way to recover an account",
            "one of them, or set AccountRecoverySetting by overrides",
        )


def verification_wanted(pool: UserPool, _spec: Spec) -> PoolFaults:
    """`none` verifies nothing, so nothing can be required to be verified."""
    properties = pool.properties
    if properties.user_verification_type != "none":
        return
    wanted = {
        "requireEmailVerification": properties.require_email_verification,
        "requirePhoneNumberVerification": properties.require_phone_number_verification,
    }
    for name in (name for name, is_wanted in wanted.items() if is_wanted):
        yield fault(pool, name, "is true, but userVerificationType is none", "change one of them")


def verification_added(pool: UserPool, _spec: Spec) -> PoolFaults:
    """What the two flags do, which Stacktape ignores."""
    for name, attribute in (
        ("requireEmailVerification", "email"),
        ("requirePhoneNumberVerification", "phone_number"),
    ):
        if pool.get(name):
            yield fault(pool, name, f"{attribute} is among the attributes that Cognito verifies itself")


RULES: tuple[PoolRule, ...] = (
    PoolRule("R10", "error", one_validity),
    PoolRule("R21", "error", a_factor),
    PoolRule("R22", "error", sms_is_a_factor),
    PoolRule("R23", "error", no_factor_when_off),
    PoolRule("R25", "error", email_otp_sender),
    PoolRule("R27", "error", email_otp_tier),
    PoolRule("R28", "error", recovery_left),
    PoolRule("D1", "error", verification_wanted),
    PoolRule("D1", "notice", verification_added),
)
