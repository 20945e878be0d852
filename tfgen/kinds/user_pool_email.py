"""The blocks of a user pool that are about e-mail and texts."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.canonical import email_address, text
from tfgen.kinds.context import Context
from tfgen.kinds.eras import NO_SENDING_ACCOUNT
from tfgen.kinds.field import Field, Severity, Type, attr, block
from tfgen.kinds.rules import CONSOLE_TEXTS
from tfgen.spec import decisions

LONG = (6, 20000)
SHORT = (1, 140)
SMS = (6, 140)


def _text(name: str, doc: str, live: str, spec: str | None, limits: tuple[int, int], **facts: Any) -> Field:
    """A text that a person gets to read."""
    return attr(
        name,
        Type.STRING,
        doc,
        live=live,
        spec=spec,
        range=limits,
        canonical=text,
        severity=Severity.LOW,
        **facts,
    )


INVITE = block(
    "invite_message_template",
    "The invitation of a user whom an administrator created.",
    _text("email_message", "Body of the e-mail.", "EmailMessage", "inviteMessageConfig.emailMessage", LONG),
    _text(
        "email_subject", "Subject of the e-mail.", "EmailSubject", "inviteMessageConfig.emailSubject", SHORT
    ),
    # The API itself writes SMSMessage here and SmsMessage in the verification template.
    _text("sms_message", "The text message.", "SMSMessage", "inviteMessageConfig.smsMessage", SMS),
    live="InviteMessageTemplate",
    severity=Severity.LOW,
)


def _sending_account(context: Context) -> str:
    return "COGNITO_DEFAULT" if context.pool.get("emailConfiguration.sesAddressArn") is None else "DEVELOPER"


EMAIL_CONFIGURATION = block(
    "email_configuration",
    "Who sends the pool's e-mails. Always written, so that a plan shows who it is.",
    attr("configuration_set", Type.STRING, "SES configuration set.", live="ConfigurationSet"),
    attr(
        "email_sending_account",
        Type.STRING,
        "Cognito's own sender (COGNITO_DEFAULT) or your SES identity (DEVELOPER).",
        live="EmailSendingAccount",
        spec=("emailConfiguration.sesAddressArn",),
        derive=_sending_account,
        unset="COGNITO_DEFAULT",
        silent=NO_SENDING_ACCOUNT,
        allowed=("COGNITO_DEFAULT", "DEVELOPER"),
    ),
    attr(
        "from_email_address",
        Type.STRING,
        "Sender of the e-mails.",
        live="From",
        spec="emailConfiguration.from",
        canonical=email_address,
    ),
    attr(
        "reply_to_email_address",
        Type.STRING,
        "Where answers go.",
        live="ReplyToEmailAddress",
        spec="emailConfiguration.replyToEmailAddress",
    ),
    attr(
        "source_arn",
        Type.STRING,
        "ARN of the SES identity that sends.",
        live="SourceArn",
        spec="emailConfiguration.sesAddressArn",
    ),
    live="EmailConfiguration",
    emptied=True,
)


def _email_factor(value: str) -> Any:
    """Written only when e-mail codes are a factor; providers before 6.11 refuse an empty block."""
    return lambda context: value if "EMAIL_OTP" in decisions.mfa_factors(context.pool) else None


def _live_factor(member: str) -> Any:
    """The factor is on when the block is there, even when AWS's own text is in use."""

    def read(answers: dict[str, Any]) -> Any:
        config = answers.get("mfa", {}).get("EmailMfaConfiguration")
        if config is None or (config == {} and answers["mfa"].get("MfaConfiguration") == "OFF"):
            return None
        return config.get(member) or "(AWS's own text)"

    return read


EMAIL_MFA = block(
    "email_mfa_configuration",
    "The second factor by e-mail.",
    attr(
        "message",
        Type.STRING,
        "Body of the e-mail that carries the code.",
        live="Message",
        cfn="/EmailAuthenticationMessage",
        read=_live_factor("Message"),
        spec=("mfaConfiguration.enabledTypes",),
        derive=_email_factor("Your authentication code is {####}."),
        canonical=text,
        since="5.83.0",
        range=LONG,
        severity=Severity.HIGH,
    ),
    attr(
        "subject",
        Type.STRING,
        "Subject of the e-mail that carries the code.",
        live="Subject",
        cfn="/EmailAuthenticationSubject",
        read=_live_factor("Subject"),
        spec=("mfaConfiguration.enabledTypes",),
        derive=_email_factor("Your authentication code"),
        canonical=text,
        since="5.83.0",
        range=SHORT,
        severity=Severity.HIGH,
    ),
    live="mfa:EmailMfaConfiguration",
    cfn="",
    emptied=True,
    since="5.83.0",
    severity=Severity.HIGH,
)


def _by_link(context: Context) -> bool:
    return bool(context.pool.get("userVerificationType") == "email-link")


def _only(link: bool, name: str) -> Any:
    """AWS takes either the code texts or the link texts; the others are never sent.

    The API model calls a request with both an error, so only the pair in use is written.
    """
    path = f"userVerificationMessageConfig.{name}"
    return {
        "spec": (path,),
        "derive": lambda context: context.pool.get(path) if _by_link(context) is link else None,
    }


def _template_text(name: str, doc: str, live: str, link: bool, prop: str, limits: tuple[int, int]) -> Field:
    return attr(
        name,
        Type.STRING,
        doc,
        live=live,
        range=limits,
        canonical=text,
        quiet=(CONSOLE_TEXTS,),
        keeps=True,
        severity=Severity.LOW,
        **_only(link, prop),
    )


VERIFICATION = block(
    "verification_message_template",
    "The messages that verify an e-mail address or a phone number.",
    attr(
        "default_email_option",
        Type.STRING,
        "A code to type in, or a link to follow.",
        live="DefaultEmailOption",
        spec=("userVerificationType",),
        derive=lambda context: "CONFIRM_WITH_LINK" if _by_link(context) else "CONFIRM_WITH_CODE",
        unset="CONFIRM_WITH_CODE",
        allowed=("CONFIRM_WITH_CODE", "CONFIRM_WITH_LINK"),
    ),
    _template_text(
        "email_message", "Body with a code.", "EmailMessage", False, "emailMessageUsingCode", LONG
    ),
    _template_text(
        "email_message_by_link",
        "Body with a link.",
        "EmailMessageByLink",
        True,
        "emailMessageUsingLink",
        LONG,
    ),
    _template_text(
        "email_subject", "Subject with a code.", "EmailSubject", False, "emailSubjectUsingCode", SHORT
    ),
    _template_text(
        "email_subject_by_link",
        "Subject with a link.",
        "EmailSubjectByLink",
        True,
        "emailSubjectUsingLink",
        SHORT,
    ),
    _text(
        "sms_message",
        "The text message.",
        "SmsMessage",
        "userVerificationMessageConfig.smsMessage",
        SMS,
        quiet=(CONSOLE_TEXTS,),
        keeps=True,
    ),
    live="VerificationMessageTemplate",
    keeps=True,
    severity=Severity.LOW,
)
