"""Who wrote last: answers of CloudTrail as the replay server gives them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.http_replay import ACCESS_DENIED, ReplayServer
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.live import Aws, AwsOptions, connect
from tfgen.live.traces import traces
from tfgen.live.trail import Limits, Trail, last_writes
from tfgen.live.trail_event import read
from tfgen.live.writes import WRITES, event_name
from tfgen.resource import Address, Ref, Resource, State

REGION = "eu-west-1"
POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
IN_POOL = {"userPoolId": "eu-west-1_A"}
NOW = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)
PAIRS = {
    Address("pool", POOL): Resource(Address("pool", POOL, "p"), {}, attributes={"id": "eu-west-1_A"}),
    Address("pool", CLIENT): Resource(
        Address("pool", CLIENT, "c"), {"user_pool_id": "eu-west-1_A"}, attributes={"id": "client1"}
    ),
}


def event(name: str, asked: Any = None, answered: Any = None, **record: Any) -> dict[str, Any]:
    """One item of LookupEvents."""
    whole = {
        "eventName": name,
        "eventTime": "2025-04-03T10:20:30Z",
        "sourceIPAddress": "192.0.2.7",
        "userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/admin/anna"},
        "requestParameters": asked,
        "responseElements": answered,
        **record,
    }
    return {"EventId": "e", "EventName": name, "EventTime": NOW, "CloudTrailEvent": json.dumps(whole)}


def finding(address: Address, status: Status = Status.MODIFIED) -> Finding:
    return Finding(status=status, address=address, path="x", severity=Severity.LOW)


class Cloud:
    """CloudTrail's history by event name."""

    def __init__(self, server: ReplayServer) -> None:
        self.server = server
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.page = 50
        self.slept: list[float] = []
        server.answer("LookupEvents", self._answer)

    def _answer(self, request: Any) -> dict[str, Any]:
        (attribute,) = request["LookupAttributes"]
        assert attribute["AttributeKey"] == "EventName"
        begin = int(request.get("NextToken", "0"))
        events = self.events.get(attribute["AttributeValue"], [])
        more = {"NextToken": str(begin + self.page)} if begin + self.page < len(events) else {}
        return {"Events": events[begin : begin + self.page], **more}

    def asked(self) -> list[str]:
        return [call.parameters["LookupAttributes"][0]["AttributeValue"] for call in self.server.calls]

    def aws(self) -> Aws:
        return connect(AwsOptions(region=REGION, attempts=1, endpoint_url=self.server.emulator.url))

    def trail(self, *findings: Finding, limits: Limits = Limits(), **sides: Any) -> Trail:  # noqa: B008
        facts: dict[str, Any] = {"desired": State(), "live": State(), "pairs": PAIRS} | sides
        wanted = traces(findings, region=REGION, **facts)
        return last_writes(self.aws(), wanted, limits, now=NOW, sleep=self.slept.append)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with ReplayServer() as server:
        yield Cloud(server)
        assert server.unprepared == []


def test_the_last_writes_newest_first(cloud: Cloud) -> None:
    address = Address("pool", POOL)
    cloud.events["UpdateUserPool"] = [
        event("UpdateUserPool", {"userPoolId": "eu-west-1_other"}),
        event("UpdateUserPool", {"userPoolId": "eu-west-1_A"}, eventTime="2025-04-01T00:00:00Z"),
    ]
    cloud.events["SetUserPoolMfaConfig"] = [
        event("SetUserPoolMfaConfig", {"userPoolId": "eu-west-1_A"}, eventTime="2025-04-02T00:00:00Z")
    ]
    cloud.events["CreateUserPool"] = [
        event("CreateUserPool", {"poolName": "p"}, {"userPool": {"id": "eu-west-1_A"}})
    ]
    trail = cloud.trail(finding(address), finding(address))
    assert [write.event for write in trail.writes[address]] == [
        "CreateUserPool",
        "SetUserPoolMfaConfig",
        "UpdateUserPool",
    ]
    first = trail.writes[address][0]
    assert first.time == dt.datetime(2025, 4, 3, 10, 20, 30, tzinfo=dt.UTC)
    assert (first.principal, first.source) == ("arn:aws:sts::1:assumed-role/admin/anna", "192.0.2.7")
    assert trail.not_checked == {}
    assert cloud.asked() == list(WRITES[POOL].calls)
    assert cloud.slept == [0.5] * 4


def test_the_span_is_ninety_days_at_most(cloud: Cloud) -> None:
    cloud.trail(finding(Address("pool", POOL)), limits=Limits(days=400))
    sent = cloud.server.calls[0].parameters
    assert sent["EndTime"] - sent["StartTime"] == pytest.approx(90 * 86400)
    assert sent["MaxResults"] == 50


def test_pages_until_there_is_enough(cloud: Cloud) -> None:
    cloud.page = 1
    cloud.events["UpdateUserPool"] = [event("UpdateUserPool", {"userPoolId": "eu-west-1_A"})] * 5
    trail = cloud.trail(finding(Address("pool", POOL)), limits=Limits(each=2))
    assert len(trail.writes[Address("pool", POOL)]) == 2
    assert cloud.asked().count("UpdateUserPool") == 2


def test_a_client_is_told_from_another_of_its_pool(cloud: Cloud) -> None:
    address = Address("pool", CLIENT)
    cloud.events["UpdateUserPoolClient"] = [
        event("UpdateUserPoolClient", {"userPoolId": "eu-west-1_A", "clientId": "client2"}),
        event(
            "UpdateUserPoolClient",
            {"userPoolId": "eu-west-1_A", "clientId": "client1"},
            sourceIPAddress="1.1.1.1",
        ),
    ]
    (write,) = cloud.trail(finding(address)).writes[address]
    assert write.source == "1.1.1.1"


def test_who_deleted_what_is_gone(cloud: Cloud) -> None:
    address = Address("pool", CLIENT)
    pairs = {one: resource for one, resource in PAIRS.items() if one.kind == POOL}
    cloud.events["UpdateUserPoolClient"] = [event("UpdateUserPoolClient", IN_POOL | {"clientId": "x"})]
    cloud.events["DeleteUserPoolClient"] = [event("DeleteUserPoolClient", IN_POOL | {"clientId": "y"})]
    trail = cloud.trail(finding(address, Status.DELETED), pairs=pairs)
    assert [write.event for write in trail.writes[address]] == ["DeleteUserPoolClient"]
    assert cloud.asked() == ["DeleteUserPoolClient"]


def test_who_took_the_firewall_away(cloud: Cloud) -> None:
    """Nothing of it is live: the pool's id tells the event from those about other pools."""
    address = Address("pool", "aws_wafv2_web_acl_association")
    cloud.events["DisassociateWebACL"] = [
        event("DisassociateWebACL", {"resourceArn": f"arn:aws:cognito-idp:{REGION}:1:userpool/{pool}"})
        for pool in ("eu-west-1_B", "eu-west-1_A", "eu-west-1_AA")
    ]
    desired = State({address: Resource(address, {"resource_arn": Ref(Address("pool", POOL), "arn")})})
    trail = cloud.trail(finding(address, Status.DELETED), desired=desired)
    (write,) = trail.writes[address]
    assert (write.event, write.principal) == ("DisassociateWebACL", "arn:aws:sts::1:assumed-role/admin/anna")
    assert cloud.asked() == ["DisassociateWebACL", "AssociateWebACL"]


def test_an_unmanaged_resource_under_its_live_name(cloud: Cloud) -> None:
    live = State()
    address = Address("pool", CLIENT, "rogue")
    live.add(Resource(address, {"user_pool_id": "eu-west-1_A"}, attributes={"id": "rogue"}))
    cloud.events["CreateUserPoolClient"] = [
        event(
            "CreateUserPoolClient", {"userPoolId": "eu-west-1_A"}, {"userPoolClient": {"clientId": "rogue"}}
        )
    ]
    trail = cloud.trail(finding(address, Status.UNMANAGED), live=live)
    assert [write.event for write in trail.writes[address]] == ["CreateUserPoolClient"]


def test_a_deleted_provider_is_known_by_its_name(cloud: Cloud) -> None:
    kind = "aws_cognito_identity_provider"
    address = Address("pool", kind, "Google")
    desired = State()
    desired.add(Resource(address, {"provider_name": "Google"}))
    named = {"userPoolId": "eu-west-1_A", "providerName": "Google"}
    cloud.events["UpdateIdentityProvider"] = [event("UpdateIdentityProvider", named | {"providerName": "X"})]
    cloud.events["DeleteIdentityProvider"] = [event("DeleteIdentityProvider", named)]
    trail = cloud.trail(finding(address, Status.DELETED), desired=desired)
    assert [write.event for write in trail.writes[address]] == ["DeleteIdentityProvider"]


def test_lambda_and_global_services(cloud: Cloud) -> None:
    permission, role = Address("pool", "aws_lambda_permission", "pre"), Address("pool", "aws_iam_role", "sms")
    pairs = {
        permission: Resource(
            permission, {"function_name": "arn:aws:lambda:eu-west-1:1:function:check", "statement_id": "s"}
        ),
        role: Resource(role, {"name": "sms-role"}),
    }
    cloud.events["RemovePermission20150331v2"] = [
        event("RemovePermission20150331v2", {"functionName": "check", "statementId": "s"})
    ]
    cloud.events["UpdateAssumeRolePolicy"] = [event("UpdateAssumeRolePolicy", {"roleName": "sms-role"})]
    trail = cloud.trail(finding(permission), finding(role), pairs=pairs)
    assert {address.kind for address in trail.writes} == {"aws_lambda_permission", "aws_iam_role"}


def test_a_refusal_is_said_once_and_costs_one_call(cloud: Cloud) -> None:
    cloud.server.fail("LookupEvents", ACCESS_DENIED)
    trail = cloud.trail(*(finding(address) for address in PAIRS))
    assert trail.writes == {}
    assert len(trail.not_checked) == 2
    assert all("allow the IAM action cloudtrail:LookupEvents" in why for why in trail.not_checked.values())
    assert cloud.server.count() == 1


def test_requests_are_capped(cloud: Cloud) -> None:
    cloud.page = 1
    cloud.events["UpdateUserPool"] = [event("UpdateUserPool", {"userPoolId": "other"})] * 50
    trail = cloud.trail(finding(Address("pool", POOL)), limits=Limits(calls=7))
    assert cloud.server.count() == trail.calls == 7
    assert "ends after 7 requests" in trail.not_checked[Address("pool", POOL)]


def test_what_was_not_read_or_has_no_name_is_not_asked_for(cloud: Cloud) -> None:
    address = Address("gone", POOL)
    trail = cloud.trail(finding(address), finding(Address("pool", CLIENT), Status.NOT_CHECKED))
    assert "not known" in trail.not_checked[address]
    assert cloud.server.count() == 0


def test_calls_that_failed_wrote_nothing(cloud: Cloud) -> None:
    cloud.events["UpdateUserPool"] = [
        event("UpdateUserPool", {"userPoolId": "eu-west-1_A"}, errorCode="AccessDenied")
    ]
    assert cloud.trail(finding(Address("pool", POOL))).writes == {}


def test_no_parameter_is_kept_or_shown(cloud: Cloud) -> None:
    cloud.events["UpdateIdentityProvider"] = [
        event(
            "UpdateIdentityProvider",
            {"userPoolId": "eu-west-1_A", "providerDetails": {"client_secret": "canary"}},
        )
    ]
    item = cloud.events["UpdateIdentityProvider"][0]
    found = read(item)
    assert found is not None
    assert "canary" not in repr(found)
    assert "canary" not in repr(found.write)


def test_principals_are_plain_text() -> None:
    found = read(
        event("UpdateUserPool", {}, userIdentity={"arn": "a\x1b[31m\u202eb\nc"}, sourceIPAddress="x" * 900)
    )
    assert found is not None
    assert found.write.principal == "a\\u001b[31m\\u202eb\\nc"
    assert len(found.write.source) == 200


@pytest.mark.parametrize(
    ("identity", "principal"),
    [
        ({"type": "AWSService", "invokedBy": "cloudformation.amazonaws.com"}, "cloudformation.amazonaws.com"),
        ({"type": "Root", "accountId": "1"}, "1"),
        ({}, "unknown"),
        (None, "unknown"),
    ],
)
def test_principals_without_an_arn(identity: Any, principal: str) -> None:
    found = read(event("UpdateUserPool", None, userIdentity=identity))
    assert found is not None
    assert found.write.principal == principal


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["eventName", "eventTime", "userIdentity", "requestParameters", "sourceIPAddress", "x"]
        ),
        json_values,
    )
)
def test_no_answer_brings_it_down(record: dict[str, Any]) -> None:
    found = read({"CloudTrailEvent": json.dumps(record)})
    if found is not None:
        assert found.write.principal.isprintable()
    assert read({"CloudTrailEvent": "{"}) is None
    assert read({}) is None


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_table_names_real_writes(kind: str) -> None:
    """Every call exists in AWS's own model, is no read, and has the parameters that name a resource."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    writes = WRITES[kind]
    model = ServiceModel(Loader().load_service_model(writes.service, "service-2"), writes.service)
    reads = {source.operation.replace("_", "") for source in KINDS[kind].sources.values()}
    named: set[str] = set()
    for call in writes.calls:
        operation = model.operation_model(call)
        assert not re.match("Get|List|Describe|Lookup", call)
        assert call.lower() not in reads
        shapes: list[Any] = [one for one in (operation.input_shape, operation.output_shape) if one]
        members = {name for shape in shapes for name in shape.members}
        nested = {
            inner
            for shape in shapes
            for member in shape.members.values()
            if member.type_name == "structure"
            for inner in member.members
        }
        assert event_name(writes.service, call).startswith(call)
        assert members & set(writes.keys) or nested & set(writes.keys) or call == "CreateUserPool"
        named |= members | nested
    assert set(writes.keys) <= named
    known = {*KINDS[kind].attributes, *KINDS[kind].by_name}
    assert set(writes.keys.values()) <= known
