"""What a directive stands for when only a deployment knows its value.

The spec room knows the directives, not Terraform: these are values of the spec
language; the kinds turn them into variables, data sources and references.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A value that is not known while the spec is read."""


@dataclass(frozen=True, slots=True)
class StageName(Expression):
    """`$Stage()` when no `--stage` was given."""


@dataclass(frozen=True, slots=True)
class RegionName(Expression):
    """`$Region()` when no `--region` was given."""


@dataclass(frozen=True, slots=True)
class AccountId(Expression):
    """`$AwsAccountId()`."""


@dataclass(frozen=True, slots=True)
class ProfileName(Expression):
    """`$Profile()`."""


@dataclass(frozen=True, slots=True)
class Secret(Expression):
    """`$Secret('name')` or `$Secret('name.key')`: a Secrets Manager secret, or one JSON key of it."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class SsmParam(Expression):
    """`$SsmParam('/a/b')`: a Parameter Store parameter, always treated as a secret."""

    name: str


@dataclass(frozen=True, slots=True)
class ResourceParam(Expression):
    """`$ResourceParam('resource', 'param')`: an attribute of a resource of the same spec."""

    resource: str
    param: str


@dataclass(frozen=True, slots=True)
class StackResourceParam(Expression):
    """`$CfResourceParam('LogicalId', 'Attribute')`: an attribute of a raw CloudFormation resource."""

    logical_id: str
    attribute: str


@dataclass(frozen=True, slots=True)
class StackOutput(Expression):
    """`$StackOutput(...)` and `$CfStackOutput(...)`: an output of another CloudFormation stack."""

    stack: str
    output: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Format(Expression):
    """`$Format('a-{}', x)` and `$CfFormat(...)` with at least one part that is not known yet."""

    parts: tuple[str | Expression, ...]


def joined(parts: Iterable[str | Expression]) -> str | Expression:
    """Parts one after the other: a text when all are texts, else a Format without texts side by side."""
    merged: list[str | Expression] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Format) else (part,):
            last = merged[-1] if merged else None
            if isinstance(piece, str) and isinstance(last, str):
                merged[-1] = last + piece
            elif piece != "":
                merged.append(piece)
    if not merged:
        return ""
    return merged[0] if len(merged) == 1 else Format(tuple(merged))
