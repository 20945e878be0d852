"""Nodes against a property model, with every fault said in the words of the spec language."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tfgen.errors import Position
from tfgen.spec.expressions import Expression
from tfgen.spec.model import attributes
from tfgen.spec.nodes import BROKEN, Mapping, Node, Path, Scalar, child, kind_of, locate, walk
from tfgen.spec.problems import Collector, listed, nearest
from tfgen.spec.secrets import is_secret

Model = TypeVar("Model", bound=BaseModel)

_WANTED: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}


def plain(node: Node) -> Any:
    """A node as Python values; lists become tuples."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return tuple(plain(item) for item in node.items)


def plain_lists(node: Node) -> Any:
    """The same with lists as lists, for values that go on as they are."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key: plain_lists(value) for key, value in node.entries.items()}
    return [plain_lists(item) for item in node.items]


def unusable(node: Node, path: Path, collector: Collector, *, null_from: int | None = None) -> set[str]:
    """Errors for values that are nothing; the first steps of their paths and of those already reported.

    From `null_from` steps below `node` on, null is a value.
    """
    first: set[str] = set()
    for here, value in walk(node):
        if not isinstance(value, Scalar) or not here:
            continue
        if value.value is None and null_from is not None and len(here) >= null_from:
            continue
        if value.value is None:
            collector.error(locate(node, here), path + here, "has no value", "remove it, or give it a value")
        if value.value is None or value.value is BROKEN:
            first.add(str(here[0]))
    return first


@dataclass(frozen=True, slots=True, repr=False)
class Origin:
    """Where data stands: its node, its spec path, and which of its names are spelled otherwise there."""

    node: Node
    path: Path
    written: MappingType[str, str] = field(default_factory=dict)

    def locate(self, loc: Path) -> tuple[Position, Path, Node | None]:
        """Position, whole path and node of a canonical path below the origin."""
        spelled: Path = tuple(self.written.get(str(step), step) for step in loc[:1]) + loc[1:]
        current: Node | None = self.node
        for step in spelled:
            current = child(current, step)
        return locate(self.node, spelled), self.path + spelled, current


def check(model: type[Model], data: dict[str, Any], origin: Origin, collector: Collector) -> Model | set[str]:
    """An instance of `model`, or the names of the top properties that are wrong, reported."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    broken = set()
    for detail in details:
        loc: Path = tuple(step for step in detail["loc"] if step != "[key]")
        position, path, node = origin.locate(loc)
        message, allowed, suggestion = _words(model, detail, loc, node)
        collector.error(position, path, message, allowed, suggestion)
        broken.add(str(loc[0]) if loc else "")
        if suggestion and len(loc) == 1:
            broken.add(suggestion)  # most likely meant, so its value is not known either
    return broken


def _words(
    model: type[BaseModel], detail: ErrorDetails, loc: Path, node: Node | None
) -> tuple[str, str, str]:
    """Message, what is allowed and suggestion for one error of pydantic."""
    kind, context = detail["type"], detail.get("ctx", {})
    value = node.value if isinstance(node, Scalar) else None
    if kind == "missing":
        return "is missing", "it is required", ""
    if kind == "extra_forbidden":
        return _unknown(model, loc)
    if kind == "too_long":
        return f"has {context['actual_length']} members", f"{context['max_length']} at most", ""
    if isinstance(value, Expression) and (kind in _WANTED or kind == "literal_error"):
        return "cannot be a value that only a deployment knows", "write the value itself", ""
    if kind == "literal_error":
        return _choice(node, str(context["expected"]), secret=any(map(is_secret, map(str, loc))))
    if kind in _WANTED:
        found = kind_of(node) if node is not None else "nothing"
        if kind == "int_type" and isinstance(value, float):
            found = "a fraction"
        return f"must be {_WANTED[kind]}, not {found}", _hint(kind, value), ""
    return str(detail["msg"]), str(context.get("allowed", "")), ""


def _choice(node: Node | None, expected: str, *, secret: bool) -> tuple[str, str, str]:
    value = node.value if isinstance(node, Scalar) else None
    names = expected.replace("'", "").replace(" or ", ", ").split(", ")
    allowed = f"one of {listed(names)}"
    if not isinstance(value, str) or secret:
        return f"must be text, not {kind_of(node) if node else 'nothing'}", allowed, ""
    return f"{value[:60]!r} is not a known value", allowed, nearest(value, names)


def _hint(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return "put it in quotes to make it text"
    if kind == "bool_type" and isinstance(value, str):
        return "YAML 1.2 writes them true and false, without quotes"
    if kind == "int_type" and isinstance(value, str):
        return "write digits without quotes"
    if kind == "tuple_type":
        return "begin each member with '- '"
    return ""


def _unknown(model: type[BaseModel], loc: Path) -> tuple[str, str, str]:
    owner = model_at(model, loc[:-1])
    names = sorted(attributes(owner)) if owner else []
    near = nearest(str(loc[-1]), names)
    allowed = f"known are {listed(names)}" if names and not near else ""
    return "is not a property of the spec language", allowed, near


def model_at(model: type[BaseModel], loc: Path) -> type[BaseModel] | None:
    """The model of the property at `loc` (spec names and indices), None when it has none."""
    current: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int):
            continue
        if current is None or step not in attributes(current):
            return None
        current = _inner_model(current.model_fields[attributes(current)[step]].annotation)
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _inner_model(argument)) is not None:
            return found
    return None
