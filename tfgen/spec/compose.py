"""YAML events to positioned nodes, without recursion and within fixed budgets.

ruamel.yaml finds the events; composing them here keeps positions, refuses what
Stacktape's own YAML 1.2 reader refuses (duplicate keys, merge keys), and cannot be
brought down by nesting or by aliases of aliases. JSON is YAML and comes the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from tfgen.errors import Position, Problem
from tfgen.spec import scalars, yaml_faults
from tfgen.spec.nodes import Mapping, Node, Path, Scalar, Sequence, dotted
from tfgen.spec.secrets import is_secret
from tfgen.spec.source import Source

MAX_DEPTH: Final = 64
MAX_ALIASED: Final = 200_000
"""Nodes that aliases may add to a file, all together."""

_CORE_TAG: Final = "tag:yaml.org,2002:"
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


class ComposeError(Exception):
    """The text is not one YAML document; carries the one Problem that stopped the reading."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True, repr=False)
class Document:
    """A composed file. `complaints` are faults that matter only where tfgen reads the file."""

    source: Source
    root: Mapping
    complaints: list[tuple[Path, Problem]]
    remarks: list[Problem]


@dataclass(slots=True, repr=False)
class _Frame:
    """A mapping or list whose end has not come yet."""

    node: Mapping | Sequence
    path: Path
    secret: bool
    anchor: str | None
    key: str | None = None
    drop: bool = False
    size: int = 1

    def step(self) -> str | int:
        return len(self.node.items) if isinstance(self.node, Sequence) else self.key or ""


@dataclass(slots=True, repr=False)
class _Composer:
    source: Source
    complaints: list[tuple[Path, Problem]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    open_anchors: list[str] = field(default_factory=list)
    aliased: int = 0
    root: Node | None = None
    documents: int = 0

    # -- what can be wrong

    def at(self, event: Any) -> Position:
        return Position(self.source.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def here(self) -> Path:
        if not self.frames:
            return ()
        top = self.frames[-1]
        if isinstance(top.node, Mapping) and top.key is None:
            return top.path
        return (*top.path, top.step())

    def secret(self) -> bool:
        if not self.frames:
            return False
        top = self.frames[-1]
        return top.secret or (top.key is not None and is_secret(top.key))

    def fatal(self, event: Any, message: str, allowed: str = "") -> ComposeError:
        return ComposeError(Problem(self.at(event), self.said(), message, allowed))

    def complain(self, event: Any, message: str, allowed: str = "") -> None:
        self.complaints.append((self.here(), Problem(self.at(event), self.said(), message, allowed)))

    def said(self) -> str:
        """The path for a message, without anything below a secret."""
        path = self.here()
        for index, step in enumerate(path):
            if isinstance(step, str) and is_secret(step):
                return dotted(path[: index + 1])
        return dotted(path)

    # -- events

    def take(self, event: Any) -> None:
        if isinstance(event, ScalarEvent):
            self.scalar(event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self.open(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.close()
        elif isinstance(event, AliasEvent):
            self.alias(event)
        elif isinstance(event, DocumentStartEvent):
            self.document(event)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.fatal(event, "a second YAML document begins here", "a spec file is one document")
        if event.version not in (None, (1, 2)):
            raise self.fatal(event, "the file asks for another YAML version", "specs are YAML 1.2")

    def expects_key(self) -> bool:
        top = self.frames[-1] if self.frames else None
        return top is not None and isinstance(top.node, Mapping) and top.key is None

    def open(self, event: Any) -> None:
        if self.expects_key():
            raise self.fatal(event, "a mapping or list cannot be a key", "keys are text")
        if len(self.frames) >= MAX_DEPTH:
            raise self.fatal(event, f"nested more than {MAX_DEPTH} levels deep")
        kind = "map" if isinstance(event, MappingStartEvent) else "seq"
        self.check_tag(event, kind)
        node: Mapping | Sequence
        node = Mapping(self.at(event)) if kind == "map" else Sequence(self.at(event))
        if event.anchor:
            self.open_anchors.append(event.anchor)
        self.frames.append(_Frame(node, self.here(), self.secret(), event.anchor))

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.open_anchors.remove(frame.anchor)
            self.anchors[frame.anchor] = (frame.node, frame.size)
        self.add(frame.node, frame.size)

    def alias(self, event: Any) -> None:
        if self.expects_key():
            raise self.fatal(event, "an alias cannot be a key", "keys are text")
        name = "" if self.secret() else f" *{event.anchor}"
        if event.anchor in self.open_anchors:
            raise self.fatal(event, f"the alias{name} stands inside the value that it names")
        if event.anchor not in self.anchors:
            raise self.fatal(
                event, f"no anchor has the name of this alias{name}", "text that begins with * needs quotes"
            )
        node, size = self.anchors[event.anchor]
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self.fatal(event, f"aliases add more than {MAX_ALIASED:,} values to the file")
        self.add(node, size)

    def scalar(self, event: Any) -> None:
        if self.expects_key():
            self.key(event)
            return
        node = Scalar(self.at(event), self.value(event), quoted=event.style is not None)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1)
        self.add(node, 1)

    def value(self, event: Any) -> str | int | float | bool | None:
        text: str = event.value
        if event.style is None and event.tag in (None, "!"):
            try:
                return scalars.core(text)
            except scalars.TooLong:
                self.complain(
                    event, "a number with this many digits fits nowhere", "quote it to make it text"
                )
                return None
        self.check_tag(event, "str")
        return self.text(event, text)

    def text(self, event: Any, text: str) -> str:
        if "\0" in text:
            raise self.fatal(event, "the text holds a NUL character", "no setting can hold one")
        if _SURROGATES.search(text):
            try:
                # JSON writes an emoji as two escapes, which together are one character.
                return text.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError:
                raise self.fatal(event, "half of a surrogate pair is no character") from None
        return text

    def check_tag(self, event: Any, kind: str) -> None:
        if event.tag in (None, "!", _CORE_TAG + kind):
            return
        name = "" if self.secret() else f" {event.tag.replace(_CORE_TAG, '!!')}"
        self.complain(event, f"the tag{name} is not supported", "text that begins with ! needs quotes")

    def key(self, event: Any) -> None:
        frame = self.frames[-1]
        assert isinstance(frame.node, Mapping)
        text = self.text(event, event.value)
        frame.drop = False
        if event.style is None and text == "<<":
            self.complain(event, "merge keys do not exist in YAML 1.2", "write the members out, or use $Var")
            frame.drop = True
        elif text in frame.node.entries:
            named = "a key" if frame.secret else f"the key {text!r}"
            raise self.fatal(
                event, f"{named} stands here twice", f"first in line {frame.node.keys[text].line}"
            )
        elif event.style is None and not isinstance(self._core(text), str):
            self.complain(event, "keys must be text", "put the key in quotes")
        frame.key = text
        if not frame.drop:
            frame.node.keys[text] = self.at(event)

    @staticmethod
    def _core(text: str) -> object:
        try:
            return scalars.core(text)
        except scalars.TooLong:
            return None

    def add(self, node: Node, size: int) -> None:
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        frame.size += size
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
            return
        assert frame.key is not None
        if not frame.drop:
            frame.node.entries[frame.key] = node
        frame.key = None


def compose(source: Source) -> Document:
    """The one document of a file; raises ComposeError at the first thing that is not YAML 1.2."""
    composer = _Composer(source)
    for event in _events(source):
        composer.take(event)
    root = composer.root
    start = Position(source.name, 1, 1)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise ComposeError(Problem(start, "", "the file is empty", "a spec has `resources:`"))
    if not isinstance(root, Mapping):
        raise ComposeError(Problem(root.position, "", "a spec is a mapping with `resources:`"))
    return Document(source, root, composer.complaints, yaml_faults.comment_traps(source))


def _events(source: Source) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(source.text)
    except MarkedYAMLError as error:
        raise ComposeError(yaml_faults.explain(error, source)) from None
    except ReaderError as error:
        raise ComposeError(yaml_faults.bad_character(error, source)) from None
    except (YAMLError, ValueError, OverflowError):
        # ValueError and OverflowError: an escape like "\UFFFFFFFF" that is no character.
        raise ComposeError(Problem(Position(source.name, 1, 1), "", "the file is not valid YAML")) from None
