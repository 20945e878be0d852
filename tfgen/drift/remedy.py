"""What can be done about a difference: by apply, or by making the spec say what is live."""

from __future__ import annotations

from typing import Any

from tfgen.drift.differences import Difference
from tfgen.kinds.field import Change, Kind
from tfgen.kinds.overrides import cfn_path
from tfgen.resource import Resource, Sensitive

POOL = "aws_cognito_user_pool"


def replaced(difference: Difference) -> bool:
    """Whether apply would destroy and recreate the resource to mend this difference."""
    return difference.field.change is Change.REPLACES and not difference.kept


def effect(kind: Kind, resource: Resource, difference: Difference, users: int | None) -> str:
    """What `terraform apply` of the rendered HCL would do about it."""
    field = difference.field
    if field.change is Change.UNSEEN:
        return "apply does nothing: AWS never answers it, so Terraform does not see it"
    if difference.kept:
        return "apply does nothing: the HCL leaves it to AWS, so Terraform does not see it"
    match field.change:
        case Change.REPLACES:
            return _replacement(kind, resource, users)
        case Change.ADD_ONLY:
            if difference.live is None:
                return "apply adds it"
            return "apply fails: AWS can neither change nor remove it"
        case Change.CANNOT_REMOVE if not difference.declared:
            return "apply does nothing: AWS cannot remove it"
        case _ if not difference.declared:
            return "apply removes it"
    if field.replaces_before is not None:
        return f"apply sets it back; providers before {field.replaces_before} plan a replacement instead"
    return "apply sets it back in place"


def _replacement(kind: Kind, resource: Resource, users: int | None) -> str:
    if kind.type != POOL:
        return "apply destroys and recreates the resource"
    lost = "all users" if users is None else f"all of its about {users} users"
    guard = "; prevent_destroy stops it" if resource.lifecycle.get("prevent_destroy") else ""
    return f"apply destroys and recreates the pool and loses {lost}{guard}"


def accept(kind: Kind, difference: Difference) -> str:
    """Which edit of the spec makes the live value the desired one."""
    field = difference.field
    if isinstance(difference.live, Sensitive) or field.secret:
        return "a secret is not accepted into a spec; put it where the spec's directive points"
    if not field.spec_paths or field.derive is not None:
        path = cfn_path(kind, difference.path.partition("[")[0])
        if not path:
            return "the spec language cannot say it"
        return f"overrides: {kind.child}: {path}: {_yaml(difference.live)}"
    name = field.spec_paths[0]
    return f"{name}: {_yaml(difference.live)}"


def _yaml(value: Any) -> str:
    """A short value as one would write it in the spec."""
    match value:
        case None | {}:
            return "(remove it)"
        case bool():
            return str(value).lower()
        case frozenset() | list():
            return f"[{', '.join(sorted(str(item) for item in value))}]"
        case dict():
            return "{…}"
        case str() if len(value) > 60 or "\n" in value:
            return "(the live text)"
        case _:
            return str(value)
