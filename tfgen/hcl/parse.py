"""Terraform files as flat arguments, read by python-hcl2 (which nothing else imports)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tfgen.kinds import KINDS
from tfgen.kinds.field import Field

_IS_BLOCK: Final = "__is_block__"
_COMMENTS: Final = frozenset({"__comments__", "__inline_comments__"})
_UNNAMED: Final = frozenset({"resource"})
"""Block types that an address leaves out."""


class ParseError(Exception):
    """A file that is not valid HCL; `str()` says where."""


def arguments(text: str) -> dict[str, dict[str, str]]:
    """Address of each top-level block → dotted path of each argument → its text as HCL.

    `resource "a" "b"` is `a.b`, everything else begins with its type (`variable.x`). An instance of a
    repeated block is told by the argument that names it in the field table, else by its number.
    Raises ParseError.
    """
    import hcl2
    from lark.exceptions import LarkError, UnexpectedInput

    try:
        document = hcl2.loads(text)
    except UnexpectedInput as error:
        raise ParseError(f"line {error.line}, column {error.column}: not valid HCL") from error
    except (LarkError, ValueError, RecursionError) as error:
        raise ParseError("not valid HCL") from error
    found: dict[str, dict[str, str]] = {}
    for kind, blocks in document.items():
        if kind in _COMMENTS:
            continue
        if not isinstance(blocks, list):
            found.setdefault("", {})[kind] = _shown(blocks)
            continue
        for item in blocks:
            _block([] if kind in _UNNAMED else [kind], item, found)
    return found


def _block(labels: list[str], item: Mapping[str, Any], found: dict[str, dict[str, str]]) -> None:
    """Follows a block's labels down to its body."""
    if _IS_BLOCK in item:
        address = _unused(".".join(labels), found)
        kind = KINDS.get(labels[0])
        found[address] = dict(_body(item, kind.by_name if kind is not None else {}, ""))
        return
    for label, inner in item.items():
        if label not in _COMMENTS:
            _block([*labels, _bare(label)], inner, found)


def _body(item: Mapping[str, Any], fields: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        if name == _IS_BLOCK or name in _COMMENTS:
            continue
        field = fields.get(name)
        path = f"{prefix}{name}"
        if isinstance(value, list) and value and all(_is_block(inner) for inner in value):
            seen: dict[str, dict[str, str]] = {}
            for number, inner in enumerate(value):
                at = (
                    path
                    if len(value) == 1 and not _key(field, inner)
                    else f"{path}[{_key(field, inner) or number}]"
                )
                at = _unused(at, seen)
                seen[at] = {}
                members = list(_body(inner, field.by_name if field is not None else {}, f"{at}."))
                yield from members or [(at, "{}")]
        elif isinstance(value, Mapping) and value:
            yield from ((f"{path}[{_quoted(key)}]", _shown(inner)) for key, inner in value.items())
        else:
            yield path, _shown(value)


def _is_block(value: Any) -> bool:
    return isinstance(value, Mapping) and _IS_BLOCK in value


def _key(field: Field | None, item: Mapping[str, Any]) -> str:
    """The text of the argument that tells instances of a repeated block apart; "" if unknown."""
    key = item.get(field.key) if field is not None and field.key is not None else None
    return _shown(key) if key is not None else ""


def _unused(name: str, taken: Mapping[str, Any]) -> str:
    """A second block of one name is an error in Terraform; here it must not hide the first."""
    number = 2
    found = name
    while found in taken:
        found, number = f"{name} (number {number})", number + 1
    return found


def _bare(label: str) -> str:
    return label[1:-1] if label.startswith('"') and label.endswith('"') and len(label) > 1 else label


def _quoted(key: str) -> str:
    return key if key.startswith('"') else f'"{key}"'


def _shown(value: Any) -> str:
    """A value of python-hcl2 as the HCL it stands for."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return value[2:-1] if value.startswith("${") and value.endswith("}") else value
        case list():
            return f"[{', '.join(_shown(item) for item in value)}]"
        case Mapping() if not value:
            return "{}"
        case Mapping():
            members = (f"{key} = {_shown(item)}" for key, item in value.items() if key not in _COMMENTS)
            return f"{{ {', '.join(members)} }}"
        case _:
            return str(value)
