from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.conftest import Load
from tfgen.errors import SpecError
from tfgen.spec import Options, load
from tfgen.spec.compose import compose
from tfgen.spec.composer import MAX_DEPTH
from tfgen.spec.source import MAX_BYTES, Source, SourceError, decode
from tfgen.spec.yaml_faults import ComposeError

Lines = Callable[..., list[str]]
POOL = "resources:\n  p:\n    type: user-auth-pool\n    properties:\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "spec.yml:1:1: the file is empty"),
        ("# only a comment\n", "spec.yml:1:1: the file is empty"),
        ("---\n...\n", "spec.yml:1:1: the file is empty"),
        ("- a\n", "spec.yml:1:1: a spec is a mapping"),
        ("text", "spec.yml:1:1: a spec is a mapping"),
        ("resources: {}\n---\nresources: {}\n", "spec.yml:2:1: a second YAML document begins here"),
        ("%YAML 1.1\n---\nresources: {}\n", "spec.yml:2:1: the file asks for another YAML version"),
        ("resources:\n\tp: 1\n", "spec.yml:2:1: a tab is used to indent"),
        (
            "resources:\n  p: 1\n  p: 2\n",
            "spec.yml:3:3: resources: the key 'p' stands here twice; first in line 2",
        ),
        ("resources: {p: {? [a] : b}}\n", "spec.yml:1:19: resources.p: a mapping or list cannot be a key"),
        (
            "resources: {p: *nothing}\n",
            "spec.yml:1:16: resources.p: no anchor has the name of this alias *nothing",
        ),
        ("resources: &a {p: *a}\n", "spec.yml:1:19: resources.p: the alias *a stands inside the value"),
        ("resources: {*a : 1}\n", "an alias cannot be a key"),
        ("resources:\n  p: 'a\n", "spec.yml:2:6: a quote that opens here is never closed"),
        ("resources: {p: [1, 2}\n", "a '[' that opens here is never closed"),
        ("resources:\n  p: a: b\n", "spec.yml:2:7: a ':' has no place here"),
        ("resources:\n    p: 1\n   q: 2\n", "the indentation does not fit"),
        ("resources:\n  p: @x\n", "spec.yml:2:6: this character cannot begin a text"),
        ('resources:\n  p: "\\q"\n', "this escape does not exist"),
        ("resources: {p: !foo!bar 1}\n", "a tag is not supported"),
        ("resources: {p: a\x01b}\n", "spec.yml:1:17: the control character U+0001"),
        ('resources: {p: "\\UFFFFFFFF"}\n', "not valid YAML"),
        (
            POOL + '      hostedUiCSS: "a\\0b"\n',
            "spec.yml:5:20: resources.p.properties.hostedUiCSS: the text holds a NUL",
        ),
        (
            POOL + '      hostedUiCSS: "\\ud800"\n',
            "spec.yml:5:20: resources.p.properties.hostedUiCSS: half of a surrogate",
        ),
        (
            POOL + "      inviteMessageConfig:\n        emailMessage: {####}\n",
            "spec.yml:6:23: a text with {####} is not quoted",
        ),
        (
            POOL + "      inviteMessageConfig:\n        emailMessage: {##x##}\n        emailSubject: a\n",
            "is not quoted",
        ),
        (
            POOL
            + "      inviteMessageConfig:\n        emailMessage: {####}\n      callbackURLs:\n        - a\n",
            "spec.yml:6:23: a text with {####} is not quoted",
        ),
        (
            POOL + "      inviteMessageConfig:\n        emailMessage: {####}\n        emailSubject: @a\n",
            "spec.yml:6:23: a text with {####} is not quoted",
        ),
        (
            POOL + "      hostedUiCSS: '{####}'\n      callbackURLs: [{a: {####}]\n      b: {}\n",
            "spec.yml:6:26: a text with {####} is not quoted",
        ),
        (
            POOL + "      inviteMessageConfig:\n        emailMessage: {username} has {####}\n",
            "spec.yml:6:23: a text that begins with a bracket is not quoted",
        ),
        (POOL + "      hostedUiCSS: [x] y\n", "spec.yml:5:20: a text that begins with a bracket"),
        (
            POOL + "      <<: {hostedUiCSS: a}\n",
            "spec.yml:5:7: resources.p.properties: merge keys do not exist",
        ),
        (POOL + "      1: a\n", "spec.yml:5:7: resources.p.properties: keys must be text"),
        (POOL + "      true: a\n", "keys must be text"),
        (
            POOL + "      hostedUiCSS: !x a\n",
            "spec.yml:5:20: resources.p.properties.hostedUiCSS: the tag !x is not supported",
        ),
        (POOL + "      hostedUiCSS: !!binary a\n", "the tag !!binary is not supported"),
        (
            POOL + f"      unusedAccountValidityDays: {'9' * 5000}\n",
            "a number with this many digits fits nowhere",
        ),
        (
            POOL + "      hostedUiCSS:\n",
            "spec.yml:5:7: resources.p.properties.hostedUiCSS: has no value; remove it",
        ),
        (POOL + "      hostedUiCSS: ~\n", "has no value; remove it"),
        (
            POOL + "      callbackURLs: [~]\n",
            "spec.yml:5:22: resources.p.properties.callbackURLs[0]: has no value",
        ),
    ],
)
def test_what_is_not_a_spec_is_explained_where_it_stands(text: str, line: str, problems: Lines) -> None:
    assert any(line in said for said in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"resources: \xff\n", "spec.yml:1:12: the file is not UTF-8 from here on"),
        (b"a: \xc3\xa4\nb: \xe4\n", "spec.yml:2:4: the file is not UTF-8"),
        ("resources: {}".encode("utf-16"), "the file is UTF-16"),
        ("resources: {}".encode("utf-32"), "the file is UTF-32"),
        (b"a: 1\nb\0: 2\n", "spec.yml:2:2: the file holds a NUL"),
        (b"#" * (MAX_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_what_is_not_text(data: bytes, line: str, problems: Lines) -> None:
    (said,) = problems(data)
    assert line in said


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(loaded: Load) -> None:
    text = (POOL + "      passwordPolicy:\n        minimumLength: 9\n").replace("\n", "\r\n")
    spec = loaded(b"\xef\xbb\xbf" + text.encode())
    assert spec.pools["p"].get("passwordPolicy.minimumLength") == 9
    position = spec.position(spec.pools["p"].spec_path("passwordPolicy.minimumLength"))
    assert (position.line, position.column) == (6, 9)


def test_ten_megabytes_are_read(spec_file: Callable[..., Path]) -> None:
    text = POOL + "      hostedUiDomainPrefix: shop\n"
    filler = "#" + "x" * (MAX_BYTES - len(text) - 2) + "\n"
    assert load([spec_file(filler + text)]).pools["p"].get("hostedUiDomainPrefix") == "shop"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("OFF", "OFF"),
        ("yes", "yes"),
        ("012", 12),
        ("0o14", 12),
        ("0x0C", 12),
        ("+12", 12),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2026-11-24", "2026-11-24"),
        ("true", True),
        ("True", True),
        ("1e1", 10.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("'12'", "12"),
        ("! 12", "12"),
        ("=", "="),
        ("-", "-"),
        (".inf", float("inf")),
    ],
)
def test_bare_words_are_yaml_1_2(written: str, value: object, spec_file: Callable[..., Path]) -> None:
    document = compose(
        Source(
            "spec.yml", Path(), f"resources: {{a: {written} }}\n" if written != "-" else "resources: {a: '-'}"
        )
    )
    (node,) = document.root.entries["resources"].entries.values()  # type: ignore[union-attr]
    assert node.value == value  # type: ignore[union-attr]
    assert type(node.value) is type(value)  # type: ignore[union-attr]


def test_a_comment_that_eats_a_placeholder_is_pointed_out(loaded: Load) -> None:
    spec = loaded(POOL + "      inviteMessageConfig:\n        emailSubject: Code # {####}\n")
    assert any(
        "6:23: resources.p.properties.inviteMessageConfig.emailSubject: what follows ' #' is a comment"
        in str(w)
        for w in spec.warnings
    )
    quoted = loaded(POOL + "      inviteMessageConfig:\n        emailSubject: 'Code' # {####}\n")
    assert not any("is a comment" in str(warning) for warning in quoted.warnings)


def test_json_is_yaml(loaded: Load) -> None:
    text = '{"resources":\n\t{"p": {"type": "user-auth-pool", "properties": {"inviteMessageConfig": '
    text += '{"emailSubject": "\\ud83d\\ude00 \\/ \\u00e4"}}}}}'
    assert loaded(text).pools["p"].get("inviteMessageConfig.emailSubject") == "😀 / ä"


def test_anchors_are_followed(loaded: Load) -> None:
    spec = loaded(
        POOL + "      passwordPolicy: &x {minimumLength: 9}\n"
        "  q:\n    type: user-auth-pool\n    properties: {passwordPolicy: *x}\n"
    )
    assert spec.pools["q"].get("passwordPolicy.minimumLength") == 9


def test_aliases_of_aliases_are_counted_before_they_grow(problems: Lines) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    began = time.monotonic()
    (line,) = problems(bomb)
    assert "aliases add more than 200,000 values" in line
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 50_000, "".join(f"{' ' * n}a:\n" for n in range(MAX_DEPTH + 2))]
)
def test_nesting_has_an_end(text: str, problems: Lines) -> None:
    assert any("nested more than 64 levels deep" in line for line in problems(text))


def test_aliases_do_not_nest_deeper_either(problems: Lines) -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    assert "nested more than 64 levels deep" in problems(text)[0]


def test_text_outside_of_what_tfgen_reads_may_be_cloudformation(loaded: Load) -> None:
    spec = loaded(
        POOL + "      {}\n"
        "  table:\n    type: dynamo-db-table\n    properties: {404: !Ref x, <<: {a: 1}}\n"
        "  f:\n    type: function\n    properties: {environment: !GetAtt a.b}\n"
        "cloudformationResources:\n  a: {Type: b, Properties: {Arn: !Sub '${x}'}}\n"
    )
    assert set(spec.pools) == {"p"}
    assert sum("is not supported" in str(notice) for notice in spec.notices) == 3


def test_an_unreadable_file_is_a_problem_like_others(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("resources: {p: {type: user-auth-pool, properties: {x: 1}}}")
    with pytest.raises(SpecError) as caught:
        load([tmp_path / "missing.yml", tmp_path, tmp_path / "bad.yml", Path("a\0b")], Options())
    lines = [str(problem).replace(str(tmp_path), "DIR") for problem in caught.value.problems]
    assert "DIR/missing.yml:1:1: cannot be read: No such file or directory" in lines
    assert "DIR:1:1: cannot be read: Is a directory" in lines
    assert any(
        line.startswith("DIR/bad.yml:1:52: resources.p.properties.x: is not a property") for line in lines
    )
    assert len(lines) == 4


def composes_or_explains(text: str) -> None:
    problem = None
    try:
        compose(Source("spec.yml", Path(), text))
    except ComposeError as error:
        problem = error.problem
    assert problem is None or (problem.message and problem.position.line >= 1)


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_composer_fall(text: str) -> None:
    composes_or_explains(text)


@given(st.text(alphabet="&*!|>{}[],:#?-'\"\\ \n\tax0.~<%@`", max_size=40))
@settings(max_examples=500, deadline=None)
def test_no_yaml_like_text_makes_the_composer_fall(text: str) -> None:
    composes_or_explains(text)


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_no_bytes_make_the_decoder_fall(data: bytes) -> None:
    problem = None
    try:
        decode(data, "spec.yml")
    except SourceError as error:
        problem = error.problem
    assert problem is not None or b"\0" not in data
