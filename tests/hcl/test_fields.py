"""Every argument of every kind, rendered with hard values and read back by a parser that is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pygohcl
import pytest

from tests.hcl import states
from tests.hcl.test_layout import formatted
from tests.hcl.test_render import rendered
from tests.hcl.test_values import CSS, composed
from tfgen.hcl.parse import arguments
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Kind, Type
from tfgen.resource import Address, Resource

HARD = 'a "quoted" ${x} %{y} \\ end\n\ttab é 👍 \u202e EOT $'


def sample(field: Field) -> Any:
    """A value of the field's type that is as hard to quote as can be."""
    match field.type:
        case Type.STRING:
            return field.allowed[0] if field.allowed else f"{field.name}: {HARD}"
        case Type.NUMBER:
            return 7
        case Type.BOOL:
            return False
        case Type.SET:
            return frozenset({HARD, "b", "a"})
        case Type.LIST:
            return [HARD, "b", "a"]
        case Type.MAP:
            return {"plain": HARD, "for": "x", HARD: "y"}
        case Type.BLOCK:
            return {inner.name: sample(inner) for inner in field.fields}
        case Type.BLOCKS:
            return {
                key: {inner.name: sample(inner) for inner in field.fields if inner.name != field.key}
                for key in "ab"
            }


def as_read(fields: tuple[Field, ...], content: dict[str, Any]) -> dict[str, Any]:
    """What a parser should make of the rendered values: sets as lists, blocks as lists of bodies."""
    wanted: dict[str, Any] = {}
    for field in fields:
        value = content[field.name]
        if field.type is Type.SET:
            wanted[field.name] = composed(sorted(value))
        elif field.type is Type.BLOCK:
            wanted[field.name] = [as_read(field.fields, value)]
        elif field.type is Type.BLOCKS:
            wanted[field.name] = [
                as_read(field.fields, item | ({field.key: key} if field.key in field.by_name else {}))
                for key, item in sorted(value.items())
            ]
        else:
            wanted[field.name] = composed(value)
    return wanted


def comparable(fields: tuple[Field, ...], found: dict[str, Any]) -> dict[str, Any]:
    """A parser's answer with every block as a list, and sets in order."""
    done = dict(found)
    for field in fields:
        if field.is_block:
            bodies = found[field.name] if isinstance(found[field.name], list) else [found[field.name]]
            done[field.name] = [comparable(field.fields, body) for body in bodies]
        elif field.type is Type.SET:
            done[field.name] = sorted(found[field.name])
    return done


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_argument_arrives_unchanged(kind: Kind, tmp_path: Path) -> None:
    content = {field.name: sample(field) for field in kind.fields}
    files = rendered(states.state(Resource(Address("m", kind.type, "x"), content)))
    (text,) = [text for text in files.values() if f'resource "{kind.type}" "x"' in text]
    assert formatted(text, tmp_path) == text
    found = pygohcl.loads(text)["resource"]
    assert list(found) == [kind.type]
    assert list(found[kind.type]) == ["x"]
    assert comparable(kind.fields, found[kind.type]["x"]) == as_read(kind.fields, content)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_argument_has_its_path_in_a_check(kind: Kind) -> None:
    """python-hcl2 finds each argument under the path that a difference would name."""
    content = {field.name: sample(field) for field in kind.fields}
    files = rendered(states.state(Resource(Address("m", kind.type, "x"), content)))
    found = {}
    for path, text in files.items():
        if path.startswith("modules/m/") and f'resource "{kind.type}" "x"' in text:
            found = arguments(text)[f"{kind.type}.x"]
    flat = {path.replace('["a"]', "").replace('["b"]', "").partition("[")[0] for path in found}
    for path, field in kind.walk():
        if not field.is_block:
            assert path in flat


def test_long_css_is_a_heredoc_in_its_file() -> None:
    one = Resource(Address("m", "aws_cognito_user_pool_ui_customization"), {"css": CSS})
    text = rendered(states.state(one))["modules/m/ui.tf"]
    assert "css = <<EOT\n.b0::after" in text
    assert pygohcl.loads(text)["resource"]["aws_cognito_user_pool_ui_customization"]["this"]["css"] == CSS
