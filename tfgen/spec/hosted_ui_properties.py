"""Properties about the login pages: domain, OAuth flows and scopes, URLs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from tfgen.spec.expressions import Expression
from tfgen.spec.types import Properties, Text, prop

DOMAIN_PREFIX: Final = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
DOMAIN_PREFIX_SAYS: Final = "1 to 63 lower-case letters, digits and hyphens, no hyphen at either end"

OAuthFlow = Literal["code", "implicit", "client_credentials"]
OAuthScope = Annotated[
    str | Expression,
    Text(1, 256, r"[\x21\x23-\x5B\x5D-\x7E]+", '1 to 256 printable ASCII characters without space, " and \\'),
]
Url = Annotated[
    str | Expression, Text(1, 1024, r"[^\s\x00-\x1f\x7f]+", "1 to 1024 characters without spaces")
]


class CustomDomain(Properties):
    """A login domain of your own."""

    domain_name: Annotated[
        str | Expression,
        Text(
            1,
            63,
            r"(?=.*\.)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+",
            "a lower-case domain name such as login.example.com",
        ),
    ] = prop(
        ..., "domainName", "The domain name of the login pages, such as login.example.com.", since="newer"
    )
    custom_certificate_arn: (
        Annotated[
            str | Expression,
            Text(
                20,
                2048,
                r"arn:[\w+=/,.@-]+:acm:us-east-1:[0-9]+:certificate/.+",
                "an ACM certificate ARN of us-east-1",
            ),
        ]
        | None
    ) = prop(
        None,
        "customCertificateArn",
        "The ACM certificate for the domain; it must be in us-east-1.",
        stacktape="the account's certificate for the domain",
        why="tfgen asks no account while it renders; the certificate is an input variable then",
        default_text="an input variable",
        since="newer",
    )
    disable_dns_record_creation: bool = prop(
        False,
        "disableDnsRecordCreation",
        "Leave the DNS record that points at the login pages to somebody else.",
        stacktape="false",
        since="newer",
    )
