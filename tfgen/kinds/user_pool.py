"""aws_cognito_user_pool: the pool itself, with its users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds import schema_attributes, types, user_pool_sign_in
from tfgen.kinds.canonical import own_tags
from tfgen.kinds.context import Context
from tfgen.kinds.eras import (
    ACR_NAMES,
    AWS_KEY,
    CASE_SENSITIVE,
    DEPRECATED_TWINS,
    NO_CLIENT_REGISTRATION,
    NO_DELETION_PROTECTION,
    ORIGINAL_ISSUER,
    SINGLE_FACTOR_PASSKEY,
)
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.rules import CASE_INSENSITIVE, LITE_TIER, POOL_REGION
from tfgen.kinds.severities import only_below, only_when
from tfgen.kinds.user_pool_email import EMAIL_CONFIGURATION, EMAIL_MFA, INVITE, VERIFICATION
from tfgen.kinds.user_pool_passwords import PASSWORD_POLICY
from tfgen.kinds.user_pool_sms import SMS_CONFIGURATION
from tfgen.kinds.user_pool_triggers import LAMBDA_CONFIG
from tfgen.resource import Address, Resource
from tfgen.spec import Spec, UserPool, decisions, names

TYPE = types.POOL
_REPLACED = Change.REPLACES


def _twin(key: str, template_key: str) -> Any:
    """Reads a deprecated twin: absent where it only mirrors the verification template."""

    def read(answers: dict[str, Any]) -> Any:
        pool = answers.get("pool", {})
        twin, template = pool.get(key), pool.get("VerificationMessageTemplate", {})
        return None if DEPRECATED_TWINS.applies(twin, {"twin": template.get(template_key)}) else twin

    return read


def _region(answers: dict[str, Any]) -> Any:
    arn = answers.get("pool", {}).get("Arn", "")
    return arn.split(":")[3] if arn.count(":") >= 5 else None


FIELDS: tuple[Field, ...] = (
    attr(
        "name",
        Type.STRING,
        "Name of the user pool.",
        live="Name",
        cfn="UserPoolName",
        derive=lambda context: names.pool_name(context.spec, context.pool.key),
        required=True,
        range=(1, 128),
        severity=Severity.LOW,
        replaces_before="6.6.0",
    ),
    attr(
        "alias_attributes",
        Type.SET,
        "Attributes a user may sign in with besides the user name.",
        live="AliasAttributes",
        change=_REPLACED,
        allowed=("email", "phone_number", "preferred_username"),
        excludes=("username_attributes",),
        severity=Severity.HIGH,
    ),
    attr(
        "auto_verified_attributes",
        Type.SET,
        "Attributes that Cognito verifies by a message when a user signs up.",
        live="AutoVerifiedAttributes",
        spec=("userVerificationType", "requireEmailVerification", "requirePhoneNumberVerification"),
        derive=lambda context: decisions.auto_verified_attributes(context.pool),
        allowed=("email", "phone_number"),
        severity=Severity.HIGH,
    ),
    attr(
        "deletion_protection",
        Type.STRING,
        "Whether AWS refuses to delete the pool.",
        live="DeletionProtection",
        default=Default("ACTIVE", "a deleted pool takes its users with it"),
        unset="INACTIVE",
        silent=NO_DELETION_PROTECTION,
        allowed=("ACTIVE", "INACTIVE"),
        severity=Severity.HIGH,
        weakens=only_when("INACTIVE", Severity.INFO),
        controls=("SecurityHub Cognito.6", "prowler cognito_user_pool_deletion_protection_enabled"),
    ),
    attr(
        "email_verification_message",
        Type.STRING,
        "Deprecated twin of verification_message_template.email_message.",
        live="EmailVerificationMessage",
        read=_twin("EmailVerificationMessage", "EmailMessage"),
        excludes=("verification_message_template.email_message",),
        folds=(DEPRECATED_TWINS,),
        keeps=True,
        range=(6, 20000),
        severity=Severity.LOW,
    ),
    attr(
        "email_verification_subject",
        Type.STRING,
        "Deprecated twin of verification_message_template.email_subject.",
        live="EmailVerificationSubject",
        read=_twin("EmailVerificationSubject", "EmailSubject"),
        excludes=("verification_message_template.email_subject",),
        folds=(DEPRECATED_TWINS,),
        keeps=True,
        range=(1, 140),
        severity=Severity.LOW,
    ),
    attr(
        "mfa_configuration",
        Type.STRING,
        "Whether users need, may use or cannot use a second factor.",
        live="mfa:MfaConfiguration",
        spec="mfaConfiguration.status",
        unset="OFF",
        allowed=("OFF", "ON", "OPTIONAL"),
        severity=Severity.CRITICAL,
        weakens=only_below(("OFF", "OPTIONAL", "ON"), Severity.MEDIUM),
        controls=("SecurityHub Cognito.5", "prowler cognito_user_pool_mfa_enabled"),
    ),
    attr(
        "region",
        Type.STRING,
        "Region of the pool where it differs from the provider's.",
        live="Arn",
        cfn="",
        read=_region,
        quiet=(POOL_REGION,),
        keeps=True,
        change=_REPLACED,
        since="6.0.0",
        severity=Severity.HIGH,
    ),
    attr(
        "sms_authentication_message",
        Type.STRING,
        "Text of the message that carries the second factor.",
        live="SmsAuthenticationMessage",
        range=(6, 140),
        severity=Severity.LOW,
    ),
    attr(
        "sms_verification_message",
        Type.STRING,
        "Deprecated twin of verification_message_template.sms_message.",
        live="SmsVerificationMessage",
        read=_twin("SmsVerificationMessage", "SmsMessage"),
        excludes=("verification_message_template.sms_message",),
        folds=(DEPRECATED_TWINS,),
        keeps=True,
        range=(6, 140),
        severity=Severity.LOW,
    ),
    attr(
        "tags",
        Type.MAP,
        "Tags of the pool.",
        live="UserPoolTags",
        canonical=own_tags,
        severity=Severity.INFO,
    ),
    attr(
        "user_pool_tier",
        Type.STRING,
        "Feature plan of the pool.",
        live="UserPoolTier",
        unset="ESSENTIALS",
        quiet=(LITE_TIER,),
        keeps=True,
        since="5.83.0",
        allowed=("LITE", "ESSENTIALS", "PLUS"),
    ),
    attr(
        "username_attributes",
        Type.SET,
        "Attributes that are the user name (e-mail address, phone number).",
        live="UsernameAttributes",
        spec=("allowEmailAsUserName", "allowPhoneNumberAsUserName"),
        derive=lambda context: decisions.username_attributes(context.pool),
        change=_REPLACED,
        allowed=("email", "phone_number"),
        severity=Severity.HIGH,
    ),
    user_pool_sign_in.ACCOUNT_RECOVERY_SETTING,
    block(
        "admin_create_user_config",
        "Who may create accounts, and the invitation they get.",
        attr(
            "allow_admin_create_user_only",
            Type.BOOL,
            "Nobody can sign up by themselves.",
            live="AllowAdminCreateUserOnly",
            spec="allowOnlyAdminsToCreateAccount",
            unset=False,
            severity=Severity.CRITICAL,
            weakens=only_when(False, Severity.MEDIUM),
            controls=("prowler cognito_user_pool_self_registration_disabled",),
        ),
        INVITE,
        live="AdminCreateUserConfig",
        keeps=True,
    ),
    user_pool_sign_in.DEVICE_CONFIGURATION,
    EMAIL_CONFIGURATION,
    EMAIL_MFA,
    LAMBDA_CONFIG,
    PASSWORD_POLICY,
    schema_attributes.SCHEMA,
    user_pool_sign_in.SIGN_IN_POLICY,
    SMS_CONFIGURATION,
    user_pool_sign_in.SOFTWARE_TOKEN_MFA_CONFIGURATION,
    user_pool_sign_in.USER_ATTRIBUTE_UPDATE_SETTINGS,
    user_pool_sign_in.USER_POOL_ADD_ONS,
    block(
        "username_configuration",
        "Whether user names have a case.",
        attr(
            "case_sensitive",
            Type.BOOL,
            "`Anna` and `anna` are two users.",
            live="CaseSensitive",
            unset=True,
            silent=CASE_SENSITIVE,
            quiet=(CASE_INSENSITIVE,),
            keeps=True,
            change=_REPLACED,
        ),
        live="UsernameConfiguration",
        keeps=True,
    ),
    VERIFICATION,
    user_pool_sign_in.WEB_AUTHN_CONFIGURATION,
)


def _endpoint(answers: dict[str, Any]) -> str | None:
    """`cognito-idp.<region>.<suffix>/<pool id>`, as the provider builds it."""
    pool = answers.get("pool", {})
    parts = pool.get("Arn", "").split(":")
    if len(parts) < 6 or not pool.get("Id"):
        return None
    suffix = "amazonaws.com.cn" if parts[1] == "aws-cn" else "amazonaws.com"
    return f"cognito-idp.{parts[3]}.{suffix}/{pool['Id']}"


KIND = Kind(
    type=TYPE,
    doc="A Cognito user pool.",
    fields=FIELDS,
    identity=("name",),
    cfn_lists={
        "EnabledMfas": (
            "software_token_mfa_configuration.enabled",
            "email_mfa_configuration",
            "sms_configuration",
        )
    },
    sources={
        "pool": Source(
            operation="describe_user_pool",
            action="cognito-idp:DescribeUserPool",
            answer="UserPool",
            ignored={
                "Id": "assigned by AWS",
                "Status": "deprecated, always empty",
                "CreationDate": "a date",
                "LastModifiedDate": "a date",
                "EstimatedNumberOfUsers": "a count, shown where a change would lose users",
                "Domain": "read as its own resource",
                "CustomDomain": "read as its own resource",
                "MfaConfiguration": "GetUserPoolMfaConfig says it together with the factors",
                "SmsConfigurationFailure": "a delivery state, not a setting",
                "EmailConfigurationFailure": "a delivery state, not a setting",
                "AdminCreateUserConfig.UnusedAccountValidityDays": "read where the password policy has no "
                "TemporaryPasswordValidityDays, which it mirrors otherwise",
            },
            usual={
                "KeyConfiguration": AWS_KEY,
                "IssuerConfiguration": ORIGINAL_ISSUER,
                "AcrConfiguration": ACR_NAMES,
                "DcrConfiguration": NO_CLIENT_REGISTRATION,
            },
        ),
        "mfa": Source(
            operation="get_user_pool_mfa_config",
            action="cognito-idp:GetUserPoolMfaConfig",
            answer="",
            ignored={
                "SmsMfaConfiguration.SmsConfiguration": "DescribeUserPool says it too",
                "SmsMfaConfiguration.SmsAuthenticationMessage": "DescribeUserPool says it too",
            },
            usual={"WebAuthnConfiguration.FactorConfiguration": SINGLE_FACTOR_PASSKEY},
        ),
    },
    attributes={
        "id": "Id",
        "arn": "Arn",
        "endpoint": _endpoint,
        "region": _region,
        "domain": "Domain",
        "custom_domain": "CustomDomain",
        "estimated_number_of_users": "EstimatedNumberOfUsers",
        "sms_failure": "SmsConfigurationFailure",
        "email_failure": "EmailConfigurationFailure",
    },
    child="UserPool",
    cfn_type="AWS::Cognito::UserPool",
    deleted=Severity.CRITICAL,
    unmanaged=Severity.INFO,
    import_id="<user_pool_id>",
    root=True,
    single=True,
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The one user pool of a `user-auth-pool`; Terraform refuses to destroy it."""
    context = Context(spec, Address(pool.key, TYPE), pool)
    resource = lower_resource(KIND, context, lifecycle={"prevent_destroy": True})
    for place, item in enumerate(pool.get("schema") or ()):
        resource.origins[f'schema["{item.name}"]'] = pool.spec_path(f"schema.{place}")
    yield resource
