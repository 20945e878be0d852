"""What Terraform's outputs and state tell: ids and variables, never a secret."""

from __future__ import annotations

from typing import Any

import pytest

from tfgen.errors import UsageError
from tfgen.known import Known
from tfgen.known_sources import from_outputs, from_state
from tfgen.resource import Address, DataSource, FromData, Ref, Unknown, Variable

POOL = "module.p.aws_cognito_user_pool.this"
VALUE = {
    "format_version": "1",
    "resources": {POOL: "eu-west-1_a", "module.p.x.y": None},
    "variables": {"stage": "dev", "arns": {"f": "arn:f"}},
}


@pytest.mark.parametrize(
    "document",
    [VALUE, {"value": VALUE}, {"tfgen": {"value": VALUE, "type": "x", "sensitive": False}}, {"tfgen": VALUE}],
    ids=["value", "with type", "all outputs", "bare"],
)
def test_outputs(document: Any) -> None:
    known = Known()
    from_outputs(document, known)
    assert known.ids == {POOL: "eu-west-1_a"}
    assert known.variables == {"stage": "dev", "arns.f": "arn:f"}


def test_what_was_given_by_hand_is_kept_when_outputs_lack_it() -> None:
    known = Known(ids={"module.q.aws_cognito_user_pool.this": "q"}, variables={"region": "eu-west-1"})
    from_outputs(VALUE, known)
    assert known.ids["module.q.aws_cognito_user_pool.this"] == "q"
    assert known.variables["region"] == "eu-west-1"


@pytest.mark.parametrize(
    "document", [None, [], "x", {}, {"tfgen": 5}, {"resources": []}, {"value": {"x": 1}}]
)
def test_other_documents_are_refused(document: Any) -> None:
    with pytest.raises(UsageError, match="--outputs"):
        from_outputs(document, Known())


STATE = {
    "version": 4,
    "resources": [
        {"mode": "managed", "module": "module.p", "type": "aws_cognito_user_pool", "name": "this",
         "instances": [{"attributes": {"id": "eu-west-1_a", "secret": "canary"}}]},
        {"mode": "data", "type": "aws_region", "name": "current", "instances": [{"attributes": {"id": "x"}}]},
        {"mode": "managed", "type": "null", "name": "empty", "instances": []},
    ],
}  # fmt: skip
_POOL = {"id": "eu-west-1_a", "x": "canary"}
SHOWN = {
    "values": {
        "root_module": {
            "resources": [{"address": "data.aws_region.current", "mode": "data", "values": {"id": "x"}}],
            "child_modules": [
                {
                    "resources": [
                        {"address": POOL, "mode": "managed", "values": {"id": "eu-west-1_a", "x": "canary"}}
                    ]
                }
            ],
        }
    }
}


@pytest.mark.parametrize("version", [None, "2", 1])
def test_outputs_of_another_format_are_refused(version: Any) -> None:
    with pytest.raises(UsageError, match="another version"):
        from_outputs(VALUE | {"format_version": version}, Known())


_NAMELESS = {"mode": "managed", "instances": [{"attributes": {"id": "canary"}}], "values": {"id": "canary"}}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        5,
        {},
        {"resources": [5]},
        {"resources": [_NAMELESS]},
        {"values": []},
        {"values": {"root_module": {"resources": [_NAMELESS]}}},
    ],
)
def test_other_states_are_refused_without_showing_them(document: Any) -> None:
    with pytest.raises(UsageError, match="--state") as fault:
        from_state(document, Known())
    assert "canary" not in str(fault.value)


@pytest.mark.parametrize("document", [STATE, SHOWN], ids=["state", "show -json"])
def test_state(document: Any) -> None:
    known = Known()
    from_state(document, known)
    assert known.ids == {POOL: "eu-west-1_a"}
    assert "canary" not in repr(known)


@pytest.mark.parametrize("document", [None, [], {}, {"values": []}])
def test_other_states_are_refused(document: Any) -> None:
    with pytest.raises(UsageError, match="--state"):
        from_state(document, Known())


def test_lookup() -> None:
    known = Known(variables={"stage": "dev", "arns.f": "arn:f"}, account="1", region="eu-west-1")
    assert known.lookup(Variable("stage", "")) == "dev"
    assert known.lookup(Variable("arns", "", key="f")) == "arn:f"
    assert known.lookup(Variable("region", "")) == "eu-west-1"
    assert known.lookup(FromData(DataSource("aws_caller_identity", "current"), "account_id")) == "1"
    assert known.lookup(FromData(DataSource("aws_partition", "current"), "partition")) == "aws"
    for missing in (
        Variable("other", ""),
        Variable("stage", "", sensitive=True),
        FromData(DataSource("aws_ssm_parameter", "x"), "value", sensitive=True),
        FromData(DataSource("aws_cloudformation_stack", "x"), "outputs", key="y"),
        Ref(Address("p", "aws_cognito_user_pool"), "id"),
    ):
        assert isinstance(known.lookup(missing), Unknown)


def test_a_secret_variable_is_not_looked_up_even_when_given() -> None:
    found = Known(variables={"x": "canary"}).lookup(Variable("x", "", sensitive=True))
    assert isinstance(found, Unknown)
    assert found.secret
    assert "canary" not in repr(found)
