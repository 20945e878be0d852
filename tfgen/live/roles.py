"""The role with which a pool sends text messages, and its inline policies."""

from __future__ import annotations

from typing import Any

from tfgen.kinds import sms_role
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.live.operations import LIST_ROLE_POLICIES
from tfgen.resource import Resource, Unknown

_ROLE, _POLICY = sms_role.ROLE_KIND, sms_role.POLICY_KIND


def read(module: Module, region: str) -> None:
    """Every desired role by its name, and all inline policies it has. Raises LiveError."""
    for role in module.of_kind(_ROLE.type):
        _read_role(module, role, region)


def _read_role(module: Module, role: Resource, region: str) -> None:
    name = module.value(role, "name")
    if not isinstance(name, str):
        reason = name.reason if isinstance(name, Unknown) else "the role has no name of its own"
        module.found.unread(_ROLE.type, reason, role.address.label)
        module.found.unread(_POLICY.type, reason)
        return
    try:
        answer = module.aws.call(_ROLE.sources["role"], region, RoleName=name)
        module.found.add(_ROLE, name, {"role": answer | {"Tags": _tags(answer)}})
    except AbsentError:
        return
    except UnreadError as failed:
        module.found.unread(_ROLE.type, failed.reason, role.address.label)
    if module.of_kind(_POLICY.type):
        _read_policies(module, name, region)


def _read_policies(module: Module, role: str, region: str) -> None:
    try:
        names = module.aws.pages(LIST_ROLE_POLICIES, region, RoleName=role)
    except AbsentError:
        return
    except UnreadError as failed:
        module.found.unread(_POLICY.type, failed.reason)
        return
    for name in sorted(names):
        try:
            answer = module.aws.call(_POLICY.sources["policy"], region, RoleName=role, PolicyName=name)
        except AbsentError:
            continue
        except UnreadError as failed:
            module.found.add_partly(_POLICY, name, {"PolicyName": name, "RoleName": role}, failed.reason)
        else:
            module.found.add(_POLICY, name, {"policy": answer})


def _tags(answer: dict[str, Any]) -> dict[str, str]:
    """IAM answers tags as a list of pairs."""
    return {tag["Key"]: tag["Value"] for tag in answer.get("Tags") or ()}
