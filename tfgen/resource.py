"""One Terraform resource with its values: the same type whether desired or live.

A value is plain Python (str, int, bool, Decimal, list = ordered, frozenset = set, dict = map or
block) or one of the types below, which stand for something only Terraform or AWS knows.
Blocks are dicts; repeated blocks are dicts of dicts, keyed by the field that names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tfgen.sensitive import Sensitive

__all__ = [
    "Address",
    "Call",
    "DataSource",
    "FromData",
    "Ref",
    "Resource",
    "Sensitive",
    "State",
    "Template",
    "Unknown",
    "Unread",
    "Variable",
    "evaluate",
    "terraform_name",
]


def terraform_name(key: str) -> str:
    """A key of the spec as a Terraform name, which cannot begin with a digit."""
    return f"_{key}" if key[:1].isdigit() else key


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a resource lives: `module` is the spec's key of the pool or gateway it belongs to."""

    module: str
    kind: str
    label: str = "this"

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that `str` gave; raises ValueError for a text that is none."""
        match text.split(".", 3):
            case ["module", module, kind, label]:
                return cls(module.removeprefix("_"), kind, label)  # keys of a spec have no underscore
            case _:
                raise ValueError("not the address of a resource")

    def __str__(self) -> str:
        return f"module.{terraform_name(self.module)}.{self.kind}.{self.label}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Another resource's attribute, e.g. the pool's `id`."""

    address: Address
    attribute: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A Terraform input variable; with `key`, one member of an object variable.

    `sensitive` variables have no default and never show up in text.
    """

    name: str
    description: str
    key: str | None = None
    sensitive: bool = False

    @property
    def path(self) -> str:
        """How `--var` names it: `name` or `name.key`."""
        return self.name if self.key is None else f"{self.name}.{self.key}"


@dataclass(frozen=True, slots=True)
class DataSource:
    """A Terraform data source; `arguments` are (name, value) pairs in order."""

    type: str
    label: str
    arguments: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class FromData:
    """An attribute of a data source; with `key`, one member of a map attribute."""

    source: DataSource
    attribute: str
    key: str | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A string made of literal and unknown parts."""

    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A Terraform function call. Only kinds make these; a spec's text never becomes one.

    `python` computes the same thing from known arguments (for comparing with live values).
    """

    function: str
    arguments: tuple[Any, ...]
    python: Callable[..., Any] = field(compare=False)
    index: str | int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be known here; `reason` says why and what would make it known."""

    reason: str
    secret: bool = False


@dataclass(slots=True)
class Resource:
    """Values by Terraform argument name (nested), plus what only one side has.

    `origins` (desired): dotted argument path → spec path that decided it.
    `attributes` (live): what AWS assigned: id, arn, endpoint, number of users, ….
    `lifecycle` (desired): Terraform's own settings, e.g. {"prevent_destroy": True}.
    `comment` (desired): one line for the reviewer, above the block.
    """

    address: Address
    values: dict[str, Any]
    origins: dict[str, tuple[str | int, ...]] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    depends_on: tuple[Address, ...] = ()
    lifecycle: dict[str, Any] = field(default_factory=dict)
    comment: str = ""

    @property
    def kind(self) -> str:
        """The Terraform resource type."""
        return self.address.kind


@dataclass(frozen=True, slots=True)
class Unread:
    """Something live that could not be read or is not understood.

    `label` None: the whole kind in that module (a refused listing). `paths` empty: the whole
    resource. `whole` says that nothing of the resource was read, so that it cannot be called DELETED.
    """

    module: str
    kind: str
    reason: str
    label: str | None = None
    paths: tuple[str, ...] = ()


@dataclass(slots=True)
class State:
    """All resources of one side, by address, and what could not be read of it."""

    resources: dict[Address, Resource] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def add(self, resource: Resource) -> None:
        """Adds one resource; two at one address are a bug of ours."""
        if resource.address in self.resources:
            raise ValueError(f"two resources at {resource.address}")
        self.resources[resource.address] = resource


PLAIN: Final = frozenset({str, int, float, bool, type(None)})
"""Types whose values refer to nothing and hold nothing."""


def evaluate(value: Any, lookup: Callable[[Ref | Variable | FromData], Any]) -> Any:
    """`value` with every reference replaced by what `lookup` knows, else `Unknown`.

    A template or call with an unknown part is `Unknown` as a whole; a set or list keeps its
    unknown members so that the comparison can say which one it could not check.
    """
    if type(value) in PLAIN:  # most values, by far
        return value
    match value:
        case Ref() | Variable() | FromData():
            return lookup(value)
        case Template(parts=parts):
            done = [evaluate(part, lookup) for part in parts]
            unknown = next((part for part in done if isinstance(part, Unknown)), None)
            return unknown if unknown is not None else "".join(str(part) for part in done)
        case Call(arguments=arguments, python=python, index=index):
            done = [evaluate(argument, lookup) for argument in arguments]
            unknown = _first_unknown(done)
            if unknown is not None:
                return unknown
            result = python(*done)
            return result if index is None else result[index]
        case Mapping():
            return {key: evaluate(item, lookup) for key, item in value.items()}
        case list():
            return [evaluate(item, lookup) for item in value]
        case frozenset():
            return frozenset(evaluate(item, lookup) for item in value)
        case _:
            return value


def _first_unknown(value: Any) -> Unknown | None:
    """The first unknown anywhere inside evaluated arguments."""
    match value:
        case Unknown():
            return value
        case Mapping():
            return _first_unknown(list(value.values()))
        case list() | frozenset():
            return next((found for item in value if (found := _first_unknown(item)) is not None), None)
        case _:
            return None
