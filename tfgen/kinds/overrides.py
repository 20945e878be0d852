"""`overrides` of the spec: any argument of any kind, by its CloudFormation or Terraform name.

Both names lead to the field table, so that an override is rendered, compared and explained as
every other value. `null` takes an argument away.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from tfgen.errors import Problem, SpecError
from tfgen.kinds.context import Context
from tfgen.kinds.field import Kind
from tfgen.kinds.override_names import FaultError, Path, cfn_path
from tfgen.kinds.override_values import Override, override
from tfgen.resource import Resource, State
from tfgen.spec import Gateway, Spec, UserPool

__all__ = ["ALIASES", "apply_overrides", "cfn_path", "child_names"]

ALIASES = {"SendSmsRole": "snsRoleSendSmsFromCognito"}
"""What Stacktape's TypeScript calls a child where the name is not the same but for its case."""


def apply_overrides(spec: Spec, state: State) -> None:
    """Sets every override of every pool and gateway in `state`.

    Raises SpecError with all overrides that name no child, no argument, or a value of a wrong type.
    """
    from tfgen.kinds import KINDS

    problems: list[Problem] = []
    owners: list[UserPool | Gateway] = [*spec.pools.values(), *spec.gateways.values()]
    for owner in owners:
        if not owner.overrides:
            continue
        own = [one for one in state.resources.values() if one.address.module == owner.key]
        for child, settings in owner.overrides.items():
            path: Path = (*owner.path, "overrides", child)
            found = _children(child, own, KINDS)
            if not found:
                problems.append(_unknown_child(spec, path, child, owner.key, own, KINDS))
            for name, value in settings.items():
                for resource in found:
                    given = Override(
                        KINDS[resource.kind],
                        resource,
                        Context(spec, resource.address, spec.pools.get(owner.key)),
                    )
                    override(given, name, value, (*path, name))
                    problems += [_problem(spec, fault) for fault in given.faults]
    if problems:
        raise SpecError(list(dict.fromkeys(problems)))


def _problem(spec: Spec, fault: FaultError) -> Problem:
    return Problem(
        spec.position(fault.path),
        ".".join(str(step) for step in fault.path),
        fault.message,
        fault.allowed,
        fault.suggestion,
    )


def child_names(resource: Resource, kind: Kind) -> Iterator[str]:
    """How `overrides` may call a resource: its descriptive name, with the label where there are
    several, its CloudFormation logical id as Stacktape makes it, its Terraform type or address.
    """
    module, label = resource.address.module, resource.address.label
    yield kind.child
    yield kind.type
    yield f"{module}{kind.child}"
    yield f"{kind.type}.{label}"
    if kind.child in ALIASES:
        yield ALIASES[kind.child]
    if label != "this":
        yield f"{kind.child}.{label}"
        yield f"{module}{label}{kind.child}"
    if "provider_type" in resource.values:
        yield f"{module}{resource.values['provider_type']}{kind.child}"


def own_name(resource: Resource, kind: Kind) -> str:
    """The name in `overrides` that means this one resource only."""
    label = resource.address.label
    return kind.child if label == "this" else f"{kind.child}.{label}"


def _children(child: str, own: list[Resource], kinds: Mapping[str, Kind]) -> list[Resource]:
    """The resources that a name means: letter by letter if any, else but for case and punctuation."""
    exact = [one for one in own if child in child_names(one, kinds[one.kind])]
    if exact:
        return exact
    wanted = _plain(child)
    return [one for one in own if wanted in map(_plain, child_names(one, kinds[one.kind]))]


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum()).lower()


def _unknown_child(
    spec: Spec, path: Path, child: str, module: str, own: list[Resource], kinds: Mapping[str, Kind]
) -> Problem:
    names = sorted({kinds[resource.kind].child for resource in own})
    known = sorted({name for resource in own for name in child_names(resource, kinds[resource.kind])})
    near = difflib.get_close_matches(child, known, 1, 0.6)
    return Problem(
        spec.position(path),
        ".".join(str(step) for step in path),
        f"{child} is not a child resource of {module}",
        f"it has {', '.join(names)}",
        near[0] if near else "",
    )
