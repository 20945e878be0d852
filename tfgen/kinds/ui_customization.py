"""aws_cognito_user_pool_ui_customization: the style of the classic hosted UI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds import types, user_pool_domain
from tfgen.kinds.canonical import css
from tfgen.kinds.context import Context
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.pool_parts import REGION
from tfgen.kinds.rules import IMAGE_NEVER_READ
from tfgen.kinds.user_pool import TYPE as POOL
from tfgen.kinds.user_pool_client import TYPE as CLIENT
from tfgen.resource import Address, Ref, Resource
from tfgen.spec import Spec, UserPool, decisions

TYPE = types.STYLE


def _pool_id(context: Context) -> Any:
    """Through the domain, because AWS refuses a style while the pool has none."""
    prefix = decisions.domain_prefix(context.pool, context.spec) is not None
    domain = user_pool_domain.PREFIX if prefix else user_pool_domain.CUSTOM
    return Ref(Address(context.pool.key, user_pool_domain.TYPE, domain), "user_pool_id")


FIELDS: tuple[Field, ...] = (
    attr(
        "client_id",
        Type.STRING,
        "The app client that is styled; ALL for every client without a style of its own.",
        live="ClientId",
        derive=lambda context: Ref(Address(context.pool.key, CLIENT), "id"),
        unset="ALL",
    ),
    attr(
        "css",
        Type.STRING,
        "The style sheet.",
        live="CSS",
        spec="hostedUiCSS",
        canonical=css,
        severity=Severity.LOW,
    ),
    attr(
        "image_file",
        Type.STRING,
        "The logo, base64. Never read back.",
        quiet=(IMAGE_NEVER_READ,),
        change=Change.UNSEEN,
        severity=Severity.LOW,
    ),
    REGION,
    attr(
        "user_pool_id",
        Type.STRING,
        "The pool, referred to through its domain.",
        live="UserPoolId",
        derive=_pool_id,
        required=True,
        severity=Severity.HIGH,
    ),
)

KIND = Kind(
    type=TYPE,
    doc=f"The style of the classic hosted UI (needs a {POOL}_domain).",
    fields=FIELDS,
    identity=("client_id",),
    sources={
        "style": Source(
            operation="get_ui_customization",
            action="cognito-idp:GetUICustomization",
            answer="UICustomization",
            ignored={
                "ImageUrl": "the logo cannot be compared with a file",
                "CSSVersion": "a counter",
                "CreationDate": "a date",
                "LastModifiedDate": "a date",
            },
        ),
    },
    attributes={},
    child="UserPoolUICustomizationAttachment",
    cfn_type="AWS::Cognito::UserPoolUICustomizationAttachment",
    deleted=Severity.LOW,
    unmanaged=Severity.LOW,
    import_id="<user_pool_id>,<client_id or ALL>",
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The client's style where the spec gives one."""
    if pool.get("hostedUiCSS") is not None:
        yield lower_resource(KIND, Context(spec, Address(pool.key, TYPE), pool))
