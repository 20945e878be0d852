"""The field tables against the schema of the provider: nothing missing, nothing invented, types right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.provider_schema import Argument, Block, Schema, load
from tfgen.kinds import KINDS
from tfgen.kinds.field import Change, Field, Type

WHOLE = sorted(kind for kind in KINDS if kind.startswith(("aws_cognito_", "aws_apigatewayv2_")))
"""Kinds whose table has every argument of the provider; the others have those that tfgen writes."""
TABLES = sorted(KINDS)
INSTALLED = (5, 100, 0)

BY_AWS = {"logging_level": {"ERROR", "INFO", "OFF"}}
"""Values that only AWS checks: the provider's schema lists none (API reference, RouteSettings)."""

Path = tuple[str, str]


def _fields(kind: str) -> dict[str, Field]:
    return dict(KINDS[kind].walk())


def _pairs() -> list[Path]:
    return [(kind, path) for kind in TABLES for path in _fields(kind)]


def _entry(kind: str, path: str) -> Argument | Block:
    return load(kind).paths()[path]


@pytest.mark.parametrize("kind", WHOLE)
def test_nothing_is_missing(kind: str) -> None:
    assert load(kind).paths().keys() - _fields(kind).keys() == set()


@pytest.mark.parametrize("kind", TABLES)
def test_nothing_is_invented(kind: str) -> None:
    assert _fields(kind).keys() - load(kind).paths().keys() == set()


@pytest.mark.parametrize("kind", TABLES)
def test_required_arguments_are_known(kind: str) -> None:
    """Also where a table has not every argument: what the provider demands must be in it."""
    fields = _fields(kind)
    demanded = {
        path for path, entry in load(kind).paths().items() if isinstance(entry, Argument) and entry.required
    }
    reached = {path for path in demanded if path.rpartition(".")[0] in fields or "." not in path}
    assert {path for path in reached if path not in fields} == set()
    assert {path for path, field in fields.items() if field.required and not field.is_block} == reached


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_type(kind: str, path: str) -> None:
    field, entry = _fields(kind)[path], _entry(kind, path)
    if isinstance(entry, Argument):
        assert field.type.value == entry.type
    else:
        assert field.type is (Type.BLOCK if entry.max == 1 else Type.BLOCKS)
        if field.type is Type.BLOCKS:
            assert field.by_name[field.key or ""].required


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_left_out_arguments_keep_their_value(kind: str, path: str) -> None:
    field, entry = _fields(kind)[path], _entry(kind, path)
    assert field.keeps == entry.keeps
    assert field.emptied == (isinstance(entry, Block) and entry.emptied)


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_change(kind: str, path: str) -> None:
    field, facts = _fields(kind)[path], _entry(kind, path).facts
    assert (field.change is Change.REPLACES) == bool(facts.get("force_new"))
    assert field.replaces_before == facts.get("force_new_before")
    assert (field.replaces_when is not None) == ("force_new_when" in facts)
    if facts.get("update") == "add_only":
        assert field.change is Change.ADD_ONLY
    if facts.get("update") == "cannot_remove":
        assert field.change is Change.CANNOT_REMOVE


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_allowed_values(kind: str, path: str) -> None:
    field, entry = _fields(kind)[path], _entry(kind, path)
    if not isinstance(entry, Argument):
        return
    if field.type is Type.NUMBER:
        numbers: list[Any] = sorted(entry.enum)
        assert not numbers or field.range == (numbers[0], numbers[-1])
        return
    known = set(entry.enum) or BY_AWS.get(path.rpartition(".")[2], set())
    assert set(field.allowed) == known
    assert len(set(field.allowed)) == len(field.allowed)


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_range(kind: str, path: str) -> None:
    field, facts = _fields(kind)[path], _entry(kind, path).facts
    counted = facts.get("range_of") in ("value", "length")
    if counted and "range" in facts:
        assert field.range == tuple(facts["range"])


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_since(kind: str, path: str) -> None:
    assert _fields(kind)[path].since == _entry(kind, path).since


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_secrets_are_marked(kind: str, path: str) -> None:
    entry = _entry(kind, path)
    if isinstance(entry, Argument) and entry.marked_sensitive:
        assert _fields(kind)[path].secret


@pytest.mark.parametrize("kind", TABLES)
def test_the_installed_provider_has_what_it_should(kind: str, real_schema: Callable[[str], Schema]) -> None:
    """What the table says came with an older release is there; what came later is not."""
    real = real_schema(kind).paths()
    for path, field in _fields(kind).items():
        released = _release(_since(kind, path))
        assert (path in real) == (released <= INSTALLED), path
        if path in real:
            _same_shape(field, real[path])
    if kind in WHOLE:
        assert real.keys() <= _fields(kind).keys()


def _same_shape(field: Field, entry: Any) -> None:
    if isinstance(entry, Argument):
        assert field.type.value == entry.type, field.name
        assert field.required == entry.required, field.name
    else:
        assert field.is_block, field.name


def _since(kind: str, path: str) -> str:
    """The newest release among the argument's own and those of the blocks around it."""
    fields, steps = _fields(kind), path.split(".")
    around = (".".join(steps[: end + 1]) for end in range(len(steps)))
    return max((fields[part].since or "0" for part in around), key=_release)


def _release(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


@pytest.mark.parametrize(("kind", "path"), _pairs())
def test_silence_means_what_the_provider_or_aws_picks(kind: str, path: str) -> None:
    """A default of the provider, or one of AWS, is the live value of what nobody set."""
    field, facts = _fields(kind)[path], _entry(kind, path).facts
    for name in ("default", "service_default"):
        if name in facts:
            expected = facts[name]
            assert field.unset == (frozenset(expected) if isinstance(expected, list) else expected)
