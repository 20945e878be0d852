"""A baseline as a YAML text that people review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from tfgen.drift.paths import argument
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.noise.baseline import Recorded, accepts
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope
from tfgen.resource import State
from tfgen.sensitive import MASK

VERSION: Final = 1

_HEAD: Final = """\
# Live and not in the spec, and accepted as it is here: whatever changes since is told.
# Written by tfgen drift with --record FILE, read with --baseline FILE; to be reviewed like a spec.
# A secret is never in it: of one, only that it was there is recorded.
"""
_SIMPLE: Final = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What a JSON text may hold and a YAML text only escaped: https://yaml.org/spec/1.2.2/#51-character-set"""
SCOPE: Final = ("account", "region", "stage")
UNDECLARED: Final = ("resource", "path", "severity", "live")
UNMANAGED: Final = ("resource", "severity", "arguments")


def record(result: Result, live: State, scope: Scope) -> str:
    """The text of a baseline that accepts what of `result` can be accepted; the same bytes every time.

    `live` is the state that `result` was made from. What could not be read is named in a comment.
    """
    entries = accepts(result, live)
    lines = [_HEAD, f"version: {VERSION}"]
    members = {name: getattr(scope, name) for name in SCOPE}
    lines.append(f"scope: {_yaml({name: value for name, value in members.items() if value is not None})}")
    lines += _unread(result)
    lines += ["", "undeclared:"]
    lines += [line for entry, finding in entries if entry.path for line in _undeclared(entry, finding)]
    lines += ["", "unmanaged:"]
    lines += [line for entry, finding in entries if not entry.path for line in _unmanaged(entry, finding)]
    for section in ("undeclared:", "unmanaged:"):
        index = lines.index(section)
        if index + 1 == len(lines) or not lines[index + 1]:
            lines[index] = f"{section} []"
    return "\n".join(lines) + "\n"


def _unread(result: Result) -> Iterator[str]:
    places = sorted(
        f"{finding.address} {plain(finding.path)}".strip()
        for finding in result.findings
        if finding.status is Status.NOT_CHECKED
    )
    if places:
        yield "\n# Not checked when this was written, so that nothing of it is recorded:"
        yield from (f"#   {_yaml(place)}" for place in places)


def _undeclared(entry: Recorded, finding: Finding) -> Iterator[str]:
    table = dict(KINDS[entry.address.kind].walk()).get(argument(entry.path))
    doc = table.doc if table is not None else "An argument."
    yield f"  # {_line(doc)} By itself AWS has {_yaml(plain(finding.desired))}."
    if MASK in _yaml(entry.value):
        yield "  # A secret, so that another one in its place cannot be told."
    yield f"  - resource: {_word(str(entry.address))}"
    yield f"    path: {_word(entry.path)}"
    yield f"    severity: {entry.severity}"
    yield f"    live: {_yaml(entry.value)}"


def _unmanaged(entry: Recorded, finding: Finding) -> Iterator[str]:
    yield f"  # {_line(KINDS[entry.address.kind].doc)} {_yaml(plain(finding.live))}"
    yield f"  - resource: {_word(str(entry.address))}"
    yield f"    severity: {entry.severity}"
    if not entry.value:
        yield "    arguments: {}"
        return
    yield "    arguments:"
    yield from (f"      {_word(name)}: {_yaml(value)}" for name, value in entry.value.items())


def _line(doc: str) -> str:
    return " ".join(doc.split())


def _word(name: str) -> str:
    return name if _SIMPLE.fullmatch(name) else _yaml(name)


def _yaml(value: Any) -> str:
    """A plain value on one line, as JSON that is YAML too."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
