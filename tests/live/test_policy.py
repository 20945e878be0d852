"""The policy allows each call of a run, and nothing that writes or reads more."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.live import specs
from tests.live.cloud import ACCOUNT, API_ID, POOL_ID, REGION, Cloud
from tests.live.test_pool import full, known_function
from tests.live.test_roles_and_records import SPEC as SMS_AND_DNS
from tests.live.test_roles_and_records import account
from tests.live.test_roles_and_records import read as read_stub
from tfgen.known import Known
from tfgen.live.policy import policy
from tfgen.resource import State

Read = Callable[..., State]
POOL_KEY = "module.people.aws_cognito_user_pool.this"


def statements(document: dict[str, Any]) -> dict[str, tuple[list[str], list[str]]]:
    return {item["Sid"]: (item["Action"], item["Resource"]) for item in document["Statement"]}


def test_nothing_known(tmp_path: Path) -> None:
    document = policy(specs.desired(specs.PLAIN, tmp_path))
    assert document["Version"] == "2012-10-17"
    assert statements(document) == {
        "ReadPools": (
            [
                "cognito-idp:DescribeIdentityProvider",
                "cognito-idp:DescribeUserPool",
                "cognito-idp:DescribeUserPoolClient",
                "cognito-idp:GetUICustomization",
                "cognito-idp:GetUserPoolMfaConfig",
                "cognito-idp:ListIdentityProviders",
                "cognito-idp:ListUserPoolClients",
            ],
            ["arn:aws:cognito-idp:*:*:userpool/*"],
        ),
        "ReadDomains": (["cognito-idp:DescribeUserPoolDomain"], ["*"]),
        "FindPools": (["cognito-idp:ListUserPools"], ["*"]),
    }


def test_what_is_asked_besides(tmp_path: Path) -> None:
    known = Known(ids={POOL_KEY: POOL_ID}, account=ACCOUNT, region=REGION)
    plain = specs.desired(specs.PLAIN, tmp_path)
    without = statements(policy(plain, known))
    assert statements(policy(plain, known, blame=True)) == {
        **without,
        "ReadEvents": (["cloudtrail:LookupEvents"], ["*"]),
    }
    assert statements(policy(plain, known, discover=True)) == {
        **without,
        "FindPools": (["cognito-idp:ListUserPools"], ["*"]),
    }


def test_everything_known(tmp_path: Path) -> None:
    known = Known(
        ids={POOL_KEY: POOL_ID, "module.front.aws_apigatewayv2_api.this": API_ID},
        variables={"function_arns.createPost": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"},
        account=ACCOUNT,
        partition="aws-cn",
        region=REGION,
    )
    found = statements(policy(specs.desired(specs.DECLARED, tmp_path), known))
    assert found["ReadPools"][1] == [f"arn:aws-cn:cognito-idp:{REGION}:{ACCOUNT}:userpool/{POOL_ID}"]
    assert "FindPools" not in found
    assert found["ReadApis"] == (
        ["apigateway:GET"],
        [
            f"arn:aws-cn:apigateway:{REGION}::/apis/{API_ID}",
            f"arn:aws-cn:apigateway:{REGION}::/apis/{API_ID}/authorizers",
            f"arn:aws-cn:apigateway:{REGION}::/apis/{API_ID}/integrations",
            f"arn:aws-cn:apigateway:{REGION}::/apis/{API_ID}/routes",
            f"arn:aws-cn:apigateway:{REGION}::/apis/{API_ID}/stages",
        ],
    )
    assert found["ReadFunctionPolicies"][1] == [f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"]


def test_an_api_that_is_only_used_is_not_listed(tmp_path: Path) -> None:
    found = statements(policy(specs.desired(specs.GATEWAY, tmp_path), Known(region=REGION)))
    assert found["ReadApis"][1] == [
        f"arn:aws:apigateway:{REGION}::/apis/*/{part}" for part in ("authorizers", "integrations", "routes")
    ]


def test_role_and_record(tmp_path: Path) -> None:
    known = Known(account=ACCOUNT, variables={"hosted_zone_ids.people": "Z0123"})
    found = statements(policy(specs.desired(SMS_AND_DNS, tmp_path), known))
    assert found["ReadSmsRoles"] == (
        ["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies"],
        [f"arn:aws:iam::{ACCOUNT}:role/people-send-sms"],
    )
    assert found["ReadDnsRecords"] == (
        ["route53:ListResourceRecordSets"],
        ["arn:aws:route53:::hostedzone/Z0123"],
    )


def action(operation: str) -> str:
    """The IAM action of a call, told apart from tfgen's own tables."""
    if operation in ("GetApis", "GetApi", "GetStages", "GetAuthorizers", "GetIntegrations", "GetRoutes"):
        return "apigateway:GET"
    services = dict.fromkeys(("GetRole", "ListRolePolicies", "GetRolePolicy"), "iam")
    services |= dict.fromkeys(("GetPolicy", "GetFunctionConcurrency"), "lambda")
    services["ListResourceRecordSets"] = "route53"
    return f"{services.get(operation, 'cognito-idp')}:{operation}"


def allowed(document: dict[str, Any]) -> set[str]:
    return {action for item in document["Statement"] for action in item["Action"]}


@pytest.mark.parametrize("text", [specs.PLAIN, specs.FULL, specs.GATEWAY, specs.DECLARED])
def test_the_policy_has_the_calls_of_a_run_and_no_others(
    cloud: Cloud, read: Read, tmp_path: Path, text: str
) -> None:
    full(cloud)
    cloud.add_api("front")
    known = known_function()
    known.variables |= {"api_ids.front": API_ID, "function_arns.createPost": "create-post"}
    if text == specs.DECLARED:
        del known.variables["api_ids.front"]
    document = policy(specs.desired(text, tmp_path), known)
    read(text, known)
    called = {action(operation) for operation in cloud.server.counts()}
    assert called <= allowed(document)
    # Asked only about a function that has no policy at all.
    assert allowed(document) - called <= {"lambda:GetFunctionConcurrency"}


def test_the_policy_of_a_role_and_a_record_has_their_calls(tmp_path: Path) -> None:
    stub = account()
    read_stub(stub, tmp_path)
    called = {"".join(word.capitalize() for word in name.split("_")) for name, _ in stub.calls}
    called = {name.replace("Ui", "UI") for name in called}
    document = policy(specs.desired(SMS_AND_DNS, tmp_path))
    left_out = {"cognito-idp:ListUserPools", "cognito-idp:DescribeUserPoolClient"}
    left_out |= {"cognito-idp:DescribeIdentityProvider"}  # that pool has neither, and its id is given
    assert {action(name) for name in called} == allowed(document) - left_out


@pytest.mark.parametrize("text", [specs.FULL, specs.DECLARED, SMS_AND_DNS])
def test_nothing_but_reading(tmp_path: Path, text: str) -> None:
    for name in allowed(policy(specs.desired(text, tmp_path))):
        assert fnmatch.fnmatch(name, "*:Get*") or name.split(":")[1].startswith(("Describe", "List", "GET"))
        assert "Secret" not in name


def test_a_document_is_the_same_each_time(tmp_path: Path) -> None:
    first = policy(specs.desired(specs.FULL, tmp_path))
    assert first == policy(specs.desired(specs.FULL, tmp_path))
