"""Rules about the sender and the texts of e-mails and SMS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tfgen.spec.model import Spec, UserPool
from tfgen.spec.rules.base import Fault, PoolFaults, PoolRule, fault, literal

CODE: Final = "{####}"
USERNAME: Final = "{username}"
SES_REGIONS: Final = ("us-east-1", "us-west-2", "eu-west-1")
"""Regions whose SES identities pools of other regions may use."""

_LINK: Final = re.compile(r"\{##(?!##\})[\s\S]+?##\}")


def verification_texts(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A verification text carries the code or the link."""
    config = pool.properties.user_verification_message_config
    yield from _has(
        pool, "userVerificationMessageConfig.emailMessageUsingCode", config.email_message_using_code, CODE
    )
    yield from _has(pool, "userVerificationMessageConfig.smsMessage", config.sms_message, CODE)
    link = literal(config.email_message_using_link)
    if link is not None and not _LINK.search(link):
        yield fault(
            pool,
            "userVerificationMessageConfig.emailMessageUsingLink",
            "lacks the link",
            "{##words of the link##} stands for it",
        )


def invitation_texts(pool: UserPool, _spec: Spec) -> PoolFaults:
    """An invitation carries the user name and the password."""
    config = pool.properties.invite_message_config
    for placeholder in (USERNAME, CODE):
        yield from _has(pool, "inviteMessageConfig.emailMessage", config.email_message, placeholder)
        yield from _has(pool, "inviteMessageConfig.smsMessage", config.sms_message, placeholder)


def texts_without_sender(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The API's documentation wants an own sender for own texts; AWS accepts them without."""
    if pool.properties.email_configuration.ses_address_arn is not None:
        return
    if texts := [name for name in _EMAIL_TEXTS if pool.get(name) is not None]:
        said = "is an own e-mail text without an own sender, which the Cognito API does not promise to send"
        yield fault(pool, texts[0], said, "set emailConfiguration.sesAddressArn")


def sender_address(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Cognito's own sender cannot have another address."""
    email = pool.properties.email_configuration
    if email.sender is not None and email.ses_address_arn is None:
        yield fault(
            pool,
            "emailConfiguration.from",
            "needs emailConfiguration.sesAddressArn",
            "the SES identity that sends",
        )


def sender_region(pool: UserPool, spec: Spec) -> PoolFaults:
    """SES sends from the pool's region or from one of three others."""
    arn = literal(pool.properties.email_configuration.ses_address_arn)
    if arn is None or spec.region is None:
        return
    region = arn.split(":")[3]
    if region not in (spec.region, *SES_REGIONS):
        yield fault(
            pool,
            "emailConfiguration.sesAddressArn",
            f"is in {region}, the pool in {spec.region}",
            f"the pool's region, or one of {', '.join(SES_REGIONS)}",
        )


def unused_texts(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A text for another kind of verification is never sent."""
    kind = pool.properties.user_verification_type
    usable = {"email-code": "UsingCode", "email-link": "UsingLink"}.get(kind)
    for name in _VERIFICATION_TEXTS:
        if pool.get(name) is not None and (usable is None or not name.endswith(usable)):
            yield fault(pool, name, f"is never sent, because userVerificationType is {kind}")


_VERIFICATION_TEXTS: Final = tuple(
    f"userVerificationMessageConfig.{name}"
    for name in (
        "emailMessageUsingCode",
        "emailMessageUsingLink",
        "emailSubjectUsingCode",
        "emailSubjectUsingLink",
    )
)
_EMAIL_TEXTS: Final = (
    "inviteMessageConfig.emailMessage",
    "inviteMessageConfig.emailSubject",
    *_VERIFICATION_TEXTS,
)


def _has(pool: UserPool, name: str, value: object, placeholder: str) -> Iterator[Fault]:
    text = literal(value)
    if text is not None and placeholder not in text:
        yield fault(pool, name, f"lacks {placeholder}", _STANDS_FOR[placeholder])


_STANDS_FOR: Final = {
    CODE: f"{CODE} stands for the code or the temporary password",
    USERNAME: f"{USERNAME} stands for the user's name",
}

RULES: tuple[PoolRule, ...] = (
    PoolRule("R45", "error", verification_texts),
    PoolRule("R46", "error", invitation_texts),
    PoolRule("R47", "warning", texts_without_sender),
    PoolRule("R48", "error", sender_address),
    PoolRule("R48", "error", sender_region),
    PoolRule("D4", "warning", unused_texts),
)
