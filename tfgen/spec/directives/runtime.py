"""Directives whose value only a deployment knows, as Expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tfgen.spec import expressions as ex
from tfgen.spec.directives.syntax import DirectiveError
from tfgen.spec.merge import Merged
from tfgen.spec.problems import listed, nearest

POOL_PARAMS: Final = ("id", "clientId", "clientSecret", "arn", "providerUrl", "domain")
FUNCTION_PARAMS: Final = ("arn", "logGroupArn")

_PARAMS: Final = {"user-auth-pool": POOL_PARAMS, "function": FUNCTION_PARAMS}


def texts(name: str, arguments: tuple[object, ...], least: int, most: int, usage: str) -> tuple[str, ...]:
    """The arguments as texts; raises DirectiveError when there are too few or too many, or one is empty."""
    if len(arguments) < least or (least and arguments[0] in ("", 0, False)):
        raise DirectiveError(f"${name} lacks an argument", usage)
    if len(arguments) > most:
        raise DirectiveError(f"${name} has too many arguments", usage)
    for argument in arguments:
        if not isinstance(argument, str) or not argument:
            raise DirectiveError(f"${name} takes texts", usage)
    return tuple(str(argument) for argument in arguments)


def secret(arguments: tuple[object, ...], merged: Merged) -> ex.Expression:
    """`$Secret('name')`, or `$Secret('name.key')` for one key of a JSON secret."""
    del merged
    (whole,) = texts("Secret", arguments, 1, 1, "$Secret('name') or $Secret('name.key')")
    name, dot, key = whole.partition(".")
    if not name or (dot and not key):
        raise DirectiveError("$Secret lacks the secret's name or key", "$Secret('name.key')")
    return ex.Secret(name, key or None)


def ssm_param(arguments: tuple[object, ...], merged: Merged) -> ex.Expression:
    """`$SsmParam('/a/b')`."""
    del merged
    (name,) = texts("SsmParam", arguments, 1, 1, "$SsmParam('/path/of/parameter')")
    return ex.SsmParam(name)


def resource_param(arguments: tuple[object, ...], merged: Merged) -> ex.Expression:
    """`$ResourceParam('resource', 'param')`; the resource must be one of the spec's."""
    usage = "$ResourceParam('resource', 'param')"
    key, param = texts("ResourceParam", arguments, 2, 2, usage)
    resource = merged.resources.get(key)
    if resource is None:
        raise DirectiveError(
            f"$ResourceParam names {key!r}, which is no resource of the spec",
            near=nearest(key, merged.resources),
        )
    known = _PARAMS.get(str(resource.type))
    if known is not None and param not in known:
        raise DirectiveError(
            f"a {resource.type} has no parameter {param!r}",
            f"known are {listed(known)}",
            nearest(param, known),
        )
    if not (param.isascii() and param.isalnum() and param[0].isalpha()):
        raise DirectiveError("$ResourceParam's parameter is not a name", usage)
    return ex.ResourceParam(key, param)


def stack_resource_param(arguments: tuple[object, ...], merged: Merged) -> ex.Expression:
    """`$CfResourceParam('LogicalId', 'Attribute')`."""
    del merged
    logical_id, attribute = texts(
        "CfResourceParam", arguments, 2, 2, "$CfResourceParam('LogicalId', 'Attribute')"
    )
    return ex.StackResourceParam(logical_id, attribute)


def stack_output(arguments: tuple[object, ...], merged: Merged) -> ex.Expression:
    """`$StackOutput('stack', 'output', region)` and `$CfStackOutput` alike."""
    del merged
    stack, output, *region = texts("StackOutput", arguments, 2, 3, "$StackOutput('stack', 'output')")
    return ex.StackOutput(stack, output, region[0] if region else None)


RUNTIME: Final[dict[str, Callable[[tuple[object, ...], Merged], ex.Expression]]] = {
    "Secret": secret,
    "SsmParam": ssm_param,
    "ResourceParam": resource_param,
    "CfResourceParam": stack_resource_param,
    "StackOutput": stack_output,
    "CfStackOutput": stack_output,
}
"""Directive name -> what makes its Expression from arguments and the spec's resources."""
