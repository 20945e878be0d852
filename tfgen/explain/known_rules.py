"""The named rules of what is no drift, collected from the tables that follow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tfgen.explain.arguments import arguments
from tfgen.kinds import KINDS
from tfgen.kinds.ruled import COMPOSED, EMPTY, answers_left_out, general_rules_of, rules_of
from tfgen.kinds.rules import Rule

_EVERYWHERE = {EMPTY.id: "every argument", COMPOSED.id: "every text"}


@dataclass(frozen=True, slots=True)
class KnownRule:
    """One rule and the full names of the arguments that have it, or the answers' members."""

    rule: Rule
    arguments: tuple[str, ...]


def known_rules() -> tuple[KnownRule, ...]:
    """All rules by id."""
    found: dict[str, tuple[Rule, dict[str, None]]] = {}
    for rule, name in _followed():
        found.setdefault(rule.id, (rule, {}))[1][_EVERYWHERE.get(rule.id, name)] = None
    return tuple(KnownRule(rule, tuple(names)) for _, (rule, names) in sorted(found.items()))


def _followed() -> Iterator[tuple[Rule, str]]:
    for argument in arguments():
        for rule in (*rules_of(argument.field), *general_rules_of(argument.field)):
            yield rule, argument.name
    for kind in KINDS.values():
        for rule, path, why in answers_left_out(kind):
            yield rule, f"{kind.type}: {path}" + (f" ({why})" if why != rule.reason else "")
