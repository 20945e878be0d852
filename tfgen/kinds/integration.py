"""aws_apigatewayv2_integration: the function that a route calls."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.events import events_of
from tfgen.kinds.expressions import function_arn
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block, blocks
from tfgen.kinds.http_api_parts import REGION, api_id_field
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.rules import LAMBDA_PROXY_POST, PASSTHROUGH_DEFAULT
from tfgen.resource import Address, Resource, terraform_name
from tfgen.spec import HttpEvent, Spec

TYPE = types.INTEGRATION
_PRIVATE = ("SecurityHub APIGateway.10",)


def integration_label(function: str, event: HttpEvent) -> str:
    """One integration for each function and payload format, shared by its routes."""
    prefix = terraform_name(function)
    return prefix if event.payload_format == "1.0" else f"{prefix}_v{event.payload_format[0]}"


FIELDS: tuple[Field, ...] = (
    api_id_field("integration"),
    attr(
        "connection_id",
        Type.STRING,
        "VPC link.",
        live="ConnectionId",
        range=(1, 1024),
        severity=Severity.HIGH,
    ),
    attr(
        "connection_type",
        Type.STRING,
        "Through the internet or a VPC link.",
        live="ConnectionType",
        unset="INTERNET",
        allowed=("INTERNET", "VPC_LINK"),
        severity=Severity.HIGH,
        controls=_PRIVATE,
    ),
    attr(
        "content_handling_strategy",
        Type.STRING,
        "Conversion of bodies (WebSocket APIs).",
        live="ContentHandlingStrategy",
        allowed=("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"),
        severity=Severity.LOW,
    ),
    attr("credentials_arn", Type.STRING, "Role for the call.", live="CredentialsArn", severity=Severity.HIGH),
    attr("description", Type.STRING, "What it is for.", live="Description", severity=Severity.INFO),
    attr(
        "integration_method",
        Type.STRING,
        "Method of the call; always POST for a function.",
        live="IntegrationMethod",
        quiet=(LAMBDA_PROXY_POST,),
        allowed=("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
    ),
    attr(
        "integration_subtype",
        Type.STRING,
        "AWS service action.",
        live="IntegrationSubtype",
        range=(1, 128),
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    attr(
        "integration_type",
        Type.STRING,
        "AWS_PROXY for a function.",
        live="IntegrationType",
        default=Default("AWS_PROXY", "a function gets the whole request"),
        required=True,
        allowed=("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"),
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    attr(
        "integration_uri",
        Type.STRING,
        "The function that is called.",
        live="IntegrationUri",
        derive=lambda context: function_arn(context.item[0]),
        severity=Severity.CRITICAL,
    ),
    attr(
        "passthrough_behavior",
        Type.STRING,
        "What happens to bodies without a template (WebSocket APIs).",
        live="PassthroughBehavior",
        unset="WHEN_NO_MATCH",
        quiet=(PASSTHROUGH_DEFAULT,),
        allowed=("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"),
        severity=Severity.LOW,
    ),
    attr(
        "payload_format_version",
        Type.STRING,
        "Format of the event that the function gets.",
        live="PayloadFormatVersion",
        spec=("event.payloadFormat",),
        derive=lambda context: context.item[1].payload_format,
        unset="1.0",
        allowed=("1.0", "2.0"),
    ),
    REGION,
    attr(
        "request_parameters",
        Type.MAP,
        "Changes of the request.",
        live="RequestParameters",
        severity=Severity.HIGH,
    ),
    attr("request_templates", Type.MAP, "Templates (WebSocket APIs).", live="RequestTemplates"),
    attr(
        "template_selection_expression",
        Type.STRING,
        "How a template is chosen (WebSocket APIs).",
        live="TemplateSelectionExpression",
        severity=Severity.LOW,
    ),
    attr(
        "timeout_milliseconds",
        Type.NUMBER,
        "Longest wait for the function.",
        live="TimeoutInMillis",
        unset=30000,
        keeps=True,
        severity=Severity.LOW,
    ),
    blocks(
        "response_parameters",
        "Changes of the response.",
        attr("mappings", Type.MAP, "What changes.", live="", required=True),
        attr("status_code", Type.STRING, "For which answers.", required=True),
        key="status_code",
        live="ResponseParameters.*",
    ),
    block(
        "tls_config",
        "Check of the server's name.",
        attr(
            "server_name_to_verify",
            Type.STRING,
            "The name.",
            live="ServerNameToVerify",
            controls=_PRIVATE,
            severity=Severity.HIGH,
        ),
        live="TlsConfig",
    ),
)

KIND = Kind(
    type=TYPE,
    doc="What a route of an HTTP API calls.",
    fields=FIELDS,
    identity=("integration_uri", "payload_format_version"),
    sources={
        "integration": Source(
            operation="get_integrations",
            action="apigateway:GET",
            answer="Items",
            ignored={
                "IntegrationId": "assigned by AWS",
                "IntegrationResponseSelectionExpression": "computed by AWS",
                "ApiGatewayManaged": "true for an integration that API Gateway made by quick create",
            },
        ),
    },
    attributes={"id": "IntegrationId"},
    child="Integration",
    cfn_type="AWS::ApiGatewayV2::Integration",
    deleted=Severity.HIGH,
    unmanaged=Severity.LOW,
    import_id="<api_id>/<integration_id>",
    found_through=(types.ROUTE, "target"),
)


def lower(spec: Spec, gateway: str) -> Iterator[Resource]:
    """The distinct integrations of one API's routes; containers bring their own."""
    done: set[str] = set()
    for function, event in events_of(spec, gateway):
        label = integration_label(function.key, event)
        if function.type != "function" or label in done:
            continue
        done.add(label)
        context = Context(spec, Address(gateway, TYPE, label), None, (function.key, event))
        resource = lower_resource(KIND, context)
        resource.origins = dict.fromkeys(resource.values, event.path)
        yield resource
