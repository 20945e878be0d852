"""aws_apigatewayv2_stage: what makes an HTTP API answer."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.kinds import types
from tfgen.kinds.canonical import own_tags
from tfgen.kinds.context import Context
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block, blocks
from tfgen.kinds.http_api_parts import REGION, api_id_field
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.rules import AUTO_DEPLOYED
from tfgen.resource import Address, Resource
from tfgen.spec import Spec

TYPE = types.STAGE


def _limits() -> tuple[Field, ...]:
    return (
        attr(
            "data_trace_enabled",
            Type.BOOL,
            "Whole requests are logged (WebSocket APIs).",
            live="DataTraceEnabled",
            unset=False,
            severity=Severity.HIGH,
        ),
        attr(
            "detailed_metrics_enabled",
            Type.BOOL,
            "Metrics by route.",
            live="DetailedMetricsEnabled",
            unset=False,
            severity=Severity.LOW,
        ),
        attr(
            "logging_level",
            Type.STRING,
            "Execution logs (WebSocket APIs).",
            live="LoggingLevel",
            keeps=True,
            allowed=("ERROR", "INFO", "OFF"),
            severity=Severity.LOW,
        ),
        attr(
            "throttling_burst_limit", Type.NUMBER, "Requests at once.", live="ThrottlingBurstLimit", unset=0
        ),
        attr("throttling_rate_limit", Type.NUMBER, "Requests a second.", live="ThrottlingRateLimit", unset=0),
    )


FIELDS: tuple[Field, ...] = (
    api_id_field("stage"),
    attr(
        "auto_deploy",
        Type.BOOL,
        "Changes go live at once.",
        live="AutoDeploy",
        default=Default(True, "a changed authorizer that is not deployed protects nothing"),
        unset=False,
        severity=Severity.HIGH,
    ),
    attr(
        "client_certificate_id",
        Type.STRING,
        "Certificate of the gateway (WebSocket APIs).",
        live="ClientCertificateId",
        severity=Severity.LOW,
    ),
    attr(
        "deployment_id",
        Type.STRING,
        "The deployment that is live; AWS's own with auto_deploy.",
        live="DeploymentId",
        keeps=True,
        quiet=(AUTO_DEPLOYED,),
        severity=Severity.INFO,
    ),
    attr(
        "description",
        Type.STRING,
        "What the stage is for.",
        live="Description",
        range=(0, 1024),
        severity=Severity.INFO,
    ),
    attr(
        "name",
        Type.STRING,
        "Name of the stage; `$default` is served at the root of the API's address.",
        live="StageName",
        default=Default("$default", "an HTTP API without a stage answers nobody"),
        required=True,
        range=(1, 128),
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    REGION,
    attr("stage_variables", Type.MAP, "Variables for integrations.", live="StageVariables"),
    attr("tags", Type.MAP, "Tags of the stage.", live="Tags", canonical=own_tags, severity=Severity.INFO),
    block(
        "access_log_settings",
        "Where requests are logged.",
        attr(
            "destination_arn",
            Type.STRING,
            "Log group.",
            live="DestinationArn",
            required=True,
            controls=("SecurityHub APIGateway.9", "prowler apigatewayv2_api_access_logging_enabled"),
        ),
        attr("format", Type.STRING, "What is logged.", live="Format", required=True, severity=Severity.LOW),
        live="AccessLogSettings",
    ),
    block(
        "default_route_settings",
        "Limits of every route.",
        *_limits(),
        live="DefaultRouteSettings",
        emptied=True,
    ),
    blocks(
        "route_settings",
        "Limits of one route.",
        attr("route_key", Type.STRING, "The route.", required=True),
        *_limits(),
        key="route_key",
        live="RouteSettings.*",
    ),
)

KIND = Kind(
    type=TYPE,
    doc="The stage that makes an HTTP API answer.",
    fields=FIELDS,
    identity=("name",),
    sources={
        "stage": Source(
            operation="get_stages",
            action="apigateway:GET",
            answer="Items",
            ignored={
                "CreatedDate": "a date",
                "LastUpdatedDate": "a date",
                "LastDeploymentStatusMessage": "a state",
                "ApiGatewayManaged": "true for a stage that API Gateway made by quick create",
            },
        ),
    },
    attributes={"id": "StageName", "name": "StageName"},
    child="HttpApiStage",
    cfn_type="AWS::ApiGatewayV2::Stage",
    deleted=Severity.HIGH,
    unmanaged=Severity.LOW,
    import_id="<api_id>/<stage name>",
)


def lower(spec: Spec, gateway: str) -> Iterator[Resource]:
    """The stage, only when the spec declares the gateway."""
    if spec.gateways[gateway].declared:
        yield lower_resource(KIND, Context(spec, Address(gateway, TYPE), None))
