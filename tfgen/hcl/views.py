"""What a template gets to see: names and finished texts, nothing it would have to quote.

The attributes of these classes are the interface for a team's own templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tfgen.hcl import values
from tfgen.hcl.layout import Layout
from tfgen.hcl.modules import Input, Module, Output, short
from tfgen.hcl.origins import Origins
from tfgen.kinds.field import Kind
from tfgen.known import OUTPUT_FORMAT
from tfgen.resource import DataSource, Resource

_IGNORED = re.compile(r'[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*|\["[A-Za-z0-9_.:-]+"\]|\[\d+\])*')


class ResourceView:
    """One resource: `kind`, `label`, `comment`, `origin`, `body`, `depends_on`, `lifecycle`."""

    def __init__(self, resource: Resource, kind: Kind, module: Module) -> None:
        origins = Origins(resource.origins)
        self.kind = values.identifier(resource.kind)
        self.label = values.identifier(resource.address.label)
        self.comment = values.comment(resource.comment)
        self.origin = values.comment(origins.whole)
        layout = Layout(module.resolve, origins.block)
        self.body = "\n".join(layout.body(kind.fields, resource.values))
        self.depends_on = [
            values.traversal(at.kind, at.label) for at in resource.depends_on if at.module == module.key
        ]
        self.lifecycle = "\n".join(_lifecycle(resource))


class BlockView:
    """A variable, an output or a data source: its labels and its body ("" if it has none)."""

    def __init__(self, labels: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        self.labels = [values.identifier(label) for label in labels]
        self.body = "\n".join(values.assignments(pairs, 1))


class CallView:
    """The root's `module` block for one module: `name`, `arguments`, `depends_on`."""

    def __init__(self, module: Module, names: Mapping[str, str]) -> None:
        self.name = module.name
        self.arguments = "\n".join(
            values.assignments([(item.name, _wiring(item, names)) for item in _sorted(module.inputs)], 1)
        )
        self.depends_on = [f"module.{name}" for name in sorted(module.depends_on)]


class ModuleView:
    """One module: `name`, and its resources, which each template takes by kind, each just once."""

    def __init__(self, module: Module, kinds: Mapping[str, Kind]) -> None:
        self.name = module.name
        self._waiting: dict[str, list[ResourceView]] = {}
        for resource in module.resources:
            view = ResourceView(resource, kinds[resource.kind], module)
            self._waiting.setdefault(resource.kind, []).append(view)

    def take(self, *kinds: str) -> list[ResourceView]:
        """The resources of these kinds that no template has written yet."""
        return [view for kind in kinds for view in self._waiting.pop(kind, ())]

    def rest(self) -> list[ResourceView]:
        """All resources that no template has written yet."""
        return self.take(*list(self._waiting))


def variables(inputs: Mapping[str, Input]) -> list[BlockView]:
    """The `variable` blocks of a module, by name."""
    return [BlockView([item.name], _variable(item)) for item in _sorted(inputs)]


def outputs(module: Module) -> list[BlockView]:
    """The `output` blocks of a module: attributes by name, then the ids of everything in it."""
    written = [
        BlockView([output.name], _output(output, module)) for _, output in sorted(module.outputs.items())
    ]
    ids = {
        str(resource.address): values.traversal(resource.kind, resource.address.label, "id")
        for resource in module.resources
    }
    pairs = [
        ("description", values.quoted("Id of every resource of this module, by its address.")),
        ("value", _object(ids)),
    ]
    return [*written, BlockView(["resource_ids"], pairs)]


def data(module: Module) -> list[BlockView]:
    """The `data` blocks of a module, by type and label."""
    return [
        BlockView((source.type, source.label), _data(source, module))
        for _, source in sorted(module.data.items())
    ]


def root_output(modules: Iterable[Module], inputs: Mapping[str, Input]) -> BlockView:
    """The root's output `tfgen`: the id of every resource, and the variables that are no secret."""
    known = {
        item.spec_name: values.traversal("var", item.name) for item in inputs.values() if not item.sensitive
    }
    ids = [f"      module.{module.name}.resource_ids," for module in modules]
    members = [
        ("format_version", values.quoted(OUTPUT_FORMAT)),
        ("resources", "\n".join(["merge(", *ids, "    )"]) if ids else "{}"),
        ("variables", _object(known, 2)),
    ]
    what = "What `tfgen drift --outputs` needs to find everything this configuration manages."
    value = "\n".join(["{", *values.assignments(members, 2), "  }"])
    return BlockView(["tfgen"], [("description", values.quoted(what)), ("value", value)])


def _sorted(inputs: Mapping[str, Input]) -> list[Input]:
    return [item for _, item in sorted(inputs.items())]


def _object(members: Mapping[str, str], indent: int = 1) -> str:
    """An object whose members are finished texts."""
    if not members:
        return "{}"
    pairs = [(values.object_key(name), text) for name, text in sorted(members.items())]
    return "\n".join(["{", *values.assignments(pairs, indent + 1), f"{'  ' * indent}}}"])


def _variable(item: Input) -> Iterable[tuple[str, str]]:
    yield "description", values.quoted(item.description)
    if item.keys is None:
        yield "type", "string"
    elif all(values.is_identifier(key) for key in item.keys):
        yield "type", f"object({_object(dict.fromkeys(item.keys, 'string'))})"
    else:
        # An object type has no way to write a key that is not a name.
        yield "type", "map(string)"
    yield "nullable", "false"
    if item.sensitive:
        yield "sensitive", "true"


def _output(output: Output, module: Module) -> Iterable[tuple[str, str]]:
    reference = output.reference
    named = "" if reference.address.label == "this" else f" {reference.address.label}"
    what = f"{reference.attribute} of the {short(reference.address.kind).replace('_', ' ')}{named}."
    yield "description", values.quoted(what)
    yield "value", module.resolve(reference)
    if output.sensitive:
        yield "sensitive", "true"


def _data(source: DataSource, module: Module) -> Iterable[tuple[str, str]]:
    return ((name, values.literal(value, module.resolve, 1)) for name, value in source.arguments)


def _wiring(item: Input, names: Mapping[str, str]) -> str:
    """Where the root module gets one variable of a module from."""
    if item.origin is None:
        return values.traversal("var", item.name)
    from tfgen.hcl.modules import output_name

    return values.traversal("module", names[item.origin.address.module], output_name(item.origin))


def _lifecycle(resource: Resource) -> list[str]:
    """Terraform's own settings; `ignore_changes` names arguments, not values, so nothing is quoted."""
    pairs: list[tuple[str, str]] = []
    for name, value in resource.lifecycle.items():
        if name != "ignore_changes":
            pairs.append((name, values.literal(value)))
            continue
        if bad := [path for path in value if not _IGNORED.fullmatch(path)]:
            raise ValueError(f"{bad[0]!r} is not the path of an argument")
        text = f"[{', '.join(value)}]"
        if len(text) > values.WIDTH:
            text = "\n".join(["[", *(f"      {path}," for path in value), "    ]"])
        pairs.append((name, text))
    return values.assignments(pairs, 2)
