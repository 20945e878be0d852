"""The same run on a real cluster of processes, one of which is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.nights import CANARY, change, nights
from tests.fleet.test_run import expected, said
from tests.fleet.world import UNLIMITED, account, fleet_of
from tfgen.cli.main import run as tfgen
from tfgen.errors import Position, UsageError
from tfgen.fleet import Target, run_on_dask

distributed: Any = pytest.importorskip("distributed")

# What dask itself leaves to the garbage collector when its worker processes die.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def cluster() -> Iterator[Any]:
    import dask

    with (
        dask.config.set(
            {"distributed.comm.timeouts.connect": "5s", "distributed.scheduler.allowed-failures": 3}
        ),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
        ) as running,
        distributed.Client(running, set_as_default=False) as client,
    ):
        yield client


def test_a_killed_worker_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with account(tmp_path, monkeypatch, accounts=3, pools=40, latency=0.01) as server:
        client = request.getfixturevalue("cluster")
        fleet = fleet_of(tmp_path, server, per_target=5)
        victim = next(iter(client.run(os.getpid).values()))
        results = []
        for done in run_on_dask(fleet.targets, client, quotas=fleet.quotas):
            results.append(done)
            if len(results) == 10:
                os.kill(victim, signal.SIGKILL)
        survivors = client.run(os.getpid)
    assert victim not in survivors.values(), "the worker must have died"
    assert Counter(done.name for done in results) == Counter(target.name for target in fleet.targets)
    for done in results:
        assert said(done) == expected(int(done.name.rpartition("/")[2]), 5)


def test_the_quota_is_divided_among_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    quotas = dict.fromkeys(UNLIMITED, 40)
    with account(tmp_path, monkeypatch, pools=24) as server:
        client = request.getfixturevalue("cluster")
        fleet = fleet_of(tmp_path, server, per_target=2, quotas=quotas)
        here = [target for target in fleet.targets if target.region == "eu-west-1"]
        results = list(run_on_dask(here, client, quotas=fleet.quotas))
        moments = server.moments()
    assert len(results) == 12
    asked = sorted(
        moment
        for name in (
            "GetUserPoolMfaConfig",
            "ListIdentityProviders",
            "DescribeUserPoolDomain",
            "GetUICustomization",
        )
        for moment in moments[name]
    )
    most = max(sum(start <= moment < start + 0.7 for moment in asked) for start in asked)
    assert most <= 42, "two workers may each be one request ahead"


def test_a_nightly_job_on_a_cluster(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What noise control and `--blame` need crosses from the workers, without a secret."""
    accepted, history = tmp_path / "accepted.yml", tmp_path / "history.db"
    with nights(tmp_path, monkeypatch, accounts=2, pools=10) as server:
        client = request.getfixturevalue("cluster")
        file = fleet_of(tmp_path, server, per_target=5).path

        def night(*options: object, **changes: str) -> tuple[int, list[dict[str, Any]]]:
            change(server, **changes)
            capsys.readouterr()
            there = ("--dask", client.scheduler.address)
            code = tfgen(
                [str(word) for word in ("drift", "--fleet", file, *there, "--format", "json", *options)]
            )
            return code, json.loads(capsys.readouterr().out)["findings"]

        code, first = night("--record", accepted, rogue="https://a.example", tier="PLUS")
        assert (code, len(first)) == (2, 8)
        assert CANARY not in accepted.read_text()
        news = ("--baseline", accepted, "--history", history, "--new-only")
        assert night(*news) == (0, [])
        code, found = night(*news, "--blame", length="8", rogue="https://evil.example")
        assert (code, len(found)) == (2, 8)
        assert night(*news)[0] == 0
        calls = server.calls()
    weaker = [one for one in found if one["status"] == "MODIFIED"]
    assert len(weaker) == 4
    assert all("UpdateUserPool by arn:aws:iam::" in one["writes"][0] for one in weaker)
    assert calls["LookupEvents"] == 4 * (5 + 3), "pools and clients, once for each account and region"


def test_no_targets_need_no_cluster() -> None:
    assert list(run_on_dask([], object())) == []


def test_no_scheduler_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tfgen.fleet.on_dask._PATIENCE", 0.3)
    with pytest.raises(UsageError, match=r"--dask tcp://127.0.0.1:9: no scheduler answers"):
        list(run_on_dask([], "tcp://127.0.0.1:9"))
    with pytest.raises(UsageError, match="--dask nonsense://x"):
        list(run_on_dask([], "nonsense://x"))


def test_no_workers_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tfgen.fleet.on_dask._PATIENCE", 0.3)
    target = Target("a", (tmp_path / "a.yml",), Position("tfgen.yml", 1, 1))
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty,
        distributed.Client(empty, set_as_default=False) as client,
        pytest.raises(UsageError, match="has no workers"),
    ):
        list(run_on_dask([target], client))
