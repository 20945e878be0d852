"""A nightly job over a fleet: what is accepted, what is new, who did it; several nights, files in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Invoke, Outcome
from tests.fleet.nights import CANARY, ROGUE, change, nights
from tests.fleet.world import fleet_of
from tests.harness.fleet_server import FleetServer, account_id
from tfgen.errors import UsageError
from tfgen.resource import Address

LENGTH = "password_policy.minimum_length"


class Fleet:
    """Two accounts with two regions each, ten pools to a target: four targets."""

    def __init__(self, folder: Path, server: FleetServer, invoke: Invoke) -> None:
        self.server, self.folder, self._invoke = server, folder, invoke
        self.file = fleet_of(folder, server, per_target=10).path
        self.accepted, self.history = folder / "accepted.yml", folder / "history.db"

    def night(self, *options: object, **changes: str) -> Outcome:
        change(self.server, **changes)
        return self._invoke("drift", "--fleet", self.file, "--format", "json", *options)


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, invoke: Invoke) -> Iterator[Fleet]:
    monkeypatch.chdir(tmp_path)
    with nights(tmp_path, monkeypatch, accounts=2, pools=10) as server:
        yield Fleet(tmp_path, server, invoke)


def found(done: Outcome) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(done.out)["findings"]
    return findings


def places(done: Outcome) -> set[tuple[str, str, str]]:
    return {(one["module"], one["status"], one["path"]) for one in found(done)}


def resolved(done: Outcome) -> set[str]:
    """The modules of what is no longer found."""
    return {Address.parse(one["resource"]).module for one in json.loads(done.out)["resolved"]}


ALL = ("a0/eu-west-1/0", "a0/us-east-1/0", "a1/eu-west-1/0", "a1/us-east-1/0")


def test_recorded_once_then_only_what_changed(fleet: Fleet) -> None:
    live = {"rogue": "https://a.example", "tier": "PLUS"}
    assert fleet.night("--record", fleet.accepted, **live).code == 2
    text = fleet.accepted.read_text()
    assert CANARY not in text
    assert "canary-client-secret" not in text
    assert [f'{{"account": "{account_id(int(name[1]))}", ' in text for name in ALL] == [True] * 4
    assert text.count(ROGUE) == 8, "address and comment of each target's"
    first = fleet.night("--baseline", fleet.accepted)
    assert (first.code, found(first), first.err) == (0, [], "")

    other = fleet.night("--baseline", fleet.accepted, rogue="https://evil.example")
    assert other.code == 2
    assert places(other) == {(f"{name}/pool5", "UNMANAGED", "") for name in ALL}
    reason = (
        'accepted, but changed since: callback_urls was ["https://a.example"], is ["https://evil.example"]; '
        'default_redirect_uri was "https://a.example", is "https://evil.example"'
    )
    assert {one["reason"] for one in found(other)} == {reason}
    gone = fleet.night("--baseline", fleet.accepted, rogue="", tier="ESSENTIALS")
    assert gone.code == 0
    assert places(gone) == {
        place
        for name in ALL
        for place in [(f"{name}/pool5", "DELETED", ""), (f"{name}/pool4", "DELETED", "user_pool_tier")]
    }
    again = fleet.night("--record", fleet.accepted, **live)
    assert again.code == 2
    assert fleet.accepted.read_text() == text, "the same bytes every time"


def test_a_record_keeps_what_the_run_did_not_look_at(fleet: Fleet) -> None:
    fleet.night("--record", fleet.accepted, tier="PLUS")
    before = fleet.accepted.read_text()
    some = fleet.night("--record", fleet.accepted, "--target", "a0/*", tier="ESSENTIALS")
    assert some.code == 0
    assert "kept as recorded before, not looked at now: a1/eu-west-1/0, account 0000" in some.err
    after = fleet.accepted.read_text()
    assert (
        after
        == before[: before.index("\n- scope")]
        + before[before.index('\n- scope: {"account": "000000000001"') :]
    )
    refused = fleet.night("--record", fleet.accepted, refused="4")
    assert refused.code == 1
    assert "kept as recorded before, could not be read now: module.pool4." in refused.err
    assert fleet.accepted.read_text().count('live: "PLUS"') == 2


def test_a_record_never_replaces_a_file_of_another_kind(fleet: Fleet) -> None:
    fleet.accepted.write_text("resources:\n  a: {type: user-auth-pool}\n")
    done = fleet.night("--record", fleet.accepted)
    assert done.code == 1
    assert "version: is missing or not known" in done.err
    assert fleet.accepted.read_text().startswith("resources:")
    assert fleet.server.calls() == {}


def test_the_spec_decides_now_what_was_accepted(fleet: Fleet) -> None:
    fleet.night("--record", fleet.accepted, tier="PLUS")
    spec = fleet.folder / "pools0.yml"
    head, pool, rest = spec.read_text().partition("  pool4:\n    type: user-auth-pool\n")
    spec.write_text(f"{head}{pool}    overrides: {{UserPool: {{UserPoolTier: PLUS}}}}\n{rest}")
    done = fleet.night("--baseline", fleet.accepted)
    assert (done.code, found(done)) == (0, [])
    assert done.err.count("no longer needed in the baseline: module.a") == 4


def test_the_baseline_of_another_account_accepts_nothing_and_fails(fleet: Fleet) -> None:
    fleet.night("--record", fleet.accepted, tier="PLUS")
    text = fleet.accepted.read_text()
    fleet.accepted.write_text(text.replace('{"account": "000000000001"', '{"account": "000000000009"', 1))
    done = fleet.night("--baseline", fleet.accepted)
    assert done.code == 1
    assert places(done) == {("a1/eu-west-1/0/pool4", "MODIFIED", "user_pool_tier")}
    assert (
        "a1/eu-west-1/0: nothing of the baseline is accepted: the baseline was recorded for account "
        "000000000009, and a1/eu-west-1/0 looks at account 000000000001\n" in done.err
    )


def test_one_deployments_baseline_is_for_the_target_in_its_place(fleet: Fleet, invoke: Invoke) -> None:
    change(fleet.server, tier="PLUS")
    one = [fleet.folder / "pools0.yml", "--region", "eu-west-1", "--profile", "account0"]
    place = ["--endpoint-url", fleet.server.url]
    assert invoke("drift", *one, *place, "--record", fleet.accepted).code == 2
    assert fleet.accepted.read_text().count("version: 1\n") == 1
    done = fleet.night("--baseline", fleet.accepted)
    assert {module for module, _, _ in places(done)} == {f"{name}/pool4" for name in ALL[1:]}
    fleet.night("--record", fleet.accepted)
    assert fleet.accepted.read_text().count("- scope:") == 5, "that of the one deployment stays"
    assert invoke("drift", *one, *place, "--baseline", fleet.accepted).code == 0


def test_history_over_some_nights(fleet: Fleet) -> None:
    options = ["--history", fleet.history, "--new-only"]
    first = fleet.night(*options, length="8")
    assert first.code == 2
    assert {one["since"] for one in found(first)} == {"new since the last run"}
    assert fleet.night(*options).code == 0
    worse = fleet.night(*options, length="6")
    assert worse.code == 2
    assert all(one["since"].endswith("changed since the last run") for one in found(worse))
    mended = fleet.night(*options, length="12")
    assert mended.code == 0
    assert (found(mended), resolved(mended)) == ([], {f"{name}/pool3" for name in ALL})
    assert resolved(fleet.night(*options)) == set()
    back = fleet.night(*options, length="6")
    assert back.code == 2
    assert all("gone in between" in one["since"] for one in found(back))
    assert CANARY.encode() not in fleet.history.read_bytes()


def test_what_was_not_looked_at_is_not_resolved(fleet: Fleet) -> None:
    options = ["--history", fleet.history]
    fleet.night(*options, length="8")
    some = fleet.night(*options, "--target", "a0/*", length="12")
    assert resolved(some) == {"a0/eu-west-1/0/pool3", "a0/us-east-1/0/pool3"}
    refused = fleet.night(*options, refused="3")
    assert refused.code == 1
    assert resolved(refused) == set()
    known = fleet.night(*options, refused="", length="8")
    news = {one["module"]: one["since"] for one in found(known) if one["path"] == LENGTH}
    assert "gone in between" in news["a0/eu-west-1/0/pool3"]
    assert news["a1/eu-west-1/0/pool3"].endswith(" UTC")


def test_a_dead_target_is_known_for_how_long_and_resolves_nothing(fleet: Fleet) -> None:
    options = ["--history", fleet.history]
    fleet.night(*options, length="8")
    spec = fleet.file.read_text()
    fleet.file.write_text(spec.replace("profile: account1", "profile: nobody"))
    assert fleet.night(*options).code == 1
    second = fleet.night(*options)
    dead = [one for one in found(second) if one["status"] == "NOT_CHECKED"]
    assert {one["module"] for one in dead} == {"a1/eu-west-1/0", "a1/us-east-1/0"}
    assert all(one["since"].endswith(" UTC") for one in dead)
    fleet.file.write_text(spec)
    third = fleet.night(*options)
    assert all(one["since"].endswith(" UTC") for one in found(third))


def test_a_resumed_run_tells_each_thing_once(fleet: Fleet) -> None:
    options = ["--history", fleet.history, "--new-only"]
    refused = fleet.night(*options, length="8", refused="9")
    assert refused.code == 1, "no target is whole, so all are checked again"
    spec = fleet.file.read_text()
    fleet.file.write_text(spec.replace("profile: account1", "profile: nobody"))
    assert fleet.night(*options, refused="", length="6").code == 1
    fleet.file.write_text(spec)
    before = fleet.server.calls()["DescribeUserPool"]
    done = fleet.night(*options, "--resume", length="12")
    assert fleet.server.calls()["DescribeUserPool"] == before + 20, "the other account's"
    assert (done.code, places(done)) == (
        0,
        {("a0/eu-west-1/0/pool3", "MODIFIED", LENGTH), ("a0/us-east-1/0/pool3", "MODIFIED", LENGTH)},
    )
    assert all(one["since"].endswith(" UTC") for one in found(done)), "told last time"
    last = fleet.night(*options)
    assert resolved(last) == {"a0/eu-west-1/0/pool3", "a0/us-east-1/0/pool3"}


def test_what_is_accepted_may_come_from_the_journal(fleet: Fleet) -> None:
    """It holds what an unmanaged client is like, and no secret of it."""
    spec = fleet.file.read_text()
    fleet.file.write_text(spec.replace("profile: account1", "profile: nobody"))
    fleet.night(rogue="https://a.example", tier="PLUS")
    journal = (fleet.folder / ".tfgen.yml.journal").read_text()
    assert CANARY not in journal
    assert "canary" not in journal
    assert "https://a.example" in journal
    fleet.file.write_text(spec)
    fleet.night("--resume", "--record", fleet.accepted)
    resumed = fleet.accepted.read_text()
    fleet.night("--record", fleet.accepted)
    assert fleet.accepted.read_text() == resumed
    assert resumed.count('callback_urls: ["https://a.example"]') == 4


def test_who_did_it_is_asked_once_for_an_account_and_region(fleet: Fleet) -> None:
    done = fleet.night("--blame", length="8")
    assert done.code == 2
    for one in found(done):
        owner = account_id(int(one["module"][1]))
        assert one["writes"] == [
            f"2026-11-20 10:20:30 UTC UpdateUserPool by arn:aws:iam::{owner}:user/anna from 192.0.2.7"
        ]
    assert "asking CloudTrail about 4 resources in 4 accounts and regions, at most 120 requests" in done.err
    assert fleet.server.calls()["LookupEvents"] == 4 * 5, "the calls that write to a pool"


def test_who_did_it_is_not_asked_about_what_is_accepted(fleet: Fleet) -> None:
    fleet.night("--record", fleet.accepted, tier="PLUS")
    assert fleet.night("--baseline", fleet.accepted, "--blame").code == 0
    assert "LookupEvents" not in fleet.server.calls()


def test_what_cloudtrail_does_not_tell_is_said(fleet: Fleet) -> None:
    denied = fleet.night("--blame", length="8", trail="denied")
    assert denied.code == 2
    assert all(one["writes"][0].startswith("NOT_CHECKED: ") for one in found(denied))
    assert "who wrote to 4 of 4 resources is not (wholly) known: " in denied.err
    assert fleet.server.calls()["LookupEvents"] == 4
    many = fleet.night("--blame", trail="1000")
    assert {*(line for one in found(many) for line in one["writes"])} == {
        "NOT_CHECKED: not all of it was looked at: it ends after 120 requests"
    }
    assert "4 of 4 resources is not (wholly) known: not all of it was looked at" in many.err


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [(KeyboardInterrupt(), 130, "the run was interrupted"), (UsageError("no workers"), 2, "no workers")],
)
def test_who_did_it_never_costs_what_was_found(
    fault: BaseException, code: int, said: str, fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        raise fault

    monkeypatch.setattr("tfgen.fleet.ask", ask)
    done = fleet.night("--blame", "--history", fleet.history, length="8")
    assert (done.code, len(found(done))) == (code, 4)
    assert {tuple(one["writes"]) for one in found(done)} == {(f"NOT_CHECKED: {said}",)}
    assert fleet.history.exists() is (code == 2)


def test_selectors_and_rules_know_modules_by_both_names(fleet: Fleet) -> None:
    def modules(*options: object) -> set[str]:
        return {module for module, _, _ in places(fleet.night(*options, length="8", tier="PLUS"))}

    one = "a1/eu-west-1/0/pool3"
    assert modules("--only", "pool:pool3") == {f"{name}/pool3" for name in ALL}
    assert modules("--only", f"pool:{one}") == {one}
    assert modules("--only", f"resource:module.{one}.*") == {one}
    assert modules("--only", f"module.{one}.aws_cognito_user_pool.this") == {one}
    assert modules("--only", "pool:a1/*") == {
        f"{name}/{pool}" for name in ALL[2:] for pool in ("pool3", "pool4")
    }
    assert modules("--skip", "pool:a*/pool4", "--only", "path:password_policy") == {
        f"{name}/pool3" for name in ALL
    }
    rules = fleet.folder / "rules.yml"
    rules.write_text(f"rules:\n  - {{path: '*', pool: ['*/pool*', '!{one}'], reason: agreed}}\n")
    assert modules("--ignore", rules) == {one}
    slip = fleet.night("--only", "pool:a1/eu-west-1/0/pool33")
    assert slip.code == 1
    assert "no pool or HTTP API is called this" in slip.err
    assert "did you mean a1/eu-west-1/0/pool3?" in slip.err
    assert json.loads(slip.out)["findings"] == [], "the report comes all the same"


def test_warnings_of_specs_are_said_once(fleet: Fleet) -> None:
    spec = fleet.folder / "pools0.yml"
    spec.write_text(f"servicename: shop\n{spec.read_text()}")
    done = fleet.night()
    assert done.err == (
        f"{spec}:1:1: warning: servicename: is not known at the top of a spec and is ignored; "
        "did you mean serviceName?\n"
    )
    assert fleet.night("-q").err == ""


def test_pools_without_a_spec_are_accepted_and_remembered_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, invoke: Invoke
) -> None:
    monkeypatch.chdir(tmp_path)
    with nights(tmp_path, monkeypatch, pools=6, extra=1) as server:
        fleet = Fleet(tmp_path, server, invoke)
        first = fleet.night("--discover", "--record", fleet.accepted, "--history", fleet.history)
        assert first.code == 2
        there = {"000000000000/eu-west-1", "000000000000/us-east-1"}
        assert {one["module"] for one in found(first)} == there
        assert {one["since"] for one in found(first)} == {"new since the last run"}
        assert '- scope: {"account": "000000000000", "region": "eu-west-1", "target": "(no spec) 0' in (
            fleet.accepted.read_text()
        )
        quiet = fleet.night("--discover", "--baseline", fleet.accepted)
        assert (quiet.code, quiet.err) == (0, "")
        without = fleet.night("--baseline", fleet.accepted)
        assert (without.code, without.err) == (0, ""), "nobody looked for them"
        known = fleet.night("--discover", "--history", fleet.history, "--new-only", "--blame")
        assert known.code == 0
        assert {line for one in found(known) for line in one["writes"]} == {"no write in the last 90 days"}
        rules = tmp_path / "rules.yml"
        rules.write_text("rules:\n  - {resource: 'aws_cognito_user_pool.eu-*', reason: of another team}\n")
        ignored = fleet.night("--discover", "--ignore", rules)
        assert {one["module"] for one in found(ignored)} == {"000000000000/us-east-1"}
        spec = tmp_path / "pools0.yml"
        spec.write_text(spec.read_text() + "  stray0:\n    type: user-auth-pool\n")
        covered = fleet.night("--discover", "--baseline", fleet.accepted)
        assert covered.err.count("no longer needed in the baseline: module._000000000000/") == 2
        assert {one["module"].rpartition("/")[2] for one in found(covered)} == {"stray0"}
