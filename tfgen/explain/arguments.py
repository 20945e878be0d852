"""The field tables as a flat list, with the places an argument is known by elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tfgen.kinds import KINDS
from tfgen.kinds.answers import live_path, main_source
from tfgen.kinds.field import Change, Field, Kind, Type
from tfgen.kinds.overrides import cfn_path


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or block of a kind; `path` is dotted below the resource."""

    kind: Kind
    path: str
    field: Field

    @property
    def name(self) -> str:
        """`aws_cognito_user_pool.password_policy.minimum_length`"""
        return f"{self.kind.type}.{self.path}"

    @property
    def short(self) -> str:
        """`user_pool.password_policy.minimum_length`"""
        return f"{short_type(self.kind)}.{self.path}"

    @property
    def cfn(self) -> str:
        """The CloudFormation property; "" where there is none."""
        return cfn_path(self.kind, self.path)

    @property
    def live(self) -> tuple[str, str] | None:
        """The boto3 method and the path in its answer; None where AWS never returns the argument."""
        if self.field.live is None:
            return None
        fields, place = self.kind.by_name, ""
        for step in self.path.split("."):
            field = fields[step]
            place = live_path(place, field) + ("[]" if field.type is Type.BLOCKS else "")
            fields = field.by_name
        name, _, inner = place.partition(":")
        source = self.kind.sources[name or main_source(self.kind)]
        listed = f"{source.answer}[]" if source.answer == "Items" else source.answer
        return source.operation, ".".join(part for part in (listed, inner) if part)

    @property
    def members(self) -> tuple[Argument, ...]:
        """The arguments of a block."""
        return tuple(Argument(self.kind, f"{self.path}.{field.name}", field) for field in self.field.fields)


def short_type(kind: Kind) -> str:
    """The Terraform type without the part that names the service."""
    return kind.type.removeprefix("aws_").removeprefix("cognito_").removeprefix("apigatewayv2_")


@cache
def arguments() -> tuple[Argument, ...]:
    """Every argument and block of every kind, in table order."""
    return tuple(Argument(kind, path, field) for kind in KINDS.values() for path, field in kind.walk())


def change(field: Field) -> str:
    """What a change of the written value does."""
    if field.replaces_before is None:
        return field.change.value
    return f"{field.change.value}; replaces the resource with a provider before {field.replaces_before}"


def unseen(field: Field) -> str:
    """What Terraform does not see of a change; "" when it sees all."""
    if field.keeps and field.change is not Change.UNSEEN:
        return "an argument left out of the HCL keeps its live value, and no plan shows it"
    if field.emptied:
        return "no plan shows that the block is left out of the HCL; apply takes away what is in it"
    return ""
