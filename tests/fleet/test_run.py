"""Runs of a fleet in front of the replay server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fleet.world import UNLIMITED, account, aws_environment, fleet_of
from tests.harness.fleet_server import account_id, deleted, drifted, fleet_server, pool_id, pools_spec
from tfgen.drift import compare
from tfgen.finding import Result, Status
from tfgen.fleet import Fleet, Target, TargetResult, load_fleet, run, together
from tfgen.fleet.budget import Budgets
from tfgen.fleet.check import check
from tfgen.fleet.sessions import Sessions


def checked(fleet: Fleet, **options: object) -> dict[str, TargetResult]:
    results = list(run(fleet.targets, quotas=fleet.quotas, **options))  # type: ignore[arg-type]
    assert sorted(done.name for done in results) == sorted(target.name for target in fleet.targets)
    return {done.name: done for done in results}


def whole(done: TargetResult) -> Result:
    assert done.result is not None, done.failure
    return done.result


def expected(first: int, count: int) -> list[tuple[Status, str]]:
    numbers = range(first, first + count)
    found = [(Status.MODIFIED, f"pool{number}") for number in numbers if drifted(number)]
    found += [(Status.DELETED, f"pool{number}") for number in numbers if deleted(number)]
    return sorted(found, key=str)


def said(done: TargetResult) -> list[tuple[Status, str]]:
    return sorted(((one.status, one.address.module) for one in whole(done).findings), key=str)


def test_every_target_is_compared_with_its_own_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with account(tmp_path, monkeypatch, accounts=2, pools=20) as server:
        done = checked(fleet_of(tmp_path, server, per_target=10))
        calls = server.calls()
    assert len(done) == 8
    for name, one in done.items():
        owner, region, first = name.split("/")
        assert said(one) == expected(int(first), 10)
        assert one.account == account_id(int(owner[1:]))
        assert one.region == region
        assert one.pools == 10
        assert one.seconds > 0
    assert calls["ListUserPools"] == 4, "one listing for each account and region, whoever needs it"
    assert sum(one.calls for one in done.values()) == sum(calls.values())


def test_a_target_in_parts_is_the_target_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with account(tmp_path, monkeypatch, pools=12) as server:
        target = fleet_of(tmp_path, server, per_target=12).targets[0]
        parts = check(target, Sessions(Budgets(UNLIMITED)), pools_at_once=5)
        one = check(target, Sessions(Budgets(UNLIMITED)), pools_at_once=100)
    left, right = whole(parts), whole(one)
    assert left.findings == right.findings
    assert sorted(left.compared) == sorted(right.compared)
    assert left.arguments == right.arguments
    assert left.pools == right.pools


def test_one_dead_target_loses_nothing_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with account(tmp_path, monkeypatch, pools=10) as server:
        fleet = fleet_of(tmp_path, server, per_target=10)
        good = fleet.targets[0]
        broken = tmp_path / "broken.yml"
        broken.write_text("resources: {p: {type: user-auth-pool, properties: {nope: 1}}}")
        bad = (
            replace(good, name="spec", specs=(broken,)),
            replace(good, name="profile", profile="nobody"),
            replace(good, name="pool", pool_ids={"nope": "eu-west-1_X"}),
            replace(good, name="account", account="999999999999"),
            replace(good, name="state", state=(broken,)),
            replace(good, name="endpoint", endpoint_url="http://127.0.0.1:9"),
        )
        options = Target.aws_options
        monkeypatch.setattr(Target, "aws_options", lambda target: replace(options(target), attempts=1))
        done = checked(Fleet(fleet.path, (*bad, *fleet.targets), fleet.quotas))
    assert all(not done[target.name].failure for target in fleet.targets)
    failures = {target.name: done[target.name].failure for target in bad}
    assert "broken.yml:1:52: resources.p.properties.nope: is not" in failures["spec"]
    assert "profile" in failures["profile"]
    assert "the specs have no pool nope" in failures["pool"]
    assert "these credentials are of 000000000000" in failures["account"]
    assert "no JSON at line 1, column 1" in failures["state"]
    assert "cannot reach AWS" in failures["endpoint"]
    assert not any(one.complete for one in done.values() if one.failure)


def test_a_bug_ends_one_target_and_shows_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def buggy(*given: object) -> Result:
        if len(seen) == 0:
            seen.append(1)
            raise ZeroDivisionError("canary-value")
        return compare(*given)  # type: ignore[arg-type]

    seen: list[int] = []
    with account(tmp_path, monkeypatch, pools=10) as server:
        done = checked(fleet_of(tmp_path, server, per_target=5), compare_with=buggy)
    failures = [one.failure for one in done.values() if one.failure]
    assert len(failures) == 1
    assert failures[0].startswith(
        "a bug of tfgen, please report it: ZeroDivisionError in buggy (test_run.py:"
    )
    assert "canary" not in failures[0]


def test_a_dead_account_is_not_asked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with account(tmp_path, monkeypatch, accounts=2, pools=100, expired=1, expires_after=0) as server:
        done = checked(fleet_of(tmp_path, server, per_target=5))
        calls = server.calls()
    failures = [one.failure for name, one in done.items() if name.startswith("a1/")]
    assert len(failures) == 40
    assert all("expired" in failure or "not tried" in failure for failure in failures)
    assert any("not tried: 3 targets in a row failed" in failure for failure in failures)
    assert all(not one.failure for name, one in done.items() if name.startswith("a0/"))
    assert calls["ListUserPools"] < 4 + 20


def test_quotas_hold_for_all_targets_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quotas = dict.fromkeys(UNLIMITED, 60)
    with account(tmp_path, monkeypatch, pools=30) as server:
        fleet = fleet_of(tmp_path, server, per_target=3, quotas=quotas)
        here = [target for target in fleet.targets if target.region == "eu-west-1"]
        assert len(list(run(here, quotas=fleet.quotas))) == 10
        moments = server.moments()
    categories = {
        ("DescribeUserPool", "ListUserPools"),
        ("DescribeUserPoolClient", "ListUserPoolClients"),
        ("GetUserPoolMfaConfig", "ListIdentityProviders", "DescribeUserPoolDomain", "GetUICustomization"),
    }
    for names in categories:
        asked = sorted(moment for name in names for moment in moments[name])
        # Requests leave evenly; on a busy machine they arrive a little closer together.
        most = max(sum(start <= moment < start + 0.7 for moment in asked) for start in asked)
        assert most <= 60, (names, most)
        if len(names) == 4:  # the narrow one: it must not be slower than it has to
            assert len(asked) / (asked[-1] - asked[0]) > 15


def test_all_results_as_one_for_the_reporters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with account(tmp_path, monkeypatch, pools=10) as server:
        fleet = fleet_of(tmp_path, server, per_target=10)
        done = checked(fleet)
    results = [*done.values(), TargetResult(name="dead", failure="no access")]
    one = together(results)
    assert one.resources == sum(whole(part).resources for part in done.values())
    modules = {finding.address.module for finding in one.findings}
    assert modules == {"a0/eu-west-1/0/pool3", "a0/eu-west-1/0/pool7", "a0/us-east-1/0/pool3"} | {
        "a0/us-east-1/0/pool7",
        "dead",
    }
    (dead,) = (finding for finding in one.findings if finding.address.module == "dead")
    assert (dead.status, dead.reason) == (Status.NOT_CHECKED, "no access")
    assert one.findings == sorted(one.findings, key=lambda finding: finding.sort_key)


def test_known_ids_spare_the_listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with account(tmp_path, monkeypatch, pools=4) as server:
        (tmp_path / "pools.yml").write_text(pools_spec(1, 2))
        resources = [
            {
                "module": "module.pool2",
                "mode": "managed",
                "type": "aws_cognito_user_pool",
                "name": "this",
                "instances": [{"attributes": {"id": pool_id(0, "eu-west-1", 2), "secret": "canary"}}],
            }
        ]
        (tmp_path / "terraform.tfstate").write_text(json.dumps({"version": 4, "resources": resources}))
        (tmp_path / "ids.yml").write_text(
            f"""
targets:
  - name: known
    specs: pools.yml
    region: eu-west-1
    profile: account0
    account: '000000000000'
    endpoint_url: {server.url}
    state: "*.tfstate"
    pool_ids: {{pool1: {pool_id(0, "eu-west-1", 1)}}}
"""
        )
        done = checked(load_fleet(tmp_path / "ids.yml", os.environ))["known"]
        calls = server.calls()
    assert said(done) == []
    assert done.covers is not None
    assert done.covers.ids == {pool_id(0, "eu-west-1", 1), pool_id(0, "eu-west-1", 2)}
    assert "ListUserPools" not in calls
    assert calls["GetCallerIdentity"] == 1


_INTERRUPTED = """
import sys, time
from pathlib import Path
import os
from tfgen.fleet import load_fleet, run
fleet = load_fleet(Path(sys.argv[1]), os.environ)
done = []
try:
    for one in run(fleet.targets, quotas=fleet.quotas):
        done.append(one.name)
        print(one.name, flush=True)
except KeyboardInterrupt:
    print("known", len(done), flush=True)
    sys.exit(130)
"""


def test_an_interrupt_ends_the_run_at_once_with_what_is_known(tmp_path: Path) -> None:
    with fleet_server(accounts=2, pools=10, hang=1) as server:
        environment = {**os.environ, **aws_environment(server, tmp_path)}
        fleet_of(tmp_path, server, per_target=5)
        command = [sys.executable, "-c", _INTERRUPTED, str(tmp_path / "tfgen.yml")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stdout is not None
            names = {process.stdout.readline().strip() for _ in range(4)}
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=20)
            seconds = time.monotonic() - start
    assert names == {"a0/eu-west-1/0", "a0/eu-west-1/5", "a0/us-east-1/0", "a0/us-east-1/5"}
    assert rest == "known 4\n"
    assert process.returncode == 130
    assert seconds < 2


def test_a_run_that_nobody_reads_any_more_stops_calling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with account(tmp_path, monkeypatch, accounts=2, pools=40, latency=0.02) as server:
        fleet = fleet_of(tmp_path, server, per_target=10)
        results = run(fleet.targets, quotas=fleet.quotas, workers=4)
        next(results)
        results.close()
        time.sleep(0.3)
        before = sum(server.calls().values())
        time.sleep(0.5)
        assert sum(server.calls().values()) == before
    names = {thread.name for thread in threading.enumerate() if thread.is_alive()}
    assert "tfgen-fleet" not in names


def test_a_wrong_account_does_not_make_the_right_one_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with account(tmp_path, monkeypatch, pools=5) as server:
        fleet = fleet_of(tmp_path, server, per_target=5)
        good = fleet.targets[0]
        wrong = tuple(replace(good, name=f"w{number}", account="9" * 12) for number in range(5))
        done = checked(Fleet(fleet.path, (*wrong, *fleet.targets), fleet.quotas), workers=1)
    assert all("these credentials are of" in done[one.name].failure for one in wrong)
    assert not done[good.name].failure
