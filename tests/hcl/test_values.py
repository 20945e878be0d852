"""Every literal that tfgen writes is read back unchanged, by two parsers that are not ours."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pygohcl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.harness.console import TerraformConsole
from tfgen.errors import OutputError
from tfgen.hcl import values
from tfgen.resource import Call, DataSource, FromData, Template, Unknown, Variable
from tfgen.sensitive import Sensitive

# Pieces that mean something to HCL, Terraform, YAML or a template engine.
TRICKY = [
    *(
        "${",
        "%{",
        "$${",
        "%%{",
        "$",
        "%",
        "$$",
        "}",
        "{",
        "~}",
        "${~",
        '"',
        "\\",
        "\\\\",
        "\\n",
        "\\u0041",
        "\\",
    ),
    *("\n", "\r\n", "\r", "\t", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029"),
    *(
        "EOT",
        "\nEOT\n",
        "<<EOT\n",
        "<<-EOT\n",
        "EOT\n",
        "  EOT\n",
        "# x",
        "//",
        "/*",
        "*/",
        "{{ x }}",
        "{% x %}",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\u0301",
        "é",
        "e\u0301",
        "👩\u200d👩\u200d👧",
        "\U000e0041",
    ),
    *(
        "${var.x}",
        "%{ if true }",
        '" }\nresource "x" "y" {}\n',
        "aws_x.y.z",
        'jsonencode("x")',
        "null",
        "true",
    ),
]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TRICKY_TEXT = (
    st.lists(st.one_of(st.sampled_from(TRICKY), ANY_TEXT), max_size=8)
    .map("".join)
    # What Terraform's own normaliser spoils is refused; see the test of that.
    .filter(
        lambda text: (
            not re.search("[\U00010000-\U0010ffff][\u0300-\u036f\u0653-\u0655\u093c\u3099\u309a]", text)
        )
    )
)
KEYS = st.one_of(
    st.sampled_from(["for", "null", "true", "a", "a-b", "_x", "1a", "", "a b", "ü"]), TRICKY_TEXT
)
SCALARS = st.one_of(TRICKY_TEXT, st.booleans(), st.integers(-(2**63), 2**63))
JSON_LIKE = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)
CSS = "".join(f'.b{n}::after {{ content: "\\201C ${{x}} %{{y}}"; color: #{n:06x} }}\n' for n in range(350))


def composed(value: Any) -> Any:
    """What Terraform holds: all strings in normal form C."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list() | tuple() | frozenset():
            return [composed(item) for item in value]
        case dict():
            return {composed(name): composed(item) for name, item in value.items()}
        case _:
            return value


def read_back(text: str) -> Any:
    """The one value of a document that has nothing but `a = <text>`."""
    document = pygohcl.loads(f"a = {text}\n")
    assert list(document) == ["a"]
    return document["a"]


def evaluated(console: TerraformConsole, strings: Sequence[str]) -> list[str]:
    """String expressions as Terraform has them, byte for byte."""
    answers = console.evaluate([f"base64encode({text})" for text in strings])
    return [base64.b64decode(answer).decode() for answer in answers]


def examples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """A few hundred examples at once, for checks that cost a process each."""
    found: list[Any] = []

    @settings(max_examples=count, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@given(TRICKY_TEXT)
def test_any_string_is_read_back_by_pygohcl(text: str) -> None:
    assert read_back(values.quoted(text)) == composed(text)


@given(TRICKY_TEXT)
def test_a_quoted_string_stays_on_its_line_and_shows_what_is_in_it(text: str) -> None:
    quoted = values.quoted(text)
    assert "\n" not in quoted
    shown = {unicodedata.category(letter) for letter in quoted if letter != "\u3000"}
    assert not shown & {"Cc", "Zl", "Zp", "Co", "Cs"}
    assert not set(quoted) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\ufeff\u00a0"
    )


@given(JSON_LIKE)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_nested_value_is_read_back_by_pygohcl(value: Any) -> None:
    assert read_back(values.literal(value)) == composed(value)
    assert read_back(values.literal(value, one_line=True)) == composed(value)


@given(st.lists(TRICKY_TEXT.map(lambda text: f"{text}\n"), min_size=2, max_size=6).map("".join))
def test_a_heredoc_is_read_back_or_not_used(text: str) -> None:
    written = values.heredoc(text)
    if written is not None:
        assert read_back(written) == composed(text)


def test_terraform_reads_strings_back(console: TerraformConsole) -> None:
    pairs = [a + b for a in TRICKY for b in TRICKY if (a, b) != ("\U000e0041", "\u0301")]
    texts = [CSS, *TRICKY, *pairs, *examples(TRICKY_TEXT, 500)]
    assert evaluated(console, [values.quoted(text) for text in texts]) == composed(texts)


def test_terraform_reads_heredocs_back(console: TerraformConsole) -> None:
    lines = [CSS, *(f"{a}\n{b}\n" for a in TRICKY for b in TRICKY)]
    written = {text: found for text in lines if (found := values.heredoc(text)) is not None}
    assert CSS in written
    assert len(written) > len(lines) / 4
    assert evaluated(console, [f"{text}\n" for text in written.values()]) == composed(list(written))


def test_terraform_reads_nested_values_back(console: TerraformConsole) -> None:
    found = examples(JSON_LIKE, 400)
    # `jsonencode` composes a mark with the escape before it, so marks cannot travel this way.
    wanted = [value for value in found if not re.search(r"\\u03[0-6]", json.dumps(value))]
    wanted = [composed(value) for value in wanted]
    assert len(wanted) > 200
    assert console.evaluate([values.literal(value) for value in wanted]) == wanted


def test_terraform_evaluates_templates(console: TerraformConsole) -> None:
    """Literal parts keep their meaning whatever stands beside them; a reference is an expression."""
    parts: list[list[Any]] = [
        ["$", 0],
        ["%", 0, "{x}"],
        ["$${", 0, "$", 0],
        ["\\", 0, '"', 0, "%"],
        [0],
        ["${var.x}", 0, "{"],
    ]
    templates = [Template(tuple(Variable("x", "") if part == 0 else part for part in some)) for some in parts]
    wanted = ["".join('"${y}"' if part == 0 else str(part) for part in some) for some in parts]
    texts = [values.literal(template, lambda _: values.quoted('"${y}"')) for template in templates]
    assert evaluated(console, texts) == wanted


def test_what_terraform_would_alter_is_refused(console: TerraformConsole) -> None:
    """The day Terraform reads this back unchanged, the refusal can go."""
    assert evaluated(console, [r'"\U000e0041\u0301"']) == ["\u00c1"]
    with pytest.raises(OutputError, match="alter"):
        values.quoted("\U000e0041\u0301")
    assert read_back(values.quoted("\U0001f44d\u0301")) == "\U0001f44d\u0301"


@pytest.mark.parametrize("bad", ["\0", "a\0b", "\ud800", "x\udfff"])
def test_what_no_terraform_string_can_hold_is_refused(bad: str) -> None:
    writers: list[Callable[[str], str]] = [values.quoted, values.object_key, values.comment]
    writers.append(lambda text: values.literal([{"a": text}]))
    for write in writers:
        with pytest.raises(OutputError, match="cannot hold"):
            write(bad)
    assert values.heredoc(f"{bad}\n\n") is None


@pytest.mark.parametrize("value", [None, Unknown("why"), Sensitive("hunter2"), b"x", object()])
def test_what_must_not_be_written_is_refused(value: Any) -> None:
    for wrapped in (
        value,
        [value],
        {"a": value},
        Template(("x", value)),
        Call("jsonencode", (value,), json.dumps),
    ):
        with pytest.raises(TypeError) as caught:
            values.literal(wrapped)
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (0, "0"),
        (-5, "-5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (1.5, "1.5"),
        (1e-7, "0.0000001"),
        ([], "[]"),
        ({}, "{}"),
        (frozenset({"b", "a"}), '["a", "b"]'),
        ("plain", '"plain"'),
        ("\u202e", '"\\u202e"'),
        ("\U000e0041", '"\\U000e0041"'),
        ("ünï 東京 👍", '"ünï 東京 👍"'),
        (Template(()), '""'),
        (Template(("a", "", "b")), '"ab"'),
        (Call("jsonencode", ({"b": 1, "a": [2]},), json.dumps), "jsonencode({\n  a = [2]\n  b = 1\n})"),
    ],
)
def test_text_of_literals(value: Any, text: str) -> None:
    assert values.literal(value) == text


def test_references_are_what_the_resolver_says() -> None:
    secret = FromData(DataSource("aws_secretsmanager_secret_version", "s"), "secret_string", sensitive=True)
    call = Call("jsondecode", (secret,), json.loads, index="${a}")
    assert values.literal(call, lambda _: "data.s.x") == 'jsondecode(data.s.x)["$${a}"]'
    assert (
        values.literal(Call("split", (",", secret), str.split, index=0), lambda _: "d") == 'split(",", d)[0]'
    )
    with pytest.raises(TypeError, match="no reference"):
        values.literal(secret)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_numbers_that_are_none_are_refused(value: Any) -> None:
    with pytest.raises(OutputError, match="not a number"):
        values.literal(value)


def test_names() -> None:
    assert values.identifier("myUserPool") == "myUserPool"
    assert values.identifier("1st-pool") == "_1st-pool"
    assert values.traversal("var", "arns", key="createPost") == "var.arns.createPost"
    assert values.traversal("var", "arns", key='1"${x}') == 'var.arns["1\\"$${x}"]'
    assert values.traversal("var", "arns", key="for") == 'var.arns["for"]'


@pytest.mark.parametrize("bad", ["", "a b", "../x", "ünï", "a.b", "a\n", 'a"', "-a", "${a}", "a\0"])
def test_bad_names_are_refused(bad: str) -> None:
    with pytest.raises(OutputError, match="cannot be a Terraform name"):
        values.identifier(bad)


@given(TRICKY_TEXT)
def test_a_comment_is_one_line(text: str) -> None:
    assert pygohcl.loads(f"# {values.comment(text)}\na = 1\n") == {"a": 1}


@given(st.dictionaries(KEYS, st.just(1), min_size=1))
def test_keys_are_read_back(names: dict[str, int]) -> None:
    for name in names:
        assert read_back(f"{{ {values.object_key(name)} = 1 }}") == {composed(name): 1}


def test_long_lists_get_a_line_each() -> None:
    urls: Sequence[str] = [f"https://example.com/{n:040}" for n in range(3)]
    assert values.literal(list(urls), indent=1).splitlines() == [
        "[",
        *(f'    "{url}",' for url in urls),
        "  ]",
    ]
    assert "\n" not in values.literal(list(urls), one_line=True)


def test_the_css_of_20000_characters_is_a_heredoc(tmp_path: Path) -> None:
    written = values.heredoc(CSS)
    assert len(CSS) > 18_000
    assert written is not None
    assert read_back(written) == CSS
