"""Modules from resources: who needs which variable, data source and output, and how they are wired.

Each pool and each gateway is a Terraform module of its own. What one needs of another comes in
through a variable, which the root module feeds from the other's output.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tfgen.errors import OutputError
from tfgen.hcl import values
from tfgen.hcl.secrets import without_secrets
from tfgen.hcl.versions import BASE, Version, floor
from tfgen.kinds import types
from tfgen.kinds.field import Kind
from tfgen.resource import Call, DataSource, FromData, Ref, Resource, State, Template, Variable

Reference = Ref | Variable | FromData

ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    types.POOL: ("id", "arn", "endpoint"),
    types.CLIENT: ("id",),
}
"""Attributes that a module hands out although nothing in the spec asks for them: applications do."""

SECRET_ATTRIBUTES: Final = frozenset({(types.CLIENT, "client_secret")})
"""Attributes that the provider's schema marks sensitive."""

# Arguments of a `module` block that are not variables of the module.
_META_ARGUMENTS = frozenset(
    {"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}
)
_PREFIXES = ("aws_cognito_", "aws_apigatewayv2_", "aws_")


@dataclass(slots=True)
class Input:
    """A variable of a module. `keys`: the members of an object variable, None for a plain string.

    `origin`: the address and attribute in another module that feeds it, or None where the user does.
    """

    name: str
    spec_name: str
    description: str
    sensitive: bool = False
    keys: set[str] | None = None
    origin: Ref | None = None

    @property
    def identity(self) -> tuple[str, str, bool, Ref | None]:
        """What two uses of one variable have in common."""
        return self.spec_name, self.description, self.keys is None, self.origin


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a module: one attribute of one of its resources."""

    name: str
    reference: Ref
    sensitive: bool


@dataclass(slots=True)
class Module:
    """One module: its resources in reading order, and what goes in and out."""

    key: str
    name: str
    resources: list[Resource] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    data: dict[tuple[str, str], DataSource] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)
    depends_on: set[str] = field(default_factory=set)
    floor: Version = BASE

    def resolve(self, reference: Reference) -> str:
        """The text of a reference inside this module."""
        match reference:
            case Ref(address=address, attribute=attribute) if address.module == self.key:
                return values.traversal(address.kind, address.label, *attribute.split("."))
            case Ref():
                return values.traversal("var", input_name(reference))
            case Variable(name=name, key=key):
                return values.traversal("var", variable_name(name), key=key)
            case FromData(source=source, attribute=attribute, key=key):
                return values.traversal("data", source.type, source.label, attribute, key=key)


def build(state: State, kinds: Mapping[str, Kind]) -> list[Module]:
    """The modules of a state, sorted by name, the resources of each in the order of `kinds`.

    Raises OutputError for names that Terraform would refuse or could not tell apart.
    """
    order = {kind: position for position, kind in enumerate(kinds)}
    modules: dict[str, Module] = {}
    for address in sorted(state.resources, key=lambda at: (at.module, order[at.kind], at.label)):
        module = modules.get(address.module)
        if module is None:
            module = modules[address.module] = Module(address.module, values.identifier(address.module))
        module.resources.append(without_secrets(state.resources[address]))
    found = sorted(modules.values(), key=lambda module: module.name)
    for one, other in itertools.pairwise(found):
        if one.name == other.name:
            raise OutputError(f"{one.key!r} and {other.key!r} would be the same Terraform module; rename one")
    for module in found:
        _wire(module, modules)
        module.floor = floor(module.resources, module.data.values(), kinds)
    return found


def _wire(module: Module, modules: Mapping[str, Module]) -> None:
    """Notes what the module needs, in itself and in the modules it needs it from."""
    for resource in module.resources:
        for attribute in ALWAYS.get(resource.kind, ()):
            _hand_out(module, Ref(resource.address, attribute))
        for reference in references(resource.values):
            _need(module, reference, modules)
        module.depends_on |= {
            modules[at.module].name for at in resource.depends_on if at.module != module.key
        }


def _need(module: Module, reference: Reference, modules: Mapping[str, Module]) -> None:
    match reference:
        case Ref(address=address) if address.module != module.key:
            output = _hand_out(modules[address.module], reference)
            what = f"{output.name} of module.{modules[address.module].name}."
            _take_in(module, Input(input_name(reference), "", what, output.sensitive, origin=reference))
        case Variable(name=name, description=description, key=key, sensitive=sensitive):
            keys = None if key is None else {key}
            _take_in(module, Input(variable_name(name), name, description, sensitive, keys))
        case FromData(source=source):
            known = module.data.setdefault((source.type, source.label), source)
            if known != source:
                raise ValueError(f"two data sources {source.type}.{source.label} in module {module.key}")
            for inner in references(dict(source.arguments)):
                _need(module, inner, modules)


def _hand_out(module: Module, reference: Ref) -> Output:
    name = output_name(reference)
    secret = (reference.address.kind, reference.attribute) in SECRET_ATTRIBUTES
    output = module.outputs.setdefault(name, Output(name, reference, secret))
    if output.reference != reference:
        raise OutputError(
            f"{output.reference.address} and {reference.address} would have the same output {name}"
        )
    return output


def _take_in(module: Module, wanted: Input) -> None:
    known = module.inputs.setdefault(wanted.name, wanted)
    merge(known, wanted)


def merge(known: Input, wanted: Input) -> None:
    """Adds what a second use of one variable says to the first; two variables of one name are an error."""
    if known.identity != wanted.identity:
        raise OutputError(
            f"two different values would be the Terraform variable {wanted.name}; rename a resource"
        )
    known.sensitive |= wanted.sensitive
    if known.keys is not None and wanted.keys is not None:
        known.keys |= wanted.keys


def root_inputs(modules: Iterable[Module]) -> dict[str, Input]:
    """The variables that the user of the root module sets: those of all modules, by name."""
    union: dict[str, Input] = {}
    for module in modules:
        for item in module.inputs.values():
            if item.origin is None:
                keys = None if item.keys is None else set(item.keys)
                fresh = Input(item.name, item.spec_name, item.description, item.sensitive, keys)
                merge(union.setdefault(item.name, fresh), fresh)
    return dict(sorted(union.items()))


def references(value: Any) -> Iterator[Reference]:
    """Every reference inside a value, however deep."""
    match value:
        case str() | bool() | int():
            return
        case Ref() | Variable() | FromData():
            yield value
        case Mapping():
            for item in value.values():
                yield from references(item)
        case list() | tuple() | frozenset():
            for item in value:
                yield from references(item)
        case Template(parts=inner) | Call(arguments=inner):
            yield from references(inner)


def short(kind: str) -> str:
    """A kind without the part of its name that every reader of a Cognito module knows."""
    prefix = next((prefix for prefix in _PREFIXES if kind.startswith(prefix)), "")
    return kind.removeprefix(prefix)


def output_name(reference: Ref) -> str:
    """`user_pool_id`; with the resource's label in front where there may be several."""
    address = reference.address
    parts = [short(address.kind), *reference.attribute.split(".")]
    return values.identifier("_".join(parts if address.label == "this" else [address.label, *parts]))


def input_name(reference: Ref) -> str:
    """The variable that brings an attribute of another module in."""
    return values.identifier(f"{reference.address.module}_{output_name(reference)}")


def variable_name(name: str) -> str:
    """A variable's Terraform name; some names mean something else inside a `module` block."""
    return values.identifier(f"{name}_" if name in _META_ARGUMENTS else name)
