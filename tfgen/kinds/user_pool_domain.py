"""aws_cognito_user_pool_domain: where the hosted UI lives, a prefix of AWS's domain or your own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.eras import CLASSIC_UI, STRICT_TLS
from tfgen.kinds.expressions import to_value
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.pool_parts import REGION, USER_POOL_ID
from tfgen.resource import Address, Resource, Variable
from tfgen.spec import Spec, UserPool, decisions

TYPE = types.DOMAIN
PREFIX, CUSTOM = "prefix", "custom"


def certificate(context: Context) -> Any:
    """The certificate of a custom domain: the spec's, else an input variable. None for a prefix."""
    if context.item != CUSTOM:
        return None
    given = context.pool.get("customDomain.customCertificateArn")
    if given is not None:
        return to_value(given, context)
    return Variable(
        "certificate_arn",
        "ARN of the ACM certificate (us-east-1) of the custom domain, by pool.",
        key=context.pool.key,
    )


def _domain(context: Context) -> Any:
    if context.item == CUSTOM:
        return context.pool.get("customDomain.domainName")
    return decisions.domain_prefix(context.pool, context.spec)


FIELDS: tuple[Field, ...] = (
    attr(
        "certificate_arn",
        Type.STRING,
        "Certificate of a custom domain, in us-east-1. Adding or removing it replaces the domain.",
        live="CustomDomainConfig.CertificateArn",
        spec=("customDomain.customCertificateArn",),
        derive=certificate,
        replaces_when=lambda desired, live: (desired is None) != (live is None),
        severity=Severity.HIGH,
    ),
    attr(
        "domain",
        Type.STRING,
        "Prefix of AWS's own domain, or a whole domain name.",
        live="Domain",
        spec=("customDomain.domainName", "hostedUiDomainPrefix"),
        derive=_domain,
        required=True,
        range=(1, 63),
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    attr(
        "managed_login_version",
        Type.NUMBER,
        "1 is the classic hosted UI, 2 is managed login, which ignores hostedUiCSS.",
        live="ManagedLoginVersion",
        unset=1,
        silent=CLASSIC_UI,
        keeps=True,
        since="5.95.0",
        range=(1, 2),
    ),
    REGION,
    USER_POOL_ID,
)


def _is_custom(values: dict[str, Any]) -> bool:
    """A domain name has dots, a prefix has none. A desired custom domain always has a certificate."""
    domain = values.get("domain")
    return "certificate_arn" in values or (isinstance(domain, str) and "." in domain)


KIND = Kind(
    type=TYPE,
    doc="The domain of a pool's hosted UI.",
    fields=FIELDS,
    identity=("domain",),
    sources={
        "domain": Source(
            operation="describe_user_pool_domain",
            action="cognito-idp:DescribeUserPoolDomain",
            answer="DomainDescription",
            ignored={
                "AWSAccountId": "the account that was read",
                "S3Bucket": "AWS's own",
                "CloudFrontDistribution": "AWS's own, the target of the DNS record",
                "Version": "AWS's own",
                "Status": "a state; anything but ACTIVE is reported as not checked",
                "Routing": "multi-region replication, which the Terraform provider does not have",
            },
            usual={"CustomDomainConfig.SecurityPolicy": STRICT_TLS},
        ),
    },
    attributes={
        "id": "Domain",
        "domain": "Domain",
        "cloudfront_distribution": "CloudFrontDistribution",
        # All CloudFront distributions have one hosted zone (Route 53 developer guide, alias targets).
        "cloudfront_distribution_zone_id": lambda answers: "Z2FDTNDATAQYW2",
        "status": "Status",
    },
    child="UserPoolDomain",
    cfn_type="AWS::Cognito::UserPoolDomain",
    deleted=Severity.HIGH,
    unmanaged=Severity.HIGH,
    import_id="<domain>",
    single=True,
    same_slot=lambda desired, live: _is_custom(desired) == _is_custom(live),
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The prefix domain and the custom domain, as far as the spec asks for them."""
    for item in (PREFIX, CUSTOM):
        context = Context(spec, Address(pool.key, TYPE, item), pool, item)
        if _domain(context) is not None:
            yield lower_resource(KIND, context)
