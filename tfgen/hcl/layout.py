"""The body of a resource as `terraform fmt` would lay it out.

Arguments stand first, in the order of the field table, their equals signs lined up; then the
blocks, each after an empty line, repeated ones sorted by the key that tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.hcl import values
from tfgen.kinds.field import Field, Type

Comment = Callable[[str], str]
"""The comment above the block at a dotted argument path; "" for none."""


def no_comment(_path: str) -> str:
    """The `Comment` for bodies without any."""
    return ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Writes bodies; `resolve` gives the text of references, `comment` what stands above a block."""

    resolve: values.Resolver = values.no_references
    comment: Comment = no_comment

    def body(
        self, fields: tuple[Field, ...], content: Mapping[str, Any], indent: int = 1, prefix: str = ""
    ) -> list[str]:
        """The lines between a block's braces, indented by `indent` levels.

        `prefix`: the dotted path of the block these fields belong to. Raises KeyError for a value
        that the table does not have: it would be lost.
        """
        written = [field for field in fields if field.name in content]
        if len(written) < len(content):
            unknown = content.keys() - {field.name for field in fields}
            raise KeyError(f"no such argument: {', '.join(f'{prefix}.{name}' for name in sorted(unknown))}")
        lines = values.assignments(
            [(f.name, self._argument(content[f.name], indent)) for f in written if not f.is_block], indent
        )
        for field in written:
            path = f"{prefix}.{field.name}" if prefix else field.name
            for number, (at, inner) in enumerate(_instances(field, content[field.name], path)):
                if lines:
                    lines.append("")
                # What is said of all instances of a repeated block stands above the first.
                if note := self.comment(at) or (self.comment(path) if number == 0 else ""):
                    lines.append(f"{'  ' * indent}# {values.comment(note)}")
                lines += self._block(field, inner, indent, at)
        return lines

    def _block(self, field: Field, content: Mapping[str, Any], indent: int, path: str) -> Iterator[str]:
        space = "  " * indent
        inner = self.body(field.fields, content, indent + 1, path)
        if inner:
            yield f"{space}{field.name} {{"
            yield from inner
            yield f"{space}}}"
        else:
            yield f"{space}{field.name} {{}}"

    def _argument(self, value: Any, indent: int) -> str:
        """One argument's expression; long texts become heredocs where they arrive unchanged."""
        text = values.heredoc(value) if isinstance(value, str) else None
        return text if text is not None else values.literal(value, self.resolve, indent)


def _instances(field: Field, value: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The blocks of one field, each with the path its comment is looked up by."""
    if field.type is Type.BLOCK:
        yield path, value
    elif field.type is Type.BLOCKS:
        for key in sorted(value):
            inner = value[key]
            if field.key in field.by_name and field.key not in inner:
                inner = {**inner, field.key: key}
            yield f"{path}.{key}", inner
