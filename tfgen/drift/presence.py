"""Resources that only one side has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.drift.match import may_be_unread
from tfgen.drift.places import owner, place
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind, Severity
from tfgen.kinds.types import POOL
from tfgen.resource import Resource, State
from tfgen.spec import Spec


def deleted(spec: Spec, missing: list[Resource], desired: State, live: State) -> Iterator[Finding]:
    """Desired resources that are not live; the parts of a missing pool or API go with it."""
    roots = {resource.address.module for resource in missing if KINDS[resource.kind].root}
    for resource in missing:
        kind = KINDS[resource.kind]
        if (resource.address.module in roots and not kind.root) or may_be_unread(resource, desired, live):
            continue
        yield Finding(
            status=Status.DELETED,
            address=resource.address,
            path="",
            severity=kind.deleted,
            desired=_name(kind, resource),
            controls=kind.controls,
            reason=_gone_with(resource, missing) if kind.root else "",
            effect="apply makes a new one, without the users of the old one"
            if kind.type == POOL
            else "apply makes it again",
            accept=_without(spec, kind, resource),
            **place(spec, resource, ".".join(kind.identity[:1])),
        )


def _gone_with(root: Resource, missing: list[Resource]) -> str:
    others = [
        str(one.address).removeprefix(f"module.{one.address.module}.")
        for one in missing
        if one.address.module == root.address.module and one is not root
    ]
    return f"gone with it: {', '.join(sorted(others))}" if others else ""


def _without(spec: Spec, kind: Kind, resource: Resource) -> str:
    """The edit of the spec that does without a resource."""
    module = resource.address.module
    whole = owner(spec, module).get("spec_path", "")
    path = place(spec, resource, ".".join(kind.identity[:1])).get("spec_path", "")
    around = path.rpartition(".")[0]
    if around.rpartition(".")[2].isdecimal():
        path = around  # the whole member of the list, not the property that names it
    if kind.root:
        return f"take {whole} out of the spec"
    if path == whole:
        return f"the spec cannot leave it out: it belongs to {whole}"
    return f"take {path} out of the spec: it follows from it"


def ambiguous(spec: Spec, found: list[tuple[Resource, list[Resource]]]) -> Iterator[Finding]:
    """Several live resources fit one of the spec: which one is Terraform's is not guessed."""
    for resource, fitting in found:
        kind = KINDS[resource.kind]
        ids = ", ".join(str(live.attributes.get("id", live.address.label)) for live in fitting)
        yield Finding(
            status=Status.NOT_CHECKED,
            address=resource.address,
            path="",
            severity=max(kind.deleted, kind.unmanaged),
            desired=_name(kind, resource),
            live=ids,
            reason=f"{len(fitting)} live ones fit it ({ids}): say which one is Terraform's with --outputs or "
            "--state; the others are in no spec",
            **owner(spec, resource.address.module),
        )


def unmanaged(spec: Spec, extra: list[Resource]) -> Iterator[Finding]:
    """Live resources that no spec has; they point at the pool or API that they belong to."""
    for resource in extra:
        kind = KINDS[resource.kind]
        severity = kind.rogue(resource.values) if kind.rogue is not None else None
        controls = kind.controls if severity is None else (*kind.controls, *kind.rogue_controls)
        if severity is None:
            severity = kind.unmanaged
        ident = resource.attributes.get("id")
        shown = [f"{name} {resource.values[name]}" for name in kind.identity if name in resource.values]
        if kind.assigned_id and ident is not None:
            shown.append(f"id {ident}")
        yield Finding(
            status=Status.UNMANAGED,
            address=resource.address,
            path="",
            severity=severity,
            live=", ".join(shown) or resource.address.label,
            declared=False,
            arguments=_arguments(kind, resource),
            controls=controls,
            effect="Terraform does not know it and leaves it as it is",
            accept="delete it in AWS, or add it to the spec and import it"
            if severity > Severity.LOW
            else "nothing to do if it is meant to be there",
            **owner(spec, resource.address.module),
        )


def _arguments(kind: Kind, resource: Resource) -> dict[str, Any]:
    """The arguments that differ from what AWS shows when nobody set them, by name."""
    fields = kind.by_name
    return {
        name: value
        for name, value in sorted(resource.values.items())
        if value not in (None, "", [], {}, frozenset(), fields[name].unset)
    }


def _name(kind: Kind, resource: Resource) -> str:
    """What the spec calls it: its identifying arguments as far as they are literal."""
    named = [value for name in kind.identity if isinstance(value := resource.values.get(name), str)]
    return " ".join(named) or resource.address.label
