"""Directives in a tree of nodes replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Sequence as SequenceType
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final

from tfgen.errors import Position
from tfgen.sensitive import Sensitive
from tfgen.spec.compose import Document
from tfgen.spec.composer import MAX_DEPTH
from tfgen.spec.directives import local
from tfgen.spec.directives.runtime import RUNTIME
from tfgen.spec.directives.syntax import Call, DirectiveError, embedded, is_directive, parse
from tfgen.spec.expressions import Expression, Format, ResourceParam, Secret
from tfgen.spec.merge import Merged
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, Sequence, Value, kind_of
from tfgen.spec.options import Options
from tfgen.spec.problems import Collector, nearest
from tfgen.spec.secrets import is_secret

MAX_CHAIN: Final = 32
"""How many directives may lead on to the next."""

MAX_PRODUCED: Final = 200_000
"""Values that directives may add to a spec, all together."""

KNOWN: Final = tuple(sorted({*RUNTIME, *local.NAMES}))
_FORMER: Final = {
    "Param": "ResourceParam",
    "GetParam": "ResourceParam",
    "Ref": "ResourceParam",
    "Env": "CliArgs",
}
_NOT_WHOLE: Final = DirectiveError(
    "a directive inside a longer text is not expanded", "build the text with $Format('{}-x', $Stage())"
)
_BETTER: Final = "best a directive: $Secret('name.key')"


@dataclass(frozen=True, slots=True)
class Reference:
    """A `$ResourceParam` and where it stands."""

    position: Position
    path: Path
    target: ResourceParam


@dataclass(slots=True, repr=False)
class Resolver:
    """Answers directives for one load."""

    documents: SequenceType[Document]
    merged: Merged
    options: Options
    collector: Collector
    active: list[int] = field(default_factory=list)
    produced: int = 0
    exhausted: bool = False
    references: list[Reference] = field(default_factory=list)
    files: dict[tuple[FilePath, str], Node] = field(default_factory=dict)

    def resolve(self, node: Node, path: Path, document: Document, *, secret: bool = False) -> Node:
        """`node` without directives; secrets are wrapped, faults are reported and become BROKEN."""
        if len(path) > MAX_DEPTH:
            return self._broken(node.position, path, DirectiveError("is nested too deep"))
        if self.active:
            self.produced += 1
        if isinstance(node, Scalar) and isinstance(node.value, str):
            if not secret and "$" not in node.value:
                return node
            return self._text(node, path, document, secret=secret)
        if secret:
            if not (isinstance(node, Scalar) and node.value is BROKEN):
                self.collector.error(node.position, path, f"must be text, not {kind_of(node)}", _BETTER)
            return Scalar(node.position, BROKEN)
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Sequence):
            items = [self.resolve(item, (*path, index), document) for index, item in enumerate(node.items)]
            return Sequence(node.position, items)
        return self.resolve_mapping(node, path, document)

    def resolve_mapping(self, node: Mapping, path: Path, document: Document) -> Mapping:
        """The same for a mapping, which stays one."""
        entries = {
            key: self.resolve(value, (*path, key), document, secret=is_secret(key))
            for key, value in node.entries.items()
        }
        return Mapping(node.position, entries, node.keys)

    def _text(self, node: Scalar, path: Path, document: Document, *, secret: bool) -> Node:
        if self.exhausted:  # said once; a thousand places would say it again
            return Scalar(node.position, BROKEN)
        text = str(node.value)
        found: Node = node
        try:
            if is_directive(text):
                found = self.answer(parse(text), local.Place(node.position, path, document))
            elif any(name in KNOWN for name in embedded(text)):
                return self._broken(node.position, path, self._not_whole(text))
            return self._wrapped(found, node.position) if secret else found
        except DirectiveError as error:
            hidden = DirectiveError("does not hold a valid value for a secret", _BETTER)
            return self._broken(node.position, path, hidden if secret else error)
        finally:
            if secret and isinstance(found, Scalar) and isinstance(found.value, str) and found.value:
                self.collector.warn(
                    node.position,
                    path,
                    "a literal secret stands in the spec",
                    "write $Secret('name.key'); tfgen makes this one a sensitive variable without a value",
                )

    def _not_whole(self, text: str) -> DirectiveError:
        """Why a text that holds a directive is none itself: it goes on, or is never closed."""
        if text.startswith("$"):
            try:
                parse(text)
            except DirectiveError as error:
                return error
        return _NOT_WHOLE

    def _wrapped(self, found: Node, at: Position) -> Node:
        """A secret as Sensitive; raises DirectiveError for what cannot be one."""
        if not isinstance(found, Scalar):
            raise DirectiveError("must be text")
        if isinstance(found.value, str) and found.value:
            return Scalar(at, Sensitive(found.value))
        if isinstance(found.value, Format) and any(isinstance(part, str) for part in found.value.parts):
            raise DirectiveError("a secret put together from texts would show them")
        if isinstance(found.value, (Expression, Sensitive)):
            return Scalar(at, found.value)
        raise DirectiveError("must be text")

    def _broken(self, at: Position, path: Path, error: DirectiveError) -> Scalar:
        self.collector.error(at, path, error.message, error.allowed, error.near)
        return Scalar(at, BROKEN)

    # -- one directive

    def answer(self, call: Call, place: local.Place) -> Node:
        """What a directive stands for; raises DirectiveError."""
        if len(self.active) > MAX_CHAIN:
            raise DirectiveError(f"directives lead on more than {MAX_CHAIN} times")
        if self.produced > MAX_PRODUCED:
            self.exhausted = True
            raise DirectiveError(f"directives add more than {MAX_PRODUCED:,} values to the spec")
        name = local.ALIASES.get(call.name, call.name)
        if name in local.DIRECTIVES:
            return local.DIRECTIVES[name](self, call, place)
        if name not in RUNTIME:
            raise self._unknown(name, place.document)
        if call.path:
            raise DirectiveError(f"a path cannot follow ${name}", "its value is known only after deployment")
        if name == "CfResourceParam":
            self.collector.warn(
                place.position, place.path, "raw CloudFormation is not rendered", "an input variable"
            )
        found = RUNTIME[name](self.values(call, place), self.merged)
        if isinstance(found, Secret) and "." in (found.key or ""):
            said = f"the secret is {found.name!r}, its key {found.key!r}: the first dot parts them"
            self.collector.notice(place.position, place.path, said)
        if isinstance(found, ResourceParam):
            self.references.append(Reference(place.position, place.path, found))
        return Scalar(place.position, found)

    def values(self, call: Call, place: local.Place) -> tuple[Value, ...]:
        """The arguments of a directive with nested directives answered; raises DirectiveError."""
        found: list[Value] = []
        for argument in call.arguments:
            if not isinstance(argument, Call):
                found.append(argument)
                continue
            node = self.answer(argument, place)
            if not isinstance(node, Scalar):
                raise DirectiveError(f"an argument of ${call.name} is {kind_of(node)}", "single values only")
            found.append(node.value)
        return tuple(found)

    def follow(self, node: Node, steps: tuple[str, ...], place: local.Place) -> Node:
        """The resolved value at `steps` below `node`; raises DirectiveError."""
        for step in steps:
            node = self._ahead(node, place)
            index = int(step) if isinstance(node, Sequence) and step.isdecimal() and len(step) < 10 else step
            ahead = local.member(node, index)
            if ahead is None:
                names = node.entries if isinstance(node, Mapping) else ()
                raise DirectiveError(f"nothing has the name {step!r} there", near=nearest(step, names))
            node = ahead
        return self._ahead(node, place, deep=True)

    def _ahead(self, node: Node, place: local.Place, *, deep: bool = False) -> Node:
        """`node`, with a directive in its place answered (`deep`: and all directives below)."""
        if not deep and not (
            isinstance(node, Scalar) and isinstance(node.value, str) and is_directive(node.value)
        ):
            return node
        if id(node) in self.active:
            raise DirectiveError("the directive leads back to itself")
        self.active.append(id(node))
        try:
            errors = len(self.collector.errors)
            found = self.resolve(node, place.path, place.document)
        finally:
            self.active.pop()
        if isinstance(found, Scalar) and found.value is BROKEN and len(self.collector.errors) > errors:
            raise DirectiveError(self.collector.errors.pop().message)
        return found

    def _unknown(self, name: str, document: Document) -> DirectiveError:
        if name in local.custom_names(document):
            return DirectiveError(
                f"${name} is a custom directive, whose code tfgen does not run", "write its value"
            )
        near = _FORMER.get(name) or nearest(name, KNOWN)
        return DirectiveError(
            f"${name} is not a directive",
            "" if near else f"known are {', '.join(KNOWN)}",
            near and f"${near}",
        )
