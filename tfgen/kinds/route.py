"""aws_apigatewayv2_route: a path of an HTTP API, and who may take it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from tfgen.kinds import authorizer as authorizers
from tfgen.kinds import integration as integrations
from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.events import events_of
from tfgen.kinds.field import Field, Kind, Severity, Source, Type, attr, blocks
from tfgen.kinds.http_api_parts import REGION, api_id_field
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.severities import only_fewer, only_when
from tfgen.resource import Address, Ref, Resource, Template, Variable
from tfgen.spec import CognitoAuthorizer, HttpEvent, Spec

TYPE = types.ROUTE
_OPEN = ("SecurityHub APIGateway.8",)
_PLAIN = re.compile(r"[A-Za-z0-9]+ (/[A-Za-z0-9]+)+")


def route_label(route_key: str) -> str:
    """A Terraform name that tells every two routes apart whatever other routes there are.

    `POST /post/create` is `post_post_create`; where a character is lost (`/a-b`, `/{id}`) a hash of
    the whole route key follows, after two underscores, which a plain name never has.
    """
    method, _, path = route_key.partition(" ")
    words = re.sub(r"[^A-Za-z0-9]+", "_", path).strip("_")
    name = "_".join(part for part in (method.strip("$").lower(), words) if part)
    if _PLAIN.fullmatch(route_key):
        return name
    return f"{name}__{hashlib.sha256(route_key.encode()).hexdigest()[:6]}"


def _authorization_type(context: Context) -> str:
    authorizer = context.item[1].authorizer
    if authorizer is None:
        return "NONE"
    return "JWT" if isinstance(authorizer, CognitoAuthorizer) else "CUSTOM"


def _authorizer_id(context: Context) -> Any:
    authorizer = context.item[1].authorizer
    if authorizer is None:
        return None
    label = authorizers.authorizer_label(authorizer)
    return Ref(Address(context.address.module, authorizers.TYPE, label), "id")


def _target(context: Context) -> Template:
    function, event = context.item
    if function.type == "function":
        label = integrations.integration_label(function.key, event)
        integration: Any = Ref(Address(context.address.module, integrations.TYPE, label), "id")
    else:
        integration = Variable(
            "integration_ids",
            "Id of the API Gateway integration of each workload that is no Lambda function.",
            key=function.key,
        )
    return Template(("integrations/", integration))


FIELDS: tuple[Field, ...] = (
    api_id_field("route", spec=("event.httpApiGatewayName",)),
    attr(
        "api_key_required",
        Type.BOOL,
        "A key is needed (WebSocket APIs).",
        live="ApiKeyRequired",
        unset=False,
    ),
    attr(
        "authorization_scopes",
        Type.SET,
        "Scopes that a token must have.",
        live="AuthorizationScopes",
        severity=Severity.HIGH,
        weakens=only_fewer(Severity.MEDIUM),
    ),
    attr(
        "authorization_type",
        Type.STRING,
        "NONE lets everybody pass.",
        live="AuthorizationType",
        spec=("event.authorizer", "event.authorizer.type"),
        derive=_authorization_type,
        unset="NONE",
        allowed=("NONE", "AWS_IAM", "CUSTOM", "JWT"),
        controls=_OPEN,
        severity=Severity.CRITICAL,
        weakens=only_when("NONE", Severity.HIGH),
    ),
    attr(
        "authorizer_id",
        Type.STRING,
        "Who decides.",
        live="AuthorizerId",
        spec=("event.authorizer",),
        derive=_authorizer_id,
        severity=Severity.CRITICAL,
    ),
    attr(
        "model_selection_expression",
        Type.STRING,
        "How a model is chosen (WebSocket APIs).",
        live="ModelSelectionExpression",
        severity=Severity.LOW,
    ),
    attr(
        "operation_name",
        Type.STRING,
        "A name of yours.",
        live="OperationName",
        range=(1, 64),
        severity=Severity.INFO,
    ),
    REGION,
    attr("request_models", Type.MAP, "Models (WebSocket APIs).", live="RequestModels", severity=Severity.LOW),
    attr(
        "route_key",
        Type.STRING,
        "Method and path.",
        live="RouteKey",
        spec=("event.path", "event.method"),
        derive=lambda context: context.item[1].route_key,
        required=True,
        severity=Severity.HIGH,
    ),
    attr(
        "route_response_selection_expression",
        Type.STRING,
        "How a response is chosen (WebSocket APIs).",
        live="RouteResponseSelectionExpression",
        severity=Severity.LOW,
    ),
    attr(
        "target",
        Type.STRING,
        "The integration that answers.",
        live="Target",
        derive=_target,
        range=(1, 128),
        severity=Severity.HIGH,
    ),
    blocks(
        "request_parameter",
        "A parameter that a request must or may have (WebSocket APIs).",
        attr("request_parameter_key", Type.STRING, "The parameter.", required=True),
        attr("required", Type.BOOL, "It must be there.", live="Required", unset=False, required=True),
        key="request_parameter_key",
        live="RequestParameters.*",
    ),
)


def _rogue(values: dict[str, Any]) -> Severity | None:
    """A route nobody asked for that anybody may take."""
    return Severity.CRITICAL if values.get("authorization_type", "NONE") == "NONE" else None


KIND = Kind(
    type=TYPE,
    doc="A route of an HTTP API.",
    fields=FIELDS,
    identity=("route_key",),
    sources={
        "route": Source(
            operation="get_routes",
            action="apigateway:GET",
            answer="Items",
            ignored={
                "RouteId": "assigned by AWS",
                "ApiGatewayManaged": "true for a route that API Gateway made by quick create",
            },
        ),
    },
    attributes={"id": "RouteId"},
    child="HttpApiRoute",
    cfn_type="AWS::ApiGatewayV2::Route",
    deleted=Severity.MEDIUM,
    unmanaged=Severity.HIGH,
    rogue=_rogue,
    rogue_controls=_OPEN,
    import_id="<api_id>/<route_id>",
)


def lower(spec: Spec, gateway: str) -> Iterator[Resource]:
    """All routes of one API that the spec's workloads have, by workload."""
    for function, event in events_of(spec, gateway):
        yield _route(spec, gateway, (function, event), event)


def _route(spec: Spec, gateway: str, item: Any, event: HttpEvent) -> Resource:
    address = Address(gateway, TYPE, route_label(event.route_key))
    resource = lower_resource(KIND, Context(spec, address, None, item))
    resource.origins = dict.fromkeys(resource.values, event.path)
    if event.authorizer is not None:
        for argument in ("authorization_type", "authorizer_id"):
            resource.origins[argument] = event.authorizer.path
    return resource
