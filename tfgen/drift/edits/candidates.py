"""The edits of the spec that may make one live value the desired one, the plainest first.

They are proposals: `tfgen.drift.adopt.trial` tells which of them does it and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tfgen.drift.edits.case import NOTHING, Case
from tfgen.drift.edits.inverse import inverses
from tfgen.drift.edits.plain import override_edit, property_edit
from tfgen.kinds import KINDS
from tfgen.kinds.field import Type
from tfgen.resource import Sensitive
from tfgen.spec.nodes import Path


@dataclass(frozen=True, slots=True)
class Candidate:
    """Values to write, in order; NOTHING takes away what is there, a frozenset is a list without order.

    `decides`: the path decides the value today, so a directive there refuses every other way too.
    """

    puts: tuple[tuple[Path, Any], ...]
    decides: bool = field(default=True)


def candidates(case: Case) -> Iterator[Candidate]:
    """Every way to say the live value."""
    kind, difference = KINDS[case.resource.kind], case.difference
    overridden = _overridden(case)
    if overridden:
        yield from overridden
        yield _override(case)
        return
    plain = property_edit(kind, case.resource, difference)
    together = [Candidate(puts) for puts in inverses(case)]
    if plain is not None and case.pool is not None and not together:
        name, value = plain
        path = case.pool.spec_path(name)
        yield Candidate(((path, value),))
        if value is NOTHING and difference.field.type is Type.SET:
            yield Candidate(((path, []),))
    yield from together
    yield _override(case)


def _overridden(case: Case) -> list[Candidate]:
    """Edits of the override that decides the value today."""
    difference = case.difference
    origin = case.resource.origins.get(difference.argument, ())
    if len(origin) < 3 or origin[2] != "overrides":  # resources, owner, overrides
        return []
    live = difference.live
    if difference.field.type is Type.MAP and len(difference.steps) > difference.argument.count(".") + 1:
        key = (*origin, difference.steps[-1])
        return [Candidate(((key, NOTHING if live is None else _plain(live)),))]
    if difference.whole is not None:
        return []
    if live is None:
        return [Candidate(((origin, NOTHING),)), Candidate(((origin, None),))]
    return [Candidate(((origin, live if isinstance(live, frozenset) else _plain(live)),))]


def _override(case: Case) -> Candidate:
    """A new override, by the name that means this one resource only."""
    edit = override_edit(KINDS[case.resource.kind], case.resource, case.difference)
    base = (*case.owner, "overrides", edit.child)
    puts: list[tuple[Path, Any]] = []
    for name, value in edit.values:
        if isinstance(value, dict):
            puts += [((*base, name, key), _plain(item)) for key, item in value.items()]
        else:
            puts.append(((*base, name), _plain(value)))
    return Candidate(tuple(puts), decides=False)


def _plain(value: Any) -> Any:
    """Without anything that YAML has no word for; a secret never gets here."""
    match value:
        case Sensitive():
            raise TypeError("a secret is never written")
        case frozenset():
            return sorted(value, key=str)
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case _:
            return value
