"""Pools without a spec are found, and none is called so that may have one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fleet.world import account, fleet_of
from tests.harness.fleet_server import FleetServer, pool_id
from tfgen.finding import Finding, Status
from tfgen.fleet import Covers, Fleet, Target, run, unmanaged
from tfgen.fleet.check import covers
from tfgen.kinds import lower
from tfgen.kinds.field import Severity
from tfgen.known import Known
from tfgen.resource import Address, Resource, State, Unknown, Variable
from tfgen.spec import load

STRAYS = [999998, 999999]


def found(fleet: Fleet, targets: tuple[Target, ...] | None = None, *, ran: bool = True) -> list[Finding]:
    targets = fleet.targets if targets is None else targets
    results = list(run(targets, quotas=fleet.quotas)) if ran else []
    return [finding for place in unmanaged(fleet, targets, results) for finding in place.result.findings]


def ids(findings: list[Finding]) -> list[str]:
    assert all(finding.status is Status.UNMANAGED for finding in findings), findings
    assert all(finding.severity is Severity.MEDIUM and not finding.declared for finding in findings)
    return sorted(finding.address.label for finding in findings)


def strays(*regions: str) -> list[str]:
    return sorted(pool_id(0, region, number) for region in regions for number in STRAYS)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FleetServer:  # type: ignore[misc]
    with account(tmp_path, monkeypatch, accounts=2, pools=6, extra=2) as running:
        yield running


def test_every_pool_without_a_spec_is_found(tmp_path: Path, server: FleetServer) -> None:
    fleet = fleet_of(tmp_path, server, per_target=3)
    findings = found(fleet)
    assert len(ids(findings)) == 8
    (one,) = (item for item in findings if item.address.label == pool_id(1, "us-east-1", 999999))
    assert one.address.module == "000000000001/us-east-1"
    assert one.live == "name stray0, id us-east-1_001999999"
    assert one.position is not None
    assert one.position.file == str(fleet.path)


@pytest.mark.parametrize("ran", [True, False])
def test_targets_that_were_not_selected_cover_their_pools(
    tmp_path: Path, server: FleetServer, ran: bool
) -> None:
    fleet = fleet_of(tmp_path, server, per_target=3)
    assert ids(found(fleet, fleet.targets[:1], ran=ran)) == strays("eu-west-1")


def test_other_credentials_of_the_same_account_cover_too(tmp_path: Path, server: FleetServer) -> None:
    """Two names for one account: AWS itself says that it is one."""
    fleet = fleet_of(tmp_path, server, per_target=3)
    credentials = tmp_path / "credentials"
    credentials.write_text(credentials.read_text() + credentials.read_text().replace("[account", "[other"))
    first, second, *_ = fleet.targets
    both = (first, replace(second, profile="other0"))
    assert ids(found(Fleet(fleet.path, both, fleet.quotas))) == strays("eu-west-1")


def test_nothing_is_called_unmanaged_where_a_target_cannot_be_read(
    tmp_path: Path, server: FleetServer
) -> None:
    fleet = fleet_of(tmp_path, server, per_target=3)
    (tmp_path / "pools0.yml").write_text("resources: {}")
    here = tuple(target for target in fleet.targets if target.profile == "account0")
    findings = found(Fleet(fleet.path, here, fleet.quotas))
    assert [finding.status for finding in findings] == [Status.NOT_CHECKED] * 2
    assert "5 pools (" in findings[0].reason
    assert "a0/eu-west-1/0 (" in findings[0].reason


def test_a_refused_listing_is_not_checked(tmp_path: Path, server: FleetServer) -> None:
    fleet = fleet_of(tmp_path, server, per_target=6)
    lost = replace(fleet.targets[0], profile="nobody")
    (finding,) = found(Fleet(fleet.path, (lost,), fleet.quotas))
    assert finding.status is Status.NOT_CHECKED
    assert "profile" in finding.reason


def test_given_ids_count_wherever_they_are(tmp_path: Path, server: FleetServer) -> None:
    fleet = fleet_of(tmp_path, server, per_target=6)
    stray = pool_id(0, "us-east-1", STRAYS[0])
    elsewhere = replace(fleet.targets[0], pool_ids={"pool1": stray})
    two = Fleet(fleet.path, (elsewhere, fleet.targets[1]), fleet.quotas)
    expected = [*strays("eu-west-1", "us-east-1"), pool_id(0, "eu-west-1", 1)]
    assert ids(found(two, ran=False)) == sorted(set(expected) - {stray})


def test_names_that_only_the_deployment_knows(tmp_path: Path) -> None:
    state = State()
    for name, value in (("a", "x"), ("b", Variable("name", "")), ("c", Unknown("later"))):
        state.add(Resource(Address(name, "aws_cognito_user_pool"), {"name": value}))
    known = Known(ids={"module.c.aws_cognito_user_pool.this": "eu-west-1_C"})
    covered = covers(state, known)
    assert covered == Covers(frozenset({"eu-west-1_C"}), frozenset({"x"}), complete=False)
    spec = tmp_path / "s.yml"
    spec.write_text("resources: {p: {type: user-auth-pool, properties: {userVerificationType: none}}}")
    assert covers(lower(load([spec])), Known()).complete
