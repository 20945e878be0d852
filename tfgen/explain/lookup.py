"""From a word to what tfgen knows by it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tfgen.errors import UsageError
from tfgen.explain.arguments import Argument, short_type
from tfgen.explain.known_rules import known_rules
from tfgen.explain.language import Property, properties
from tfgen.explain.links import back_links, links
from tfgen.explain.names import holds_keys, kind_names, names, plain, readings, touched
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind

MANY: Final = 4
"""As many are shown with all their facts; of more, one line each."""

_NEAR: Final = 4
_LONG: Final = 100


@dataclass(frozen=True, slots=True)
class Named:
    """What is neither property nor argument: `kind` is a word for it, `name` what reports call it."""

    kind: str
    name: str
    doc: str
    facts: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What one word leads to; `ambiguous` when it is too short to say which of them is meant."""

    kinds: tuple[Kind, ...] = ()
    named: tuple[Named, ...] = ()
    properties: tuple[Property, ...] = ()
    arguments: tuple[Argument, ...] = ()
    ambiguous: bool = False


def look_up(word: str, named: Iterable[Named] = ()) -> Topic:
    """The properties and arguments that `word` names; else those whose name ends in it, else begins with it.

    Takes spec paths, overrides, Terraform addresses and arguments, CloudFormation and live paths, public
    controls and rules, also as a drift report prints them. `named`: what else has a name of its own.
    Raises UsageError with the nearest names when nothing is known by it.
    """
    wanted = plain(word)
    kinds = tuple(kind for kind in KINDS.values() if wanted in map(plain, kind_names(kind)))
    if kinds:
        return Topic(kinds=kinds)
    bare = word.strip().lower()
    others = tuple(one for one in (*_rules(), *named) if bare.removeprefix("tfgen ") == one.name)
    if others:
        return Topic(named=others)
    kinds, about = touched(bare)
    if kinds or len(about) > 1:
        return Topic(kinds=kinds, arguments=about)
    if about:
        return _linked([], list(about))
    known = names()
    hits = next((known[reading] for reading in readings(word) if reading in known), [])
    hits = hits or _found(known, lambda name: name.endswith(f".{wanted}")) or _keyed(word)
    below = [] if hits else _found(known, lambda name: name.startswith(f"{wanted}."))
    if not hits and not below:
        raise UsageError(_nothing(word, wanted, known))
    found_properties = [hit for hit in hits or below if isinstance(hit, Property)]
    found_arguments = [hit for hit in hits or below if isinstance(hit, Argument)]
    if below or len(hits) > MANY:
        return Topic(properties=tuple(found_properties), arguments=tuple(found_arguments), ambiguous=True)
    return _linked(found_properties, found_arguments)


def _linked(found_properties: list[Property], found_arguments: list[Argument]) -> Topic:
    """Both, with the properties that decide the arguments and the arguments that the properties decide."""
    by_path = {found.path: found for found in properties()}
    own = list(found_properties)
    for argument in found_arguments:
        found_properties += [by_path[path] for path in back_links().get(argument.name, ())]
    for found in own:
        found_arguments += links().get(found.path, ())
    return Topic(
        properties=tuple(dict.fromkeys(found_properties)),
        arguments=tuple({argument.name: argument for argument in found_arguments}.values()),
    )


def _rules() -> Iterator[Named]:
    for known in known_rules():
        facts: dict[str, str | list[str]] = {"source": known.rule.source, "at": list(known.arguments)}
        yield Named("rule", known.rule.id, known.rule.reason, facts)


def _keyed(word: str) -> list[Property | Argument]:
    """What a name means whose last part is a key of a mapping: `UserPoolTags.team`."""
    for reading in readings(word):
        found = [one for one in names().get(reading.rpartition(".")[0], ()) if holds_keys(one)]
        if found:
            return found
    return []


def _found(
    names: dict[str, list[Property | Argument]], fits: Callable[[str], bool]
) -> list[Property | Argument]:
    """What has a name that fits."""
    done: list[Property | Argument] = []
    for name, found in names.items():
        if fits(name):
            done += [item for item in found if item not in done]
    return done


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
