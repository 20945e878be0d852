"""Writes the generated pages of docs/ and the excerpts of README.md and of other pages.

`python -m tests.docs.generate`; a test says when one of them is stale.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from tests.docs.around import sections
from tests.docs.excerpts import EXCERPTS, current
from tfgen.explain.arguments import Argument, arguments, change
from tfgen.explain.facts import value
from tfgen.explain.language import EVENT, Property, properties
from tfgen.explain.links import links
from tfgen.hcl.render import render
from tfgen.kinds import lower
from tfgen.spec import load

_SILENT: Final = """\
resources:
  myUserPool:
    type: user-auth-pool
"""
DOCS: Final = Path(__file__).parents[2] / "docs"
_NOTE: Final = (
    "<!-- Generated from the property models and field tables by `python -m tests.docs.generate`. -->"
)


def defaults() -> str:
    """docs/defaults.md"""
    known = [found for found in properties() if found.default or found.stacktape]
    differ = [(_code(found.path), found.default, found.stacktape, found.why) for found in known if found.why]
    same = [
        (_code(found.path), found.default or "that of its members", found.stacktape)
        for found in known
        if not found.why
    ]
    written = [
        (_code(item.name), _code(value(item.field.default.value)), item.field.default.why)
        for item in arguments()
        if item.field.default is not None
    ]
    return _page(
        "Defaults",
        _NOTE,
        "What tfgen does where a spec is silent, beside what Stacktape does with the same spec.",
        "## Where tfgen differs from Stacktape",
        _table(("property", "default", "Stacktape's own", "why tfgen differs"), differ),
        "## The other properties",
        _table(("property", "default", "Stacktape's own"), same),
        "## Arguments that no property decides",
        "Written into every rendered resource, so that drift of them is seen and `terraform apply` mends\n"
        "it. `overrides` changes them.",
        _table(("argument", "value", "why"), written),
        "## All of it at once",
        f"This spec leaves everything open:\n\n```yaml\n{_SILENT}```",
        "and becomes:",
        *(f"```hcl\n{text}```" for text in _silent_files()),
    )


def _silent_files() -> Iterator[str]:
    """Pool and client of a spec without any property, without the header that names a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pools.yml"
        path.write_text(_SILENT, encoding="utf-8")
        desired = lower(load([path]))
    files = render(desired, sources=("pools.yml",), region=None)
    for name in ("main.tf", "client.tf"):
        yield files[f"modules/myUserPool/{name}"].partition("\n\n")[2]


def spec() -> str:
    """docs/spec.md"""
    parts = [
        "The spec language",
        _NOTE,
        (
            "A spec is YAML 1.2: `resources:` with `user-auth-pool`s, and functions whose\n"
            "`http-api-gateway` events protect routes with a pool. Resources of other types are left alone\n"
            "(`-v` says so). `tfgen init` prints a commented example, `tfgen explain NAME` tells everything\n"
            "about one property, and `tfgen schema` prints a JSON Schema for editors."
        ),
        (
            "Paths are relative to `properties` of a pool; `[]` stands for each item of a list. Paths that\n"
            f"begin with `{EVENT}.` are relative to `properties` of an `http-api-gateway` event.\n"
            "The last column says what Terraform does when the value changes."
        ),
    ]
    for group, members in groupby(properties(), lambda found: found.group):
        rows = [
            (
                _code(found.path) + (" (required)" if found.required else "") + f"<br>{_text(found.doc)}",
                _shape(found),
                _text(found.default),
                "<br>".join(_code(item.short) for item in links().get(found.path, ())),
                "<br>".join(_changes(found)),
            )
            for found in members
        ]
        head = ("property", "type and limits", "default", "Terraform argument", "a change")
        parent = _parent(rows[0][0])
        parts += [f"## {f'`{parent}`: ' if parent else ''}{group}", _table(head, rows, plain=False)]
    return _page(*parts, *sections())


PAGES: Final[dict[str, Callable[[], str]]] = {"defaults.md": defaults, "spec.md": spec}


def _changes(found: Property) -> Iterator[str]:
    """What a change does to each argument, said once where they agree."""
    items: tuple[Argument, ...] = links().get(found.path, ())
    said = {item: change(item.field) for item in map(_Named, items)}
    for text in dict.fromkeys(said.values()):
        which = [item.name for item, other in said.items() if other == text]
        yield text if len(set(said.values())) == 1 else f"{', '.join(map(_code, which))}: {text}"


def _parent(cell: str) -> str:
    """`passwordPolicy` of the cell that shows `passwordPolicy.minimumLength`."""
    return cell.split("`")[1].rpartition(".")[0]


class _Named:
    """An argument by its last name, hashable by identity."""

    def __init__(self, argument: Argument) -> None:
        self.field = argument.field
        self.name = argument.short


def _shape(found: Property) -> str:
    said = [found.type, *(_text(limit) for limit in found.limits)]
    if found.allowed:
        said.append(", ".join(map(_code, found.allowed)))
    if found.newer:
        said.append("today's Stacktape only")
    if found.aliases:
        said.append(f"also written {', '.join(map(_code, found.aliases))}")
    return "<br>".join(said)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, plain: bool = True) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        cells = [_text(cell) if plain and not cell.startswith("`") else cell for cell in row]
        lines.append(f"| {' | '.join(cells)} |".replace("  ", " "))
    return "\n".join(lines)


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _text(text: str) -> str:
    """Words as Markdown shows them."""
    for sign in "\\|<*_":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("{", "&#123;")


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *parts]) + "\n"


if __name__ == "__main__":
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
    for page in EXCERPTS:
        (DOCS.parent / page).write_text(current(page), encoding="utf-8")
