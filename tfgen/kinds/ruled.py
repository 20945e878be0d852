"""Which named rules the tables follow: everything that is left out of a comparison has one here.

Besides the rules that tables name themselves there are three sorts that hold wherever a field is of a
sort: the form in which it is compared, secrets, and answers that are no settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tfgen.kinds import KINDS, canonical, dns_record, http_api, provider_details
from tfgen.kinds.eras import ABSENT
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.rules import API, PROVIDER, Rule, always

TEXT_ENDS = Rule(
    "text-line-ends",
    "AWS keeps a text as it was sent: CRLF is LF, and white space at its very end says nothing",
    "recorded answers in the AWS CLI's examples (describe-user-pool: texts that end in a space)",
    always,
)
CSS_LINES = Rule(
    "css-line-ends",
    "AWS keeps a style sheet as it was sent: line ends and blank lines around it style nothing",
    "recorded answers in the AWS CLI's examples (get-ui-customization)",
    always,
)
MAIL_DOMAIN = Rule(
    "mail-domain-case",
    "the domain of an e-mail address has no case, and spaces between name and address collapse",
    "RFC 5321, section 2.4",
    always,
)
NUMBERS_AS_TEXT = Rule(
    "numbers-as-text",
    "AWS and Terraform write the limits of an attribute as texts: 1e3, 1000.0 and 1000 are one number",
    f"{API}, NumberAttributeConstraintsType",
    always,
)
POLICY_JSON = Rule(
    "policy-json",
    "a policy is compared by what it says: order, spacing, and one string for a list of one say nothing",
    "IAM user guide, grammar of the policy language",
    always,
)
ISSUER_SLASH = Rule(
    "issuer-slash",
    "one slash at the end of an issuer's address leads to the same issuer",
    "OpenID Connect Discovery 1.0, section 4.1",
    always,
)
HEADER_CASE = Rule(
    "header-case",
    "names of HTTP headers have no case",
    "RFC 9110, section 5.1; API reference of CreateAuthorizer: IdentitySource",
    always,
)
AWS_TAGS = Rule(
    "aws-tags",
    "tags that begin with `aws:` are AWS's own, and nobody else can set them",
    "AWS General Reference, tagging: reserved prefix",
    always,
)
PROVIDER_FORMS = Rule(
    "provider-details-forms",
    "scopes have no order, true has no case, methods are upper case, an issuer ends with or without a slash",
    f"{API}, CreateIdentityProvider: examples of requests and answers; {PROVIDER} issue 4831",
    always,
)
APPLE_KEY = Rule(
    "apple-key-never-read",
    "DescribeIdentityProvider never answers Apple's private key",
    f"{API}, IdentityProviderType: ProviderDetails of SignInWithApple",
    always,
)
ROOT_DOT = Rule(
    "dns-root-dot",
    "Route 53 answers names with the dot of the root, in lower case",
    "Route 53 API reference, ResourceRecordSet",
    always,
)
CORS_CASE = Rule(
    "cors-case",
    "names of headers, methods and origins are compared without case, as the provider does",
    "hashicorp/aws documentation of aws_apigatewayv2_api: cors_configuration",
    always,
)
EMPTY = Rule(
    "empty-is-absent",
    "AWS answers some members that nobody set as `{}`, `[]` or an empty text, and leaves out others",
    "recorded answers in the AWS CLI's examples (describe-user-pool-domain: CustomDomainConfig, "
    "describe-user-pool: AdvancedSecurityAdditionalFlows, UserPoolTags)",
    always,
)
COMPOSED = Rule(
    "unicode-composed",
    "Terraform brings every text to Unicode's composed form, AWS keeps it as it was sent",
    "Terraform language, strings: Unicode normalization (NFC)",
    always,
)
BY_PRESENCE = Rule(
    "secret-by-presence",
    "a secret whose value only the deployment knows is compared by whether there is one",
    "no secret store is read",
    always,
)
NO_SETTING = Rule(
    "no-setting",
    "ids, dates, counts and states are no settings, and what another answer says too is read there",
    "API reference of each answer",
    always,
)

FORMS: Final[dict[Callable[[Any], Any], tuple[Rule, ...]]] = {
    canonical.text: (TEXT_ENDS,),
    canonical.css: (CSS_LINES,),
    canonical.email_address: (MAIL_DOMAIN,),
    canonical.numeric: (NUMBERS_AS_TEXT,),
    canonical.json_document: (POLICY_JSON,),
    canonical.url: (ISSUER_SLASH,),
    canonical.header_sources: (HEADER_CASE,),
    canonical.own_tags: (AWS_TAGS,),
    provider_details.canonical_details: (PROVIDER_FORMS, APPLE_KEY),
    dns_record.dotless: (ROOT_DOT,),
    http_api.lower_case: (CORS_CASE,),
}
"""The form in which a field is compared, and what it makes equal."""


def rules_of(field: Field) -> Iterator[Rule]:
    """The rules that this field's table entry names."""
    yield from field.quiet
    yield from field.folds
    if field.silent is not None:
        yield field.silent
    if field.canonical is not None:
        yield from FORMS[field.canonical]


def general_rules_of(field: Field) -> Iterator[Rule]:
    """The rules that hold for every field of its sort."""
    if field.unset is not None and field.silent is None:
        yield ABSENT
    if field.live is not None or field.is_block:
        yield EMPTY
    if field.type in (Type.STRING, Type.SET, Type.LIST, Type.MAP):
        yield COMPOSED
    if field.secret or field.canonical is provider_details.canonical_details:
        yield BY_PRESENCE


def answers_left_out(kind: Kind) -> Iterator[tuple[Rule, str, str]]:
    """(rule, path in the answer, why) of everything that is read and is no argument."""
    for source in kind.sources.values():
        for path, rule in source.usual.items():
            yield rule, path, rule.reason
        for path, why in source.ignored.items():
            yield NO_SETTING, path, why


def all_rules() -> dict[str, Rule]:
    """Every rule that a table follows, by id."""
    found: dict[str, Rule] = {}
    for kind in KINDS.values():
        for _, field in kind.walk():
            found |= {rule.id: rule for rule in (*rules_of(field), *general_rules_of(field))}
        found |= {rule.id: rule for rule, _, _ in answers_left_out(kind)}
    return dict(sorted(found.items()))
