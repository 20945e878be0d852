"""aws_apigatewayv2_api: the HTTP API, when the spec declares it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds.canonical import own_tags
from tfgen.kinds.context import Context
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.http_api_parts import REGION
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.rules import API_BODY, QUICK_CREATE
from tfgen.kinds.severities import only_more, only_when
from tfgen.kinds.types import API
from tfgen.resource import Address, Resource
from tfgen.spec import Spec, names

TYPE = API


def _api_name(context: Context) -> str:
    stack = names.stack_name(context.spec)
    key = context.address.module
    return names.shortened(f"{stack}-{key}" if stack else key, 128)


def _quick(name: str, doc: str) -> Field:
    return attr(
        name,
        Type.STRING,
        doc,
        cfn="".join(word.capitalize() for word in name.split("_")),
        change=Change.REPLACES,
        quiet=(QUICK_CREATE,),
        severity=Severity.LOW,
    )


def _cors(name: str, doc: str, live: str) -> Field:
    return attr(
        name,
        Type.SET,
        doc,
        live=live,
        canonical=lower_case,
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    )


def lower_case(value: Any) -> Any:
    """The provider compares these sets without case."""
    if not isinstance(value, frozenset):
        return value
    return frozenset(item.lower() if isinstance(item, str) else item for item in value)


FIELDS: tuple[Field, ...] = (
    attr(
        "api_key_selection_expression",
        Type.STRING,
        "Where the API key is (WebSocket APIs).",
        live="ApiKeySelectionExpression",
        unset="$request.header.x-api-key",
        allowed=("$context.authorizer.usageIdentifierKey", "$request.header.x-api-key"),
        severity=Severity.LOW,
    ),
    attr(
        "body",
        Type.STRING,
        "An OpenAPI document; imported, never read back.",
        cfn="Body",
        quiet=(API_BODY,),
        change=Change.UNSEEN,
    ),
    _quick("credentials_arn", "Role of the quick-create integration."),
    attr(
        "description",
        Type.STRING,
        "What the API is for.",
        live="Description",
        range=(0, 1024),
        severity=Severity.INFO,
    ),
    attr(
        "disable_execute_api_endpoint",
        Type.BOOL,
        "Only the custom domain answers.",
        live="DisableExecuteApiEndpoint",
        unset=False,
        severity=Severity.HIGH,
        weakens=only_when(False, Severity.MEDIUM),
    ),
    attr(
        "fail_on_warnings",
        Type.BOOL,
        "An import with warnings fails (Terraform's own).",
        cfn="FailOnWarnings",
        unset=False,
        change=Change.UNSEEN,
        severity=Severity.INFO,
    ),
    attr(
        "ip_address_type",
        Type.STRING,
        "IPv4 only, or both.",
        live="IpAddressType",
        unset="ipv4",
        keeps=True,
        since="5.96.0",
        allowed=("ipv4", "dualstack"),
        severity=Severity.LOW,
    ),
    attr(
        "name",
        Type.STRING,
        "Name of the API.",
        live="Name",
        derive=_api_name,
        required=True,
        range=(1, 128),
        severity=Severity.LOW,
    ),
    attr(
        "protocol_type",
        Type.STRING,
        "HTTP or WebSocket.",
        live="ProtocolType",
        default=Default("HTTP", "an http-api-gateway is an HTTP API"),
        required=True,
        change=Change.REPLACES,
        allowed=("HTTP", "WEBSOCKET"),
        severity=Severity.HIGH,
    ),
    REGION,
    _quick("route_key", "Route of the quick-create integration."),
    attr(
        "route_selection_expression",
        Type.STRING,
        "How a route is chosen.",
        live="RouteSelectionExpression",
        unset="$request.method $request.path",
    ),
    attr("tags", Type.MAP, "Tags of the API.", live="Tags", canonical=own_tags, severity=Severity.INFO),
    _quick("target", "Target of the quick-create integration."),
    attr(
        "version", Type.STRING, "A version of yours.", live="Version", range=(1, 64), severity=Severity.INFO
    ),
    block(
        "cors_configuration",
        "Which web pages may call the API.",
        attr(
            "allow_credentials",
            Type.BOOL,
            "With cookies.",
            live="AllowCredentials",
            unset=False,
            severity=Severity.HIGH,
            weakens=only_when(True, Severity.MEDIUM),
        ),
        _cors("allow_headers", "Headers they may send.", "AllowHeaders"),
        _cors("allow_methods", "Methods they may use.", "AllowMethods"),
        _cors("allow_origins", "Where they come from.", "AllowOrigins"),
        _cors("expose_headers", "Headers they may read.", "ExposeHeaders"),
        attr(
            "max_age",
            Type.NUMBER,
            "Seconds a browser keeps the answer.",
            live="MaxAge",
            unset=0,
            severity=Severity.LOW,
        ),
        live="CorsConfiguration",
    ),
)


def _execution_arn(answers: dict[str, Any]) -> str | None:
    """`arn:<partition>:execute-api:<region>:<account>:<api id>`; GetApi has no ARN."""
    where, api = answers.get("context", {}), answers.get("api", {})
    if not where.get("account") or not api.get("ApiId"):
        return None
    return f"arn:{where['partition']}:execute-api:{where['region']}:{where['account']}:{api['ApiId']}"


KIND = Kind(
    type=TYPE,
    doc="An HTTP API.",
    fields=FIELDS,
    identity=("name",),
    sources={
        "api": Source(
            operation="get_api",
            action="apigateway:GET",
            answer="",
            ignored={
                "ApiId": "assigned by AWS",
                "ApiEndpoint": "assigned by AWS",
                "CreatedDate": "a date",
                "ApiGatewayManaged": "true for an API that API Gateway made by quick create",
                "DisableSchemaValidation": "WebSocket APIs only",
                "ImportInfo": "notes of an import",
                "Warnings": "notes of an import",
            },
        ),
    },
    attributes={"id": "ApiId", "execution_arn": _execution_arn, "api_endpoint": "ApiEndpoint"},
    child="HttpApi",
    cfn_type="AWS::ApiGatewayV2::Api",
    deleted=Severity.HIGH,
    unmanaged=Severity.INFO,
    import_id="<api_id>",
    root=True,
    single=True,
)


def lower(spec: Spec, gateway: str) -> Iterator[Resource]:
    """The API, only when the spec declares the gateway."""
    if spec.gateways[gateway].declared:
        yield lower_resource(KIND, Context(spec, Address(gateway, TYPE), None))
