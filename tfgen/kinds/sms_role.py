"""aws_iam_role and aws_iam_role_policy: what lets a pool send text messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.canonical import json_document, own_tags
from tfgen.kinds.context import Context
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.user_pool_sms import ROLE as TYPE
from tfgen.kinds.user_pool_sms import external_id
from tfgen.resource import Address, Call, DataSource, FromData, Ref, Resource, Template
from tfgen.spec import Spec, UserPool, decisions, names

POLICY = types.ROLE_POLICY
LABEL = "sms"
_POLICY_NAME = "send-sms"


def _json(document: dict[str, Any]) -> Call:
    return Call("jsonencode", (document,), lambda value: json.dumps(value, sort_keys=True))


def _account() -> FromData:
    return FromData(DataSource("aws_caller_identity", "current"), "account_id")


def _partition() -> FromData:
    return FromData(DataSource("aws_partition", "current"), "partition")


def _trust(context: Context) -> Call:
    """Only Cognito, only for pools of this account, only with the pool's external id.

    The pool's own ARN would make a cycle between role and pool.
    """
    pools = Template(("arn:", _partition(), ":cognito-idp:*:", _account(), ":userpool/*"))
    return _json(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "cognito-idp.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {
                        "StringEquals": {
                            "sts:ExternalId": external_id(context),
                            "aws:SourceAccount": _account(),
                        },
                        "ArnLike": {"aws:SourceArn": pools},
                    },
                }
            ],
        }
    )


def _publish(_: Context) -> Call:
    """Text messages go to phone numbers, not to topics, so the resource is `*`."""
    return _json(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}],
        }
    )


_USES = ("mfaConfiguration.enabledTypes", "userVerificationType")

ROLE_FIELDS: tuple[Field, ...] = (
    attr(
        "assume_role_policy",
        Type.STRING,
        "Who may use the role.",
        live="AssumeRolePolicyDocument",
        spec=_USES,
        derive=_trust,
        required=True,
        canonical=json_document,
        severity=Severity.CRITICAL,
    ),
    attr(
        "description",
        Type.STRING,
        "What the role is for.",
        live="Description",
        range=(0, 1000),
        severity=Severity.INFO,
    ),
    attr(
        "force_detach_policies",
        Type.BOOL,
        "Detach foreign policies before the role is destroyed (Terraform's own, not AWS's).",
        unset=False,
        change=Change.UNSEEN,
        severity=Severity.INFO,
    ),
    attr(
        "max_session_duration",
        Type.NUMBER,
        "Seconds a session may last.",
        live="MaxSessionDuration",
        unset=3600,
        range=(3600, 43200),
        severity=Severity.LOW,
    ),
    attr(
        "name",
        Type.STRING,
        "Name of the role.",
        live="RoleName",
        derive=lambda context: names.sms_role_name(context.spec, context.pool.key),
        spec=_USES,
        range=(1, 64),
        change=Change.REPLACES,
        keeps=True,
    ),
    attr(
        "path",
        Type.STRING,
        "Path of the role.",
        live="Path",
        unset="/",
        range=(0, 512),
        change=Change.REPLACES,
        severity=Severity.LOW,
    ),
    attr(
        "permissions_boundary",
        Type.STRING,
        "ARN of the policy that bounds the role.",
        live="PermissionsBoundary.PermissionsBoundaryArn",
        cfn="PermissionsBoundary",
        severity=Severity.HIGH,
    ),
    attr(
        "tags",
        Type.MAP,
        "Tags of the role.",
        live="Tags",
        canonical=own_tags,
        severity=Severity.INFO,
    ),
)

ROLE_KIND = Kind(
    type=TYPE,
    doc="The role with which a pool sends text messages; written only where the pool sends any.",
    fields=ROLE_FIELDS,
    identity=("name",),
    sources={
        "role": Source(
            operation="get_role",
            action="iam:GetRole",
            answer="Role",
            ignored={
                "Arn": "assigned by AWS",
                "RoleId": "assigned by AWS",
                "CreateDate": "a date",
                "RoleLastUsed": "a date",
                "PermissionsBoundary.PermissionsBoundaryType": "always Policy",
            },
        ),
    },
    attributes={"id": "RoleName", "name": "RoleName", "arn": "Arn"},
    child="SendSmsRole",
    cfn_type="AWS::IAM::Role",
    deleted=Severity.HIGH,
    unmanaged=Severity.INFO,
    import_id="<role_name>",
    single=True,
)

POLICY_FIELDS: tuple[Field, ...] = (
    attr(
        "name",
        Type.STRING,
        "Name of the policy.",
        live="PolicyName",
        derive=lambda context: _POLICY_NAME,
        spec=_USES,
        range=(1, 128),
        change=Change.REPLACES,
        keeps=True,
        severity=Severity.LOW,
    ),
    attr(
        "policy",
        Type.STRING,
        "What the role may do.",
        live="PolicyDocument",
        spec=_USES,
        derive=_publish,
        required=True,
        canonical=json_document,
        range=(1, 10240),
        severity=Severity.HIGH,
    ),
    attr(
        "role",
        Type.STRING,
        "The role it belongs to.",
        live="RoleName",
        derive=lambda context: Ref(Address(context.pool.key, TYPE, LABEL), "name"),
        required=True,
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
)

POLICY_KIND = Kind(
    type=POLICY,
    doc="What the SMS role may do: publish to SNS.",
    fields=POLICY_FIELDS,
    identity=("name",),
    sources={
        "policy": Source(operation="get_role_policy", action="iam:GetRolePolicy", answer="", ignored={}),
    },
    attributes={"id": "PolicyName"},
    child="SendSmsRolePolicy",
    cfn_type="AWS::IAM::RolePolicy",
    deleted=Severity.HIGH,
    unmanaged=Severity.HIGH,
    import_id="<role_name>:<policy_name>",
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """Role and policy, only where the pool sends text messages."""
    if decisions.sms_used(pool):
        yield lower_resource(ROLE_KIND, Context(spec, Address(pool.key, TYPE, LABEL), pool))
        yield lower_resource(POLICY_KIND, Context(spec, Address(pool.key, POLICY, LABEL), pool))
