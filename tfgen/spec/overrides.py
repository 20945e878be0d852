"""Looking into `overrides` by property name, whatever child and spelling they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfgen.spec.model import UserPool
from tfgen.spec.nodes import Path


@dataclass(frozen=True, slots=True)
class Override:
    """One overridden property: where it stands and what it is set to."""

    path: Path
    value: Any


def find_override(pool: UserPool, name: str) -> Override | None:
    """The first override of a CloudFormation property (`AliasAttributes`) or of its Terraform name.

    A dotted path counts when the name is its first step; None when nothing overrides it.
    """
    wanted = _folded(name)
    for child, values in pool.overrides.items():
        for key, value in values.items():
            if _folded(key.partition(".")[0]) == wanted:
                return Override((*pool.path, "overrides", child, key), value)
    return None


def _folded(name: str) -> str:
    return name.replace("_", "").lower()
