"""The forms in which values are compared: idempotent, and alike for what means the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.synthetic import sample
from tfgen.kinds import KINDS, canonical
from tfgen.kinds.field import Field, Type
from tfgen.kinds.provider_details import canonical_details
from tfgen.kinds.reading import canonical as of_field
from tfgen.kinds.user_pool_client import KIND as CLIENT

TEXT = st.text(max_size=40)
FORMS = [
    canonical.text,
    canonical.css,
    canonical.email_address,
    canonical.numeric,
    canonical.json_document,
    canonical.url,
]


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
@given(value=TEXT)
def test_texts_are_settled_at_once(form: Any, value: str) -> None:
    once = form(value)
    assert form(once) == once


@given(value=st.lists(TEXT, max_size=4))
def test_sets_are_settled_at_once(value: list[str]) -> None:
    members = frozenset([*value, *(f"$request.header.{item}" for item in value)])
    once = canonical.header_sources(members)
    assert canonical.header_sources(once) == once


@pytest.mark.parametrize(
    ("kind", "path", "field"),
    [
        (kind.type, path, field)
        for kind in KINDS.values()
        for path, field in kind.walk()
        if not field.is_block
    ],
)
@pytest.mark.parametrize("variant", [0, 1])
def test_every_field_is_settled_at_once(kind: str, path: str, field: Field, variant: int) -> None:
    once = of_field(field, sample(field, variant))
    assert of_field(field, once) == once, (kind, path)


@pytest.mark.parametrize("empty", [None, "", [], (), {}, frozenset()])
@pytest.mark.parametrize("type_", list(Type))
def test_nothing_is_absent(type_: Type, empty: Any) -> None:
    assert of_field(Field(name="x", type=type_, doc=""), empty) is None


@given(TEXT)
def test_line_ends_mean_nothing(value: str) -> None:
    lines = value.replace("\r", "")
    assert canonical.text(lines.replace("\n", "\r\n")) == canonical.text(lines)
    assert canonical.text(f"{lines} \n") == canonical.text(lines)
    assert canonical.css(f"\n\n{lines}\r\n") == canonical.css(lines)


def test_inner_spaces_of_a_text_mean_something() -> None:
    assert canonical.text("a  b") != canonical.text("a b")
    assert canonical.text(" a") != canonical.text("a")
    assert canonical.css(".a  {}") != canonical.css(".a {}")


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_numbers_by_value(number: int, zeros: int) -> None:
    ways = [number, str(number), f"{number}.{'0' * zeros}" if zeros else str(number), Decimal(number)]
    assert {canonical.numeric(way) for way in ways} == {str(number)}
    assert canonical.numeric(str(number + 1)) != canonical.numeric(str(number))


@pytest.mark.parametrize("strange", ["Infinity", "NaN", "sNaN", "1e999999999", "-1e-999999999", "x"])
def test_numbers_that_are_none_stay_texts(strange: str) -> None:
    assert canonical.numeric(strange) == strange


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Shop <a@B.example>", "Shop  <a@b.example>", True),
        ("a@B.example", "a@b.example", True),
        ("A@b.example", "a@b.example", False),
        ("Shop <a@b.example>", "Ship <a@b.example>", False),
        ("Shop <a@b.example>", "a@b.example", False),
        ("<a@b.example>", "a@b.example", True),
    ],
)
def test_addresses(one: str, other: str, same: bool) -> None:
    assert (canonical.email_address(one) == canonical.email_address(other)) is same


JSON = st.recursive(
    TEXT | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, JSON, min_size=1, max_size=4))
def test_documents_by_meaning(document: dict[str, Any]) -> None:
    backwards = dict(reversed(document.items()))
    texts = [json.dumps(document), json.dumps(backwards, indent=3), json.dumps(document, ensure_ascii=False)]
    forms = [canonical.json_document(way) for way in (*texts, document)]
    assert all(form == forms[0] for form in forms)


def test_policies_as_iam_reads_them() -> None:
    one = {"Statement": [{"Action": ["sns:Publish"], "Resource": "*"}]}
    other = {"Statement": {"Action": "sns:Publish", "Resource": ["*"]}}
    assert canonical.json_document(one) == canonical.json_document(other)
    wider = {"Statement": {"Action": ["sns:Publish", "sns:Subscribe"], "Resource": "*"}}
    assert canonical.json_document(one) != canonical.json_document(wider)


@given(st.lists(st.sampled_from(["openid", "email", "profile", "phone"]), unique=True))
def test_scopes_are_a_set(scopes: list[str]) -> None:
    forms = [
        canonical_details({"authorize_scopes": separator.join(order)})
        for separator in (" ", ",", ", ")
        for order in (scopes, scopes[::-1])
    ]
    assert all(form == forms[0] for form in forms)


def test_details_that_mean_the_same() -> None:
    assert canonical_details({"IDPSignout": "True", "attributes_request_method": "get"}) == canonical_details(
        {"IDPSignout": "true", "attributes_request_method": "GET", "private_key": "never answered", "x": ""}
    )
    assert canonical_details({"client_id": "TRUE-id"})["client_id"] == "TRUE-id"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"access_token_validity": 60, "token_validity_units": {"access_token": "minutes"}}, {}, True),
        ({"access_token_validity": 1}, {}, True),
        ({"token_validity_units": {"access_token": "seconds"}}, {}, True),
        ({"access_token_validity": 3600, "token_validity_units": {"access_token": "seconds"}}, {}, True),
        ({"access_token_validity": 24}, {}, False),
        ({"refresh_token_validity": 0}, {"refresh_token_validity": 30}, True),
        (
            {"refresh_token_validity": 48, "token_validity_units": {"refresh_token": "hours"}},
            {"refresh_token_validity": 2, "token_validity_units": {"refresh_token": "days"}},
            True,
        ),
    ],
)
def test_token_lifetimes_by_what_they_last(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert CLIENT.normalise is not None
    assert (CLIENT.normalise(one) == CLIENT.normalise(other)) is same


def test_own_tags_only() -> None:
    assert canonical.own_tags({"aws:cloudformation:stack-name": "x", "team": "a"}) == {"team": "a"}
    assert canonical.own_tags({"aws:x": "y"}) is None
    assert canonical.own_tags([{"Key": "team", "Value": "a"}]) == {"team": "a"}
