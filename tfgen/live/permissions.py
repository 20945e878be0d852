"""Who may call the functions: the statements of their policies that concern a pool or an API."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any, Final

from tfgen.kinds import lambda_permission
from tfgen.kinds.lambda_permission import COGNITO
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.live.operations import FUNCTION_EXISTS
from tfgen.resource import Resource, Unknown

_KIND = lambda_permission.KIND
_SOURCE = _KIND.sources["statement"]

_CONDITIONS: Final[dict[tuple[str, str], str]] = {
    ("arnlike", "aws:sourcearn"): "SourceArn",
    ("arnequals", "aws:sourcearn"): "SourceArn",
    ("stringequals", "aws:sourceaccount"): "SourceAccount",
    ("stringequals", "aws:principalorgid"): "PrincipalOrgID",
    ("stringequals", "lambda:eventsourcetoken"): "EventSourceToken",
    ("stringequals", "lambda:functionurlauthtype"): "FunctionUrlAuthType",
    ("bool", "lambda:invokedviafunctionurl"): "InvokedViaFunctionUrl",
}
"""(operator, condition key), neither of which has a case → AddPermission's parameter."""


def read(module: Module, region: str, caller: str) -> None:
    """The permissions of all functions that the module names. Raises LiveError.

    Of a function's policy only the statements that the spec has, or that let `caller` call it, are
    ours: `userpool/<id>` or an API's id, as an ARN has it behind the account.
    """
    functions: dict[tuple[str, str | None], list[Resource]] = {}
    for permission in module.of_kind(_KIND.type):
        name, qualifier = module.value(permission, "function_name"), module.value(permission, "qualifier")
        unknown = next((value for value in (name, qualifier) if isinstance(value, Unknown)), None)
        if unknown is not None:
            module.found.unread(_KIND.type, unknown.reason, permission.address.label)
        elif name is not None:
            functions.setdefault((str(name), qualifier), []).append(permission)
    for (function, qualifier), permissions in functions.items():
        _read_function(module, region, function, qualifier, permissions, caller)


def _read_function(
    module: Module,
    region: str,
    function: str,
    qualifier: str | None,
    permissions: list[Resource],
    caller: str,
) -> None:
    where = _region_of(function) or region
    try:
        # Many pools may share one function.
        statements = module.aws.once(
            ("policy", where, function, qualifier), lambda: _statements(module, where, function, qualifier)
        )
    except UnreadError as failed:
        for permission in permissions:
            module.found.unread(_KIND.type, failed.reason, permission.address.label)
        return
    if statements is None:
        exists = module.aws.once(("function", where, function), lambda: _exists(module, where, function))
        module.found.function(function, exists)
    wanted = {module.value(permission, "statement_id") for permission in permissions}
    for statement in statements or ():
        answer = statement_answer(statement, function, qualifier)
        if answer.get("Sid") in wanted or _concerns(answer, caller):
            module.found.add(_KIND, str(answer.get("Sid", "")), {"statement": answer})


def _exists(module: Module, region: str, function: str) -> bool | str:
    """Whether there is such a function, or why that is not known."""
    try:
        module.aws.call(FUNCTION_EXISTS, region, FunctionName=function)
    except AbsentError:
        return False
    except UnreadError as failed:
        return failed.reason
    return True


def _statements(
    module: Module, region: str, function: str, qualifier: str | None
) -> list[dict[str, Any]] | None:
    """The statements of a function's policy; None when it has none, or when there is no function."""
    parameters = {"FunctionName": function} | ({"Qualifier": qualifier} if qualifier else {})
    try:
        answer = module.aws.call(_SOURCE, region, **parameters)
    except AbsentError:
        return None
    try:
        statements = json.loads(answer["Policy"])["Statement"]
    except (KeyError, TypeError, ValueError):
        raise UnreadError("GetPolicy answers a policy that is no JSON") from None
    return [statements] if isinstance(statements, dict) else list(statements)


def statement_answer(statement: dict[str, Any], function: str, qualifier: str | None) -> dict[str, Any]:
    """A policy statement under the names that AddPermission gives its parts.

    Conditions that AddPermission cannot make stay under `Condition`, which no table knows.
    """
    answer = {key: value for key, value in statement.items() if key in ("Sid", "Action")}
    answer |= {"FunctionName": function, "Principal": _principal(statement.get("Principal"))}
    if qualifier:
        answer["Qualifier"] = qualifier
    if statement.get("Effect") != "Allow":
        answer["Effect"] = statement.get("Effect")
    left: dict[str, dict[str, Any]] = {}
    for operator, keys in (statement.get("Condition") or {}).items():
        for key, value in keys.items():
            parameter = _CONDITIONS.get((operator.lower(), key.lower()))
            if parameter is None:
                left.setdefault(operator, {})[key] = value
            else:
                answer[parameter] = value == "true" if parameter == "InvokedViaFunctionUrl" else value
    if left:
        answer["Condition"] = left
    return answer


def _principal(principal: Any) -> Any:
    """`{"Service": name}`, `{"AWS": arn}` or `"*"`."""
    if isinstance(principal, dict) and len(principal) == 1:
        return next(iter(principal.values()))
    return principal


def _region_of(function: str) -> str | None:
    """`arn:<partition>:lambda:<region>:…`; a bare name has none."""
    parts = function.split(":")
    return parts[3] if len(parts) > 6 and parts[0] == "arn" else None


def _concerns(statement: dict[str, Any], caller: str) -> bool:
    """Whether a statement lets the caller in: by its ARN, by a wildcard, or as any of its service.

    An API's source ARN goes on with stage, method and path.
    """
    source = statement.get("SourceArn")
    if source is None:
        return caller.startswith("userpool/") and statement.get("Principal") == COGNITO
    parts = source.split(":", 5) if isinstance(source, str) else []
    if len(parts) != 6:
        return False
    return f"{parts[5]}/".startswith(f"{caller}/") or fnmatchcase(caller, parts[5].replace("[", "[[]"))
