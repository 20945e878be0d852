"""Which pool or API is meant: an id, an exact name, or an error; never a guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.http_replay import ACCESS_DENIED
from tests.live import specs
from tests.live.cloud import API_ID, POOL_ID, REGION, Cloud
from tests.live.conftest import options
from tfgen.errors import LiveError
from tfgen.known import Known
from tfgen.live import Aws, connect, fetch
from tfgen.live.clients import Client
from tfgen.resource import State

Read = Callable[..., State]
POOL_KEY = "module.people.aws_cognito_user_pool.this"


def test_no_pool_of_that_name_is_an_empty_state(cloud: Cloud, read: Read) -> None:
    cloud.add("People")  # names have a case
    state = read(specs.PLAIN)
    assert state == State()
    assert cloud.server.counts() == {"ListUserPools": 1}


def test_two_pools_of_one_name_are_an_error_that_lists_them(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    cloud.add("people", "eu-west-1_Zz9Yy8Xx7")
    with pytest.raises(LiveError) as caught:
        read(specs.PLAIN)
    assert str(caught.value) == (
        "2 user pools in eu-west-1 have the name 'people' and people may be any of them; "
        "say which with --pool-id people=ID:\n"
        f"  {POOL_ID} (created 2024-05-01 09:30, changed 2025-02-03 04:05)\n"
        "  eu-west-1_Zz9Yy8Xx7 (created 2024-05-01 09:30, changed 2025-02-03 04:05)"
    )
    assert cloud.server.counts() == {"ListUserPools": 1}


def test_an_id_chooses_between_two_pools_and_saves_the_listing(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    cloud.add("people", "eu-west-1_Zz9Yy8Xx7")
    state = read(specs.PLAIN, Known(ids={POOL_KEY: "eu-west-1_Zz9Yy8Xx7"}))
    assert [address.label for address in state.resources if address.kind == "aws_cognito_user_pool"] == [
        "eu-west-1_Zz9Yy8Xx7"
    ]
    assert cloud.server.count("ListUserPools") == 0


def test_an_id_of_a_pool_that_is_gone_is_an_empty_state(cloud: Cloud, read: Read) -> None:
    assert read(specs.PLAIN, Known(ids={POOL_KEY: POOL_ID})) == State()
    assert cloud.server.counts() == {"DescribeUserPool": 1}


def test_the_region_of_an_id_wins(cloud: Cloud, aws: Aws, tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []
    make = aws.new_client

    def noted(service: str, region: str) -> Client:
        asked.append((service, region))
        return make(service, region)

    aws.new_client = noted
    cloud.add("people", "ap-southeast-2_Ab1Cd2Ef3")
    known = Known(ids={POOL_KEY: "ap-southeast-2_Ab1Cd2Ef3"})
    state = fetch(specs.desired(specs.PLAIN, tmp_path), known, aws)
    assert state.resources
    assert asked == [("cognito-idp", "ap-southeast-2")]
    assert known.region == REGION  # where the run looks for the rest


def test_an_id_needs_no_region(cloud: Cloud, tmp_path: Path) -> None:
    cloud.add("people")
    known = Known(ids={POOL_KEY: POOL_ID})
    state = fetch(specs.desired(specs.PLAIN, tmp_path), known, connect(options(cloud, region=None)))
    assert state.resources
    assert known.region == REGION


def test_a_name_needs_a_region(cloud: Cloud, tmp_path: Path) -> None:
    with pytest.raises(LiveError, match="no AWS region is known: give --region"):
        fetch(specs.desired(specs.PLAIN, tmp_path), Known(), connect(options(cloud, region=None)))


def test_the_region_that_is_known_of_the_spec_is_taken(cloud: Cloud, tmp_path: Path) -> None:
    cloud.add("people")
    known = Known(region=REGION)
    assert fetch(specs.desired(specs.PLAIN, tmp_path), known, connect(options(cloud, region=None))).resources


@pytest.mark.parametrize("nonsense", ["people", "_abc", "eu-west-1_", "", "arn:aws:cognito-idp"])
def test_what_is_no_id_is_said_before_any_call(cloud: Cloud, read: Read, nonsense: str) -> None:
    with pytest.raises(LiveError, match="is no user pool id"):
        read(specs.PLAIN, Known(ids={POOL_KEY: nonsense}))
    assert cloud.server.count() == 0


REFUSED = (
    "ListUserPools is refused: allow the IAM action cognito-idp:ListUserPools (AccessDeniedException); "
    "or give --pool-id people=ID"
)


def test_a_refused_listing_names_the_action_and_the_way_round(cloud: Cloud, read: Read) -> None:
    cloud.server.fail("ListUserPools", ACCESS_DENIED)
    state = read(specs.PLAIN)
    assert state.resources == {}
    assert {(unread.kind, unread.label, unread.reason) for unread in state.unread} == {
        (
            kind,
            None,
            REFUSED,
        )
        for kind in ("aws_cognito_user_pool", "aws_cognito_user_pool_client")
    }


def test_one_listing_for_all_pools(cloud: Cloud, read: Read) -> None:
    text = "resources:\n" + "".join(
        f"  pool{number}:\n    type: user-auth-pool\n    properties: {{}}\n" for number in range(5)
    )
    for number in range(5):
        cloud.add(f"pool{number}", f"eu-west-1_Pool0000{number}")
    state = read(text)
    pools = [address for address in state.resources if address.kind == "aws_cognito_user_pool"]
    assert [(pool.module, pool.label) for pool in pools] == [
        (f"pool{number}", f"eu-west-1_Pool0000{number}") for number in range(5)
    ]
    assert cloud.server.count("ListUserPools") == 1
    assert cloud.server.count("DescribeUserPool") == 5


def test_two_apis_of_one_name_are_an_error(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    cloud.add_api("front")
    cloud.add_api("front", "f6g7h8i9j0")
    with pytest.raises(LiveError, match="2 APIs in eu-west-1 have the name 'front'") as caught:
        read(specs.DECLARED)
    assert f"--var api_ids.front=ID:\n  {API_ID} (created 2024-05-01 09:30)" in str(caught.value)
