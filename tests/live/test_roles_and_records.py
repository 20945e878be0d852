"""The SMS role with its policies, and the DNS record of a custom domain."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError

from tests.live import specs
from tests.live.cloud import ACCOUNT, POOL_ID, client_answer, domain_answer, pool_answer
from tests.live.stubs import Stub, refusal
from tfgen.known import Known
from tfgen.live import fetch
from tfgen.resource import Address, State

ROLE, POLICY, RECORD = "aws_iam_role", "aws_iam_role_policy", "aws_route53_record"
DOMAIN = "login.example.com"
SPEC = """\
resources:
  people:
    type: user-auth-pool
    properties:
      userVerificationType: sms
      customDomain:
        domainName: login.example.com
        customCertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/0a1b
"""
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "cognito-idp.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "people"}},
        }
    ],
}
ALIAS = {
    "Name": f"{DOMAIN}.",
    "Type": "A",
    "AliasTarget": {
        "HostedZoneId": "Z2FDTNDATAQYW2",
        "DNSName": "d111111abcdef8.cloudfront.net.",
        "EvaluateTargetHealth": False,
    },
}


def account(**others: Any) -> Stub:
    answers: dict[str, Any] = {
        "describe_user_pool": {"UserPool": pool_answer("people", CustomDomain=DOMAIN)},
        "get_user_pool_mfa_config": {"MfaConfiguration": "OFF"},
        "list_user_pool_clients": {"UserPoolClients": []},
        "list_identity_providers": {"Providers": []},
        "describe_user_pool_domain": {"DomainDescription": domain_answer(DOMAIN)},
        "get_ui_customization": {"UICustomization": {}},
        "get_role": lambda request: {
            "Role": {
                "RoleName": request["RoleName"],
                "Path": "/",
                "RoleId": "AROAEXAMPLE",
                "Arn": f"arn:aws:iam::{ACCOUNT}:role/{request['RoleName']}",
                "CreateDate": dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
                "AssumeRolePolicyDocument": TRUST,
                "MaxSessionDuration": 3600,
                "Tags": [{"Key": "team", "Value": "a"}],
                "RoleLastUsed": {"Region": "eu-west-1"},
            }
        },
        "list_role_policies": [{"PolicyNames": ["send-sms"]}, {"PolicyNames": ["by-hand"]}],
        "get_role_policy": lambda request: request | {"PolicyDocument": {"Statement": []}},
        "list_resource_record_sets": {"ResourceRecordSets": [ALIAS]},
    }
    return Stub(answers | others)


def read(stub: Stub, directory: Path) -> State:
    known = Known(
        ids={"module.people.aws_cognito_user_pool.this": POOL_ID},
        variables={"hosted_zone_ids.people": "/hostedzone/Z0123456789ABCDEFGHIJ"},
    )
    return fetch(specs.desired(SPEC, directory), known, stub.aws())


def labels(state: State, kind: str) -> list[str]:
    return [address.label for address in state.resources if address.kind == kind]


def test_role_policies_and_record(tmp_path: Path) -> None:
    stub = account()
    state = read(stub, tmp_path)
    assert state.unread == []
    assert labels(state, ROLE) == ["people-send-sms"]
    assert labels(state, POLICY) == ["by-hand", "send-sms"]
    assert labels(state, RECORD) == [f"{DOMAIN}."]
    role = state.resources[Address("people", ROLE, "people-send-sms")]
    assert role.values["tags"] == {"team": "a"}
    assert role.attributes["arn"] == f"arn:aws:iam::{ACCOUNT}:role/people-send-sms"
    assert role.values["assume_role_policy"]["Statement"]["Action"] == "sts:AssumeRole"
    record = state.resources[Address("people", RECORD, f"{DOMAIN}.")]
    assert record.values["zone_id"] == "Z0123456789ABCDEFGHIJ"
    assert record.values["name"] == DOMAIN
    asked = dict(stub.calls)["list_resource_record_sets"]
    assert asked == {
        "HostedZoneId": "Z0123456789ABCDEFGHIJ",
        "StartRecordName": DOMAIN,
        "StartRecordType": "A",
        "MaxItems": "1",
    }


def test_the_next_record_is_not_ours(tmp_path: Path) -> None:
    for other in ({**ALIAS, "Name": "mail.example.com."}, {**ALIAS, "Type": "AAAA"}):
        state = read(account(list_resource_record_sets={"ResourceRecordSets": [other]}), tmp_path)
        assert labels(state, RECORD) == []
        assert state.unread == []


def test_no_role(tmp_path: Path) -> None:
    stub = account(get_role=refusal("NoSuchEntity", "GetRole"))
    state = read(stub, tmp_path)
    assert labels(state, ROLE) == labels(state, POLICY) == []
    assert state.unread == []
    assert "list_role_policies" not in dict(stub.calls)


@pytest.mark.parametrize(
    ("operation", "code", "unread"),
    [
        ("get_role", "AccessDenied", [(ROLE, "sms", "allow the IAM action iam:GetRole")]),
        ("list_role_policies", "AccessDenied", [(POLICY, None, "allow the IAM action iam:ListRolePolicies")]),
        (
            "get_role_policy",
            "AccessDenied",
            [(POLICY, "by-hand", "iam:GetRolePolicy"), (POLICY, "send-sms", "iam:GetRolePolicy")],
        ),
        ("list_resource_record_sets", "AccessDenied", [(RECORD, "this", "route53:ListResourceRecordSets")]),
        ("list_resource_record_sets", "NoSuchHostedZone", [(RECORD, "this", "--var hosted_zone_ids.")]),
        ("list_resource_record_sets", "InvalidInput", [(RECORD, "this", "calls a parameter invalid")]),
    ],
)
def test_refusals(tmp_path: Path, operation: str, code: str, unread: list[tuple[str, str, str]]) -> None:
    state = read(account(**{operation: refusal(code, operation)}), tmp_path)
    assert [(item.kind, item.label) for item in state.unread] == [(kind, label) for kind, label, _ in unread]
    for item, (_, _, said) in zip(state.unread, unread, strict=True):
        assert said in item.reason
        assert "canary" not in item.reason


def test_an_unreachable_service_costs_only_its_own_part(tmp_path: Path) -> None:
    stub = account(list_role_policies=ConnectTimeoutError(endpoint_url="https://iam.example"))
    state = read(stub, tmp_path)
    assert labels(state, ROLE) == ["people-send-sms"]
    assert labels(state, RECORD) == [f"{DOMAIN}."]
    [unread] = state.unread
    assert unread.kind == POLICY


def test_an_unknown_zone_is_said(tmp_path: Path) -> None:
    stub = account()
    known = Known(ids={"module.people.aws_cognito_user_pool.this": POOL_ID})
    [unread] = fetch(specs.desired(SPEC, tmp_path), known, stub.aws()).unread
    assert (unread.kind, unread.label) == (RECORD, "this")
    assert "--var hosted_zone_ids.people=" in unread.reason


def test_the_account_is_asked_for_only_without_pools(tmp_path: Path) -> None:
    stub = Stub(
        {
            "list_user_pools": {"UserPools": []},
            "get_caller_identity": {"Account": ACCOUNT, "Arn": f"arn:aws-us-gov:sts::{ACCOUNT}:user/x"},
            "get_apis": {"Items": []},
        }
    )
    known = Known()
    assert fetch(specs.desired(specs.DECLARED, tmp_path), known, stub.aws()) == State()
    assert (known.account, known.partition, known.region) == (ACCOUNT, "aws-us-gov", "eu-west-1")


def test_a_client_secret_never_leaves_the_room(tmp_path: Path) -> None:
    listed = {"ClientId": "c1", "ClientName": "n", "UserPoolId": POOL_ID}
    stub = account(
        list_user_pool_clients={"UserPoolClients": [listed]},
        describe_user_pool_client={"UserPoolClient": client_answer("n", "c1")},
    )
    assert "canary" not in repr(read(stub, tmp_path))
