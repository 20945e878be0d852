"""Lambda functions that a pool calls and cannot."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

from tfgen.drift.cross.model import Check, Fault, View, at
from tfgen.kinds.field import Kind, Severity
from tfgen.kinds.lambda_permission import COGNITO as _CALLER
from tfgen.kinds.types import PERMISSION
from tfgen.kinds.user_pool import KIND
from tfgen.resource import Address, Resource

_BLOCK = "lambda_config"
FUNCTIONS = "functions"
"""Attribute of a live pool: ARN of a function → True (exists), False (does not), or why it was not read."""


def _hooks(pool: Resource, kind: Kind = KIND) -> Iterator[tuple[str, str]]:
    """(argument, ARN) of each function that a live pool calls."""
    for field in kind.by_name[_BLOCK].fields:
        inner = (field.name, "lambda_arn") if field.is_block else (field.name,)
        function = at(pool, _BLOCK, *inner)
        if isinstance(function, str) and ":lambda:" in function:
            yield ".".join((_BLOCK, *inner)), function


def _pools(view: View) -> Iterator[Resource]:
    for module in view.modules():
        pool = view.pool(module)
        if pool is not None and view.knows(pool, _BLOCK):
            yield pool


def permissions(view: View) -> Iterator[Fault]:
    """A function that does not let the pool call it."""
    for pool in _pools(view):
        module = pool.address.module
        read = _policies(view, module)
        for path, function in _hooks(pool):
            if _allowed(view, pool, function):
                continue
            if function not in read:
                continue  # not ours to permit, or NOT_CHECKED already; a foreign hook is a finding itself
            text = "no statement of the function's policy lets this pool call it: what the hook is for fails"
            label = path.split(".")[1]
            missing = Address(module, PERMISSION, label)
            gone = missing in view.desired.resources and missing not in view.resolver.pairs
            yield Fault(
                pool, path, text, f"lambda:InvokeFunction for {_CALLER}", None, at=missing if gone else None
            )


def _policies(view: View, module: str) -> set[str]:
    """The functions whose policies were read: those that the spec gives a permission."""
    found: set[str] = set()
    for resource in view.wanted(PERMISSION, module):
        if view.reads(PERMISSION, module, label=resource.address.label):
            found |= {value for value in [view.value(resource, "function_name")] if isinstance(value, str)}
    return found


def _allowed(view: View, pool: Resource, function: str) -> bool:
    arn = str(pool.attributes.get("arn"))
    for one in view.of(PERMISSION, pool.address.module):
        source = at(one, "source_arn")
        if (
            at(one, "function_name") in (function, _unqualified(function), _name(function))
            and at(one, "principal") in (_CALLER, "*")
            and at(one, "action") in ("lambda:InvokeFunction", "lambda:*", "*")
            and (source is None or fnmatch.fnmatchcase(arn, str(source).replace("[", "[[]")))
        ):
            return True
    return False


def _unqualified(function: str) -> str:
    """The ARN without version or alias."""
    return ":".join(function.split(":")[:7])


def _name(function: str) -> str:
    return (function.split(":") + [""] * 7)[6]


def existence(view: View) -> Iterator[Fault]:
    """A function that does not exist."""
    for pool in _pools(view):
        states = pool.attributes.get(FUNCTIONS)
        if states is None:  # nobody asked
            continue
        for path, function in _hooks(pool):
            state = states.get(function, "the function was not asked for")
            if state is False:
                text = "the function does not exist: what the hook is for fails"
                yield Fault(pool, path, text, "a function that exists", function)
            elif state is not True:
                yield Fault(pool, path, f"whether the function exists is not known: {state}", unread=True)


CHECKS = (
    Check(
        id="hook-permission",
        severity=Severity.HIGH,
        doc="a Lambda trigger whose function does not let the pool call it",
        why="sign-up, sign-in or the message that the trigger belongs to fails",
        source="Amazon Cognito developer guide, Lambda triggers: the function needs a resource-based policy",
        run=permissions,
    ),
    Check(
        id="hook-function-gone",
        severity=Severity.HIGH,
        doc="a Lambda trigger whose function does not exist",
        why="sign-up, sign-in or the message that the trigger belongs to fails",
        source="Amazon Cognito developer guide, Lambda triggers",
        run=existence,
    ),
)
