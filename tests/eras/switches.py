"""Switching one rule off, as if the table did not know it: what it explains must then be reported.

A rule that a table or a reading function asks applies to nothing any more; the other sorts are taken away
where they stand: what absence means, the form in which a field is compared, what is no setting.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from tfgen.drift import trees, unknowns
from tfgen.kinds import KINDS, answers, provider_details, reading, ruled, schema_attributes
from tfgen.kinds.eras import ABSENT
from tfgen.kinds.field import Field
from tfgen.kinds.rules import Rule


@contextmanager
def without(rule: Rule) -> Iterator[None]:
    """The tables without one rule."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(trees, "_SILENT", {}))  # made from what the tables say
        stack.enter_context(_set(rule, "applies", lambda value, live: False))
        for field in _fields():
            for name, value in _taken_away(rule, field).items():
                stack.enter_context(_set(field, name, value))
        special = _SPECIAL.get(rule.id)
        if special is not None:
            stack.enter_context(special())
        yield


def _fields() -> Iterator[Field]:
    for kind in KINDS.values():
        for _, field in kind.walk():
            yield field


def _taken_away(rule: Rule, field: Field) -> dict[str, Any]:
    """What a field is like without the rule, as far as it stands in its entry."""
    done: dict[str, Any] = {}
    if field.silent is rule or (rule is ABSENT and field.silent is None):
        done["unset"] = None
    if field.canonical is not None and rule is ruled.FORMS[field.canonical][0]:
        done["canonical"] = None
    if rule in field.quiet and not field.answered:
        done["answered"] = True
    return done


@contextmanager
def _set(target: object, name: str, value: Any) -> Iterator[None]:
    """One member of a frozen object, for a while."""
    before = getattr(target, name)
    object.__setattr__(target, name, value)
    try:
        yield
    finally:
        object.__setattr__(target, name, before)


@contextmanager
def _every_setting() -> Iterator[None]:
    """Ids, dates and states are no settings, and nobody says so."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(answers, "_KNOWN", {}))
        for kind in KINDS.values():
            for source in kind.sources.values():
                stack.enter_context(mock.patch.dict(source.ignored, clear=True))
        yield


@contextmanager
def _empty_is_a_value() -> Iterator[None]:
    plain: Callable[[Field, Any], Any] = reading.canonical

    def canonical(field: Field, value: Any) -> Any:
        empty = not field.is_block and value is not None and value in ("", [], {}, frozenset())
        return "(empty)" if empty else plain(field, value)

    with mock.patch.object(reading, "canonical", canonical):
        yield


@contextmanager
def _secrets_are_not_set_aside() -> Iterator[None]:
    plain = unknowns.set_aside

    def set_aside(*given: Any) -> Any:
        done, doubts = plain(*given)
        return done, [replace(doubt, unknown=replace(doubt.unknown, secret=False)) for doubt in doubts]

    with mock.patch.object(unknowns, "set_aside", set_aside):
        yield


_SPECIAL: dict[str, Callable[[], Any]] = {
    ruled.NO_SETTING.id: _every_setting,
    ruled.EMPTY.id: _empty_is_a_value,
    ruled.BY_PRESENCE.id: _secrets_are_not_set_aside,
    ruled.COMPOSED.id: lambda: mock.patch.object(unicodedata, "normalize", lambda form, text: text),
    ruled.APPLE_KEY.id: lambda: mock.patch.object(provider_details, "NEVER_RETURNED", frozenset()),
    ruled.NUMBERS_AS_TEXT.id: lambda: mock.patch.object(schema_attributes, "numeric", str),
}
"""Rules that stand in code of their own."""
