"""Results made by hand: one that shows every side of a report, and one in which everything is hostile."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tfgen.drift import Policy
from tfgen.errors import Position
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.resource import Address, Sensitive, Unknown

POLICY = Policy()
SPEC = "specs/pools.yml"
CANARY = "canary-5b1f-never-shown"

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"

_TEMPLATE = """Hello {username},

welcome to the shop. Your temporary password is {####}.
It is valid for seven days.

The shop"""
_TEMPLATE_LIVE = """Hello {username},

welcome to the shop. Your temporary password is {####}.
Sign in at https://shop-login.example/ right away.

The shop"""


def _members(kind: str, path: str, severity: Severity, **rest: Any) -> Finding:
    line = rest.pop("line", None)
    position = None if line is None else Position(SPEC, line, rest.pop("column", 9))
    return Finding(
        status=rest.pop("status", Status.MODIFIED),
        address=Address(rest.pop("module", "members"), kind, rest.pop("label", "this")),
        path=path,
        severity=severity,
        position=position,
        **rest,
    )


def sample() -> Result:
    """A pool with every kind of finding, one that could not be read, one that is clean, one that is gone."""
    findings = [
        _members(
            POOL,
            "mfa_configuration",
            Severity.CRITICAL,
            desired="ON",
            live="OFF",
            line=14,
            column=11,
            spec_path="resources.members.properties.mfaConfiguration.status",
            controls=("SecurityHub Cognito.5", "prowler cognito_user_pool_mfa_enabled"),
            effect="changes it in place",
            accept="set resources.members.properties.mfaConfiguration.status to OFF",
        ),
        _members(
            CLIENT,
            "",
            Severity.CRITICAL,
            status=Status.UNMANAGED,
            label="3n4b5urk1ft4fl3mg5e62d9ado",
            live="name backdoor, id 3n4b5urk1ft4fl3mg5e62d9ado",
            declared=False,
            line=5,
            column=3,
            spec_path="resources.members",
            effect="Terraform does not know it and leaves it as it is",
            accept="delete it in AWS, or add it to the spec and import it",
        ),
        _members(
            POOL,
            "",
            Severity.CRITICAL,
            module="partners",
            status=Status.DELETED,
            desired="shop-prod-partners-user-pool",
            line=41,
            column=3,
            spec_path="resources.partners",
            reason="gone with it: aws_cognito_user_pool_client.this",
            effect="apply makes a new one, without the users of the old one",
            accept="remove it from the spec",
        ),
        _members(
            CLIENT,
            "callback_urls",
            Severity.HIGH,
            desired=frozenset({"https://shop.example/callback", "https://shop.example/silent"}),
            live=frozenset({"https://shop.example/callback", "https://evil.example/?a|b=`c`"}),
            line=20,
            spec_path="resources.members.properties.callbackUrls",
            effect="changes it in place",
            accept="set resources.members.properties.callbackUrls to what is live",
        ),
        _members(
            POOL,
            "username_attributes",
            Severity.HIGH,
            desired=frozenset({"email", "phone_number"}),
            live=frozenset({"email"}),
            line=9,
            spec_path="resources.members.properties.allowPhoneNumberAsUserName",
            effect="destroys the pool and makes it anew: about 4,321 users are lost",
            accept="set resources.members.properties.allowPhoneNumberAsUserName to false",
            replaces=True,
        ),
        _members(
            "aws_cognito_identity_provider",
            "provider_details.client_secret",
            Severity.HIGH,
            label="Google",
            desired=Sensitive(CANARY),
            live=Sensitive(f"{CANARY}-live"),
            line=30,
            spec_path="resources.members.properties.identityProviders.0",
            effect="changes it in place",
        ),
        _members(
            "aws_apigatewayv2_authorizer",
            "jwt_configuration.audience",
            Severity.HIGH,
            module="shopApi",
            status=Status.NOT_CHECKED,
            label="members",
            desired=Unknown("the client's id is not known before it is there", secret=False),
            line=60,
            reason="AccessDeniedException: apigateway:GET is not allowed for this role",
            spec_path="resources.shopApi",
        ),
        _members(
            POOL,
            "admin_create_user_config.invite_message_template.email_message",
            Severity.MEDIUM,
            desired=_TEMPLATE,
            live=_TEMPLATE_LIVE,
            line=25,
            spec_path="resources.members.properties.inviteMessageConfig.emailMessage",
            effect="changes it in place",
        ),
        _members(
            POOL,
            'schema["custom:tier"].string_attribute_constraints.max_length',
            Severity.LOW,
            desired="20",
            live=None,
            line=33,
            spec_path="resources.members.properties.schema.0.maxLength",
            effect="cannot be changed on a live pool",
        ),
        _members(
            POOL,
            "admin_create_user_config.unused_days",
            Severity.INFO,
            desired=Decimal(7),
            live=Decimal("7.50"),
            declared=False,
            line=5,
            column=3,
            spec_path="resources.members",
            accept="nothing to do if it is meant to be there",
        ),
    ]
    findings.sort(key=lambda item: item.sort_key)
    return Result(
        findings=findings,
        compared=[
            Address("members", POOL),
            Address("members", CLIENT),
            Address("members", "aws_cognito_identity_provider", "Google"),
            Address("staff", POOL),
            Address("staff", CLIENT),
            Address("shopApi", "aws_apigatewayv2_api"),
        ],
        arguments=312,
        by_presence=[(Address("members", CLIENT), "client_secret")],
        remarks=[(Address("staff", POOL), "AWS cannot send text messages for this pool: no role [SNS]")],
        where={"stage": "prod", "region": "eu-west-1", "account": "123456789012"},
    )


def clean() -> Result:
    """Nothing found."""
    return Result(compared=[Address("members", POOL), Address("members", CLIENT)], arguments=120)


def hostile_result(text: str) -> Result:
    """`text` everywhere a text from AWS, a spec or a file name can stand."""
    position = Position(f"{text}.yml", 3, 5)
    findings = [
        Finding(
            status=status,
            address=Address(text, POOL, text),
            path="" if status in (Status.DELETED, Status.UNMANAGED) else f'tags["{text}"]',
            severity=severity,
            desired=desired,
            live=live,
            position=position,
            spec_path=text,
            controls=(text,),
            reason=text,
            effect=text,
            accept=text,
        )
        for status, severity, desired, live in (
            (Status.MODIFIED, Severity.CRITICAL, text, f"{text}2"),
            (Status.MODIFIED, Severity.HIGH, f"{text}\n" * 40, f"{text}2\n" * 40),
            (Status.MODIFIED, Severity.HIGH, frozenset({text}), frozenset({f"{text}2"})),
            (Status.MODIFIED, Severity.LOW, [text, {"key": text}], {text: [text]}),
            (Status.DELETED, Severity.HIGH, text, None),
            (Status.UNMANAGED, Severity.HIGH, None, text),
            (Status.UNMANAGED, Severity.INFO, None, text),
            (Status.NOT_CHECKED, Severity.MEDIUM, Unknown(text), text),
        )
    ]
    address = Address(text, POOL, text)
    return Result(
        where={"stage": text, "region": text},
        findings=findings,
        compared=[address],
        arguments=1,
        by_presence=[(address, text)],
        never_answered=[(address, text)],
        remarks=[(address, text)],
        quiet=[(address, text, text)],
    )
