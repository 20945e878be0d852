"""What `terraform apply` does about a difference."""

from __future__ import annotations

from tfgen.drift.differences import Difference
from tfgen.kinds.field import Change, Kind
from tfgen.kinds.types import POOL
from tfgen.resource import Resource


def replaced(difference: Difference) -> bool:
    """Whether apply would destroy and recreate the resource to mend this difference."""
    field = difference.field
    always = field.change is Change.REPLACES
    now = field.replaces_when is not None and field.replaces_when(difference.desired, difference.live)
    return (always or now) and not difference.kept


def effect(kind: Kind, resource: Resource, difference: Difference, users: int | None) -> str:
    """What `terraform apply` of the rendered HCL would do about it."""
    field = difference.field
    if field.change is Change.UNSEEN:
        return "apply does nothing: AWS never answers it, so Terraform does not see it"
    if difference.kept:
        return "apply does nothing: the HCL leaves it to AWS, so Terraform does not see it"
    if replaced(difference):
        return _replacement(kind, resource, users)
    match field.change:
        case Change.ADD_ONLY if field.is_block and difference.live is None:
            return "apply adds it"
        case Change.ADD_ONLY:
            return "apply fails: AWS can neither change nor remove it"
        case Change.CANNOT_REMOVE if not difference.declared:
            return "apply does nothing: AWS cannot remove it"
        case _ if not difference.declared and difference.desired is None:
            return "apply removes it"
        case _ if not difference.declared:
            return "apply sets AWS's own default again"
    if field.replaces_before is not None:
        return f"apply sets it back; providers before {field.replaces_before} plan a replacement instead"
    return "apply sets it back in place"


def _replacement(kind: Kind, resource: Resource, users: int | None) -> str:
    if kind.type != POOL:
        return "apply destroys and recreates the resource"
    lost = "all users" if users is None else f"all of its about {users} {'user' if users == 1 else 'users'}"
    lost = "all users, of which AWS counts none" if users == 0 else lost
    guard = "; prevent_destroy stops it" if resource.lifecycle.get("prevent_destroy") else ""
    return f"apply destroys and recreates the pool and loses {lost}{guard}"
