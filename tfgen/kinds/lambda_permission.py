"""aws_lambda_permission: what lets Cognito and API Gateway call a function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.events import events_of
from tfgen.kinds.expressions import function_arn, to_value
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr
from tfgen.kinds.http_api_parts import execution_arn
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.user_pool import TYPE as POOL
from tfgen.kinds.user_pool_triggers import HOOKS, spec_name
from tfgen.resource import Address, Ref, Resource, terraform_name
from tfgen.spec import LambdaAuthorizer, Spec, UserPool, names

TYPE = types.PERMISSION
_PUBLIC = ("SecurityHub Lambda.1", "prowler awslambda_function_not_publicly_accessible")
COGNITO = "cognito-idp.amazonaws.com"
"""The service that calls a pool's hooks."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One caller that may invoke one function; `statement` names the permission in its policy."""

    function: Any
    principal: str
    source_arn: Any
    statement: str


def _replaced(name: str, doc: str, live: str | None = None, **facts: Any) -> Field:
    """A permission has no update: every change makes a new one."""
    severity = facts.pop("severity", Severity.HIGH)
    return attr(name, Type.STRING, doc, live=live, change=Change.REPLACES, severity=severity, **facts)


FIELDS: tuple[Field, ...] = (
    _replaced(
        "action",
        "What the caller may do.",
        "Action",
        derive=lambda context: "lambda:InvokeFunction",
        required=True,
    ),
    _replaced("event_source_token", "Token of an Alexa skill.", "EventSourceToken"),
    _replaced(
        "function_name",
        "The function.",
        "FunctionName",
        derive=lambda context: context.item.function,
        required=True,
    ),
    _replaced(
        "function_url_auth_type",
        "Authorization of a function URL.",
        "FunctionUrlAuthType",
        allowed=("NONE", "AWS_IAM"),
    ),
    attr(
        "invoked_via_function_url",
        Type.BOOL,
        "Only calls through the function URL.",
        live="InvokedViaFunctionUrl",
        unset=False,
        change=Change.REPLACES,
        since="6.28.0",
    ),
    _replaced(
        "principal",
        "Who may call.",
        "Principal",
        derive=lambda context: context.item.principal,
        required=True,
        controls=_PUBLIC,
        severity=Severity.CRITICAL,
    ),
    _replaced("principal_org_id", "Organization of the caller.", "PrincipalOrgID"),
    _replaced("qualifier", "Version or alias of the function.", "Qualifier"),
    _replaced("region", "Region where it differs from the provider's.", keeps=True, since="6.0.0"),
    _replaced("source_account", "Account of the caller.", "SourceAccount"),
    _replaced(
        "source_arn",
        "On behalf of which resource.",
        "SourceArn",
        derive=lambda context: context.item.source_arn,
        severity=Severity.CRITICAL,
    ),
    _replaced(
        "statement_id",
        "Name of the permission in the function's policy.",
        "Sid",
        derive=lambda context: context.item.statement,
        range=(1, 100),
        keeps=True,
    ),
    _replaced("statement_id_prefix", "Start of an invented name (Terraform's own, not AWS's).", keeps=True),
)


def _rogue(values: dict[str, Any]) -> Severity | None:
    """A statement that lets anybody in, not one for another caller of the same function."""
    bounds = (
        "source_arn",
        "source_account",
        "principal_org_id",
        "event_source_token",
        "function_url_auth_type",
    )
    everybody = values.get("principal") == "*" and not any(name in values for name in bounds)
    return Severity.CRITICAL if everybody else None


KIND = Kind(
    type=TYPE,
    doc="A permission to invoke a Lambda function.",
    fields=FIELDS,
    identity=("statement_id",),
    sources={
        "statement": Source(operation="get_policy", action="lambda:GetPolicy", answer="", ignored={}),
    },
    attributes={"id": "Sid"},
    child="Permission",
    cfn_type="AWS::Lambda::Permission",
    deleted=Severity.HIGH,
    unmanaged=Severity.INFO,
    rogue=_rogue,
    rogue_controls=_PUBLIC,
    import_id="<function_name>/<statement_id>",
)


def statement_id(spec: Spec, *parts: str) -> str:
    """A name that tells stages and pools apart in one function's policy, at most 100 characters."""
    known = [part for part in (names.stack_name(spec), *parts) if part]
    return names.shortened(re.sub(r"[^0-9A-Za-z_-]", "-", "-".join(known)), 100)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """One permission for each hook, so that Cognito may call it for this pool only."""
    for argument in sorted(HOOKS):
        hook = f"hooks.{spec_name(argument)}"
        function = pool.get(hook)
        if function is None:
            continue
        address = Address(pool.key, TYPE, argument)
        bare = Context(spec, address, pool)
        grant = Grant(
            to_value(function, bare),
            COGNITO,
            Ref(Address(pool.key, POOL), "arn"),
            statement_id(spec, pool.key, argument.replace("_", "-")),
        )
        resource = lower_resource(KIND, Context(spec, address, pool, grant))
        resource.origins = dict.fromkeys(resource.values, pool.spec_path(hook))
        yield resource


def lower_gateway(spec: Spec, gateway: str) -> Iterator[Resource]:
    """One permission for each function that the API calls, as a route or as an authorizer."""
    done: set[str] = set()
    for function, event in events_of(spec, gateway):
        called = [(function.key, event.path)] if function.type == "function" else []
        if isinstance(event.authorizer, LambdaAuthorizer):
            called.append((event.authorizer.function, event.authorizer.path))
        for key, path in called:
            if key not in done:
                done.add(key)
                yield _gateway_permission(spec, gateway, key, path)


def _gateway_permission(spec: Spec, gateway: str, function: str, path: tuple[str | int, ...]) -> Resource:
    grant = Grant(
        function_arn(function),
        "apigateway.amazonaws.com",
        execution_arn(spec, gateway),
        statement_id(spec, gateway, function),
    )
    address = Address(gateway, TYPE, terraform_name(function))
    resource = lower_resource(KIND, Context(spec, address, None, grant))
    resource.origins = dict.fromkeys(resource.values, path)
    return resource
