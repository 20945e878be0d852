"""What stops a run, what only costs a part of it, and what is said about it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.exceptions
import pytest

from tests.harness.http_replay import ACCESS_DENIED, EXPIRED_TOKEN, RESET, THROTTLED, Fault, slow
from tests.live import specs
from tests.live.cloud import CLIENT_ID, POOL_ID, Cloud
from tests.live.conftest import options
from tests.live.stubs import Stub, refusal
from tests.live.test_pool import full, known_function
from tfgen.errors import LiveError
from tfgen.known import Known
from tfgen.live import Aws, AwsOptions, connect, fetch
from tfgen.live.errors import CODES, EXCEPTIONS, Meaning, fault_of
from tfgen.resource import State

Read = Callable[..., State]
POOL = "aws_cognito_user_pool"
CLIENT = f"{POOL}_client"
DOMAIN = f"{POOL}_domain"
STYLE = f"{POOL}_ui_customization"
PROVIDER = "aws_cognito_identity_provider"
PERMISSION = "aws_lambda_permission"
STOPPING = sorted(code for code, fault in CODES.items() if fault.meaning is Meaning.NO_ACCESS)
IN_BETWEEN = ("GetUserPoolMfaConfig", "ListUserPoolClients", "ListIdentityProviders")


@pytest.mark.parametrize("code", STOPPING)
def test_bad_credentials_stop_a_run_with_one_line(cloud: Cloud, read: Read, code: str) -> None:
    cloud.server.fail("ListUserPools", Fault(code, 400, "canary"))
    with pytest.raises(LiveError) as caught:
        read(specs.PLAIN)
    assert code in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "canary" not in "".join(traceback.format_exception(caught.value))
    assert cloud.server.count() == 1


def test_a_session_that_expires_in_the_middle(cloud: Cloud, read: Read) -> None:
    full(cloud)
    cloud.server.fail("ListUserPoolClients", EXPIRED_TOKEN)
    state = read(specs.FULL, known_function())
    assert {address.kind for address in state.resources} == {POOL, DOMAIN}
    said = "the session has expired: sign in again (ExpiredTokenException)"
    assert all(said in item.reason for item in state.unread if item.kind != STYLE or item.label is None)
    assert {item.kind for item in state.unread} == {CLIENT, DOMAIN, STYLE, PROVIDER, PERMISSION}
    assert cloud.server.counts() == {
        "ListUserPools": 1,
        "DescribeUserPool": 1,
        "GetUserPoolMfaConfig": 1,
        "ListUserPoolClients": 1,
    }


def test_no_credentials(cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(LiveError, match="needs credentials and there are none: give --profile"):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), connect(options(cloud)))


def test_no_credentials_to_take_on_a_role_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(LiveError, match="--role-arn needs credentials to begin with"):
        connect(AwsOptions(region="eu-west-1", role_arn="arn:aws:iam::123456789012:role/reader"))


def test_a_role_that_may_not_be_taken_on_stops_the_run(tmp_path: Path) -> None:
    """botocore asks for the role inside of the first call that needs credentials."""
    aws = Stub({"list_user_pools": refusal("AccessDenied", "AssumeRole")}).aws()
    with pytest.raises(LiveError, match="AssumeRole answers AccessDenied: check --role-arn"):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)


def test_no_such_profile() -> None:
    with pytest.raises(LiveError, match="needs a profile that is not there: check --profile"):
        connect(AwsOptions(profile="nobody"))


def test_the_endpoint_is_down(tmp_path: Path) -> None:
    aws = connect(AwsOptions(region="eu-west-1", endpoint_url="http://127.0.0.1:9", attempts=1))
    with pytest.raises(LiveError, match="ListUserPools cannot reach AWS: check the network, --region and"):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)


@pytest.mark.parametrize("region", ["eu-west-1/x", "EU WEST", "eu_west"])
def test_a_region_that_is_none(region: str, tmp_path: Path) -> None:
    aws = connect(AwsOptions(region=region, endpoint_url="http://127.0.0.1:9", attempts=1))
    with pytest.raises(LiveError, match="region"):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)


def test_an_endpoint_that_is_no_url(tmp_path: Path) -> None:
    """botocore's own error is a bare ValueError with the URL, and the password in it."""
    aws = connect(AwsOptions(region="eu-west-1", endpoint_url="me:canary@host"))
    with pytest.raises(LiveError, match="the endpoint is not a URL such as https://host: check") as caught:
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)
    assert "canary" not in "".join(traceback.format_exception(caught.value))


def test_an_empty_ca_bundle_is_a_broken_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "")
    aws = connect(AwsOptions(region="eu-west-1", endpoint_url="http://127.0.0.1:9", attempts=1))
    # An older botocore does not look at the bundle when the endpoint is HTTP: nobody answers there.
    said = "AWS_CA_BUNDLE and REQUESTS_CA_BUNDLE may be unset, but not empty|cannot reach AWS"
    with pytest.raises(LiveError, match=said):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)


def test_dropped_connections_on_the_first_call_stop_the_run(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("ListUserPools", RESET)
    with pytest.raises(LiveError, match="ListUserPools lost the connection"):
        read(specs.PLAIN)


def test_a_late_answer(cloud: Cloud, tmp_path: Path) -> None:
    cloud.add("people")
    cloud.server.fail("ListUserPoolClients", slow(1.0))
    aws = connect(options(cloud, read_timeout=0.2))
    state = fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)
    reasons = [item.reason for item in state.unread]
    assert "ListUserPoolClients got no answer in time" in reasons[0]
    # A service that does not answer is not asked again: every call would take its whole time.
    assert "ListIdentityProviders was not asked: ListUserPoolClients got no answer" in reasons[1]


def test_a_web_page_instead_of_json_is_not_an_empty_account(cloud: Cloud, read: Read) -> None:
    cloud.server.answer("ListUserPools", {})
    cloud.server._answers["ListUserPools"] = lambda request: "<html>canary: sign in to the wifi</html>"  # type: ignore[assignment,return-value]
    with pytest.raises(LiveError, match="ListUserPools got something else than AWS's JSON") as caught:
        read(specs.PLAIN)
    assert "canary" not in "".join(traceback.format_exception(caught.value))


def test_throttling_is_retried_and_then_the_answer_counts(cloud: Cloud, tmp_path: Path) -> None:
    cloud.add("people")
    cloud.server.fail("DescribeUserPool", THROTTLED, times=2)
    state = fetch(specs.desired(specs.PLAIN, tmp_path), Known(), connect(options(cloud, attempts=3)))
    assert state.unread == []
    assert cloud.server.count("DescribeUserPool") == 3


@pytest.mark.parametrize(
    "operation", ["GetUserPoolMfaConfig", "ListUserPoolClients", "ListIdentityProviders"]
)
def test_a_pool_deleted_between_two_reads(cloud: Cloud, read: Read, operation: str) -> None:
    full(cloud)
    cloud.server.fail(operation, Fault("ResourceNotFoundException", 400, "User pool does not exist."))
    state = read(specs.FULL, known_function())
    assert state.resources == {}
    assert {item.reason for item in state.unread} == {
        f"user pool {POOL_ID} was deleted while it was read: run again"
    }
    assert {item.label for item in state.unread} == {None}
    assert {POOL, f"{POOL}_client", "aws_cognito_identity_provider"} <= {item.kind for item in state.unread}


def test_a_pool_deleted_while_its_clients_are_read(cloud: Cloud, read: Read) -> None:
    full(cloud)
    describe = cloud.server._answers["DescribeUserPoolClient"]

    def gone(request: Any) -> Any:
        cloud.pools.clear()
        return describe(request) if callable(describe) else describe

    cloud.server.answer("DescribeUserPoolClient", gone)
    state = read(specs.FULL, known_function())
    assert state.resources == {}
    assert {item.reason for item in state.unread} == {
        f"user pool {POOL_ID} was deleted while it was read: run again"
    }


def test_a_client_deleted_between_two_reads_is_absent(cloud: Cloud, read: Read) -> None:
    pool = full(cloud)
    members = ("ClientId", "ClientName", "UserPoolId")
    listed = [{name: item[name] for name in members} for item in pool.clients]
    listed.append({"ClientId": "9h57kf5cpq17m0eml12EXAMPLE", "ClientName": "gone", "UserPoolId": POOL_ID})
    cloud.server.answer("ListUserPoolClients", {"UserPoolClients": listed})
    state = read(specs.FULL, known_function())
    assert state.unread == []
    assert CLIENT_ID in {address.label for address in state.resources}
    assert "9h57kf5cpq17m0eml12EXAMPLE" not in {address.label for address in state.resources}


def test_an_undescribed_pool_that_turns_out_absent_is_absent(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("DescribeUserPool", ACCESS_DENIED)
    state = read(specs.PLAIN, Known(ids={"module.people.aws_cognito_user_pool.this": POOL_ID}))
    assert state == State()


@pytest.mark.parametrize("operation", ["DescribeUserPool", "GetUserPoolMfaConfig", "DescribeUserPoolClient"])
def test_an_empty_success_is_not_read_as_empty_settings(cloud: Cloud, read: Read, operation: str) -> None:
    cloud.add("people")
    cloud.server.answer(operation, {})
    [*unread] = read(specs.PLAIN).unread
    assert unread
    assert f"{operation} answers" in unread[0].reason
    assert unread[0].paths


def test_a_bug_of_ours_is_not_taken_for_a_fault_of_aws(tmp_path: Path) -> None:
    class Broken:
        def get_paginator(self, name: str) -> Any:
            raise KeyError(name)

    aws = Aws(lambda service, region: Broken(), AwsOptions(), "eu-west-1")
    with pytest.raises(KeyError):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), aws)


def test_every_exception_in_the_table_exists_in_botocore() -> None:
    names = set(EXCEPTIONS) - {"GarbledError", "ResponseParserError", "LoginError"}
    assert [name for name in sorted(names) if not hasattr(botocore.exceptions, name)] == []


def test_every_exception_of_botocore_means_something() -> None:
    unknown = [
        name
        for name, item in vars(botocore.exceptions).items()
        if isinstance(item, type)
        and issubclass(item, botocore.exceptions.BotoCoreError)
        and fault_of(item.__new__(item)) is None
    ]
    assert unknown == []


def test_an_interrupted_run_stops_other_reads(cloud: Cloud, tmp_path: Path) -> None:
    """Ctrl-C while pools are read: no call starts after it."""
    text = "resources:\n" + "".join(
        f"  pool{number}:\n    type: user-auth-pool\n    properties: {{}}\n" for number in range(8)
    )
    for number in range(8):
        cloud.add(f"pool{number}", f"eu-west-1_Pool0000{number}")

    aws = connect(options(cloud, pools_at_once=2))
    ask, calls = aws.call, []

    def call(operation: Any, region: str, **parameters: Any) -> Any:
        calls.append(operation.operation)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return ask(operation, region, **parameters)

    aws.call = call  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        fetch(specs.desired(text, tmp_path), Known(), aws)
    time.sleep(0.3)
    assert cloud.server.count("DescribeUserPool") < 8
