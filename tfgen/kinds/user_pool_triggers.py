"""The Lambda triggers of a user pool."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.eras import PRE_TOKEN_MIRROR
from tfgen.kinds.field import Field, Severity, Type, attr, block
from tfgen.kinds.severities import worse_when_set

HOOKS: dict[str, tuple[str, Severity, str]] = {
    "create_auth_challenge": (
        "CreateAuthChallenge",
        Severity.CRITICAL,
        "Makes the challenge of a custom sign-in.",
    ),
    "custom_message": ("CustomMessage", Severity.MEDIUM, "Writes the messages that Cognito sends."),
    "define_auth_challenge": (
        "DefineAuthChallenge",
        Severity.CRITICAL,
        "Decides the steps of a custom sign-in.",
    ),
    "post_authentication": ("PostAuthentication", Severity.MEDIUM, "Runs after a sign-in."),
    "post_confirmation": ("PostConfirmation", Severity.MEDIUM, "Runs after an account is confirmed."),
    "pre_authentication": ("PreAuthentication", Severity.CRITICAL, "May refuse a sign-in."),
    "pre_sign_up": ("PreSignUp", Severity.CRITICAL, "May refuse or confirm a registration."),
    "pre_token_generation": ("PreTokenGeneration", Severity.CRITICAL, "Changes the claims of a token."),
    "user_migration": ("UserMigration", Severity.CRITICAL, "Sees passwords and lets unknown users in."),
    "verify_auth_challenge_response": (
        "VerifyAuthChallengeResponse",
        Severity.CRITICAL,
        "Decides whether a custom sign-in succeeds.",
    ),
}
"""Argument → (member of LambdaConfig, severity, what the trigger does)."""


def spec_name(argument: str) -> str:
    """The spec's name of a hook: `pre_sign_up` is `preSignUp`."""
    head, *rest = argument.split("_")
    return head + "".join(word.capitalize() for word in rest)


def _hook(argument: str) -> Field:
    live, severity, doc = HOOKS[argument]
    return attr(
        argument,
        Type.STRING,
        doc,
        live=live,
        spec=f"hooks.{spec_name(argument)}",
        keeps=argument == "pre_token_generation",
        severity=severity,
        # An unknown function gets every user's attributes; a lost one only leaves something undone.
        weakens=worse_when_set(Severity.HIGH) if severity < Severity.HIGH else None,
    )


def _upgraded(answers: dict[str, Any]) -> Any:
    """The pre token generation version, absent where it only mirrors the plain hook.

    AWS answers PreTokenGenerationConfig with version V1_0 for a hook that was set the plain way;
    another version or another ARN is something that was set on purpose.
    """
    hooks = answers.get("pool", {}).get("LambdaConfig", {})
    config = hooks.get("PreTokenGenerationConfig") or {}
    if not config or PRE_TOKEN_MIRROR.applies(config, hooks):
        return None
    return {"lambda_arn": config.get("LambdaArn"), "lambda_version": config.get("LambdaVersion")}


def _sender(name: str, live: str, what: str) -> Field:
    return block(
        name,
        f"A function that sends {what} in Cognito's stead and sees every code in clear.",
        attr(
            "lambda_arn",
            Type.STRING,
            "ARN of the function.",
            live="LambdaArn",
            required=True,
            severity=Severity.CRITICAL,
        ),
        attr(
            "lambda_version",
            Type.STRING,
            "Version of the event the function gets.",
            live="LambdaVersion",
            required=True,
            allowed=("V1_0",),
            severity=Severity.CRITICAL,
        ),
        live=live,
        severity=Severity.CRITICAL,
    )


LAMBDA_CONFIG = block(
    "lambda_config",
    "Lambda functions that Cognito calls.",
    *(_hook(argument) for argument in sorted(HOOKS)),
    attr(
        "kms_key_id",
        Type.STRING,
        "Key that encrypts codes for the custom senders.",
        live="KMSKeyID",
        severity=Severity.CRITICAL,
    ),
    _sender("custom_email_sender", "CustomEmailSender", "e-mails"),
    _sender("custom_sms_sender", "CustomSMSSender", "text messages"),
    block(
        "pre_token_generation_config",
        "Version of the event that the pre token generation hook gets.",
        attr(
            "lambda_arn",
            Type.STRING,
            "ARN of the function; the same as pre_token_generation.",
            live="LambdaArn",
            required=True,
            since="5.41.0",
            severity=Severity.CRITICAL,
        ),
        attr(
            "lambda_version",
            Type.STRING,
            "V2_0 and V3_0 may change access tokens too.",
            live="LambdaVersion",
            required=True,
            since="5.41.0",
            allowed=("V1_0", "V2_0", "V3_0"),
            severity=Severity.CRITICAL,
        ),
        live="PreTokenGenerationConfig",
        read=_upgraded,
        folds=(PRE_TOKEN_MIRROR,),
        keeps=True,
        since="5.41.0",
        severity=Severity.CRITICAL,
    ),
    live="LambdaConfig",
    severity=Severity.CRITICAL,
)
