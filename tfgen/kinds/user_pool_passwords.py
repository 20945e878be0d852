"""The password policy block of a user pool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgen.kinds.eras import ABSENT_CLASS, LEGACY_VALIDITY
from tfgen.kinds.field import Field, Severity, Type, attr, block
from tfgen.kinds.severities import only_larger, only_smaller, only_when
from tfgen.spec import decisions


def _in_policy(live: str) -> Callable[[dict[str, Any]], bool | None]:
    """A class that a policy does not name is off: SDK and provider send no false (Go's zero value)."""

    def read(answers: dict[str, Any]) -> bool | None:
        policy = answers.get("pool", {}).get("Policies", {}).get("PasswordPolicy") or {}
        required: bool | None = policy.get(live)
        off = bool(policy) and required is None and ABSENT_CLASS.applies(required, policy)
        return False if off else required

    return read


def _temporary_days(answers: dict[str, Any]) -> Any:
    """The days of the policy, else those of the older setting that meant the same."""
    pool = answers.get("pool", {})
    policy = pool.get("Policies", {}).get("PasswordPolicy") or {}
    older = pool.get("AdminCreateUserConfig", {}).get("UnusedAccountValidityDays")
    return older if LEGACY_VALIDITY.applies(older, policy) else policy.get("TemporaryPasswordValidityDays")


def _required(member: str, what: str, live: str, control: str) -> Field:
    """One character class that a password must contain."""
    return attr(
        f"require_{member}",
        Type.BOOL,
        f"A password must contain {what}.",
        live=live,
        read=_in_policy(live),
        folds=(ABSENT_CLASS,),
        spec=f"passwordPolicy.require{member.capitalize()}",
        unset=True,
        severity=Severity.HIGH,
        weakens=only_when(False, Severity.LOW),
        controls=("SecurityHub Cognito.3", f"prowler {control}"),
    )


PASSWORD_POLICY = block(
    "password_policy",
    "What a password must look like. All members are always written: the provider sends false for "
    "a member that is left out.",
    attr(
        "minimum_length",
        Type.NUMBER,
        "Fewest characters of a password.",
        live="MinimumLength",
        spec="passwordPolicy.minimumLength",
        unset=8,
        range=(6, 99),
        severity=Severity.HIGH,
        weakens=only_smaller(Severity.LOW),
        controls=("SecurityHub Cognito.3", "prowler cognito_user_pool_password_policy_minimum_length_14"),
    ),
    attr(
        "password_history_size",
        Type.NUMBER,
        "How many earlier passwords may not be used again.",
        live="PasswordHistorySize",
        unset=0,
        since="5.65.0",
        range=(0, 24),
        weakens=only_smaller(Severity.LOW),
    ),
    _required(
        "lowercase", "a lower-case letter", "RequireLowercase", "cognito_user_pool_password_policy_lowercase"
    ),
    _required("numbers", "a digit", "RequireNumbers", "cognito_user_pool_password_policy_number"),
    _required("symbols", "a special character", "RequireSymbols", "cognito_user_pool_password_policy_symbol"),
    _required(
        "uppercase", "an upper-case letter", "RequireUppercase", "cognito_user_pool_password_policy_uppercase"
    ),
    attr(
        "temporary_password_validity_days",
        Type.NUMBER,
        "Days an invited user has for the first sign-in.",
        live="TemporaryPasswordValidityDays",
        read=_temporary_days,
        folds=(LEGACY_VALIDITY,),
        spec=("passwordPolicy.temporaryPasswordValidityDays", "unusedAccountValidityDays"),
        derive=lambda context: decisions.temporary_password_days(context.pool),
        unset=7,
        keeps=True,
        range=(0, 365),
        weakens=only_larger(Severity.LOW),
        controls=("SecurityHub Cognito.3", "prowler cognito_user_pool_temporary_password_expiration"),
    ),
    live="Policies.PasswordPolicy",
    keeps=True,
    severity=Severity.HIGH,
)
