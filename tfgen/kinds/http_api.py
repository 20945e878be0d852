"""aws_apigatewayv2_api and its stage: the HTTP API, when the spec declares it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.kinds.canonical import own_tags
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block, blocks
from tfgen.kinds.lowering import Context, lower_resource
from tfgen.kinds.rules import API_BODY, QUICK_CREATE
from tfgen.kinds.severities import only_more, only_when
from tfgen.resource import Address, DataSource, FromData, Ref, Resource, Template, Variable
from tfgen.spec import Spec, names

TYPE = "aws_apigatewayv2_api"
STAGE = "aws_apigatewayv2_stage"
REGION = attr(
    "region",
    Type.STRING,
    "Region of the API where it differs from the provider's.",
    keeps=True,
    change=Change.REPLACES,
    since="6.0.0",
)


def api_id(spec: Spec, gateway: str) -> Any:
    """The API's id: by reference when the spec declares it, else an input variable."""
    if spec.gateways[gateway].declared:
        return Ref(Address(gateway, TYPE), "id")
    return Variable("api_ids", "Id of each HTTP API that the spec uses and does not declare.", key=gateway)


def execution_arn(spec: Spec, gateway: str) -> Template:
    """What a function's permission names: every stage, method and path of the API."""
    if spec.gateways[gateway].declared:
        return Template((Ref(Address(gateway, TYPE), "execution_arn"), "/*/*"))
    region = spec.region or Variable("region", "The AWS region of the pools.")
    return Template(
        (
            "arn:",
            FromData(DataSource("aws_partition", "current"), "partition"),
            ":execute-api:",
            region,
            ":",
            FromData(DataSource("aws_caller_identity", "current"), "account_id"),
            ":",
            api_id(spec, gateway),
            "/*/*",
        )
    )


def api_id_field(owner: str) -> Field:
    """The argument by which everything of an API names it."""
    return attr(
        "api_id",
        Type.STRING,
        f"The API the {owner} belongs to.",
        live="ApiId",
        derive=lambda context: api_id(context.spec, context.address.module),
        required=True,
        change=Change.REPLACES,
        severity=Severity.CRITICAL,
    )


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
        canonical=_lower_case,
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    )


def _lower_case(value: Any) -> Any:
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


STAGE_FIELDS: tuple[Field, ...] = (
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
        quiet=(),
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
        attr("destination_arn", Type.STRING, "Log group.", live="DestinationArn", required=True),
        attr("format", Type.STRING, "What is logged.", live="Format", required=True, severity=Severity.LOW),
        live="AccessLogSettings",
    ),
    block("default_route_settings", "Limits of every route.", *_limits(), live="DefaultRouteSettings"),
    blocks(
        "route_settings",
        "Limits of one route.",
        attr("route_key", Type.STRING, "The route.", required=True),
        *_limits(),
        key="route_key",
        live="RouteSettings.*",
    ),
)

STAGE_KIND = Kind(
    type=STAGE,
    doc="The stage that makes an HTTP API answer.",
    fields=STAGE_FIELDS,
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
    """The API and its stage, only when the spec declares the gateway."""
    if spec.gateways[gateway].declared:
        for kind in (KIND, STAGE_KIND):
            yield lower_resource(kind, Context(spec, Address(gateway, kind.type), None))
