"""aws_route53_record: the alias that leads a custom domain to the hosted UI."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.kinds import types, user_pool_domain
from tfgen.kinds.context import Context
from tfgen.kinds.expressions import to_value
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.lowering import lower_resource
from tfgen.resource import Address, Ref, Resource, Variable
from tfgen.spec import Spec, UserPool

TYPE = types.RECORD


def _domain(context: Context, attribute: str) -> Ref:
    return Ref(Address(context.pool.key, user_pool_domain.TYPE, user_pool_domain.CUSTOM), attribute)


def dotless(value: object) -> object:
    """Route 53 answers names with a dot at the end and in lower case."""
    return value.rstrip(".").lower() if isinstance(value, str) else value


_TYPES = tuple(
    "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split()  # noqa: SIM905
)

FIELDS: tuple[Field, ...] = (
    attr(
        "name",
        Type.STRING,
        "The domain.",
        live="Name",
        spec=("customDomain.domainName",),
        derive=lambda context: to_value(context.pool.get("customDomain.domainName"), context),
        required=True,
        canonical=dotless,
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    attr(
        "type",
        Type.STRING,
        "An address record.",
        live="Type",
        derive=lambda context: "A",
        required=True,
        allowed=_TYPES,
        severity=Severity.HIGH,
    ),
    attr(
        "zone_id",
        Type.STRING,
        "The hosted zone that has the domain.",
        live="HostedZoneId",
        derive=lambda context: Variable(
            "hosted_zone_ids", "Route 53 hosted zone of the custom domain, by pool.", key=context.pool.key
        ),
        required=True,
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    block(
        "alias",
        "Where the domain leads.",
        attr(
            "evaluate_target_health",
            Type.BOOL,
            "Stop answering when the target is ill.",
            live="EvaluateTargetHealth",
            derive=lambda context: False,
            required=True,
            severity=Severity.LOW,
        ),
        attr(
            "name",
            Type.STRING,
            "The CloudFront distribution of the hosted UI.",
            live="DNSName",
            derive=lambda context: _domain(context, "cloudfront_distribution"),
            required=True,
            range=(1, 1024),
            canonical=dotless,
            severity=Severity.CRITICAL,
        ),
        attr(
            "zone_id",
            Type.STRING,
            "CloudFront's own zone.",
            live="HostedZoneId",
            derive=lambda context: _domain(context, "cloudfront_distribution_zone_id"),
            required=True,
            range=(1, 32),
            severity=Severity.HIGH,
        ),
        live="AliasTarget",
        severity=Severity.CRITICAL,
    ),
)

KIND = Kind(
    type=TYPE,
    doc="The DNS record of a custom domain.",
    fields=FIELDS,
    identity=("name", "type"),
    sources={
        "record": Source(
            operation="list_resource_record_sets",
            action="route53:ListResourceRecordSets",
            answer="ResourceRecordSets",
            ignored={},
        ),
    },
    attributes={"id": "Name"},
    child="DnsRecord",
    cfn_type="AWS::Route53::RecordSet",
    deleted=Severity.HIGH,
    unmanaged=Severity.INFO,
    import_id="<zone_id>_<name>_<type>",
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The record of a custom domain unless the spec says that somebody else makes it."""
    if pool.get("customDomain.domainName") is not None and not pool.get(
        "customDomain.disableDnsRecordCreation"
    ):
        yield lower_resource(KIND, Context(spec, Address(pool.key, TYPE), pool))
