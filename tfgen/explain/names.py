"""Every name by which a property or an argument may be known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tfgen.explain.arguments import Argument, arguments, short_type
from tfgen.explain.language import Property, properties
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.override_names import names_below
from tfgen.kinds.overrides import ALIASES

Found = Property | Argument

_SPEC_PREFIX: Final = re.compile(r"^resources\.[^.]+\.(?:properties|(?=overrides\.))\.?")
_EVENT_PREFIX: Final = re.compile(r"^events\.\d+\.properties\.")
_OVERRIDES: Final = re.compile(r"^overrides\.")
_MODULE: Final = re.compile(r"^module\.[^.]+\.(?=aws_[a-z0-9_]+\.)")
_KEYS: Final = re.compile(r'\["[^"]*"\]|\[\d*\]|\.\d+(?=\.|$)')


def plain(name: str) -> str:
    """A name without the parts that only one spec or pool has, in lower case."""
    name = _OVERRIDES.sub("", _SPEC_PREFIX.sub("", name.strip()))
    return _KEYS.sub("", _MODULE.sub("", _EVENT_PREFIX.sub("event.", name))).lower()


def readings(word: str) -> Iterator[str]:
    """What a word may mean, as a name: itself, then without the label of a resource.

    `UserPoolDomain.prefix.Domain` and `aws_cognito_user_pool.this:name` name one of several resources.
    """
    wanted = plain(word)
    yield wanted
    head, *rest = plain(word.replace(":aws", ".aws") if "::" in word else word.replace(":", ".")).split(".")
    kind = _kind(head)
    if kind is not None:
        yield ".".join([kind.type, *rest])
        if len(rest) > 1:
            yield ".".join([kind.type, *rest[1:]])


def _kind(head: str) -> Kind | None:
    """The kind that a name means; `shopUserPoolClient` is Stacktape's for the client of shop."""
    for kind in KINDS.values():
        if head in map(plain, kind_names(kind)):
            return kind
    ends = [kind for kind in KINDS.values() if head.endswith(kind.child.lower())]
    return max(ends, key=lambda kind: len(kind.child), default=None)


def kind_names(kind: Kind) -> tuple[str, ...]:
    """Terraform's type, whole and short, CloudFormation's, and what `overrides` call it."""
    own = ALIASES.get(kind.child)
    return (kind.type, short_type(kind), kind.child, kind.cfn_type, *((own,) if own else ()))


@cache
def names() -> dict[str, list[Found]]:
    """Every name of everything, plain, in order of the tables."""
    done: dict[str, list[Found]] = {}
    for found in properties():
        for name in (found.path, found.where, *_older(found)):
            _add(done, name, found)
    known = {argument.name: argument for argument in arguments()}
    for argument in known.values():
        for name in _argument_names(argument):
            _add(done, name, argument)
    for kind in KINDS.values():
        table = Field(name="", type=Type.BLOCK, doc="", fields=kind.fields)
        for steps, chain in names_below(table, ""):
            path = ".".join(field.name for field in chain)
            _add(done, ".".join([kind.type, *steps]), known[f"{kind.type}.{path}"])
        for listed, paths in kind.cfn_lists.items():
            for path in paths:
                _add(done, f"{kind.type}.{listed}", known[f"{kind.type}.{path}"])
    return done


def _add(into: dict[str, list[Found]], name: str, found: Found) -> None:
    known = into.setdefault(plain(name), [])
    if found not in known:
        known.append(found)


def _older(found: Property) -> Iterator[str]:
    parent = found.path.rpartition(".")[0]
    for alias in found.aliases:
        yield f"{parent}.{alias}" if parent else alias


def _argument_names(argument: Argument) -> Iterator[str]:
    yield argument.name
    yield argument.short
    if argument.cfn:
        yield f"{argument.kind.child}.{argument.cfn}"
        yield f"{argument.kind.cfn_type}.{argument.cfn}"
    if argument.live is not None:
        operation, path = argument.live
        yield f"{operation}.{path}"
        yield f"{operation.replace('_', '')}.{path}"  # DescribeUserPool is describe_user_pool
        if "." in path:
            yield path


def holds_keys(found: Found) -> bool:
    """Whether what follows its name is a key of a mapping."""
    if isinstance(found, Property):
        return found.type == "mapping of texts"
    return found.field.type is Type.MAP


def touched(control: str) -> tuple[tuple[Kind, ...], tuple[Argument, ...]]:
    """The resources and arguments that a public control is about, with or without its catalogue's name."""

    def means(names: tuple[str, ...]) -> bool:
        return any(control in (name.lower(), name.rpartition(" ")[2].lower()) for name in names)

    return (
        tuple(kind for kind in KINDS.values() if means((*kind.controls, *kind.rogue_controls))),
        tuple(argument for argument in arguments() if means(argument.field.controls)),
    )
