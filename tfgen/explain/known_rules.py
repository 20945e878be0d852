"""The named rules of what is no drift, collected from the fields they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from tfgen.explain.arguments import arguments
from tfgen.kinds.rules import Rule


@dataclass(frozen=True, slots=True)
class KnownRule:
    """One rule and the full names of the arguments that have it."""

    rule: Rule
    arguments: tuple[str, ...]


def known_rules() -> tuple[KnownRule, ...]:
    """All rules by id."""
    found: dict[str, tuple[Rule, list[str]]] = {}
    for argument in arguments():
        for rule in argument.field.quiet:
            found.setdefault(rule.id, (rule, []))[1].append(argument.name)
    return tuple(KnownRule(rule, tuple(names)) for _, (rule, names) in sorted(found.items()))
