"""Properties about e-mails and SMS: sender, invitation and verification texts."""

from __future__ import annotations

from typing import Annotated

from tfgen.spec.expressions import Expression
from tfgen.spec.types import Properties, Text, prop

EmailText = Annotated[str | Expression, Text(6, 20000)]
EmailSubject = Annotated[str | Expression, Text(1, 140)]
SmsText = Annotated[str | Expression, Text(6, 140)]


class EmailConfiguration(Properties):
    """Who sends the pool's e-mails."""

    ses_address_arn: (
        Annotated[
            str | Expression,
            Text(
                20,
                2048,
                r"arn:[\w+=/,.@-]+:ses:[\w-]+:[0-9]+:identity/.+",
                "an SES identity: arn:aws:ses:<region>:<account>:identity/<address or domain>",
            ),
        ]
        | None
    ) = prop(
        None,
        "sesAddressArn",
        "The SES identity that sends the e-mails instead of Cognito's own sender.",
        stacktape="none",
    )
    sender: (
        Annotated[
            str | Expression,
            Text(
                3,
                2048,
                r"[^<>@]*[^\s<>@]+@[^\s<>@]+|[^<>]*<[^\s<>@]+@[^\s<>@]+>",
                "an address, or Name <address>",
            ),
        ]
        | None
    ) = prop(None, "from", "The sender as users see it: an address, or Name <address>.", stacktape="none")
    reply_to_email_address: (
        Annotated[str | Expression, Text(3, 2048, r"[^\s@]+@[^\s@]+", "an e-mail address")] | None
    ) = prop(None, "replyToEmailAddress", "Where answers to the e-mails go.", stacktape="none")


class InviteMessageConfig(Properties):
    """Texts for a user whom an administrator created."""

    email_message: EmailText | None = prop(
        None,
        "emailMessage",
        "The invitation's text; has {username} and {####}.",
        stacktape="Cognito's own text",
    )
    email_subject: EmailSubject | None = prop(
        None, "emailSubject", "The invitation's subject.", stacktape="Cognito's own text"
    )
    sms_message: SmsText | None = prop(
        None,
        "smsMessage",
        "The invitation by SMS; has {username} and {####}.",
        stacktape="Cognito's own text",
    )


class UserVerificationMessageConfig(Properties):
    """Texts that carry the verification code or link."""

    email_message_using_code: EmailText | None = prop(
        None, "emailMessageUsingCode", "The e-mail with a code; has {####}.", stacktape="Cognito's own text"
    )
    email_message_using_link: EmailText | None = prop(
        None,
        "emailMessageUsingLink",
        "The e-mail with a link; has {##words of the link##}.",
        stacktape="Cognito's own text",
    )
    email_subject_using_code: EmailSubject | None = prop(
        None,
        "emailSubjectUsingCode",
        "The subject of the e-mail with a code.",
        stacktape="Cognito's own text",
    )
    email_subject_using_link: EmailSubject | None = prop(
        None,
        "emailSubjectUsingLink",
        "The subject of the e-mail with a link.",
        stacktape="Cognito's own text",
    )
    sms_message: SmsText | None = prop(
        None, "smsMessage", "The SMS with a code; has {####}.", stacktape="Cognito's own text"
    )
