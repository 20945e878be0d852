"""aws_apigatewayv2_authorizer: who may pass a route."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.canonical import header_sources, url
from tfgen.kinds.context import Context
from tfgen.kinds.events import events_of
from tfgen.kinds.expressions import function_arn, issuer
from tfgen.kinds.field import Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.http_api_parts import REGION, api_id_field
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.rules import AUTHORIZER_TTL, JWT_PAYLOAD
from tfgen.kinds.severities import only_larger, only_more
from tfgen.kinds.types import CLIENT
from tfgen.resource import Address, Call, Ref, Resource, Template, terraform_name
from tfgen.spec import CognitoAuthorizer, LambdaAuthorizer, Spec, names

TYPE = types.AUTHORIZER


def authorizer_label(authorizer: CognitoAuthorizer | LambdaAuthorizer) -> str:
    """One authorizer for each pool or function and each way to ask it, shared by its routes."""
    if isinstance(authorizer, CognitoAuthorizer):
        owner, usual = authorizer.user_pool, ("$request.header.Authorization",)
        settings: tuple[Any, ...] = (authorizer.identity_sources,)
        plain = tuple(authorizer.identity_sources) == usual
    else:
        owner = authorizer.function
        settings = (authorizer.iam_response, authorizer.identity_sources, authorizer.cache_result_seconds)
        plain = settings == (False, (), 0)
    prefix = terraform_name(owner)
    if plain:
        return prefix
    return f"{prefix}__{hashlib.sha256(repr(settings).encode()).hexdigest()[:6]}"


def _jwt(value: Any) -> Any:
    """Decided for authorizers that check a pool's tokens."""
    return lambda context: value(context) if isinstance(context.item, CognitoAuthorizer) else None


def _request(value: Any) -> Any:
    """Decided for authorizers that ask a function."""
    return lambda context: value(context) if isinstance(context.item, LambdaAuthorizer) else None


def _name(context: Context) -> str:
    stack = names.stack_name(context.spec)
    name = f"{context.address.module}-{context.address.label.lstrip('_')}"
    return names.shortened(f"{stack}-{name}" if stack else name, 128)


def _invocation_uri(context: Context) -> Template:
    """The function as API Gateway calls it; partition and region are the function's own."""
    function = function_arn(context.item.function)
    parts = Call("split", (":", function), lambda separator, text: text.split(separator))
    partition, region = (
        Call("element", (parts, index), lambda items, index: items[index]) for index in (1, 3)
    )
    return Template(
        (
            "arn:",
            partition,
            ":apigateway:",
            region,
            ":lambda:path/2015-03-31/functions/",
            function,
            "/invocations",
        )
    )


FIELDS: tuple[Field, ...] = (
    api_id_field("authorizer"),
    attr(
        "authorizer_credentials_arn",
        Type.STRING,
        "Role that API Gateway takes to call the function.",
        live="AuthorizerCredentialsArn",
        severity=Severity.HIGH,
    ),
    attr(
        "authorizer_payload_format_version",
        Type.STRING,
        "Format of the request to the function.",
        live="AuthorizerPayloadFormatVersion",
        derive=_request(lambda context: "2.0"),
        quiet=(JWT_PAYLOAD,),
        allowed=("1.0", "2.0"),
        severity=Severity.HIGH,
    ),
    attr(
        "authorizer_result_ttl_in_seconds",
        Type.NUMBER,
        "Seconds an answer of the function is kept.",
        live="AuthorizerResultTtlInSeconds",
        spec=("event.authorizer.properties.cacheResultSeconds",),
        derive=_request(lambda context: context.item.cache_result_seconds),
        unset=0,
        quiet=(AUTHORIZER_TTL,),
        keeps=True,
        range=(0, 3600),
        weakens=only_larger(Severity.LOW),
    ),
    attr(
        "authorizer_type",
        Type.STRING,
        "JWT checks a pool's tokens, REQUEST asks a function.",
        live="AuthorizerType",
        spec=("event.authorizer.type",),
        derive=lambda context: "JWT" if isinstance(context.item, CognitoAuthorizer) else "REQUEST",
        required=True,
        allowed=("REQUEST", "JWT"),
        severity=Severity.CRITICAL,
    ),
    attr(
        "authorizer_uri",
        Type.STRING,
        "The function that decides.",
        live="AuthorizerUri",
        spec=("event.authorizer.properties.functionName",),
        derive=_request(_invocation_uri),
        range=(1, 2048),
        severity=Severity.CRITICAL,
    ),
    attr(
        "enable_simple_responses",
        Type.BOOL,
        "The function answers yes or no instead of an IAM policy.",
        live="EnableSimpleResponses",
        spec=("event.authorizer.properties.iamResponse",),
        derive=_request(lambda context: not context.item.iam_response),
        unset=False,
        severity=Severity.HIGH,
    ),
    attr(
        "identity_sources",
        Type.SET,
        "Where the token is.",
        live="IdentitySource",
        spec=("event.authorizer.properties.identitySources",),
        derive=lambda context: frozenset(context.item.identity_sources),
        canonical=header_sources,
        severity=Severity.CRITICAL,
    ),
    attr(
        "name",
        Type.STRING,
        "Name of the authorizer.",
        live="Name",
        derive=_name,
        required=True,
        range=(1, 128),
        severity=Severity.LOW,
    ),
    REGION,
    block(
        "jwt_configuration",
        "Whose tokens are good.",
        attr(
            "audience",
            Type.SET,
            "App clients whose tokens are good.",
            live="Audience",
            spec=("event.authorizer.properties.userPoolName",),
            derive=_jwt(lambda context: frozenset({Ref(Address(context.item.user_pool, CLIENT), "id")})),
            severity=Severity.CRITICAL,
            weakens=only_more(Severity.MEDIUM),
        ),
        attr(
            "issuer",
            Type.STRING,
            "The pool whose tokens are good.",
            live="Issuer",
            spec=("event.authorizer.properties.userPoolName",),
            derive=_jwt(lambda context: issuer(context.item.user_pool)),
            canonical=url,
            severity=Severity.CRITICAL,
        ),
        live="JwtConfiguration",
        severity=Severity.CRITICAL,
    ),
    block(
        "timeouts",
        "How long Terraform waits (its own, not AWS's).",
        attr("delete", Type.STRING, "Wait for a deletion.", since="5.53.0", severity=Severity.INFO),
        since="5.53.0",
        severity=Severity.INFO,
    ),
)

KIND = Kind(
    type=TYPE,
    doc="An authorizer of an HTTP API.",
    fields=FIELDS,
    identity=("name",),
    sources={
        "authorizer": Source(
            operation="get_authorizers",
            action="apigateway:GET",
            answer="Items",
            ignored={
                "AuthorizerId": "assigned by AWS",
                "IdentityValidationExpression": "not used by HTTP APIs",
            },
        ),
    },
    attributes={"id": "AuthorizerId"},
    child="Authorizer",
    cfn_type="AWS::ApiGatewayV2::Authorizer",
    deleted=Severity.CRITICAL,
    controls=("prowler apigatewayv2_api_authorizers_enabled",),
    unmanaged=Severity.MEDIUM,
    import_id="<api_id>/<authorizer_id>",
    found_through=(types.ROUTE, "authorizer_id"),
)


def lower(spec: Spec, gateway: str) -> Iterator[Resource]:
    """The distinct authorizers of one API's routes."""
    done: set[str] = set()
    for _, event in events_of(spec, gateway):
        if event.authorizer is None:
            continue
        label = authorizer_label(event.authorizer)
        if label in done:
            continue
        done.add(label)
        context = Context(spec, Address(gateway, TYPE, label), None, event.authorizer)
        resource = lower_resource(KIND, context)
        resource.origins = dict.fromkeys(resource.values, event.authorizer.path)
        yield resource
