"""Two complete trees of one resource → the arguments that differ. deepdiff finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.drift.trees import comparable, settle
from tfgen.kinds.field import Field, Kind, Severity, Type
from tfgen.kinds.rules import Rule
from tfgen.resource import Resource

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One argument (or one instance of a repeated block, or one key of a map) that differs.

    `path` names it for a person (`schema["tier"].mutable`), `argument` in the table (`schema.mutable`).
    `whole`: the live values of all of a repeated block. `kept`: neither apply nor plan sees it, because
    the HCL leaves it to AWS. `rule`: the known AWS behaviour it is.
    """

    path: str
    argument: str
    steps: Path
    field: Field
    desired: Any
    live: Any
    whole: Any
    declared: bool
    kept: bool
    severity: Severity
    rule: Rule | None


def differences(
    kind: Kind, resource: Resource, expected: dict[str, Any], actual: dict[str, Any], live: dict[str, Any]
) -> Iterator[Difference]:
    """Each differing argument once, in the order of the field table."""
    if expected == actual:
        return
    seen: set[str] = set()
    for steps in _differing(expected, actual):
        path, field = kind.field_at(steps)
        if path in seen:
            continue
        seen.add(path)
        yield _difference(kind, resource, _exact(kind, steps), path, field, expected, actual, live)


def _differing(expected: dict[str, Any], actual: dict[str, Any]) -> list[Path]:
    """The paths at which two trees differ, sorted.

    deepdiff walks both trees whole, so it only gets the arguments that differ at all.
    """
    from deepdiff import DeepDiff

    unequal = [name for name, value in expected.items() if value != actual[name]]
    left, right = settle({name: expected[name] for name in unequal}, {name: actual[name] for name in unequal})
    found = DeepDiff(
        comparable(left),
        comparable(right),
        view="tree",
        threshold_to_diff_deeper=0,
        ignore_private_variables=False,  # a tag or an attribute may be called `__x`
    )
    return sorted(
        {
            tuple(str(step) for step in change.path(output_format="list"))
            for changes in found.values()
            for change in changes
        }
    )


def _exact(kind: Kind, steps: Path) -> Path:
    """`steps` cut to the argument, block instance or map key that a person would name."""
    fields: Mapping[str, Field] = kind.by_name
    done = 0
    for index, step in enumerate(steps):
        if index < done:
            continue
        field = fields[step]
        done = index + 1
        if field.type in (Type.BLOCKS, Type.MAP):
            done += 1
        if not field.is_block:
            break
        fields = field.by_name
    return steps[:done]


def _difference(
    kind: Kind,
    resource: Resource,
    steps: Path,
    path: str,
    field: Field,
    expected: dict[str, Any],
    actual: dict[str, Any],
    live: dict[str, Any],
) -> Difference:
    desired, found = at(expected, steps), at(actual, steps)
    declared = _declared(resource.values, steps, kind)
    rule = None if declared else _rule(kind, steps, found, live)
    severity = field.weakens(desired, found) if field.weakens is not None else None
    if severity is None:  # not `or`: INFO is 0
        severity = field.severity
    return Difference(
        path=path,
        argument=argument(kind, steps),
        steps=steps,
        field=field,
        desired=desired,
        live=found,
        whole=_whole(kind, steps, actual),
        declared=declared,
        kept=_kept(kind, resource.values, steps) or path in resource.lifecycle.get("ignore_changes", ()),
        severity=severity,
        rule=rule,
    )


def argument(kind: Kind, steps: Path) -> str:
    """The dotted path of an argument in the table: no keys of repeated blocks or of maps."""
    fields: Mapping[str, Field] = kind.by_name
    names: list[str] = []
    is_key = False
    for step in steps:
        if is_key:
            is_key = False
            continue
        field = fields[step]
        names.append(step)
        is_key, fields = field.type is Type.BLOCKS, field.by_name
        if not field.is_block:
            break
    return ".".join(names)


def _whole(kind: Kind, steps: Path, actual: dict[str, Any]) -> Any:
    """All live instances of the repeated block that `steps` lead into; None where there is none."""
    fields: Mapping[str, Field] = kind.by_name
    for index, step in enumerate(steps):
        field = fields[step]
        if field.type is Type.BLOCKS:
            return at(actual, steps[: index + 1])
        fields = field.by_name
        if not field.is_block:
            break
    return None


def at(tree: Any, steps: Iterable[str]) -> Any:
    """The part of a tree at a path; None where there is none."""
    for step in steps:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _declared(values: dict[str, Any], steps: Path, kind: Kind) -> bool:
    """Whether the desired resource says this argument; one folded from another is said with it."""
    if at(values, steps) is not None:
        return True
    return kind.normalise is not None and kind.by_name[steps[0]].name in values and len(steps) == 1


def _kept(kind: Kind, values: dict[str, Any], steps: Path) -> bool:
    """Whether the HCL leaves out an argument or block that the provider then keeps as it is."""
    fields: Mapping[str, Field] = kind.by_name
    target = values
    for depth, step in enumerate(steps):
        field = fields.get(step)
        if field is None:
            return False
        if step not in target:
            return field.keeps or (field.emptied and _keeps_inside(field, steps[depth + 1 :]))
        inner = target[step]
        if not field.is_block or not isinstance(inner, dict):
            return False
        fields, target = field.by_name, inner
    return False


def _keeps_inside(block: Field, steps: Path) -> bool:
    """Whether what `steps` lead to below a block that is left out keeps its value by itself."""
    fields = block.by_name
    for step in steps:
        field = fields.get(step)
        if field is None:
            return False
        if field.keeps:
            return True
        fields = field.by_name
    return False


def _rule(kind: Kind, steps: Path, found: Any, live: dict[str, Any]) -> Rule | None:
    """The rule of the argument, or of a block around it, that explains an undeclared live value."""
    fields: Mapping[str, Field] = kind.by_name
    value: Any = live
    for index, step in enumerate(steps):
        field = fields.get(step)
        if field is None:
            return None
        value = value.get(step) if isinstance(value, dict) else None
        last = index == len(steps) - 1 or field.type is Type.MAP
        asked = {steps[-1]: found} if field.type is Type.MAP and len(steps) > index + 1 else value
        for rule in field.quiet:
            if rule.applies(found if last and field.type is not Type.MAP else asked, live):
                return rule
        if field.type is Type.MAP:
            return None
        fields = field.by_name
    return None
