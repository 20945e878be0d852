"""The firewall in front of a pool: read where the spec has one, and what drift says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.http_replay import ACCESS_DENIED, SERVER_ERROR, THROTTLED, Fault
from tests.live import specs
from tests.live.cloud import ACCOUNT, POOL_ID, REGION, Cloud, Gone, LivePool
from tfgen.drift import compare
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS, lower
from tfgen.kinds.field import Severity
from tfgen.known import Known
from tfgen.known_sources import from_outputs
from tfgen.live import Aws, fetch
from tfgen.live.policy import policy
from tfgen.resource import Address, State
from tfgen.spec import Options, load

Read = Callable[..., State]
Check = Callable[..., list[Finding]]

ASSOCIATION = "aws_wafv2_web_acl_association"
POOL = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{POOL_ID}"
WALL = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/wall/0a1b-wall"
OTHER = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/other/2c3d-other"
SPEC = """\
resources:
  people:
    type: user-auth-pool
    properties:
      useFirewall: wall
  wall:
    type: web-app-firewall
    properties: {scope: regional}
"""
GIVEN = {"web_acl_arns.wall": WALL}
SOURCE = KINDS[ASSOCIATION].sources["acl"]


@pytest.fixture
def people(cloud: Cloud) -> LivePool:
    pool = cloud.add("people")
    pool.web_acl = WALL
    return pool


@pytest.fixture
def check(aws: Aws, tmp_path: Path) -> Check:
    """The findings about the firewall of a spec's text."""

    def findings(text: str = SPEC, variables: dict[str, str] = GIVEN) -> list[Finding]:
        path = tmp_path / "spec.yml"
        path.write_text(text)
        spec, known = load([path], Options()), Known(variables=dict(variables))
        desired = lower(spec)
        found = compare(spec, desired, fetch(desired, known, aws), known).findings
        return [one for one in found if one.address.kind == ASSOCIATION]

    return findings


def test_the_web_acl_is_read_and_nothing_of_its_rules(cloud: Cloud, people: LivePool, read: Read) -> None:
    state = read(SPEC)
    label = f"{WALL},{POOL}"
    found = state.resources[Address("people", ASSOCIATION, label)]
    assert found.values == {"resource_arn": POOL, "web_acl_arn": WALL}
    assert found.attributes == {"id": label}
    assert state.unread == []
    assert [call.parameters for call in cloud.server.calls if "WebACL" in call.operation] == [
        {"ResourceArn": POOL}
    ]


def test_a_pool_without_a_firewall_in_the_spec_is_not_asked_about(
    cloud: Cloud, people: LivePool, read: Read
) -> None:
    state = read(specs.PLAIN)
    assert cloud.server.count("GetWebACLForResource") == 0
    assert ASSOCIATION not in {address.kind for address in state.resources}


def test_the_right_one_is_no_drift(people: LivePool, check: Check) -> None:
    assert check() == []


def test_a_removed_firewall_is_named(people: LivePool, check: Check) -> None:
    """Also when the ARN of the web ACL is not known: any would be better than none."""
    people.web_acl = None
    for variables in (GIVEN, {}):
        (found,) = check(variables=variables)
        assert (found.status, found.severity) == (Status.DELETED, Severity.HIGH)
        assert found.controls == ("prowler cognito_user_pool_waf_acl_attached",)
        assert found.effect == "apply makes it again"
        assert found.spec_path == "resources.people.properties.useFirewall"
        assert found.position is not None
        assert found.position.line == 5


def test_another_web_acl_is_named(people: LivePool, check: Check) -> None:
    people.web_acl = OTHER
    (found,) = check()
    assert (found.status, found.path, found.severity) == (Status.MODIFIED, "web_acl_arn", Severity.HIGH)
    assert (found.desired, found.live) == (WALL, OTHER)
    assert found.accept == f'overrides.WebACLAssociation.WebACLArn: "{OTHER}"'
    assert (
        check(
            SPEC.replace(
                "  wall:", f"    overrides: {{WebACLAssociation: {{WebACLArn: '{OTHER}'}}}}\n  wall:"
            )
        )
        == []
    )


def test_an_unknown_web_acl_is_not_checked(people: LivePool, check: Check) -> None:
    (found,) = check(variables={})
    assert (found.status, found.path) == (Status.NOT_CHECKED, "web_acl_arn")
    assert "--var web_acl_arns.wall=" in found.reason


def test_what_terraform_put_out_makes_it_known() -> None:
    known = Known()
    outputs = {"format_version": "1", "resources": {}, "variables": {"web_acl_arns": {"wall": WALL}}}
    from_outputs(json.loads(json.dumps(outputs)), known)
    assert known.variables == GIVEN


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            ACCESS_DENIED,
            f"is refused: allow the IAM action {SOURCE.action} (and {', '.join(SOURCE.also)})",
        ),
        (THROTTLED, "is throttled"),
        (SERVER_ERROR, "ends in an error of AWS"),
        (Fault("WAFInternalErrorException", 500), "ends in an error of AWS"),
        (Fault("WAFUnavailableEntityException", 400), "cannot answer yet"),
        (Fault("WAFInvalidParameterException", 400), "calls a parameter invalid"),
        (Fault("WAFInvalidOperationException", 400), "fails (WAFInvalidOperationException)"),
        (Fault(reset=True), "lost the connection"),
    ],
)
def test_what_could_not_be_read_is_never_called_gone(
    cloud: Cloud, people: LivePool, check: Check, fault: Fault, said: str
) -> None:
    cloud.server.fail("GetWebACLForResource", fault)
    (found,) = check()
    assert (found.status, found.severity) == (Status.NOT_CHECKED, Severity.HIGH)
    assert found.reason.startswith(f"GetWebACLForResource {said}")


def test_without_the_pools_arn_nobody_is_asked(cloud: Cloud, people: LivePool, check: Check) -> None:
    cloud.server.fail("DescribeUserPool", ACCESS_DENIED)
    (found,) = check()
    assert found.status is Status.NOT_CHECKED
    assert "only DescribeUserPool tells the pool's ARN" in found.reason
    assert cloud.server.count("GetWebACLForResource") == 0


def test_a_web_acl_without_an_arn_is_not_understood(cloud: Cloud, people: LivePool, check: Check) -> None:
    cloud.server.answer("GetWebACLForResource", {"WebACL": {"Name": "wall"}})
    (found,) = check()
    assert found.status is Status.NOT_CHECKED
    assert found.reason == "GetWebACLForResource answers a web ACL without an ARN"


def test_a_pool_that_aws_waf_does_not_know_has_no_firewall(
    cloud: Cloud, people: LivePool, check: Check
) -> None:
    cloud.server.fail("GetWebACLForResource", Fault("WAFNonexistentItemException", 400))
    (found,) = check()
    assert found.status is Status.DELETED


def test_a_pool_that_goes_meanwhile_is_not_compared(cloud: Cloud, people: LivePool, read: Read) -> None:
    def gone(request: object) -> dict[str, object]:
        cloud.pools.clear()
        raise Gone(Fault("WAFNonexistentItemException", 400))

    cloud.server.answer("GetWebACLForResource", gone)
    state = read(SPEC)
    assert state.resources == {}
    assert {item.kind for item in state.unread} >= {ASSOCIATION, "aws_cognito_user_pool"}
    assert {item.reason for item in state.unread} == {
        f"user pool {POOL_ID} was deleted while it was read: run again"
    }


def test_the_policy_allows_what_the_call_needs_for_any_web_acl(tmp_path: Path) -> None:
    """The one that is found after a change is not the one of the spec."""
    known = Known(
        ids={"module.people.aws_cognito_user_pool.this": POOL_ID},
        variables=GIVEN,
        account=ACCOUNT,
        region="us-east-1",
    )
    found = {item["Sid"]: item for item in policy(specs.desired(SPEC, tmp_path), known)["Statement"]}
    assert found["ReadFirewalls"]["Action"] == sorted(SOURCE.actions)
    assert found["ReadFirewalls"]["Resource"] == [
        POOL,
        f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/*/*",
    ]
    assert "ReadFirewalls" not in str(policy(specs.desired(specs.PLAIN, tmp_path), known))
