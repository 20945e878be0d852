"""A function's policy as permissions: which statements are ours, and what becomes of their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.http_replay import ACCESS_DENIED
from tests.live import specs
from tests.live.cloud import ACCOUNT, POOL_ID, REGION, Cloud
from tests.live.test_pool import full, known_function
from tfgen.known import Known
from tfgen.live.permissions import statement_answer
from tfgen.resource import Address, State

Read = Callable[..., State]
PERMISSION = "aws_lambda_permission"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:check"
POOL_ARN = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{POOL_ID}"


def statement(**members: Any) -> dict[str, Any]:
    return {
        "Sid": "hook",
        "Effect": "Allow",
        "Principal": {"Service": "cognito-idp.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": FUNCTION,
        **members,
    }


def test_a_plain_statement() -> None:
    condition = {"ArnLike": {"AWS:SourceArn": POOL_ARN}, "StringEquals": {"AWS:SourceAccount": ACCOUNT}}
    assert statement_answer(statement(Condition=condition), FUNCTION, None) == {
        "Sid": "hook",
        "Action": "lambda:InvokeFunction",
        "FunctionName": FUNCTION,
        "Principal": "cognito-idp.amazonaws.com",
        "SourceArn": POOL_ARN,
        "SourceAccount": ACCOUNT,
    }


@pytest.mark.parametrize(
    ("condition", "member", "value"),
    [
        ({"ArnEquals": {"aws:SourceArn": POOL_ARN}}, "SourceArn", POOL_ARN),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-abc"}}, "PrincipalOrgID", "o-abc"),
        ({"StringEquals": {"lambda:EventSourceToken": "t"}}, "EventSourceToken", "t"),
        ({"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}, "FunctionUrlAuthType", "NONE"),
        ({"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}, "InvokedViaFunctionUrl", True),
        ({"Bool": {"lambda:InvokedViaFunctionUrl": "false"}}, "InvokedViaFunctionUrl", False),
    ],
)
def test_conditions_that_add_permission_makes(condition: Any, member: str, value: Any) -> None:
    answer = statement_answer(statement(Condition=condition), FUNCTION, None)
    assert answer[member] == value
    assert "Condition" not in answer


def test_what_add_permission_cannot_make_is_kept_for_the_report() -> None:
    condition = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}, "ArnLike": {"aws:SourceArn": POOL_ARN}}
    answer = statement_answer(statement(Effect="Deny", Condition=condition), FUNCTION, "live")
    assert answer["Condition"] == {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
    assert (answer["Effect"], answer["Qualifier"]) == ("Deny", "live")


@pytest.mark.parametrize(
    ("principal", "expected"),
    [("*", "*"), ({"AWS": "123456789012"}, "123456789012"), ({"Service": "s", "AWS": "a"}, None)],
)
def test_principals(principal: Any, expected: Any) -> None:
    answer = statement_answer(statement(Principal=principal), FUNCTION, None)
    assert answer["Principal"] == (expected if expected is not None else principal)


def test_only_our_statements_of_a_policy(cloud: Cloud, read: Read) -> None:
    full(cloud)
    source = {"ArnLike": {"AWS:SourceArn": POOL_ARN}}
    other = {"ArnLike": {"AWS:SourceArn": POOL_ARN + "x"}}
    cloud.policies[FUNCTION] = [
        statement(Sid="people-pre-sign-up"),  # the spec's own, whatever it allows
        statement(Sid="by-hand", Condition=source),
        statement(Sid="other-pool", Condition=other),
        statement(Sid="anybody", Principal="*"),
    ]
    state = read(specs.FULL, known_function())
    labels = [address.label for address in state.resources if address.kind == PERMISSION]
    assert labels == ["people-pre-sign-up", "by-hand"]
    values = state.resources[Address("people", PERMISSION, "by-hand")].values
    assert values["function_name"] == FUNCTION
    assert values["source_arn"] == POOL_ARN


def test_a_function_without_a_policy_has_no_permissions(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.policies.clear()
    state = read(specs.FULL, known_function())
    assert state.unread == []
    assert not [address for address in state.resources if address.kind == PERMISSION]
    assert hooks(state) == {FUNCTION: True}


def hooks(state: State) -> Any:
    """What is known of the functions that the pool calls."""
    [pool] = [resource for resource in state.resources.values() if resource.kind == "aws_cognito_user_pool"]
    return pool.attributes.get("functions")


def test_a_function_that_is_gone_is_told_from_one_without_a_policy(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.policies.clear()
    cloud.gone_functions.add(FUNCTION)
    assert hooks(read(specs.FULL, known_function())) == {FUNCTION: False}


def test_a_function_that_nobody_may_look_for(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.policies.clear()
    cloud.server.fail("GetFunctionConcurrency", ACCESS_DENIED)
    state = read(specs.FULL, known_function())
    assert "lambda:GetFunctionConcurrency" in hooks(state)[FUNCTION]
    assert state.unread == [], "the hook's permission was read: there is none"


def test_no_question_more_where_there_is_a_policy(cloud: Cloud, read: Read) -> None:
    full(cloud)
    assert hooks(read(specs.FULL, known_function())) is None
    assert cloud.server.count("GetFunctionConcurrency") == 0


@pytest.mark.parametrize(
    ("condition", "ours"),
    [
        ({}, True),
        ({"ArnLike": {"AWS:SourceArn": POOL_ARN.replace(POOL_ID, "*")}}, True),
        ({"ArnLike": {"AWS:SourceArn": POOL_ARN.replace(POOL_ID, "eu-west-1_Other0000")}}, False),
        ({"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::userpool"}}, False),
    ],
)
def test_a_broad_permission_lets_the_pool_in_too(
    cloud: Cloud, read: Read, condition: dict[str, Any], ours: bool
) -> None:
    full(cloud)
    cloud.policies[FUNCTION] = [statement(Sid="by-hand", Condition=condition)]
    state = read(specs.FULL, known_function())
    labels = [address.label for address in state.resources if address.kind == PERMISSION]
    assert labels == (["by-hand"] if ours else [])


def test_an_unknown_function_is_said(cloud: Cloud, read: Read) -> None:
    full(cloud)
    [unread] = read(specs.FULL, Known()).unread
    assert (unread.kind, unread.label) == (PERMISSION, "pre_sign_up")
    assert "--var function_arns.check=" in unread.reason
    assert cloud.server.count("GetPolicy") == 0


def test_a_policy_that_is_no_json(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.answer("GetPolicy", {"Policy": "{canary"})
    [unread] = read(specs.FULL, known_function()).unread
    assert unread.reason == "GetPolicy answers a policy that is no JSON"


TWO_POOLS = "resources:\n  check:\n    type: function\n" + "".join(
    f"""\
  pool{number}:
    type: user-auth-pool
    properties:
      hooks:
        preSignUp: $ResourceParam('check', 'arn')
        postConfirmation: $ResourceParam('check', 'arn')
"""
    for number in range(6)
)


def test_one_policy_of_a_function_that_many_pools_share(cloud: Cloud, read: Read) -> None:
    for number in range(6):
        cloud.add(f"pool{number}", f"eu-west-1_Pool0000{number}")
    cloud.policies[FUNCTION] = []
    state = read(TWO_POOLS, known_function())
    assert state.unread == []
    assert cloud.server.count("GetPolicy") == 1


def test_a_refused_policy_is_asked_for_once_and_reported_for_each(cloud: Cloud, read: Read) -> None:
    from tests.harness.http_replay import ACCESS_DENIED

    for number in range(6):
        cloud.add(f"pool{number}", f"eu-west-1_Pool0000{number}")
    cloud.server.fail("GetPolicy", ACCESS_DENIED)
    state = read(TWO_POOLS, known_function())
    assert len(state.unread) == 12
    assert {unread.label for unread in state.unread} == {"pre_sign_up", "post_confirmation"}
    assert cloud.server.count("GetPolicy") == 1
