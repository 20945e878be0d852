"""One change of a text: it reads as it should, and every other byte is as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.edit.specs import RICH
from tests.golden.cases import FIXTURES
from tfgen.spec.edit import CannotEditError, append, obstacle, plain_at, put, remove
from tfgen.spec.edit.tree import parse

BASE = ("resources", "pool", "properties")
TEXTS = [RICH, *sorted(path.read_text() for path in FIXTURES.glob("[a-d,f-z]*/spec.yml"))]


def read(text: str) -> Any:
    """The plain data, by YAML 1.2 rules and a reader that the edits do not use."""
    return YAML(typ="safe", pure=True).load(text)


def paths(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here] if here else []
    if isinstance(data, dict):
        return found + [path for key, value in data.items() for path in paths(value, (*here, key))]
    if isinstance(data, list):
        return found + [path for place, value in enumerate(data) for path in paths(value, (*here, place))]
    return found


def dig(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
singles = st.one_of(
    words, st.integers(-(10**9), 10**9), st.booleans(), st.sampled_from(["OFF", "~", "12", "a: b"])
)
values = st.one_of(
    singles, st.lists(singles, max_size=4), st.dictionaries(words.filter(bool), singles, max_size=3)
)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_put_value_is_read_back_and_nothing_else_changes(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    expected = read(text)
    path = data.draw(st.sampled_from(paths(expected)))
    value = data.draw(values)
    new_key = data.draw(st.booleans()) and isinstance(dig(expected, path), dict)
    if new_key:
        path = (*path, "aNewKey")
    try:
        new = put(text, path, value)
    except CannotEditError:
        return
    dig(expected, path[:-1])[path[-1]] = value
    assert read(new) == expected
    if not isinstance(value, (list, dict)):
        _one_place(text, new, path)
    if new_key:
        _inserted(text, new)


def _one_place(text: str, new: str, path: tuple[Any, ...]) -> None:
    """A single value in place of another: everything before and after it is there byte for byte."""
    node: Any = parse(text).root
    for step in path:
        node = node.find(step) if node is not None else None
    if node is not None and node.kind == "scalar":
        assert new.startswith(text[: node.start])
        assert new.endswith(text[node.end :])


def _inserted(text: str, new: str) -> None:
    """Nothing of the old text is gone (but an empty mapping's braces, or a comma that is added)."""
    before = 0
    while before < len(text) and new[before] == text[before]:
        before += 1
    assert before + 1 >= len(text) or new.endswith(text[before + 1 :]) or "," in new[before : before + 2]
    assert len(new) > len(text)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_is_removed_is_gone_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    expected = read(text)
    path = data.draw(st.sampled_from([path for path in paths(expected) if len(path) > 1]))
    try:
        new = remove(text, path)
    except CannotEditError:
        return
    while True:
        parent = dig(expected, path[:-1])
        del parent[path[-1]]
        if parent or isinstance(parent, list) or len(path) == 1 or path[-2] == "properties":
            break
        path = path[:-1]
    assert read(new) == expected
    assert set(new.splitlines()) - set(text.splitlines()) == set() or len(new) < len(text) + 4


@settings(max_examples=60, deadline=None)
@given(st.lists(words.filter(bool), unique=True, max_size=6), st.data())
def test_lists_become_what_they_should_whatever_was_there(old: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.sampled_from([*old, "x", "- y", "z # w"]), unique=True, max_size=6))
    start = put(RICH, (*BASE, "callbackURLs"), old)
    new = put(start, (*BASE, "callbackURLs"), wanted)
    assert plain_at(new, (*BASE, "callbackURLs")) == wanted
    expected = read(RICH)
    expected["resources"]["pool"]["properties"]["callbackURLs"] = wanted
    assert read(new) == expected


@settings(max_examples=60, deadline=None)
@given(values, st.sampled_from(["a", "b", "c", "d"]))
def test_json_stays_json(value: Any, key: str) -> None:
    import json

    document = {"resources": {"p": {"a": 1, "b": ["x", "y"], "c": {"z": "q"}}}}
    text = json.dumps(document, indent=2)
    if isinstance(value, dict) and key == "c":
        value = {**value, "z": "r"}
    new = put(text, ("resources", "p", key), value)
    expected = copy.deepcopy(document)
    expected["resources"]["p"][key] = value
    assert json.loads(new) == expected


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("passwordPolicy", "minimumLength"), 20, "        minimumLength: 20   # was 8"),
        (("passwordPolicy", "requireNumbers"), False, "        requireNumbers: false"),
        (
            ("mfaConfiguration", "status"),
            "ON",
            "      mfaConfiguration: { status: 'ON', enabledTypes: [SOFTWARE_TOKEN, \"SMS\"] }  # both",
        ),
        (
            ("mfaConfiguration", "enabledTypes"),
            ["SMS"],
            "      mfaConfiguration: { status: 'OPTIONAL', enabledTypes: [\"SMS\"] }  # both",
        ),
        (("inviteMessageConfig", "emailSubject"), "It's on", "        emailSubject: 'It''s on'"),
        (("callbackURLs",), ["https://shop.example/in"], "      - https://shop.example/in   # production"),
        (
            ("logoutURLs",),
            ["https://shop.example/out", "x"],
            '      logoutURLs: ["https://shop.example/out", x]',
        ),
        (("schema", 0, "mutable"), False, "          mutable: false"),
        (
            ("schema", 1, "numberMinValue"),
            3,
            "        - { name: visits, attributeDataType: Number, numberMinValue: 3 }",
        ),
    ],
)
def test_style_and_comments_stay(path: tuple[Any, ...], value: Any, line: str) -> None:
    new = put(RICH, (*BASE, *path), value)
    assert line in new.splitlines()
    old = set(RICH.splitlines())
    assert len([one for one in new.splitlines() if one not in old]) <= 1


def test_texts_of_several_lines_stay_blocks() -> None:
    new = put(RICH, (*BASE, "inviteMessageConfig", "emailMessage"), "One\n\n  two {####} {username}\n")
    assert "        emailMessage: |\n          One\n\n            two {####} {username}\n      userVer" in new


def test_missing_parents_are_made_with_the_indentation_of_the_file() -> None:
    text = "resources:\n    pool:\n        type: user-auth-pool\n    other: {type: x}\n"
    new = put(text, ("resources", "pool", "overrides", "UserPool", "Policies.X"), ["a"])
    assert new == text.replace(
        "user-auth-pool\n",
        "user-auth-pool\n        overrides:\n            UserPool:\n                Policies.X:\n"
        "                    - a\n",
    )


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end\n", "\n...\n"])
def test_the_end_of_the_file_is_as_it_was(end: str) -> None:
    text = "resources:\n  pool:\n    type: user-auth-pool" + end
    assert put(text, ("resources", "pool", "x"), 1) == text.replace(
        "user-auth-pool", "user-auth-pool\n    x: 1", 1
    )


@pytest.mark.parametrize("line", ["key:", "key:   # why", "key: ~", "key: null # why", "key: {}"])
def test_something_in_place_of_nothing(line: str) -> None:
    text = f"a:\n  {line}\n  other: 1\n"
    assert read(put(text, ("a", "key", "deep"), "v")) == {"a": {"key": {"deep": "v"}, "other": 1}}
    assert read(put(text, ("a", "key"), "v")) == {"a": {"key": "v", "other": 1}}
    assert "# why" in put(text, ("a", "key"), "v") or "#" not in line


def test_what_stands_elsewhere_is_not_edited() -> None:
    text = "a: &x\n  k: 1\nb: *x\nc: $Var('v')\nd: [$Secret('s')]\ne: &y 2\n"
    for path, said in (
        (("a", "k"), "anchor"),
        (("b", "k"), "alias"),
        (("c",), "directive"),
        (("c", "k"), "directive"),
        (("d",), "directive"),
    ):
        assert said in obstacle(text, path)
    for path in (("a", "k"), ("b", "k"), ("b",)):
        with pytest.raises(CannotEditError):
            put(text, path, 3)
    assert put(text, ("e",), 3) == text.replace("&y 2", "&y 3")


def test_a_member_at_the_end_of_a_list() -> None:
    text = "l:\n- a   # one\n# two\nm: 1\n"
    assert append(text, ("l",), "b") == "l:\n- a   # one\n- b\n# two\nm: 1\n"
    assert append(text, ("n",), "b") == f"{text}n:\n  - b\n"


ANCHORED = """\
a:
  first: &one {x: 1}
  second: 2
b: *one
"""


@pytest.mark.parametrize("edit", [lambda text: remove(text, ("a",)), lambda text: put(text, ("a",), "x")])
def test_an_anchor_that_others_use_stays(edit: Callable[[str], str]) -> None:
    """Not only where the value itself bears it: anything inside would be gone too."""
    with pytest.raises(CannotEditError, match=r"holds an anchor \(&one\) that other places use"):
        edit(ANCHORED)
