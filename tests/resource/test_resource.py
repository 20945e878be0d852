"""Addresses as Terraform writes them, and what references are worth once something is known."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfgen.kinds import KINDS
from tfgen.resource import (
    Address,
    Call,
    FromData,
    Ref,
    Resource,
    State,
    Template,
    Unknown,
    Variable,
    evaluate,
    terraform_name,
)
from tfgen.sensitive import MASK, Sensitive

KEYS = st.from_regex(r"[A-Za-z0-9]{1,64}", fullmatch=True)
LABELS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.#-]{0,40}", fullmatch=True)


@given(KEYS, st.sampled_from(sorted(KINDS)), LABELS)
def test_an_address_survives_its_text(module: str, kind: str, label: str) -> None:
    address = Address(module, kind, label)
    assert Address.parse(str(address)) == address


@given(KEYS)
def test_a_terraform_name_never_begins_with_a_digit(key: str) -> None:
    assert not terraform_name(key)[0].isdigit()


@pytest.mark.parametrize("text", ["", "module", "aws_cognito_user_pool.this", "module.a.b", "x.a.b.c"])
def test_other_texts_are_no_addresses(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Address.parse(text)


POOL = Address("p", "aws_cognito_user_pool")


def lookup(value: Ref | Variable | FromData) -> Any:
    if isinstance(value, Ref) and value.attribute == "id":
        return "eu-west-1_a"
    return Unknown(f"no {value}")


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        ("text", "text"),
        (Ref(POOL, "id"), "eu-west-1_a"),
        (Template(("pool/", Ref(POOL, "id"), 5)), "pool/eu-west-1_a5"),
        (frozenset({Ref(POOL, "id"), "x"}), frozenset({"eu-west-1_a", "x"})),
        ([{"a": Ref(POOL, "id")}], [{"a": "eu-west-1_a"}]),
        (Call("jsonencode", ({"a": Ref(POOL, "id")},), json.dumps), '{"a": "eu-west-1_a"}'),
        (Call("jsondecode", ('{"k": "v"}',), json.loads, index="k"), "v"),
    ],
)
def test_known_values(value: Any, worth: Any) -> None:
    assert evaluate(value, lookup) == worth


@pytest.mark.parametrize(
    "value",
    [
        Ref(POOL, "arn"),
        Template(("arn:", Ref(POOL, "arn"))),
        Call("jsonencode", ({"a": [Ref(POOL, "arn")]},), json.dumps),
        Call("jsondecode", (Variable("x", ""),), json.loads, index="k"),
    ],
)
def test_one_unknown_part_makes_the_whole_unknown(value: Any) -> None:
    assert isinstance(evaluate(value, lookup), Unknown)


def test_two_resources_at_one_address_are_a_bug() -> None:
    state = State()
    state.add(Resource(POOL, {}))
    with pytest.raises(ValueError, match=str(POOL)):
        state.add(Resource(POOL, {}))


@given(st.text(min_size=4))
def test_a_secret_is_never_text(secret: str) -> None:
    hidden = Sensitive(secret)
    for shown in (
        str(hidden),
        repr(hidden),
        f"{hidden}",
        f"{hidden:>40}",
        repr([hidden]),
        repr({"a": hidden}),
    ):
        assert secret not in shown.replace(MASK, "")
    assert hidden == Sensitive(secret)
    assert hidden != Sensitive(secret + "x")
    assert hidden != secret
    for leak in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            leak(hidden)
