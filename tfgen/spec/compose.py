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
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, Sequence, Value, dotted
from tfgen.spec.secrets import is_secret
from tfgen.spec.source import Source

MAX_DEPTH: Final = 64
MAX_SAID: Final = 12
"""Steps of a path that a message shows; no property of the language is as deep."""
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
    """A composed file.

    `faults` make the file invalid. `complaints` do so only where tfgen reads the file: the
    raw CloudFormation beside a pool may have tags and numeric keys. `remarks` are warnings.
    """

    source: Source
    root: Mapping
    faults: list[Problem]
    complaints: list[tuple[Path, Problem]]
    remarks: list[Problem]


@dataclass(slots=True, repr=False)
class _Frame:
    """A mapping or list whose end has not come yet, with the number of nodes and levels below it."""

    node: Mapping | Sequence
    path: Path
    secret: bool
    anchor: str | None
    key: str | None = None
    drop: bool = False
    size: int = 1
    height: int = 1


@dataclass(slots=True, repr=False)
class _Composer:
    source: Source
    faults: list[Problem] = field(default_factory=list)
    complaints: list[tuple[Path, Problem]] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    open_anchors: list[str] = field(default_factory=list)
    aliased: int = 0
    root: Node | None = None
    documents: int = 0

    def take(self, event: Any) -> None:
        match event:
            case ScalarEvent():
                self.scalar(event)
            case MappingStartEvent():
                self.open(event, Mapping(self.at(event)), "map")
            case SequenceStartEvent():
                self.open(event, Sequence(self.at(event)), "seq")
            case MappingEndEvent() | SequenceEndEvent():
                self.close()
            case AliasEvent():
                self.alias(event)
            case DocumentStartEvent():
                self.document(event)
            case _:
                pass  # the ends of documents and of the stream

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.fatal(event, "a second YAML document begins here", "a spec file is one document")
        if event.version not in (None, (1, 2)):
            raise self.fatal(event, "the file asks for another YAML version", "specs are YAML 1.2")

    def open(self, event: Any, node: Mapping | Sequence, kind: str) -> None:
        if self.awaits_key() is not None:
            raise self.fatal(event, "a mapping or list cannot be a key", "keys are text")
        self.check_depth(event, 1)
        self.check_tag(event, kind)
        if event.anchor:
            self.open_anchors.append(event.anchor)
        self.frames.append(_Frame(node, self.here(), self.secret(), event.anchor))

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.open_anchors.remove(frame.anchor)
            self.anchors[frame.anchor] = (frame.node, frame.size, frame.height)
        self.add(frame.node, frame.size, frame.height)

    def alias(self, event: Any) -> None:
        if self.awaits_key() is not None:
            raise self.fatal(event, "an alias cannot be a key", "keys are text")
        name = "" if self.secret() else f" *{event.anchor}"
        if event.anchor in self.open_anchors:
            raise self.fatal(event, f"the alias{name} stands inside the value that it names")
        if event.anchor not in self.anchors:
            hint = "text that begins with * needs quotes"
            raise self.fatal(event, f"no anchor has the name of this alias{name}", hint)
        node, size, height = self.anchors[event.anchor]
        self.check_depth(event, height)
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self.fatal(event, f"aliases add more than {MAX_ALIASED:,} values to the file")
        self.add(node, size, height)

    def scalar(self, event: Any) -> None:
        if (mapping := self.awaits_key()) is not None:
            self.key(event, mapping)
            return
        node = Scalar(self.at(event), self.value(event), quoted=event.style is not None)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 0)
        self.add(node, 1, 0)

    def key(self, event: Any, mapping: Mapping) -> None:
        frame = self.frames[-1]
        text = str(event.value)
        frame.drop = True
        if event.style is None and text == "<<":
            self.complain(event, "merge keys do not exist in YAML 1.2", "write the members out, or use $Var")
        elif text in mapping.keys:
            named = "a key" if frame.secret else f"the key {text[:60]!r}"
            first = f"first in line {mapping.keys[text].line}"
            self.fault(event, f"{named} stands here twice", first)
        elif self.text(event, text) is not BROKEN:
            if event.style is None and not isinstance(_core(text), str):
                self.complain(event, "keys must be text", "put the key in quotes")
            frame.drop = False
            mapping.keys[text] = self.at(event)
        frame.key = text

    def value(self, event: Any) -> Value:
        text: str = event.value
        if event.style is not None or event.tag is not None:
            return self.text(event, text) if self.check_tag(event, "str") else BROKEN
        if self.source.has_placeholders and yaml_faults.is_trap(self.source, event.end_mark):
            at = self.at(event)
            hint = "put the whole text in quotes to keep it"
            self.remarks.append(Problem(at, self.said(), "what follows ' #' is a comment", hint))
        try:
            return scalars.core(text)
        except scalars.TooLong:
            self.complain(event, "a number with this many digits fits nowhere", "quote it to make it text")
            return BROKEN

    def text(self, event: Any, text: str) -> Value:
        if "\0" in text:
            self.fault(event, "the text holds a NUL character", "no setting can hold one")
            return BROKEN
        if _SURROGATES.search(text):
            try:
                # JSON writes an emoji as two escapes, which together are one character.
                return text.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError:
                self.fault(event, "half of a surrogate pair is no character")
                return BROKEN
        return text

    def add(self, node: Node, size: int, height: int) -> None:
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
            return
        if frame.key is not None and not frame.drop:
            frame.node.entries[frame.key] = node
        frame.key = None

    # -- where the composer is, and what it says there

    def awaits_key(self) -> Mapping | None:
        """The mapping that the next event is a key of, None when it is a value."""
        top = self.frames[-1] if self.frames else None
        return top.node if top is not None and isinstance(top.node, Mapping) and top.key is None else None

    def here(self) -> Path:
        if not self.frames:
            return ()
        top = self.frames[-1]
        if isinstance(top.node, Sequence):
            return (*top.path, len(top.node.items))
        return top.path if top.key is None else (*top.path, top.key)

    def secret(self) -> bool:
        """Whether the next value is a secret, or stands inside of one."""
        if not self.frames:
            return False
        top = self.frames[-1]
        return top.secret or (top.key is not None and is_secret(top.key))

    def at(self, event: Any) -> Position:
        return Position(self.source.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def said(self) -> str:
        """The path for a message, without anything below a secret and without its depths."""
        path = self.here()[:MAX_SAID]
        for index, step in enumerate(path):
            if isinstance(step, str) and is_secret(step):
                return dotted(path[: index + 1])
        return dotted(path)

    def fatal(self, event: Any, message: str, allowed: str = "") -> ComposeError:
        return ComposeError(Problem(self.at(event), self.said(), message, allowed))

    def fault(self, event: Any, message: str, allowed: str = "") -> None:
        self.faults.append(Problem(self.at(event), self.said(), message, allowed))

    def complain(self, event: Any, message: str, allowed: str) -> None:
        self.complaints.append((self.here(), Problem(self.at(event), self.said(), message, allowed)))

    def check_depth(self, event: Any, height: int) -> None:
        if len(self.frames) + height > MAX_DEPTH:
            raise self.fatal(event, f"values are nested more than {MAX_DEPTH} levels deep")

    def check_tag(self, event: Any, kind: str) -> bool:
        if event.tag in (None, "!", _CORE_TAG + kind):
            return True
        name = "" if self.secret() else f" {event.tag.replace(_CORE_TAG, '!!')[:60]}"
        self.complain(event, f"the tag{name} is not supported", "text that begins with ! needs quotes")
        return False


def _core(text: str) -> object:
    try:
        return scalars.core(text)
    except scalars.TooLong:
        return None


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
    return Document(source, root, composer.faults, composer.complaints, composer.remarks)


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
