"""How two values are shown beside each other: whatever differs can be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_formats.samples import sample
from tfgen.finding import Status
from tfgen.report.values import change, full, marked, sides
from tfgen.resource import Sensitive

LONG = "x" * 100
PAIRS = [
    ("a", "b"),
    ("", "a"),
    (None, ""),
    (True, "true"),
    (f"{LONG}a", f"{LONG}b"),
    (f"{LONG}", f"{LONG}b"),
    (f"{LONG}a\nz", f"{LONG}b\nz"),
    ("a\nb", "a\r\nb"),
    ("a\nb", "a\nb\n"),
    ("a\n-- b", "a\nb"),
    ("a\n", "a\n++ b"),
    ("a\u2028b\n", "a\nb\n"),
    ([LONG, "a"], [LONG, "b"]),
    ({"a": LONG, "b": 1}, {"a": LONG, "b": 2}),
    (frozenset({f"{LONG}a"}), frozenset({f"{LONG}b"})),
    (frozenset(), frozenset({"a"})),
    (None, frozenset({"a"})),
    ("a", "a\u200b"),
]


@pytest.mark.parametrize(("desired", "live"), PAIRS)
def test_what_differs_is_seen(desired: Any, live: Any) -> None:
    lines = change(desired, live)
    assert lines
    plus = {line.lstrip("+-") for line in lines if line.startswith("+")}
    minus = {line.lstrip("+-") for line in lines if line.startswith("-")}
    said = [line.partition(": ")[2] for line in lines if line.startswith(("spec: ", "live: "))]
    assert not plus & minus
    assert plus or minus or len(set(said)) == 2, lines
    left, right = sides(replace(sample().findings[0], status=Status.MODIFIED, desired=desired, live=live))
    assert left != right
    before, after = marked(full(desired), full(live))
    assert any(differs for _, differs in (*before, *after))


@given(st.text(max_size=200), st.text(max_size=200))
def test_two_texts_never_look_alike(desired: str, live: str) -> None:
    if desired == live:
        return
    lines = change(desired, live)
    assert lines
    left, right = marked(full(desired), full(live))
    assert any(differs for _, differs in (*left, *right))


def test_secrets_that_differ_look_alike() -> None:
    assert change(Sensitive("a"), Sensitive("b")) == ["spec: (sensitive value)", "live: (sensitive value)"]


def test_a_huge_text_is_cut() -> None:
    assert len(full("line\n" * 10_000)) < 400
    assert len(full("x" * 100_000)[0]) < 3000
