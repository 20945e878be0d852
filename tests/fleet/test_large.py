"""Thousands of pools on a bad day: each reported once, none clean that was not read.

10,000 pools take about 80 s of two cores; `TFGEN_FLEET_POOLS=1000` is enough while working on it.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.fleet.world import REGIONS, account, fleet_of
from tests.harness.fleet_server import OPERATIONS, deleted, drifted, pool_id
from tfgen.finding import Finding, Status
from tfgen.fleet import TargetResult, run

ACCOUNTS, PER_TARGET = 5, 25
POOLS = int(os.environ.get("TFGEN_FLEET_POOLS", "10000")) // (ACCOUNTS * len(REGIONS))
"""Pools of each region of each account."""

EXPIRED = 2
PASSWORD = "password_policy.minimum_length"


def test_a_bad_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"accounts": ACCOUNTS, "pools": POOLS, "faults": 0.05, "expired": EXPIRED}
    with account(tmp_path, monkeypatch, **settings) as server:
        fleet = fleet_of(tmp_path, server, per_target=PER_TARGET)
        start = time.monotonic()
        results = list(run(fleet.targets, quotas=fleet.quotas))
        print(f"{ACCOUNTS * len(REGIONS) * POOLS} pools in {time.monotonic() - start:.1f} s")
        served, faults = server.served(), server.faults()

    assert len(faults) == 8, "each kind of fault must have struck"
    assert Counter(done.name for done in results) == Counter(target.name for target in fleet.targets)
    seen = Counter[str]()
    for done in results:
        for ident, findings in _pools(done).items():
            number = int(ident[-6:])
            seen[ident] += 1
            _judge(ident, number, findings, done, served.get(ident, set()))
    everything = {
        pool_id(number, region, pool)
        for number in range(ACCOUNTS)
        for region in REGIONS
        for pool in range(POOLS)
    }
    assert seen == Counter(dict.fromkeys(everything, 1))
    whole = [done for done in results if done.result is not None]
    lost = [done for done in results if done.result is None]
    assert all(done.name.startswith(f"a{EXPIRED}/") for done in lost), [done.failure for done in lost]
    assert lost
    assert len(whole) >= len(fleet.targets) * (ACCOUNTS - 1) // ACCOUNTS


def _pools(done: TargetResult) -> dict[str, list[Finding]]:
    """Pool id → findings, for all pools of a target."""
    owner, region, first = done.name.split("/")
    pools: dict[str, list[Finding]] = {
        f"pool{number}": [] for number in range(int(first), int(first) + PER_TARGET)
    }
    for finding in done.result.findings if done.result is not None else ():
        pools[finding.address.module].append(finding)
    return {pool_id(int(owner[1:]), region, int(name[4:])): found for name, found in pools.items()}


def _judge(ident: str, number: int, findings: list[Finding], done: TargetResult, served: set[str]) -> None:
    """What was said of one pool must be what the server let be known of it."""
    if done.result is None:
        assert done.failure
        return
    unchecked = any(finding.status is Status.NOT_CHECKED for finding in findings)
    said = {
        (finding.status, finding.path) for finding in findings if finding.status is not Status.NOT_CHECKED
    }
    if deleted(number):
        assert said == {(Status.DELETED, "")} or unchecked, (ident, findings)
    elif not unchecked:
        assert served >= OPERATIONS, f"{ident} is called clean, but only {served} was answered"
        assert said == ({(Status.MODIFIED, PASSWORD)} if drifted(number) else set()), (ident, findings)
    else:
        assert said <= {(Status.MODIFIED, PASSWORD)}, (ident, findings)
