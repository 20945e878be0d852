"""What is said about one property, argument or kind: label and text, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tfgen.explain.arguments import Argument, change, unseen
from tfgen.explain.language import Property, properties
from tfgen.explain.links import back_links, links
from tfgen.kinds.field import Kind, Type
from tfgen.kinds.ruled import rules_of

Facts = dict[str, str | list[str]]
MEMBERS: Final = "members"
"""The label of what a mapping, block or resource is made of: `name: text` each."""


def of_property(found: Property) -> Facts:
    """The facts of a property of the spec language; what it has none of is left out."""
    return _given(
        ("part of", found.group if "." in found.path else ""),
        ("spec", found.where),
        ("also written", list(found.aliases)),
        ("type", found.type),
        ("allowed", list(found.allowed)),
        ("limits", list(found.limits)),
        ("required", "yes" if found.required else ""),
        ("default", found.default),
        ("Stacktape", found.stacktape),
        ("why", found.why),
        ("newer", "only today's Stacktape has it" if found.newer else ""),
        ("Terraform", [argument.name for argument in links().get(found.path, ())]),
        (MEMBERS, [f"{name}: {member.doc}" for name, member in _inside(found)]),
    )


def of_argument(argument: Argument) -> Facts:
    """The facts of a Terraform argument or block."""
    field = argument.field
    live = argument.live
    return _given(
        ("type", field.type.value + (f", one for each {field.key}" if field.type is Type.BLOCKS else "")),
        ("allowed", list(field.allowed)),
        ("limits", f"{field.range[0]} to {field.range[1]}" + _unit(field.type) if field.range else ""),
        ("required", "yes" if field.required else ""),
        ("written", f"{value(field.default.value)}: {field.default.why}" if field.default else ""),
        ("spec", list(back_links().get(argument.name, ()))),
        ("live", f"{live[0]}: {live[1]}" if live else "AWS never returns it"),
        (
            "unset",
            f"{value(field.unset)} is what AWS shows when nobody set it" if field.unset is not None else "",
        ),
        ("CloudFormation", argument.cfn),
        ("a change", change(field)),
        ("not seen", unseen(field)),
        ("compared", f"as part of {field.folded_into}" if field.folded_into else ""),
        ("severity", f"{field.severity}" + (", less when it weakens nothing" if field.weakens else "")),
        ("controls", list(field.controls)),
        ("no drift", [f"{rule.id}: {rule.reason}" for rule in rules_of(field)]),
        ("secret", "compared, never shown" if field.secret else ""),
        ("provider", f"since {field.since}" if field.since else ""),
        (MEMBERS, [f"{member.field.name}: {member.field.doc}" for member in argument.members]),
    )


def of_kind(kind: Kind) -> Facts:
    """The facts of a Terraform resource type."""
    return _given(
        ("overrides", f"{kind.child} is its name there"),
        ("CloudFormation", kind.cfn_type),
        ("told apart by", list(kind.identity)),
        (
            "read by",
            [f"{source.operation} ({', '.join(source.actions)})" for source in kind.sources.values()],
        ),
        ("import id", kind.import_id),
        ("not live", f"{kind.deleted}"),
        ("not in the spec", f"{kind.unmanaged}"),
        ("controls", [*kind.controls, *kind.rogue_controls]),
        ("provider", f"since {kind.since}" if kind.since else ""),
        (
            "never compared",
            [f"{key}: {why}" for source in kind.sources.values() for key, why in source.ignored.items()],
        ),
        (MEMBERS, [f"{field.name}: {field.doc}" for field in kind.fields]),
    )


def _inside(found: Property) -> Iterator[tuple[str, Property]]:
    """The properties of a mapping, by their own names."""
    for member in properties():
        parent, _, name = member.path.rpartition(".")
        if parent == found.path:
            yield name, member


def value(given: Any) -> str:
    """A default or unset value in words."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, frozenset):
        return ", ".join(sorted(map(str, given)))
    return str(given)


def _unit(type_: Type) -> str:
    return " characters" if type_ is Type.STRING else ""


def _given(*facts: tuple[str, str | list[str]]) -> Facts:
    return {label: text for label, text in facts if text}


def labels(facts: Facts) -> Iterator[tuple[str, str]]:
    """Label and text, lists joined."""
    for label, text in facts.items():
        yield label, text if isinstance(text, str) else "; ".join(text)
