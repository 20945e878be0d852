"""From a word to what tfgen knows by it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from tfgen.errors import UsageError
from tfgen.explain.arguments import Argument, arguments, short_type
from tfgen.explain.language import Property, properties
from tfgen.explain.links import back_links, links
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind

MANY: Final = 4
"""As many are shown with all their facts; of more, one line each."""

_NEAR: Final = 4
_LONG: Final = 100
_SPEC_PREFIX = re.compile(r"^resources\.[^.]+\.properties\.")
_EVENT_PREFIX = re.compile(r"^events\.\d+\.properties\.")
_ADDRESS = re.compile(r"^module\.[^.]+\.(aws_[a-z0-9_]+)\.[^.]+")
_KEYS = re.compile(r'\["[^"]*"\]|\[\d*\]|\.\d+(?=\.|$)')


@dataclass(frozen=True, slots=True)
class Topic:
    """What one word leads to; `ambiguous` when it is too short to say which of them is meant."""

    kinds: tuple[Kind, ...] = ()
    properties: tuple[Property, ...] = ()
    arguments: tuple[Argument, ...] = ()
    ambiguous: bool = False


def look_up(word: str) -> Topic:
    """The properties and arguments that `word` names; else those whose name ends in it, else begins with it.

    Takes spec paths, Terraform addresses and arguments, CloudFormation and live paths, also as a drift
    report prints them. Raises UsageError with the nearest names when nothing is known by it.
    """
    wanted = _plain(word)
    kinds = tuple(kind for kind in KINDS.values() if wanted in map(_plain, _kind_names(kind)))
    if kinds:
        return Topic(kinds=kinds)
    names = _names()
    hits = names.get(wanted) or _found(names, lambda name: name.endswith(f".{wanted}"))
    below = [] if hits else _found(names, lambda name: name.startswith(f"{wanted}."))
    if not hits and not below:
        raise UsageError(_nothing(word, wanted, names))
    hits = hits or below
    found_properties = [hit for hit in hits if isinstance(hit, Property)]
    found_arguments = [hit for hit in hits if isinstance(hit, Argument)]
    if below or len(hits) > MANY:
        return Topic((), tuple(found_properties), tuple(found_arguments), ambiguous=True)
    by_path = {found.path: found for found in properties()}
    for argument in list(found_arguments):
        found_properties += [by_path[path] for path in back_links().get(argument.name, ())]
    for found in [hit for hit in hits if isinstance(hit, Property)]:
        found_arguments += links().get(found.path, ())
    return Topic(
        properties=tuple(dict.fromkeys(found_properties)),
        arguments=tuple({argument.name: argument for argument in found_arguments}.values()),
    )


def _kind_names(kind: Kind) -> tuple[str, ...]:
    return (kind.type, short_type(kind), kind.child, kind.cfn_type)


@cache
def _names() -> dict[str, list[Property | Argument]]:
    """Every name of everything, plain, in order of the tables."""
    done: dict[str, list[Property | Argument]] = {}
    for found in properties():
        for name in (found.path, found.where, *_older(found)):
            _add(done, name, found)
    for argument in arguments():
        for name in _argument_names(argument):
            _add(done, name, argument)
    return done


def _add(names: dict[str, list[Property | Argument]], name: str, found: Property | Argument) -> None:
    known = names.setdefault(_plain(name), [])
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


def _found(
    names: dict[str, list[Property | Argument]], fits: Callable[[str], bool]
) -> list[Property | Argument]:
    """What has a name that fits."""
    done: list[Property | Argument] = []
    for name, found in names.items():
        if fits(name):
            done += [item for item in found if item not in done]
    return done


def _plain(name: str) -> str:
    """A name without the parts that only one spec or pool has, in lower case."""
    name = _ADDRESS.sub(r"\1", _EVENT_PREFIX.sub("event.", _SPEC_PREFIX.sub("", name.strip())))
    return _KEYS.sub("", name).lower()


def _nothing(word: str, wanted: str, names: dict[str, list[Property | Argument]]) -> str:
    shown = list(dict.fromkeys(_near(wanted, names)))[:_NEAR] if wanted else []
    hint = f"; did you mean {' or '.join(shown)}?" if shown else "; `tfgen explain` lists all properties"
    return f"explain: nothing is known by {word[:_LONG]!r}{hint}"


def _near(wanted: str, names: dict[str, list[Property | Argument]]) -> Iterator[str]:
    """The nearest names, as they are written: the whole name first, then its last part."""
    said = {
        name: found.path if isinstance(found, Property) else found.short
        for name, (found, *_) in names.items()
    }
    for name in difflib.get_close_matches(wanted[:_LONG], said, _NEAR, 0.6):
        yield said[name]
    last = wanted.rpartition(".")[2][:_LONG]
    for name, shown in said.items():
        if difflib.SequenceMatcher(None, name.rpartition(".")[2], last).ratio() > 0.8:
            yield shown
    for kind in KINDS.values():
        if difflib.SequenceMatcher(None, short_type(kind), wanted[:_LONG]).ratio() > 0.8:
            yield short_type(kind)
