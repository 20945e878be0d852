"""Bodies as `terraform fmt` leaves them, and as an independent parser reads them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pygohcl
import pytest
from hypothesis import strategies as st

from tests.harness.requirements import unavailable
from tests.hcl.test_values import CSS, JSON_LIKE, KEYS, TRICKY_TEXT, examples
from tfgen.hcl import values
from tfgen.hcl.layout import Layout
from tfgen.kinds.field import Field, Type, attr, block, blocks
from tfgen.resource import Address, Call, Ref, Template

FIELDS: tuple[Field, ...] = (
    attr("name", Type.STRING, ""),
    block("policy", "", attr("minimum_length", Type.NUMBER, ""), attr("symbols", Type.BOOL, "")),
    attr("css_of_the_hosted_ui", Type.STRING, ""),
    attr("tags", Type.MAP, ""),
    attr("urls", Type.SET, ""),
    attr("document", Type.STRING, ""),
    blocks(
        "schema",
        "",
        attr("name", Type.STRING, ""),
        attr("mutable", Type.BOOL, ""),
        block("constraints", "", attr("max_length", Type.STRING, "")),
        key="name",
    ),
    attr("z", Type.STRING, ""),
)
VALUES: dict[str, Any] = {
    "z": "last",
    "name": "main",
    "schema": {
        "b": {"mutable": True, "constraints": {"max_length": "9"}},
        "a": {"name": "a", "mutable": False},
    },
    "urls": frozenset({"https://b", "https://a"}),
    "policy": {"symbols": True, "minimum_length": 8},
    "document": Call("jsonencode", ({"Statement": [{"Effect": "Allow"}], "V": "1"},), str),
}
EXPECTED = """\
  name = "main"
  urls = ["https://a", "https://b"]
  document = jsonencode({
    Statement = [
      {
        Effect = "Allow"
      },
    ]
    V = "1"
  })
  z = "last"

  # the policy
  policy {
    minimum_length = 8
    symbols        = true
  }

  schema {
    name    = "a"
    mutable = false
  }

  schema {
    name    = "b"
    mutable = true

    constraints {
      max_length = "9"
    }
  }"""


def formatted(text: str, directory: Path) -> str:
    """What `terraform fmt` makes of a file; the file must be valid syntax."""
    if not (terraform := shutil.which("terraform")):
        unavailable("terraform is not on PATH")
    (directory / "main.tf").write_text(text, newline="")
    subprocess.run([terraform, "fmt", "-list=false", str(directory)], check=True, capture_output=True)
    return (directory / "main.tf").read_text()


def test_arguments_first_in_table_order_then_sorted_blocks(tmp_path: Path) -> None:
    lines = Layout(comment=lambda path: "the policy" if path == "policy" else "").body(FIELDS, VALUES)
    assert "\n".join(lines) == EXPECTED
    text = f'resource "x" "y" {{\n{EXPECTED}\n}}\n'
    assert formatted(text, tmp_path) == text


def test_the_order_of_keys_does_not_matter() -> None:
    turned = dict(reversed(VALUES.items())) | {"schema": dict(reversed(VALUES["schema"].items()))}
    assert Layout().body(FIELDS, turned) == Layout().body(FIELDS, VALUES)


def test_a_value_outside_the_table_is_never_lost() -> None:
    with pytest.raises(KeyError, match=r"policy\.nope"):
        Layout().body(FIELDS, {"policy": {"nope": 1}})


def test_an_empty_block_has_its_braces_on_one_line() -> None:
    assert Layout().body(FIELDS, {"policy": {}}) == ["  policy {}"]


def test_long_texts_are_heredocs_and_arrive_unchanged(tmp_path: Path) -> None:
    values_ = {"name": "n", "css_of_the_hosted_ui": CSS, "z": "z", "policy": {"minimum_length": 8}}
    text = "\n".join(['resource "x" "y" {', *Layout().body(FIELDS, values_), "}", ""])
    assert "css_of_the_hosted_ui = <<EOT\n.b0" in text
    assert formatted(text, tmp_path) == text
    assert pygohcl.loads(text)["resource"]["x"]["y"]["css_of_the_hosted_ui"] == CSS


def test_terraform_fmt_changes_nothing_in_hundreds_of_odd_bodies(tmp_path: Path) -> None:
    """One file of many resources: each body made of strings that could upset the alignment."""
    reference = Ref(Address("p", "aws_x"), "id")
    plain = st.one_of(TRICKY_TEXT, TRICKY_TEXT.map(lambda text: f"{text}\nx\n"), st.just(CSS[:200]))
    expression = st.one_of(plain, TRICKY_TEXT.map(lambda text: Template((text, reference, text))))
    body = st.fixed_dictionaries(
        {},
        optional={
            "name": expression,
            "css_of_the_hosted_ui": plain,
            "z": expression,
            "urls": st.frozensets(TRICKY_TEXT, max_size=9),
            "tags": st.dictionaries(KEYS, st.one_of(TRICKY_TEXT, JSON_LIKE), max_size=5),
            "document": JSON_LIKE.map(lambda value: Call("jsonencode", (value,), str)),
            "policy": st.fixed_dictionaries(
                {}, optional={"minimum_length": st.integers(), "symbols": st.booleans()}
            ),
            "schema": st.dictionaries(
                TRICKY_TEXT, st.fixed_dictionaries({"mutable": st.booleans()}), max_size=3
            ),
        },
    )
    layout = Layout(lambda _: "aws_x.y.id", lambda path: path)
    text = "".join(
        "\n".join([f'resource "x" "y{index}" {{', *layout.body(FIELDS, content), "}", "", ""])
        for index, content in enumerate(examples(body, 400))
    )
    assert formatted(text, tmp_path) == text


def test_a_spec_string_is_never_more_than_one_argument() -> None:
    for text in examples(TRICKY_TEXT, 300):
        content = {
            "name": text,
            "tags": {text: text},
            "urls": frozenset({text}),
            "schema": {text: {"mutable": True}},
        }
        lines = Layout(comment=lambda path: path).body(FIELDS, content)
        found = pygohcl.loads("\n".join(['resource "x" "y" {', *lines, "}", ""]))
        assert list(found) == ["resource"]
        body = found["resource"]["x"]["y"]
        assert set(body) == {"name", "tags", "urls", "schema"}
        assert len(body["tags"]) == len(body["urls"]) == 1
        assert body["name"] == next(iter(body["tags"].values())) == body["urls"][0]


def test_references_and_identifiers_are_resolved() -> None:
    reference = Ref(Address("p", "aws_x"), "id")
    lines = Layout(lambda _: values.traversal("aws_x", "this", "id")).body(FIELDS, {"name": reference})
    assert lines == ["  name = aws_x.this.id"]
