"""Which arguments a property of the spec language decides.

The field tables say it themselves (`Field.spec`).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from tfgen.explain.arguments import Argument, arguments
from tfgen.explain.language import properties
from tfgen.kinds import identity_provider

_ITEMS: Final = {identity_provider.TYPE: "identityProviders[]."}
"""Kinds that stand for one item of a list: their tables name the item's own properties."""


@cache
def links() -> dict[str, tuple[Argument, ...]]:
    """Property path → the arguments it decides, in table order; properties that decide none are missing.

    Raises KeyError when a table names a property that does not exist: a bug of ours that a test finds.
    """
    known = {found.path.removesuffix("[]"): found.path for found in properties()}
    done: dict[str, dict[str, Argument]] = {}
    for argument in arguments():
        for spec in argument.field.spec_paths:
            path = known[f"{_ITEMS.get(argument.kind.type, '')}{spec}"]
            done.setdefault(path, {})[argument.name] = argument
    return {path: tuple(found.values()) for path, found in done.items()}


@cache
def back_links() -> dict[str, tuple[str, ...]]:
    """Full argument name → the paths of the properties that decide it."""
    done: dict[str, list[str]] = {}
    for path, found in links().items():
        for argument in found:
            done.setdefault(argument.name, []).append(path)
    return {name: tuple(paths) for name, paths in done.items()}
