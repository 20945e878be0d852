"""The blocks of a user pool that say how users prove who they are."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.context import Context
from tfgen.kinds.eras import NO_SIGN_IN_POLICY, NO_THREAT_PROTECTION
from tfgen.kinds.field import Severity, Type, attr, block, blocks
from tfgen.kinds.severities import only_below, only_fewer, only_more, only_when
from tfgen.spec import decisions

_RECOVERY = ("prowler cognito_user_pool_account_recovery_sms_not_preferred",)


def _software_token(context: Context) -> bool | None:
    return True if "SOFTWARE_TOKEN" in decisions.mfa_factors(context.pool) else None


def _recovery(context: Context) -> dict[str, Any]:
    return {
        name: {"name": name, "priority": priority}
        for priority, name in decisions.account_recovery(context.pool)
    }


_CHALLENGE = attr(
    "challenge_required_on_new_device",
    Type.BOOL,
    "Ask for the second factor on a device that is new to the user.",
    live="ChallengeRequiredOnNewDevice",
)


ACCOUNT_RECOVERY_SETTING = block(
    "account_recovery_setting",
    "How a user who forgot the password proves who they are.",
    blocks(
        "recovery_mechanism",
        "One way to recover an account.",
        attr(
            "name",
            Type.STRING,
            "Where the code goes.",
            live="Name",
            required=True,
            allowed=("verified_email", "verified_phone_number", "admin_only"),
            severity=Severity.HIGH,
            controls=_RECOVERY,
        ),
        attr(
            "priority",
            Type.NUMBER,
            "1 is tried first.",
            live="Priority",
            required=True,
            range=(1, 2),
            severity=Severity.HIGH,
            controls=_RECOVERY,
        ),
        key="name",
        live="RecoveryMechanisms",
        derive=_recovery,
        spec=("mfaConfiguration.enabledTypes",),
        keeps=True,
        severity=Severity.HIGH,
        controls=_RECOVERY,
    ),
    live="AccountRecoverySetting",
    emptied=True,
    severity=Severity.HIGH,
)

DEVICE_CONFIGURATION = block(
    "device_configuration",
    "Whether devices are remembered.",
    _CHALLENGE,
    attr(
        "device_only_remembered_on_user_prompt",
        Type.BOOL,
        "Remember a device only when the user says so.",
        live="DeviceOnlyRememberedOnUserPrompt",
    ),
    live="DeviceConfiguration",
)

SIGN_IN_POLICY = block(
    "sign_in_policy",
    "How a user may begin a sign-in.",
    attr(
        "allowed_first_auth_factors",
        Type.SET,
        "First factors a user may choose from.",
        live="AllowedFirstAuthFactors",
        unset=frozenset({"PASSWORD"}),
        silent=NO_SIGN_IN_POLICY,
        since="5.83.0",
        allowed=("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"),
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    ),
    live="Policies.SignInPolicy",
    keeps=True,
    since="5.83.0",
    severity=Severity.HIGH,
)

SOFTWARE_TOKEN_MFA_CONFIGURATION = block(
    "software_token_mfa_configuration",
    "The second factor from an authenticator app.",
    attr(
        "enabled",
        Type.BOOL,
        "Users may use an authenticator app.",
        live="Enabled",
        spec=("mfaConfiguration.enabledTypes",),
        derive=_software_token,
        unset=False,
        required=True,
        severity=Severity.CRITICAL,
        weakens=only_when(False, Severity.MEDIUM),
    ),
    live="mfa:SoftwareTokenMfaConfiguration",
    cfn="",  # one member of the list EnabledMfas
    severity=Severity.CRITICAL,
)

USER_ATTRIBUTE_UPDATE_SETTINGS = block(
    "user_attribute_update_settings",
    "What happens when a user changes a verified attribute.",
    attr(
        "attributes_require_verification_before_update",
        Type.SET,
        "Attributes that keep the old value until the new one is verified.",
        live="AttributesRequireVerificationBeforeUpdate",
        required=True,
        allowed=("email", "phone_number"),
        severity=Severity.HIGH,
        weakens=only_fewer(Severity.LOW),
    ),
    live="UserAttributeUpdateSettings",
)

USER_POOL_ADD_ONS = block(
    "user_pool_add_ons",
    "Threat protection.",
    attr(
        "advanced_security_mode",
        Type.STRING,
        "Threat protection of standard sign-in.",
        live="AdvancedSecurityMode",
        unset="OFF",
        silent=NO_THREAT_PROTECTION,
        required=True,
        allowed=("OFF", "AUDIT", "ENFORCED"),
        severity=Severity.HIGH,
        weakens=only_below(("OFF", "AUDIT", "ENFORCED"), Severity.MEDIUM),
        controls=("SecurityHub Cognito.1", "prowler cognito_user_pool_advanced_security_enabled"),
    ),
    block(
        "advanced_security_additional_flows",
        "Threat protection of custom sign-in.",
        attr(
            "custom_auth_mode",
            Type.STRING,
            "Threat protection of custom authentication.",
            live="CustomAuthMode",
            keeps=True,
            since="5.98.0",
            allowed=("AUDIT", "ENFORCED"),
            severity=Severity.HIGH,
            weakens=only_below((None, "AUDIT", "ENFORCED"), Severity.MEDIUM),
            controls=("SecurityHub Cognito.4",),
        ),
        live="AdvancedSecurityAdditionalFlows",
        since="5.98.0",
    ),
    live="UserPoolAddOns",
    severity=Severity.HIGH,
)

WEB_AUTHN_CONFIGURATION = block(
    "web_authn_configuration",
    "Passkeys.",
    attr(
        "relying_party_id",
        Type.STRING,
        "Domain the passkeys belong to.",
        live="RelyingPartyId",
        cfn="/WebAuthnRelyingPartyID",
        since="5.83.0",
        range=(1, 127),
        severity=Severity.HIGH,
    ),
    attr(
        "user_verification",
        Type.STRING,
        "Whether the device checks the person too.",
        live="UserVerification",
        cfn="/WebAuthnUserVerification",
        since="5.83.0",
        allowed=("required", "preferred"),
        severity=Severity.HIGH,
    ),
    live="mfa:WebAuthnConfiguration",
    cfn="",
    since="5.83.0",
    severity=Severity.HIGH,
)
