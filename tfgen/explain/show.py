"""`tfgen explain` as text for 80 columns, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from tfgen.explain import facts
from tfgen.explain.known_rules import known_rules
from tfgen.explain.language import properties
from tfgen.explain.lookup import MANY, Topic

FORMAT_VERSION: Final = "1.0"
_WIDTH: Final = 80


def topic(form: str, found: Topic) -> str:
    """What `look_up` found."""
    entries = list(_entries(found))
    if form == "json":
        return _json({"ambiguous": found.ambiguous, "entries": entries})
    if found.ambiguous:
        return "\n".join(["Several have this name; say more of it:", "", *_short(entries)]) + "\n"
    briefly = entries[len(found.kinds) + len(found.properties) :] if len(found.arguments) > MANY else []
    lines = [line for entry in entries if entry not in briefly for line in (*_entry(entry), "")]
    if briefly:
        lines += ["Terraform arguments:", *_short(briefly), ""]
    return "\n".join(lines[:-1]) + "\n"


def _short(entries: list[dict[str, Any]]) -> Iterator[str]:
    return _rows([(entry["name"], entry["doc"]) for entry in entries])


def overview(form: str) -> str:
    """All properties of the spec language, by group."""
    if form == "json":
        return _json({"entries": [_property(found) for found in properties()]})
    lines: list[str] = []
    for group, found in groupby(properties(), lambda item: item.group):
        lines += [f"{group}:", *_rows([(item.path, item.doc) for item in found]), ""]
    lines.append("`tfgen explain PROPERTY` or `tfgen explain user_pool` tells more of one.")
    return "\n".join(lines) + "\n"


def rules(form: str) -> str:
    """The known AWS behaviours that are no drift."""
    if form == "json":
        return _json(
            {
                "rules": [
                    {
                        "id": known.rule.id,
                        "reason": known.rule.reason,
                        "source": known.rule.source,
                        **({"era": known.rule.era} if known.rule.era else {}),
                        "arguments": list(known.arguments),
                    }
                    for known in known_rules()
                ]
            }
        )
    lines: list[str] = []
    for known in known_rules():
        lines.append(known.rule.id)
        said = [
            ("why", known.rule.reason),
            ("seen", known.rule.era),
            ("source", known.rule.source),
            ("at", ", ".join(known.arguments)),
        ]
        lines += [*_labelled([(label, text) for label, text in said if text]), ""]
    return "\n".join(lines[:-1]) + "\n"


def _entries(found: Topic) -> Iterator[dict[str, Any]]:
    for kind in found.kinds:
        yield {"kind": "resource", "name": kind.type, "doc": kind.doc, "facts": facts.of_kind(kind)}
    for one in found.named:
        yield {"kind": one.kind, "name": one.name, "doc": one.doc, "facts": one.facts}
    yield from (_property(item) for item in found.properties)
    for argument in found.arguments:
        yield {
            "kind": "argument",
            "name": argument.name,
            "doc": argument.field.doc,
            "facts": facts.of_argument(argument),
        }


def _property(found: Any) -> dict[str, Any]:
    return {"kind": "property", "name": found.path, "doc": found.doc, "facts": facts.of_property(found)}


def _entry(entry: dict[str, Any]) -> Iterator[str]:
    yield entry["name"]
    yield from textwrap.wrap(entry["doc"], _WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield ""
    known = dict(entry["facts"])
    members = known.pop(facts.MEMBERS, [])
    yield from _labelled(list(facts.labels(known)))
    if members:
        yield ""
        yield from _rows([tuple(text.split(": ", 1)) for text in members])


def _labelled(said: list[tuple[str, str]]) -> Iterator[str]:
    width = max(len(label) for label, _ in said) + 4
    for label, text in said:
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=f"  {label:<{width - 2}}",
            subsequent_indent=" " * width,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _rows(rows: list[Any]) -> Iterator[str]:
    """Name and text in two columns; a long name has a line of its own."""
    column = min(max(len(name) for name, _ in rows) + 4, 34)
    for name, text in rows:
        lines = textwrap.wrap(text, _WIDTH - column, break_long_words=False, break_on_hyphens=False) or [""]
        head = f"  {name}"
        if len(head) < column:
            yield f"{head:<{column}}{lines.pop(0)}"
        else:
            yield head
        yield from (f"{'':<{column}}{line}" for line in lines)


def _json(document: dict[str, Any]) -> str:
    return json.dumps({"format_version": FORMAT_VERSION, **document}, indent=2, ensure_ascii=False) + "\n"
