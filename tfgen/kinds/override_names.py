"""The names by which overrides may call an argument: Terraform's, CloudFormation's, the API's."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from tfgen.kinds.field import Field, Kind, Type

Path = tuple[str | int, ...]


class FaultError(Exception):
    """What is wrong with one override, and the spec path of the part to blame."""

    def __init__(self, path: Path, message: str, allowed: str = "", suggestion: str = "") -> None:
        super().__init__(message)
        self.path, self.message, self.allowed, self.suggestion = path, message, allowed, suggestion


def cfn_path(kind: Kind, path: str) -> str:
    """The CloudFormation property of an argument; "" where it has none."""
    name: str | None = ""
    fields = kind.by_name
    for step in path.split("."):
        field = fields[step]
        if field.cfn_name.startswith("/"):
            name = field.cfn_name[1:]
        elif not field.cfn_name or name is None:
            name = None
        else:
            name = f"{name}.{field.cfn_name}".lstrip(".")
        fields = field.by_name
    return name or ""


def members(block: Field, steps: list[str], above: str) -> tuple[list[Field], list[str]] | None:
    """The fields from `block` down to the longest one that `steps` begin with, and the steps left."""
    best: tuple[list[Field], list[str]] | None = None
    for names, chain in names_below(block, above):
        if steps[: len(names)] == names and (best is None or len(names) > len(steps) - len(best[1])):
            best = (chain, steps[len(names) :])
    return best


def names_below(block: Field, above: str) -> Iterator[tuple[list[str], list[Field]]]:
    """Every field below a block (not below repeated ones) with each of its names, as steps."""
    for field in block.fields:
        own = [[field.name]]
        if field.cfn_name.startswith("/"):
            if not above:
                own.append(field.cfn_name[1:].split("."))
        elif field.cfn_name:
            own.append(field.cfn_name.split("."))
        if field.live_name and field.live_name != field.cfn_name:
            own.append(field.live_name.split("."))
        yield from ((names, [field]) for names in own)
        if field.type is Type.BLOCK:
            for names, chain in names_below(field, ""):
                absolute = chain[-1].cfn_name.startswith("/") and names == chain[-1].cfn_name[1:].split(".")
                starts = [[]] if absolute else own
                yield from (([*start, *names], [field, *chain]) for start in starts)


def leads_on(block: Field, steps: list[str], above: str) -> bool:
    """Whether `steps` begin a path of CloudFormation that has no block of its own (`Policies`)."""
    return any(
        names[: len(steps)] == steps and len(names) > len(steps) for names, _ in names_below(block, above)
    )


def unknown(kind: Kind, block: Field, steps: list[str], origin: Path, above: str) -> FaultError:
    """The fault of a name that no field has, with the nearest one that has it."""
    known = sorted({".".join(names) for names, _ in names_below(block, above)})
    wanted = ".".join(steps)
    near = difflib.get_close_matches(wanted, known, 1, 0.5)
    if not above and (by := kind.cfn_lists.get(steps[0])):
        allowed = f"Terraform says it by {', '.join(by)}"
        return FaultError(origin, f"{wanted} is no argument of {kind.type}", allowed)
    if not above:
        allowed = "a CloudFormation property or a Terraform argument of it"
        return FaultError(origin, f"{wanted} is no argument of {kind.type}", allowed, "".join(near))
    allowed = f"it has {', '.join(sorted(field.name for field in block.fields))}"
    return FaultError(origin, f"{wanted} is no argument of {above}", allowed, "".join(near))
