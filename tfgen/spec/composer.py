"""The state between two YAML events: which mappings and lists are open, what has been found wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tfgen.errors import Position, Problem
from tfgen.spec import scalars, yaml_faults
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, Sequence, Value, dotted
from tfgen.spec.secrets import is_secret
from tfgen.spec.source import Source
from tfgen.spec.yaml_faults import ComposeError

MAX_DEPTH: Final = 64
MAX_SAID: Final = 12
"""Steps of a path that a message shows; no property of the language is as deep."""
MAX_ALIASED: Final = 200_000
"""Nodes that aliases may add to a file, all together."""

_CORE_TAG: Final = "tag:yaml.org,2002:"
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


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
class Composer:
    """Takes the events of one file one by one; `root` and what is wrong are there at the end."""

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
        """The next event; raises ComposeError when nothing after it could be understood."""
        match event:
            case ScalarEvent():
                self._scalar(event)
            case MappingStartEvent():
                self._open(event, Mapping(self._at(event)), "map")
            case SequenceStartEvent():
                self._open(event, Sequence(self._at(event)), "seq")
            case MappingEndEvent() | SequenceEndEvent():
                self._close()
            case AliasEvent():
                self._alias(event)
            case DocumentStartEvent():
                self._document(event)
            case _:
                pass  # the ends of documents and of the stream

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._fatal(event, "a second YAML document begins here", "a spec file is one document")
        if event.version not in (None, (1, 2)):
            raise self._fatal(event, "the file asks for another YAML version", "specs are YAML 1.2")

    def _open(self, event: Any, node: Mapping | Sequence, kind: str) -> None:
        if self._awaits_key() is not None:
            raise self._fatal(event, "a mapping or list cannot be a key", "keys are text")
        self._check_depth(event, 1)
        self._check_tag(event, kind)
        if event.anchor:
            self.open_anchors.append(event.anchor)
        self.frames.append(_Frame(node, self._here(), self._secret(), event.anchor))

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.open_anchors.remove(frame.anchor)
            self.anchors[frame.anchor] = (frame.node, frame.size, frame.height)
        self._add(frame.node, frame.size, frame.height)

    def _alias(self, event: Any) -> None:
        if self._awaits_key() is not None:
            raise self._fatal(event, "an alias cannot be a key", "keys are text")
        name = "" if self._secret() else f" *{event.anchor}"
        if event.anchor in self.open_anchors:
            raise self._fatal(event, f"the alias{name} stands inside the value that it names")
        if event.anchor not in self.anchors:
            hint = "text that begins with * needs quotes"
            raise self._fatal(event, f"no anchor has the name of this alias{name}", hint)
        node, size, height = self.anchors[event.anchor]
        self._check_depth(event, height)
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self._fatal(event, f"aliases add more than {MAX_ALIASED:,} values to the file")
        self._add(node, size, height)

    def _scalar(self, event: Any) -> None:
        if (mapping := self._awaits_key()) is not None:
            self._key(event, mapping)
            return
        node = Scalar(self._at_value(event), self._value(event), quoted=bool(event.style))
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 0)
        self._add(node, 1, 0)

    def _key(self, event: Any, mapping: Mapping) -> None:
        frame = self.frames[-1]
        text = str(event.value)
        frame.drop = True
        if not event.style and text == "<<":
            self._complain(event, "merge keys do not exist in YAML 1.2", "write the members out, or use $Var")
        elif text in mapping.keys:
            named = "a key" if frame.secret else f"the key {text[:60]!r}"
            first = f"first in line {mapping.keys[text].line}"
            self._fault(event, f"{named} stands here twice", first)
        elif self._text(event, text) is not BROKEN:
            if not event.style and not isinstance(_core(text), str):
                self._complain(event, "keys must be text", "put the key in quotes")
            frame.drop = False
            mapping.keys[text] = self._at(event)
        frame.key = text

    def _value(self, event: Any) -> Value:
        text: str = event.value
        if event.style or event.tag is not None:
            return self._text(event, text) if self._check_tag(event, "str") else BROKEN
        if text and self.source.has_placeholders and yaml_faults.is_trap(self.source, event.end_mark):
            at = self._at(event)
            hint = "put the whole text in quotes to keep it"
            self.remarks.append(Problem(at, self._said(), "what follows ' #' is a comment", hint))
        try:
            return scalars.core(text)
        except scalars.TooLong:
            self._complain(event, "a number with this many digits fits nowhere", "quote it to make it text")
            return BROKEN

    def _text(self, event: Any, text: str) -> Value:
        if "\0" in text:
            self._fault(event, "the text holds a NUL character", "no setting can hold one")
            return BROKEN
        if _SURROGATES.search(text):
            try:
                # JSON writes an emoji as two escapes, which together are one character.
                return text.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError:
                self._fault(event, "half of a surrogate pair is no character")
                return BROKEN
        return text

    def _add(self, node: Node, size: int, height: int) -> None:
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

    def _awaits_key(self) -> Mapping | None:
        """The mapping that the next event is a key of, None when it is a value."""
        top = self.frames[-1] if self.frames else None
        return top.node if top is not None and isinstance(top.node, Mapping) and top.key is None else None

    def _here(self) -> Path:
        if not self.frames:
            return ()
        top = self.frames[-1]
        if isinstance(top.node, Sequence):
            return (*top.path, len(top.node.items))
        return top.path if top.key is None else (*top.path, top.key)

    def _secret(self) -> bool:
        """Whether the next value is a secret, or stands inside of one."""
        if not self.frames:
            return False
        top = self.frames[-1]
        return top.secret or (top.key is not None and is_secret(top.key))

    def _at_value(self, event: Any) -> Position:
        """Where a value stands; one that is left out stands at its key, as ruamel's two parsers disagree."""
        if event.value or event.style or not self.frames:
            return self._at(event)
        frame = self.frames[-1]
        keys = frame.node.keys if isinstance(frame.node, Mapping) else {}
        return keys.get(frame.key or "") or self._at(event)

    def _at(self, event: Any) -> Position:
        return Position(self.source.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _said(self) -> str:
        """The path for a message, without anything below a secret and without its depths."""
        path = self._here()[:MAX_SAID]
        for index, step in enumerate(path):
            if isinstance(step, str) and is_secret(step):
                return dotted(path[: index + 1])
        return dotted(path)

    def _fatal(self, event: Any, message: str, allowed: str = "") -> ComposeError:
        return ComposeError(Problem(self._at(event), self._said(), message, allowed))

    def _fault(self, event: Any, message: str, allowed: str = "") -> None:
        self.faults.append(Problem(self._at(event), self._said(), message, allowed))

    def _complain(self, event: Any, message: str, allowed: str) -> None:
        self.complaints.append((self._here(), Problem(self._at(event), self._said(), message, allowed)))

    def _check_depth(self, event: Any, height: int) -> None:
        if len(self.frames) + height > MAX_DEPTH:
            raise self._fatal(event, f"values are nested more than {MAX_DEPTH} levels deep")

    def _check_tag(self, event: Any, kind: str) -> bool:
        if event.tag in (None, "!", _CORE_TAG + kind):
            return True
        name = "" if self._secret() else f" {event.tag.replace(_CORE_TAG, '!!')[:60]}"
        self._complain(event, f"the tag{name} is not supported", "text that begins with ! needs quotes")
        return False


def _core(text: str) -> object:
    try:
        return scalars.core(text)
    except scalars.TooLong:
        return None
