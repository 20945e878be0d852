"""From resources to the files of a Terraform configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from tfgen.errors import OutputError
from tfgen.hcl import modules as graph
from tfgen.hcl import values, versions, views
from tfgen.hcl.modules import Input, Module
from tfgen.hcl.templates import Templates
from tfgen.kinds import KINDS
from tfgen.kinds.field import Kind
from tfgen.resource import State

_SHARED = ("data", "outputs", "variables", "versions")
_NAMED_SOURCES = 3
_GATEWAY = "aws_apigatewayv2_"


def render(
    state: State,
    *,
    sources: Sequence[str],
    region: str | None = None,
    root: bool = True,
    templates: Path | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> dict[str, str]:
    """The text of each file, by its path below the output folder, sorted.

    `sources`: the spec files, of which the header shows the base names; `region`: written into the
    root's provider, else a variable; `root`: with a root module that applies as it is; `templates`:
    a folder with a team's own templates; `kinds`: the tables, by default all that tfgen has.
    The same resources give the same bytes. Raises OutputError for names that cannot be Terraform's,
    strings it cannot hold, and broken templates.
    """
    tables = KINDS if kinds is None else kinds
    writer = _Writer(Templates(templates), sources)
    found = graph.build(state, tables)
    for module in found:
        _module(writer, module, tables)
    if root:
        _root(writer, found, region)
    return dict(sorted(writer.files.items()))


class _Writer:
    """Collects files; each is a header and what its template says, or nothing at all."""

    def __init__(self, templates: Templates, sources: Sequence[str]) -> None:
        self.templates = templates
        self.files: dict[str, str] = {}
        self._header = templates.text("common/header", {"sources": _named(sources)})

    def add(self, path: str, template: str, content: dict[str, Any]) -> None:
        text = self.templates.text(template, content)
        if text.strip():
            self.files[path] = f"{self._header}\n\n{text}\n"


def _named(sources: Sequence[str]) -> str:
    names = sorted({values.comment(PurePath(source).name) for source in sources})
    more = len(names) - _NAMED_SOURCES
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_NAMED_SOURCES])} and {more} more"


def _module(writer: _Writer, module: Module, kinds: Mapping[str, Kind]) -> None:
    view = views.ModuleView(module, kinds)
    gateway = any(resource.kind.startswith(_GATEWAY) for resource in module.resources)
    folder = "gateway" if gateway else "module"
    content = {
        "module": view,
        "data": views.data(module),
        "outputs": views.outputs(module),
        "variables": views.variables(module.inputs),
        "terraform": versions.TERRAFORM,
        "provider": versions.constraint(module.floor),
    }
    for name in writer.templates.files(folder):
        writer.add(f"modules/{module.name}/{name}.tf", f"{folder}/{name}", content)
    for name in _SHARED:
        writer.add(f"modules/{module.name}/{name}.tf", f"common/{name}", content)
    if left := view.rest():
        lost = ", ".join(f"{item.kind}.{item.label}" for item in left)
        raise OutputError(f"no template in {folder}/ writes {lost} of {module.key}")


def _root(writer: _Writer, found: Sequence[Module], region: str | None) -> None:
    inputs = graph.root_inputs(found)
    if region is None:
        inputs.setdefault("region", Input("region", "region", "The AWS region of everything here."))
    names = {module.key: module.name for module in found}
    content = {
        "modules": [views.CallView(module, names) for module in found],
        "variables": views.variables(inputs),
        "outputs": [views.root_output(found, inputs)],
        "region": values.traversal("var", "region") if region is None else values.quoted(region),
        "terraform": versions.TERRAFORM,
        "provider": versions.constraint(max((module.floor for module in found), default=versions.BASE)),
    }
    for name in writer.templates.files("root"):
        writer.add(f"{name}.tf", f"root/{name}", content)
    for name in ("variables", "versions"):
        writer.add(f"{name}.tf", f"common/{name}", content)
