"""Edits of texts in any layout: what is read afterwards is what was asked for, comments stay."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.edit import layouts
from tests.edit.test_text import dig, paths, read
from tfgen.spec.edit import CannotEditError, append, put, remove

NEW = st.one_of(layouts.SINGLES, st.lists(layouts.SINGLES, max_size=3), layouts.TREES)


def made(data: st.DataObject) -> tuple[str, Any]:
    tree = data.draw(layouts.TREES)
    text = layouts.text(data, tree)
    assume(read(text) == tree)
    return text, tree


def comments(text: str) -> int:
    return text.count("# note: x") + text.count("# left")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_put(data: st.DataObject) -> None:
    text, tree = made(data)
    path = data.draw(st.sampled_from(paths(tree)))
    value = data.draw(NEW)
    old = dig(tree, path)
    if isinstance(old, dict) and data.draw(st.booleans()):
        path = (*path, "aNewKey")
    elif isinstance(old, list) and data.draw(st.booleans()):
        path = (*path, len(old))
    try:
        new = put(text, path, value)
    except CannotEditError:
        return
    parent = dig(tree, path[:-1])
    if isinstance(parent, list) and path[-1] == len(parent):
        parent.append(value)
    else:
        parent[path[-1]] = value
    assert read(new) == tree
    if not isinstance(old, (dict, list)):
        assert comments(new) == comments(text)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_new_entry_takes_nothing_away(data: st.DataObject) -> None:
    text, tree = made(data)
    holders = [(), *(path for path in paths(tree) if isinstance(dig(tree, path), (dict, list)))]
    path = data.draw(st.sampled_from(holders))
    value = data.draw(NEW)
    holder = dig(tree, path)
    try:
        new = put(text, (*path, "aNewKey"), value) if isinstance(holder, dict) else append(text, path, value)
    except CannotEditError:
        return
    if isinstance(holder, dict):
        holder["aNewKey"] = value
    else:
        holder.append(value)
    assert read(new) == tree
    assert comments(new) == comments(text)
    kept = iter(new)
    assert all(letter in kept for letter in text if letter not in "[]{} "), "a letter of the old text is gone"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_remove(data: st.DataObject) -> None:
    text, tree = made(data)
    path = data.draw(st.sampled_from(paths(tree)))
    try:
        new = remove(text, path)
    except CannotEditError:
        return
    while True:
        parent = dig(tree, path[:-1])
        del parent[path[-1]]
        if parent or isinstance(parent, list) or len(path) == 1 or path[-2] == "properties":
            break
        path = path[:-1]
    assert read(new) == tree
