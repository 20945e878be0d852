"""aws_wafv2_web_acl_association: the firewall in front of a pool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.expressions import web_acl_arn
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.pool_parts import REGION
from tfgen.resource import Address, Ref, Resource
from tfgen.spec import Spec, UserPool

TYPE = types.FIREWALL
_PROPERTY = "useFirewall"

FIELDS: tuple[Field, ...] = (
    REGION,
    attr(
        "resource_arn",
        Type.STRING,
        "What is guarded: the pool.",
        live="ResourceArn",
        derive=lambda context: Ref(Address(context.pool.key, types.POOL), "arn"),
        required=True,
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    attr(
        "web_acl_arn",
        Type.STRING,
        "The web ACL that guards it, of the pool's own region.",
        live="ARN",
        cfn="WebACLArn",
        spec=(_PROPERTY,),
        derive=lambda context: web_acl_arn(context.pool.get(_PROPERTY)),
        required=True,
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    block(
        "timeouts",
        "How long Terraform waits (its own, not AWS's).",
        attr("create", Type.STRING, "Wait until AWS WAF knows the web ACL.", severity=Severity.INFO),
        severity=Severity.INFO,
    ),
)


def association_id(answers: dict[str, Any]) -> str | None:
    """The provider's own id; AWS WAF has none for an association. None without a web ACL."""
    answer = answers.get("acl", {})
    acl, resource = answer.get("ARN"), answer.get("ResourceArn")
    return f"{acl},{resource}" if acl and resource else None


KIND = Kind(
    type=TYPE,
    doc="The firewall (AWS WAF web ACL) in front of a pool; the web ACL itself is not ours.",
    fields=FIELDS,
    identity=("resource_arn",),
    sources={
        # Which actions: service authorization reference of AWS WAF V2, "dependent actions".
        "acl": Source(
            operation="get_web_acl_for_resource",
            action="wafv2:GetWebACLForResource",
            answer="WebACL",
            ignored={},
            also=("wafv2:GetWebACL", "cognito-idp:GetWebACLForResource"),
        ),
    },
    attributes={"id": association_id},
    child="WebACLAssociation",
    cfn_type="AWS::WAFv2::WebACLAssociation",
    deleted=Severity.HIGH,
    unmanaged=Severity.INFO,
    import_id="<web_acl_arn>,<resource_arn>",
    controls=("prowler cognito_user_pool_waf_acl_attached",),
    single=True,
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The firewall that the spec names for the pool."""
    if pool.get(_PROPERTY) is not None:
        association = lower_resource(KIND, Context(spec, Address(pool.key, TYPE), pool))
        association.origins = dict.fromkeys(association.values, pool.spec_path(_PROPERTY))
        yield association
