"""The field table: what tfgen knows of one Terraform argument, written down once.

Render, drift, review, import, overrides, docs and the JSON Schema all read this table; a kind
has a function only for what a table cannot say.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfgen.kinds.rules import Rule


class Type(enum.Enum):
    """The Terraform type of an argument, or the shape of a block."""

    STRING = "string"
    NUMBER = "number"
    BOOL = "bool"
    SET = "set(string)"
    LIST = "list(string)"
    MAP = "map(string)"
    BLOCK = "block"
    """A block written at most once."""
    BLOCKS = "blocks"
    """A repeated block; its instances are keyed by the argument `key` names."""


class Change(enum.Enum):
    """What Terraform does when the value changes."""

    IN_PLACE = "updated in place"
    REPLACES = "replaces the resource"
    ADD_ONLY = "can be added, never changed or removed"
    CANNOT_REMOVE = "can be changed, never removed"
    UNSEEN = "is never read back, so Terraform does not see a change"


class Severity(enum.IntEnum):
    """How bad a difference is; the order is the order of urgency."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Default:
    """A value that tfgen writes although the spec is silent, and why."""

    value: Any
    why: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One argument or block of a kind.

    `live`: dotted path in the live answer, relative to the parent block; `source:` in front names
    another answer than the kind's first. None: AWS never returns it.
    `cfn`: the CloudFormation property where it differs from `live`; with "/" in front it does not stand
    below the block's own.
    `spec`: the spec's dotted name(s) that decide the value; the first one is where a finding points.
    `list[].x` is a property of each member of a list, `event.x` one of an http-api-gateway event.
    `default`: what is written when no spec property decides. `derive(context)` computes the value
    instead (`tfgen.kinds.lowering.Context`).
    `unset`: the live value of something nobody ever set (None: absent; "" = [] = {} = absent);
    `silent`: the rule why, where it is one of its own.
    `quiet`: rules that explain an undeclared live value; `folds`: rules that its `read` follows.
    `keeps`: the provider is optional+computed or suppresses a removal: an argument left out of the
    HCL keeps its live value and no plan shows it.
    `emptied`: the provider hides that the block is left out, but not what is in it: apply takes away
    every argument that does not keep its value by itself.
    `canonical`: brings a non-empty value of either side to the form that is compared.
    `read`: gets the canonical live value from the whole answers, where a path is not enough.
    `weakens(desired, live)`: gives this one difference another severity than the field's own.
    `allowed` (enum members), `range` (of a number, or the length of a string), `since` (the provider
    release that brought it), `replaces_before` (the release up to which a change replaces),
    `replaces_when(desired, live)` (which changes replace, where not all do): facts of the provider.
    `excludes`: paths of arguments that the provider refuses beside it; an empty one makes way for it.
    `filled`: completes one instance of a repeated block with what AWS will answer for it; None for one
    that AWS has anyway.
    `folded_into`: the argument that carries this one's meaning in a comparison (a unit, a twin).
    `unit`: the unit in which it is compared and shown; `spec_unit`: how many of them the spec's own
    unit is; `unit_of`: the argument that says the unit, and its word for `unit`.
    """

    name: str
    type: Type
    doc: str
    live: str | None = None
    cfn: str | None = None
    spec: str | tuple[str, ...] | None = None
    default: Default | None = None
    derive: Callable[[Any], Any] | None = None
    unset: Any = None
    quiet: tuple[Rule, ...] = ()
    folds: tuple[Rule, ...] = ()
    silent: Rule | None = None
    keeps: bool = False
    emptied: bool = False
    change: Change = Change.IN_PLACE
    severity: Severity = Severity.MEDIUM
    weakens: Callable[[Any, Any], Severity | None] | None = None
    controls: tuple[str, ...] = ()
    secret: bool = False
    required: bool = False
    canonical: Callable[[Any], Any] | None = None
    read: Callable[[dict[str, Any]], Any] | None = None
    allowed: tuple[str, ...] = ()
    range: tuple[int, int] | None = None
    since: str | None = None
    replaces_before: str | None = None
    replaces_when: Callable[[Any, Any], bool] | None = None
    excludes: tuple[str, ...] = ()
    folded_into: str | None = None
    unit: str = ""
    spec_unit: int = 1
    unit_of: tuple[str, str] | None = None
    key: str | None = None
    filled: Callable[[dict[str, Any]], dict[str, Any] | None] | None = None
    fields: tuple[Field, ...] = ()

    @cached_property
    def is_block(self) -> bool:
        """True for a block, single or repeated."""
        return self.type in (Type.BLOCK, Type.BLOCKS)

    @cached_property
    def answered(self) -> bool:
        """Whether AWS ever answers it; what it never answers cannot be compared."""
        return self.is_block or self.live is not None or self.read is not None

    @property
    def live_name(self) -> str:
        """The dotted live path without its source and without the mark of a mapping; "" for none."""
        return (self.live or "").rpartition(":")[2].removesuffix(".*")

    @property
    def cfn_name(self) -> str:
        """The dotted CloudFormation property below that of the block around; "/X" is one of the top."""
        return self.live_name if self.cfn is None else self.cfn

    @property
    def spec_paths(self) -> tuple[str, ...]:
        """The spec names that decide this field, none, one or several."""
        if self.spec is None:
            return ()
        return (self.spec,) if isinstance(self.spec, str) else self.spec

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields of a block by name."""
        return {field.name: field for field in self.fields}


@dataclass(frozen=True, slots=True)
class Source:
    """One AWS answer that a kind reads.

    `operation`: the boto3 method; `action`: the IAM action; `answer`: the member that holds the
    object ("" = the whole answer); `ignored`: live keys that are read and never compared, each with
    the reason; `usual`: members that Terraform has no argument for, each with the rule for AWS's own value;
    `also`: further IAM actions that AWS asks for before it answers.
    """

    operation: str
    action: str
    answer: str
    ignored: dict[str, str]
    usual: dict[str, Rule] = dataclasses.field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """All IAM actions that the call needs, its own first."""
        return (self.action, *self.also)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One Terraform resource type.

    `identity`: the arguments that tell two resources of this kind in one module apart.
    `attributes`: what AWS assigns: attribute name → live path in the first source, or a function of
    the answers.
    `sources`: the answers it is read from, the main one first.
    `child`: its name in the spec's `overrides`; `cfn_type`: its CloudFormation type.
    `deleted`, `unmanaged`: severity when one is missing live, or is there although no spec has it.
    `import_id`: Terraform's import id format.
    `root`: the others of its module live in it, and are gone when it is.
    `single`: a module has at most one; `same_slot(desired, live)` tells the slots apart where there
    are a few (a prefix and a custom domain).
    `rogue(values)`: gives one live resource that no spec has another severity than `unmanaged`.
    `rogue_controls`: public controls that such a one touches.
    `found_through`: (kind, argument) that refers to it, to find one whose identity has changed.
    `cfn_lists`: a CloudFormation property without an argument of its own → the arguments that say it.
    `normalise`: folds evaluated values of either side (units, twins) before they are compared.
    """

    type: str
    doc: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    sources: dict[str, Source]
    attributes: dict[str, str | Callable[[dict[str, Any]], Any]]
    child: str
    cfn_type: str
    deleted: Severity
    unmanaged: Severity
    import_id: str
    controls: tuple[str, ...] = ()
    since: str | None = None
    normalise: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    root: bool = False
    single: bool = False
    same_slot: Callable[[dict[str, Any], dict[str, Any]], bool] = lambda desired, live: True
    rogue: Callable[[dict[str, Any]], Severity | None] | None = None
    rogue_controls: tuple[str, ...] = ()
    found_through: tuple[str, str] | None = None
    cfn_lists: dict[str, tuple[str, ...]] = dataclass_field(default_factory=dict)

    @cached_property
    def assigned_id(self) -> bool:
        """Whether AWS makes up the id, so that another id is another resource whatever its name is."""
        path = self.attributes.get("id")
        return isinstance(path, str) and all(field.live != path for field in self.fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The top-level fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def comparable_arguments(self) -> int:
        """How many arguments there are that AWS answers."""
        return sum(1 for _, field in self.walk() if not field.is_block and field.answered)

    def walk(self) -> Iterator[tuple[str, Field]]:
        """Every field, blocks included, with its dotted path, in table order."""
        yield from _walk("", self.fields)

    def field_at(self, path: list[str | int] | tuple[str | int, ...]) -> tuple[str, Field]:
        """The deepest field on a path of keys into nested values, and its printable path.

        A repeated block's key is printed as `block["key"]`, a map's as `map["key"]`.
        """
        fields, shown, found = self.by_name, "", None
        steps = iter(path)
        for step in steps:
            field = fields.get(str(step))
            if field is None:
                raise KeyError(f"{self.type} has no {shown}.{step}")
            shown, found, fields = f"{shown}.{step}" if shown else str(step), field, field.by_name
            if field.type in (Type.BLOCKS, Type.MAP):
                key = next(steps, None)
                if key is not None:
                    shown = f'{shown}["{key}"]'
            if field.type is Type.MAP or not field.is_block:
                break
        if found is None:
            raise KeyError(f"{self.type}: empty path")
        return shown, found


def _walk(prefix: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, Field]]:
    for field in fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        yield path, field
        yield from _walk(path, field.fields)


def attr(name: str, type: Type, doc: str, **facts: Any) -> Field:  # noqa: A002 - Terraform's own word
    """A plain argument."""
    return Field(name=name, type=type, doc=doc, **facts)


def block(name: str, doc: str, *fields: Field, **facts: Any) -> Field:
    """A block that is written at most once, with its arguments."""
    return Field(name=name, type=Type.BLOCK, doc=doc, fields=fields, **facts)


def blocks(name: str, doc: str, *fields: Field, key: str, **facts: Any) -> Field:
    """A repeated block whose instances are told apart by the argument `key`."""
    return Field(name=name, type=Type.BLOCKS, doc=doc, fields=fields, key=key, **facts)
