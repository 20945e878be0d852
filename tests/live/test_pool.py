"""What is read of one pool, with which calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

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
from tfgen.resource import Address, State, Unread

Read = Callable[..., State]
POOL = Address("people", "aws_cognito_user_pool", POOL_ID)
DOMAIN = "aws_cognito_user_pool_domain"
STYLE = "aws_cognito_user_pool_ui_customization"
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


def test_listings_of_three_pages(cloud: Cloud, read: Read) -> None:
    cloud.page = 2
    pool = cloud.add("people")
    for number in range(5):
        cloud.add(f"other-{number}", f"eu-west-1_Other000{number}")
    pool.clients[:] = [client_answer(f"client-{n}", f"{n}h57kf5cpq17m0eml12EXAMPLE") for n in range(5)]
    pool.providers[:] = [provider_answer(f"Google{n}") for n in range(5)]
    state = read(specs.PLAIN)
    assert state.unread == []
    assert labels(state, POOL.kind) == [POOL_ID]
    assert len(labels(state, CLIENT.kind)) == 5
    assert labels(state, "aws_cognito_identity_provider") == [f"Google{n}" for n in range(5)]
    listings = [call for call in cloud.server.calls if call.operation.startswith("List")]
    assert Counter(call.operation for call in listings) == {
        "ListUserPools": 3,
        "ListUserPoolClients": 3,
        "ListIdentityProviders": 3,
    }
    assert {call.parameters["MaxResults"] for call in listings} == {60}


def test_the_order_of_listings_does_not_matter(cloud: Cloud, read: Read) -> None:
    pool = cloud.add("people")
    pool.clients[:] = [client_answer(name, f"{name}57kf5cpq17m0eml12") for name in "cab"]
    first = read(specs.PLAIN)
    pool.clients.reverse()
    assert list(read(specs.PLAIN).resources) == list(first.resources)


def test_enriched_details_of_a_provider_are_read_whole(cloud: Cloud, read: Read) -> None:
    cloud.add("people").providers.append(provider_answer())
    state = read(specs.PLAIN)
    provider = state.resources[Address("people", "aws_cognito_identity_provider", "Google")]
    assert provider.values["provider_details"]["token_url"] == "https://www.googleapis.com/oauth2/v4/token"
    assert state.unread == []


def test_an_empty_description_means_no_domain(cloud: Cloud, read: Read) -> None:
    cloud.add("people", Domain="shop-login")
    state = read(specs.PLAIN)
    assert labels(state, DOMAIN) == []
    assert state.unread == []


@pytest.mark.parametrize("status", ["CREATING", "UPDATING", "DELETING", "FAILED"])
def test_a_domain_that_is_not_active_is_not_compared(cloud: Cloud, read: Read, status: str) -> None:
    pool = cloud.add("people", Domain="shop-login")
    pool.domains["shop-login"] = domain_answer("shop-login", Status=status)
    state = read(specs.PLAIN)
    assert labels(state, DOMAIN) == ["shop-login"]
    reason = f"the domain shop-login is {status}, not ACTIVE: run again later"
    paths = ("certificate_arn", "managed_login_version")
    assert state.unread == [Unread("people", DOMAIN, reason, "shop-login", paths)]


def test_a_domain_of_another_pool_is_not_ours(cloud: Cloud, read: Read) -> None:
    pool = cloud.add("people", CustomDomain="login.example.com")
    pool.domains["login.example.com"] = domain_answer("login.example.com", "eu-west-1_Other0001")
    state = read(specs.PLAIN)
    assert labels(state, DOMAIN) == []
    [unread] = state.unread
    assert unread.label is None
    assert "belongs to pool eu-west-1_Other0001" in unread.reason


def test_prefix_and_custom_domain(cloud: Cloud, read: Read) -> None:
    pool = cloud.add("people", Domain="shop-login", CustomDomain="login.example.com")
    pool.domains["shop-login"] = domain_answer("shop-login")
    certificate = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/0a1b"
    config = {"CertificateArn": certificate}
    pool.domains["login.example.com"] = domain_answer("login.example.com", CustomDomainConfig=config)
    state = read(specs.PLAIN)
    assert state.unread == []
    assert labels(state, DOMAIN) == ["shop-login", "login.example.com"]
    custom = state.resources[Address("people", DOMAIN, "login.example.com")]
    assert custom.values["certificate_arn"] == certificate


def test_the_pools_style_is_not_taken_for_the_clients(cloud: Cloud, read: Read) -> None:
    pool = full(cloud)
    pool.styles.clear()
    pool.styles["ALL"] = {"UserPoolId": POOL_ID, "ClientId": "ALL", "CSS": ".all { color: blue }"}
    state = read(specs.FULL, known_function())
    assert labels(state, STYLE) == ["ALL"]
    assert state.unread == []


def test_a_style_without_css_and_logo_is_none(cloud: Cloud, read: Read) -> None:
    pool = full(cloud)
    pool.styles.clear()
    pool.styles["ALL"] = {"UserPoolId": POOL_ID, "ClientId": "ALL"}
    assert labels(read(specs.FULL, known_function()), STYLE) == []


def test_without_a_domain_no_style_is_asked_for(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    read(specs.PLAIN)
    assert cloud.server.count("GetUICustomization") == 0


def test_the_style_of_each_client_of_that_name_is_read(cloud: Cloud, read: Read) -> None:
    pool = full(cloud)
    pool.clients.append(client_answer("people", "3h57kf5cpq17m0eml12EXAMPLE"))
    read(specs.FULL, known_function())
    calls = [call for call in cloud.server.calls if call.operation == "GetUICustomization"]
    asked = {call.parameters["ClientId"] for call in calls}
    assert asked == {"ALL", CLIENT_ID, "3h57kf5cpq17m0eml12EXAMPLE"}


def test_a_member_that_no_table_knows_is_reported(cloud: Cloud, read: Read) -> None:
    cloud.add("people", NewConfiguration={"NewThing": True})
    [unread] = read(specs.PLAIN).unread
    assert (unread.kind, unread.label) == (POOL.kind, POOL_ID)
    assert unread.paths[0].startswith("NewConfiguration")
    assert "does not know" in unread.reason


def test_a_member_that_boto3_does_not_know_is_reported(cloud: Cloud, read: Read) -> None:
    """botocore drops what its model lacks; the replay server sends it as it is."""
    pool = cloud.add("people", NotInAnyModel={"Deep": "canary"}, UserPoolAddOns={"BrandNew": "canary"})
    pool.mfa["QuantumMfaConfiguration"] = {"Enabled": True}
    pool.clients[0]["NewTokenSecret"] = "canary"
    state = read(specs.PLAIN)
    told = {(unread.kind, path) for unread in state.unread for path in unread.paths}
    assert told == {
        (POOL.kind, "NotInAnyModel"),
        (POOL.kind, "UserPoolAddOns.BrandNew"),
        (POOL.kind, "QuantumMfaConfiguration"),
        (CLIENT.kind, "NewTokenSecret"),
    }
    assert "canary" not in repr(state)


def known_function() -> Known:
    return Known(variables={"function_arns.check": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:check"})
