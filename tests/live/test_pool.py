"""What is read of one pool, with which calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.live import specs
from tests.live.cloud import (
    ACCOUNT,
    CLIENT_ID,
    POOL_ID,
    REGION,
    Cloud,
    client_answer,
    domain_answer,
    provider_answer,
)
from tfgen.known import Known
from tfgen.resource import Address, State

Read = Callable[..., State]
POOL = Address("people", "aws_cognito_user_pool", POOL_ID)
CLIENT = Address("people", "aws_cognito_user_pool_client", CLIENT_ID)


def labels(state: State, kind: str) -> list[str]:
    return [address.label for address in state.resources if address.kind == kind]


def test_a_plain_pool(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    known = Known()
    state = read(specs.PLAIN, known)
    assert state.unread == []
    assert list(state.resources) == [POOL, CLIENT]
    pool = state.resources[POOL]
    assert pool.values["name"] == "people"
    assert pool.values["mfa_configuration"] == "OFF"
    assert pool.attributes["id"] == POOL_ID
    assert pool.attributes["estimated_number_of_users"] == 42
    assert state.resources[CLIENT].values["generate_secret"] is True
    assert (known.account, known.partition, known.region) == (ACCOUNT, "aws", REGION)
    assert cloud.server.counts() == {
        "ListUserPools": 1,
        "DescribeUserPool": 1,
        "GetUserPoolMfaConfig": 1,
        "ListUserPoolClients": 1,
        "DescribeUserPoolClient": 1,
        "ListIdentityProviders": 1,
    }


def test_no_more_calls_than_the_reads_need(cloud: Cloud, read: Read) -> None:
    full(cloud)
    known = Known(
        ids={"module.people.aws_cognito_user_pool.this": POOL_ID},
        variables={"function_arns.check": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:check"},
    )
    state = read(specs.FULL, known)
    assert state.unread == []
    assert cloud.server.counts() == {
        "DescribeUserPool": 1,
        "GetUserPoolMfaConfig": 1,
        "ListUserPoolClients": 1,
        "DescribeUserPoolClient": 2,
        "ListIdentityProviders": 1,
        "DescribeIdentityProvider": 1,
        "DescribeUserPoolDomain": 1,
        "GetUICustomization": 2,
        "GetPolicy": 1,
    }


def full(cloud: Cloud) -> Any:
    """A live pool that has all that the FULL spec asks for, and a second client."""
    pool = cloud.add("people", Domain="shop-login")
    pool.clients.append(client_answer("other", "2h57kf5cpq17m0eml12EXAMPLE"))
    pool.providers.append(provider_answer())
    pool.domains["shop-login"] = domain_answer("shop-login")
    style = {"UserPoolId": POOL_ID, "ClientId": CLIENT_ID, "CSS": ".banner { color: red }", "CSSVersion": "1"}
    pool.styles[CLIENT_ID] = style
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:check"
    cloud.policies[function] = [
        {
            "Sid": "people-pre-sign-up",
            "Effect": "Allow",
            "Principal": {"Service": "cognito-idp.amazonaws.com"},
            "Action": "lambda:InvokeFunction",
            "Resource": function,
            "Condition": {"ArnLike": {"AWS:SourceArn": pool.pool["Arn"]}},
        }
    ]
    return pool


def test_all_parts_of_a_pool(cloud: Cloud, read: Read) -> None:
    full(cloud)
    known = Known(variables={"function_arns.check": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:check"})
    state = read(specs.FULL, known)
    assert state.unread == []
    assert labels(state, "aws_cognito_user_pool_client") == ["2h57kf5cpq17m0eml12EXAMPLE", CLIENT_ID]
    assert labels(state, "aws_cognito_identity_provider") == ["Google"]
    assert labels(state, "aws_cognito_user_pool_domain") == ["shop-login"]
    assert labels(state, "aws_cognito_user_pool_ui_customization") == [CLIENT_ID]
    assert labels(state, "aws_lambda_permission") == ["people-pre-sign-up"]
    style = state.resources[Address("people", "aws_cognito_user_pool_ui_customization", CLIENT_ID)]
    assert style.values["css"] == ".banner { color: red }"
