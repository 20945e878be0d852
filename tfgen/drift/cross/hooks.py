"""Lambda functions that a pool calls and cannot."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from typing import Any

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
        read, states = _policies(view, module), pool.attributes.get(FUNCTIONS) or {}
        for path, function in _hooks(pool):
            if function not in read or states.get(function) is False:
                continue  # not ours to permit, NOT_CHECKED already, or told by `existence`
            desired, _ = _permission(view, pool, path)
            if desired is not None and "qualifier" in desired.values:
                continue  # an override of the spec permits another version: the comparison watches it
            if not any(_obstacle(one, pool, function) == "" for one in view.of(PERMISSION, module)):
                yield _denied(view, pool, path, function)


def _denied(view: View, pool: Resource, path: str, function: str) -> Fault:
    """Told at the permission that the spec has for it: that it is gone, or what of it is wrong."""
    text = "the function's policy does not let this pool call it: what the hook is for fails"
    desired, live = _permission(view, pool, path)
    if desired is not None and live is not None:
        wrong = _obstacle(live, pool, function)
        return Fault(live, wrong, text, view.value(desired, wrong), at(live, wrong))
    told_at = None if desired is None else desired.address
    return Fault(pool, path, text, f"lambda:InvokeFunction for {_CALLER}", None, at=told_at)


def _permission(view: View, pool: Resource, path: str) -> tuple[Resource | None, Resource | None]:
    """The spec's permission for a hook, and the live one."""
    address = Address(pool.address.module, PERMISSION, path.split(".")[1])
    return view.desired.resources.get(address), view.resolver.pairs.get(address)


def _policies(view: View, module: str) -> set[str]:
    """The functions whose policies were read: those that the spec gives a permission."""
    found: set[str] = set()
    for resource in view.wanted(PERMISSION, module):
        if view.reads(PERMISSION, module, label=resource.address.label):
            found |= {value for value in [view.value(resource, "function_name")] if isinstance(value, str)}
    return found


def _obstacle(one: Resource, pool: Resource, function: str) -> str:
    """The argument of a permission that keeps the pool from calling the function; "" for none.

    A statement about a function says nothing about its versions and aliases (Lambda developer guide,
    resource-based policies), so both must name the same.
    """
    arn = str(pool.attributes.get("arn"))
    source, account = at(one, "source_arn"), at(one, "source_account")
    name, version = _named(at(one, "function_name"), at(one, "qualifier"))
    if name != _named(function)[0]:
        return "function_name"
    if version != _named(function)[1]:
        return "qualifier"
    if at(one, "principal") not in (_CALLER, "*"):
        return "principal"
    if at(one, "action") not in ("lambda:InvokeFunction", "lambda:*", "*"):
        return "action"
    if source is not None and not fnmatch.fnmatchcase(arn, str(source).replace("[", "[[]")):
        return "source_arn"
    if account is not None and f":{account}:" not in arn:
        return "source_account"
    return ""


def _named(function: Any, qualifier: Any = None) -> tuple[str, str | None]:
    """Name, and version or alias, of a function given by its name, its ARN, or a part of that."""
    parts = str(function).split(":")
    rest = parts[parts.index("function") + 1 :] if "function" in parts else parts
    return rest[0], qualifier or (rest[1] if len(rest) > 1 else None)


def existence(view: View) -> Iterator[Fault]:
    """A function that does not exist."""
    for pool in _pools(view):
        states = pool.attributes.get(FUNCTIONS)
        if states is None:  # nobody asked
            continue
        for path, function in _hooks(pool):
            state = states.get(function, "the function was not asked for")
            if state is False:
                yield _gone(view, pool, path, function)
            elif state is not True:
                yield Fault(pool, path, f"whether the function exists is not known: {state}", unread=True)


def _gone(view: View, pool: Resource, path: str, function: str) -> Fault:
    """Told at its permission, which went with it and which apply cannot make without it."""
    text = f"the function {function} does not exist: what the hook is for fails"
    desired, live = _permission(view, pool, path)
    if desired is not None and live is None:
        effect = "apply fails: the function must exist before it can be permitted"
        return Fault(pool, path, text, "a function that exists", function, at=desired.address, effect=effect)
    return Fault(pool, path, text, "a function that exists", function)


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
