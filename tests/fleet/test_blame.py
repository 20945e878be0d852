"""Who did it, over a fleet: once for each account and region, no faster than CloudTrail answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fleet.nights import change, nights
from tests.fleet.world import fleet_of
from tests.harness.fleet_server import pool_id
from tfgen.finding import Trace
from tfgen.fleet import Fleet, TargetResult, blame, run
from tfgen.fleet.budget import Budgets
from tfgen.fleet.codec import dumps, loads
from tfgen.fleet.quotas import QUOTAS
from tfgen.fleet.sessions import Sessions
from tfgen.resource import Address

POOL = "aws_cognito_user_pool"


def asked(fleet: Fleet, results: Sequence[TargetResult]) -> list[blame.Place]:
    targets = {target.name: target for target in fleet.targets}
    return blame.places(
        (targets[one.name], blame.of_target(targets[one.name], one.result, one.result.findings))
        for one in results
        if one.result is not None
    )


def answers(fleet: Fleet, places: Sequence[blame.Place]) -> blame.Lines:
    found: blame.Lines = {}
    blame.ask(places, fleet.quotas, found)
    return found


def test_targets_of_one_place_are_asked_about_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nights(tmp_path, monkeypatch, accounts=2, pools=20) as server:
        change(server, length="8", tier="PLUS")
        fleet = fleet_of(tmp_path, server, per_target=2)
        results = list(run(fleet.targets, quotas=fleet.quotas))
        places = asked(fleet, results)
        found = answers(fleet, places)
        calls = server.calls()
    assert len(places) == 4
    assert sorted(len(place.resources) for place in places) == [2] * 4
    assert calls["LookupEvents"] == 4 * 5
    lines = {address.module: lines for address, lines in found.items()}
    assert lines["a1/us-east-1/2/pool3"] == (
        "2026-11-20 10:20:30 UTC UpdateUserPool by arn:aws:iam::000000000001:user/anna from 192.0.2.7",
    )
    assert lines["a1/us-east-1/4/pool4"] == ("no write in the last 90 days",)
    assert list(blame.summary(found)) == []


def test_the_rate_is_cloudtrails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with nights(tmp_path, monkeypatch, pools=4) as server:
        change(server, length="8")
        fleet = fleet_of(tmp_path, server, per_target=4, quotas=QUOTAS | {"CloudTrail": 8})
        here = [target for target in fleet.targets if target.region == "eu-west-1"]
        results = list(run(here, quotas=fleet.quotas))
        answers(fleet, asked(fleet, results))
        moments = sorted(server.moments()["LookupEvents"])
    assert len(moments) == 5
    assert moments[-1] - moments[0] >= 4 / 8 * 0.8


def test_the_cap_is_one_for_a_place_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with nights(tmp_path, monkeypatch, pools=10) as server:
        change(server, length="8", trail="50")
        fleet = fleet_of(tmp_path, server, per_target=5)
        here = [target for target in fleet.targets if target.region == "eu-west-1"]
        # Other credentials of the same account: what one used, the other lacks.
        here[1] = replace(here[1], external_id="x")
        results = list(run([here[0]], quotas=fleet.quotas))
        one = results[0]
        twin = replace(one, name=here[1].name)
        (place,) = asked(replace(fleet, targets=tuple(here)), [one, twin])
        lines = blame.answer(place, Sessions(Budgets(fleet.quotas)), calls=7)
        assert server.calls()["LookupEvents"] == 7
    assert [said[-1] for said in lines.values()] == [
        "NOT_CHECKED: not all of it was looked at: it ends after 7 requests",
        "NOT_CHECKED: not looked at: it ends after 7 requests",
    ]
    assert [line.partition(": ")[2] for line in blame.summary(lines)] == [
        "not all of it was looked at: it ends after 7 requests",
        "not looked at: it ends after 7 requests",
    ]


def test_a_dead_place_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with nights(tmp_path, monkeypatch, pools=4) as server:
        change(server, length="8")
        fleet = fleet_of(tmp_path, server, per_target=4)
        results = list(run(fleet.targets, quotas=fleet.quotas))
        dead = [
            replace(target, profile="nobody") if "eu" in target.name else target for target in fleet.targets
        ]
        found = answers(fleet, asked(replace(fleet, targets=tuple(dead)), results))
    lines = {address.module: lines for address, lines in found.items()}
    assert lines["a0/eu-west-1/0/pool3"][0].startswith("NOT_CHECKED: ")
    assert "anna" in lines["a0/us-east-1/0/pool3"][0]


def test_what_tells_a_resource_survives_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with nights(tmp_path, monkeypatch, pools=10) as server:
        change(server, length="8", rogue="https://a.example")
        fleet = fleet_of(tmp_path, server, per_target=10)
        results = [loads(dumps(one)) for one in run(fleet.targets, quotas=fleet.quotas)]
    traces = {address: trace for one in results if one.result for address, trace in one.result.traces.items()}
    assert traces[Address("pool3", POOL)] in [
        Trace({"userpoolid": pool_id(0, region, 3)}, region) for region in ("eu-west-1", "us-east-1")
    ]
    rogue = next(trace for address, trace in traces.items() if address.module == "pool5")
    assert rogue.wanted["clientid"] == "load0test0client0id0000000"
    assert rogue.whole


def test_lines_cross_as_json() -> None:
    lines: blame.Lines = {Address("a/b", POOL, "x"): ("one", "two"), Address("", POOL, "*"): ()}
    assert blame.loads(blame.dumps(lines)) == lines
