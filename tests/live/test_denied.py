"""One refused call costs just what it alone tells, and the run goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.harness.http_replay import ACCESS_DENIED, SERVER_ERROR, THROTTLED, Fault
from tests.live import specs
from tests.live.cloud import CLIENT_ID, POOL_ID, Cloud
from tests.live.test_pool import full, known_function
from tfgen.kinds import KINDS
from tfgen.kinds.reading import fields_of_source
from tfgen.resource import State

Read = Callable[..., State]
POOL = "aws_cognito_user_pool"
CLIENT = f"{POOL}_client"
DOMAIN = f"{POOL}_domain"
STYLE = f"{POOL}_ui_customization"
PROVIDER = "aws_cognito_identity_provider"
PERMISSION = "aws_lambda_permission"

# operation → the (kind, label) pairs that are not checked, and those that are missing from the state
CASES: dict[str, tuple[set[tuple[str, str | None]], set[str]]] = {
    "DescribeUserPool": ({(POOL, POOL_ID), (DOMAIN, None)}, {DOMAIN}),
    "GetUserPoolMfaConfig": ({(POOL, POOL_ID)}, set()),
    "ListUserPoolClients": ({(CLIENT, None), (STYLE, "this")}, {CLIENT, STYLE}),
    "DescribeUserPoolClient": ({(CLIENT, CLIENT_ID), (CLIENT, "2h57kf5cpq17m0eml12EXAMPLE")}, set()),
    "ListIdentityProviders": ({(PROVIDER, None)}, {PROVIDER}),
    "DescribeIdentityProvider": ({(PROVIDER, "Google")}, set()),
    "DescribeUserPoolDomain": ({(DOMAIN, "shop-login")}, set()),
    "GetUICustomization": ({(STYLE, None)}, {STYLE}),
    "GetPolicy": ({(PERMISSION, "pre_sign_up")}, {PERMISSION}),
}
KIND_OF = {POOL, CLIENT, DOMAIN, STYLE, PROVIDER, PERMISSION}


def test_every_call_of_a_full_pool_has_a_case(cloud: Cloud, read: Read) -> None:
    full(cloud)
    read(specs.FULL, known_function())
    assert set(cloud.server.counts()) - {"ListUserPools"} == set(CASES)


@pytest.mark.parametrize("fault", [ACCESS_DENIED, Fault("NotAuthorizedException", 400, "canary")])
@pytest.mark.parametrize("operation", CASES)
def test_one_refusal(cloud: Cloud, read: Read, operation: str, fault: Fault) -> None:
    full(cloud)
    cloud.server.fail(operation, fault)
    state = read(specs.FULL, known_function())
    unread, missing = CASES[operation]
    assert {(item.kind, item.label) for item in state.unread} == unread
    assert len(state.unread) == len(unread)
    assert {address.kind for address in state.resources} == KIND_OF - missing
    for item in state.unread:
        assert operation in item.reason or "could not be listed" in item.reason
        assert fault.message not in item.reason
        if operation in item.reason:
            service = "lambda" if operation == "GetPolicy" else "cognito-idp"
            assert f"allow the IAM action {service}:{operation}" in item.reason


def test_the_paths_that_a_refused_call_alone_tells(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.fail("GetUserPoolMfaConfig", ACCESS_DENIED)
    [unread] = read(specs.FULL, known_function()).unread
    assert set(unread.paths) == set(fields_of_source(KINDS[POOL], "mfa"))
    assert "mfa_configuration" in unread.paths
    assert "name" not in unread.paths


def test_what_a_listing_tells_of_an_undescribed_child_is_kept(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.fail("DescribeUserPoolClient", ACCESS_DENIED)
    cloud.server.fail("DescribeIdentityProvider", ACCESS_DENIED)
    cloud.server.fail("DescribeUserPoolDomain", ACCESS_DENIED)
    state = read(specs.FULL, known_function())
    values = {(address.kind, address.label): item.values for address, item in state.resources.items()}
    assert values[CLIENT, CLIENT_ID] == {"name": "people", "user_pool_id": POOL_ID}
    assert values[PROVIDER, "Google"] == {
        "provider_name": "Google",
        "provider_type": "Google",
        "user_pool_id": POOL_ID,
    }
    assert values[DOMAIN, "shop-login"] == {"domain": "shop-login", "user_pool_id": POOL_ID}
    paths = {unread.label: unread.paths for unread in state.unread}
    assert "callback_urls" in paths[CLIENT_ID]
    assert "generate_secret" in paths[CLIENT_ID]
    assert "name" not in paths[CLIENT_ID]
    assert "provider_details" in paths["Google"]
    assert paths["shop-login"] == ("certificate_arn", "managed_login_version")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (THROTTLED, "is throttled, also after 1 attempts: run again later (TooManyRequestsException)"),
        (SERVER_ERROR, "ends in an error of AWS, also after 1 attempts (InternalErrorException)"),
        (Fault("BrandNewException", 418, "canary"), "fails (BrandNewException)"),
        (Fault("BrandNewException", 503, "canary"), "ends in an error of AWS"),
        (Fault("InvalidParameterException", 400, "canary"), "calls a parameter invalid"),
        (Fault("UserPoolTaggingException", 400, "canary"), "cannot read the pool's tags"),
        (Fault("NotImplemented", 501, "canary"), "does not exist at this endpoint"),
        (Fault(reset=True), "lost the connection"),
    ],
)
def test_other_failures_of_one_call(cloud: Cloud, read: Read, fault: Fault, said: str) -> None:
    full(cloud)
    cloud.server.fail("DescribeIdentityProvider", fault)
    [unread] = read(specs.FULL, known_function()).unread
    assert f"DescribeIdentityProvider {said}" in unread.reason
    assert "canary" not in unread.reason


def test_a_pool_without_tags_permission_keeps_its_parts(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.fail("DescribeUserPool", Fault("UserPoolTaggingException", 400, "no"))
    state = read(specs.FULL, known_function())
    assert {address.kind for address in state.resources} >= {POOL, CLIENT, PROVIDER, STYLE}
    [pool] = [item for address, item in state.resources.items() if address.kind == POOL]
    assert pool.attributes["id"] == POOL_ID
    [unread] = [item for item in state.unread if item.kind == POOL]
    assert {"name", "password_policy.minimum_length"} <= set(unread.paths)
    assert "mfa_configuration" not in unread.paths


def test_tags_that_cannot_be_read_are_asked_for_twice(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.fail("DescribeUserPool", Fault("UserPoolTaggingException", 400, "no"), times=1)
    assert read(specs.FULL, known_function()).unread == []
    assert cloud.server.count("DescribeUserPool") == 2
