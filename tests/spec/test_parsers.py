"""ruamel.yaml's two parsers: which one reads a spec never shows in what is read, nor in what is said."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.golden.cases import FIXTURES
from tfgen.spec import compose as module
from tfgen.spec.compose import ComposeError, compose
from tfgen.spec.nodes import Mapping, Node, Sequence
from tfgen.spec.source import Source

SPECS = sorted(FIXTURES.glob("*/spec*.yml"))
BITS = [
    *"\n :-#{}[],&*!|>'\"%@`?\\~=<.a\u00e9\u00a0\t\x85\u2028\ufeff",
    *("\n  ", "\n- ", ": ", "# ", "{#", "---\n", "...\n", "\n\n", "\\x41", "? ", "|-\n  ", ">+\n", "|2\n \n"),
    *("\r\n", "\r", "<<: ", "&a ", "*a", "!!str ", "%YAML 1.1\n", "\U0001f600", "\\UFFFFFFFF", "null"),
]


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Some lines of a real spec, with things inserted and taken out."""
    lines = draw(st.sampled_from(SPECS)).read_text().splitlines(keepends=True)
    first = draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[first : first + draw(st.integers(1, 30))])
    for _ in range(draw(st.integers(0, 4))):
        place, gone = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:place] + draw(st.sampled_from(["", *BITS])) + text[place + gone :]
    return text


def read(text: str) -> object:
    """Everything that comes of a text, with all positions."""
    try:
        document = compose(Source("spec.yml", Path(), text))
    except ComposeError as error:
        return str(error.problem)
    return tree(document.root), document.faults, document.complaints, document.remarks


def tree(node: Node) -> object:
    """A node as a value that can be compared."""
    if isinstance(node, Mapping):
        return node.position, node.keys, {key: tree(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return node.position, [tree(item) for item in node.items]
    return node.position, repr(node.value), node.quoted


def in_python(text: str) -> object:
    """The same by the parser in Python alone."""

    def none(_: Source) -> NoReturn:
        raise module._OtherParserError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_quick_events", none)
        return read(text)


@given(text=broken())
@example("a: |\n \n  x\n")
@example("a: >#\n")
@example("a: # {####}\n")
@example("resources:\n  users:\n  other: b\n")
@example("a: &b: c\n")
@example("? \n")
@example("- \n- a\n")
def test_both_parsers_read_the_same(text: str) -> None:
    assert read(text) == in_python(text)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_every_spec_of_the_fixtures_reads_the_same(path: Path) -> None:
    text = path.read_text()
    assert read(text) == in_python(text)


def test_a_plain_spec_is_read_by_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:

    def never(_: Source) -> NoReturn:
        raise AssertionError("read by the parser in Python")

    monkeypatch.setattr(module, "_events", never)
    assert not isinstance(read("resources:\n  users: {type: user-auth-pool}\n  other: 'a'\n"), str)
