"""A baseline as a YAML text that people review. The same baseline is the same bytes every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from tfgen.drift import trees
from tfgen.drift.differences import at
from tfgen.drift.paths import argument, steps
from tfgen.kinds import KINDS
from tfgen.noise.baseline import Baseline, Recorded, Section
from tfgen.noise.deployments import MEMBERS
from tfgen.noise.plain import plain
from tfgen.sensitive import MASK

ONE: Final = 1
MANY: Final = 2
"""Versions of the file: the baseline of one deployment, and that of several."""

_HEAD: Final = """\
# Live and not in the spec, and accepted as it is here: whatever changes since is told.
# Written by tfgen drift with --record FILE, read with --baseline FILE; to be reviewed like a spec.
# A secret is never in it: of one, only that it was there is recorded.
"""
_SIMPLE: Final = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What a JSON text may hold and a YAML text only escaped: https://yaml.org/spec/1.2.2/#51-character-set"""
SECTIONS: Final = ("scope", "undeclared", "unmanaged")
UNDECLARED: Final = ("resource", "path", "severity", "live")
UNMANAGED: Final = ("resource", "severity", "arguments")


def written(baseline: Baseline) -> str:
    """The text of a baseline; that of one deployment outside of a fleet stands at the top of its file."""
    sections = sorted(
        baseline.sections, key=lambda section: tuple(getattr(section.scope, name) or "" for name in MEMBERS)
    )
    if len(sections) == 1 and not sections[0].scope.target:
        lines = [_HEAD, f"version: {ONE}", *_section(sections[0])]
        return "\n".join(lines) + "\n"
    lines = [_HEAD, f"version: {MANY}", "", "deployments:" if sections else "deployments: []"]
    for section in sections:
        first, *rest = _section(section)
        lines += ["", f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    return "\n".join(lines) + "\n"


def _members(section: Section) -> dict[str, str]:
    found = {name: getattr(section.scope, name) for name in MEMBERS}
    return {name: value for name, value in found.items() if value}


def _section(section: Section) -> list[str]:
    entries = sorted(section.entries, key=lambda entry: entry.place)
    lines = [f"scope: {_yaml(_members(section))}"]
    if section.unread:
        lines += ["", "# Not checked when this was written, so that nothing new of it is recorded:"]
        lines += [f"#   {_yaml(place)}" for place in section.unread]
    for name, told in (("undeclared", True), ("unmanaged", False)):
        found = [entry for entry in entries if bool(entry.path) is told]
        lines += ["", f"{name}:" if found else f"{name}: []"]
        lines += [line for entry in found for line in (_undeclared(entry) if told else _unmanaged(entry))]
    return lines


def _undeclared(entry: Recorded) -> Iterator[str]:
    table = dict(KINDS[entry.address.kind].walk()).get(argument(entry.path))
    doc = table.doc if table is not None else "An argument."
    yield f"  # {_line(doc)} By itself AWS has {_yaml(_by_itself(entry))}."
    if MASK in _yaml(entry.value):
        yield "  # A secret, so that another one in its place cannot be told."
    yield f"  - resource: {_word(str(entry.address))}"
    yield f"    path: {_word(entry.path)}"
    yield f"    severity: {entry.severity}"
    yield f"    live: {_yaml(entry.value)}"


def _by_itself(entry: Recorded) -> Any:
    """What AWS has where nobody set the argument, as the comparison has it."""
    return plain(at(_untouched(entry.address.kind), (name for name, _ in steps(entry.path))))


@cache
def _untouched(name: str) -> dict[str, Any]:
    """A resource of a kind of which nobody set anything."""
    kind = KINDS[name]
    return trees.complete(kind.fields, trees.normalised(kind, {}))


def _unmanaged(entry: Recorded) -> Iterator[str]:
    yield f"  # {_line(KINDS[entry.address.kind].doc)} {_yaml(_called(entry))}"
    yield f"  - resource: {_word(str(entry.address))}"
    yield f"    severity: {entry.severity}"
    if not entry.value:
        yield "    arguments: {}"
        return
    yield "    arguments:"
    yield from (f"      {_word(name)}: {_yaml(value)}" for name, value in sorted(entry.value.items()))


def _called(entry: Recorded) -> str:
    """What a person would call an unmanaged resource: by what tells it from others, and by its id."""
    kind = KINDS[entry.address.kind]
    said = [f"{name} {entry.value[name]}" for name in kind.identity if name in entry.value]
    if kind.assigned_id:
        said.append(f"id {entry.address.label}")
    return ", ".join(said) or entry.address.label


def _line(doc: str) -> str:
    return " ".join(doc.split())


def _word(name: str) -> str:
    return name if _SIMPLE.fullmatch(name) else _yaml(name)


def _yaml(value: Any) -> str:
    """A plain value on one line, as JSON that is YAML too."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
