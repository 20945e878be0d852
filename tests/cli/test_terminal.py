"""A fleet run on a real terminal: the bar, and Ctrl-C in each of its phases."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import environment
from tests.fleet.world import aws_environment, fleet_of
from tests.harness.fleet_server import FleetServer, fleet_server
from tests.harness.terminal import CTRL_C, Terminal, terminal

AT_ONCE = 2.0
"""Seconds in which Ctrl-C ends a run."""


@contextmanager
def started(folder: Path, server: FleetServer, *args: object, **settings: Any) -> Iterator[Terminal]:
    env = environment(aws_environment(server, folder))
    command = [sys.executable, "-m", "tfgen", "drift", *map(str, args)]
    with terminal(command, env=env, cwd=folder, **settings) as opened:
        yield opened


def test_the_bar_shows_pools_findings_and_time_left(tmp_path: Path) -> None:
    with fleet_server(accounts=2, pools=20, latency=0.05) as server:
        fleet_of(tmp_path, server, per_target=5)
        with started(tmp_path, server, "--fleet", "tfgen.yml", "--format", "json") as run:
            run.wait_for(r"\d+/16 targets .*\d+/\d+ +pools, \d+ findings, left: +(-:--:--|\d:\d\d:\d\d)")
            code, out, _ = run.ended()
            assert code == 2
            assert re.search(r"[1-9]\d*/80 +pools, [1-9]\d* findings", run.text)
    assert len(json.loads(out)["findings"]) > 0
    # The bar is gone at the end, and nothing of it is in the report.
    assert run.raw.rstrip().endswith(("\x1b[?25h", "\x1b[2K", "\x1b[1A\x1b[2K")), repr(run.raw[-60:])
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("words", "kind"), [("-q", "xterm"), ("2>err", "xterm"), ("", "dumb")], ids=["-q", "no terminal", "dumb"]
)
def test_no_bar_where_nobody_would_see_one(tmp_path: Path, words: str, kind: str) -> None:
    with fleet_server(pools=4) as server:
        fleet_of(tmp_path, server, per_target=4)
        shell = f'exec "$0" -m tfgen drift --fleet tfgen.yml {words}'
        env = environment(aws_environment(server, tmp_path))
        with terminal(["/bin/sh", "-c", shell, sys.executable], env=env, cwd=tmp_path, kind=kind) as run:
            assert run.ended()[0] == 2
            assert "targets" not in run.raw
    if "err" in words:
        assert "\x1b" not in (tmp_path / "err").read_text()


def test_a_narrow_terminal_gets_one_line(tmp_path: Path) -> None:
    with fleet_server(pools=10, latency=0.05) as server:
        fleet_of(tmp_path, server, per_target=5)
        with started(tmp_path, server, "--fleet", "tfgen.yml", columns=40) as run:
            assert run.ended()[0] == 2
            lines = [line for line in re.split(r"[\r\n]", run.text) if line]
            assert max(map(len, lines)) <= 40


def test_ctrl_c_while_aws_is_read(tmp_path: Path) -> None:
    with fleet_server(accounts=2, pools=10, hang=1) as server:
        fleet_of(tmp_path, server, per_target=5)
        with started(
            tmp_path, server, "--fleet", "tfgen.yml", "--report", "sarif=out.sarif", "--format", "json"
        ) as run:
            run.wait_for(r"4/8 targets")
            run.press(CTRL_C)
            code, out, took = run.ended()
            assert "interrupted: 4 of 8 targets are done; --resume does the others" in run.text
            assert "Traceback" not in run.text
    assert (code, took < AT_ONCE) == (130, True)
    modules = {item["module"] for item in json.loads(out)["findings"]}
    assert {name for name in modules if name.startswith("a0/")}, "what is known is said"
    (left,) = [item for item in json.loads(out)["findings"] if item["module"] == "tfgen.yml"]
    assert left["status"] == "NOT_CHECKED"
    assert "4 of 8 targets: a1/eu-west-1/0, a1/eu-west-1/5, a1/us-east-1/0" in left["reason"]
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"


def test_ctrl_c_before_anything_is_known(tmp_path: Path) -> None:
    with fleet_server(accounts=1, pools=2, hang=0) as server:
        fleet_of(tmp_path, server, per_target=2)
        with started(tmp_path, server, "--fleet", "tfgen.yml") as run:
            wait_until(lambda: bool(server.calls()["hung"]), run)
            run.press(CTRL_C)
            code, out, took = run.ended()
            assert "interrupted: 0 of 2 targets are done" in run.text
    assert (code, took < AT_ONCE) == (130, True)
    assert "IN_SYNC" not in out, "nothing was checked"
    assert "2 of 2 targets" in " ".join(out.split())


@pytest.mark.filterwarnings("default")  # what dask leaves to the garbage collector
def test_ctrl_c_while_a_cluster_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed: Any = pytest.importorskip("distributed")
    with fleet_server(accounts=2, pools=10, hang=1) as server:
        for name, value in aws_environment(server, tmp_path).items():
            monkeypatch.setenv(name, value)  # the workers' too
        fleet_of(tmp_path, server, per_target=5)
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=2, dashboard_address=None, silence_logs=50
            ) as cluster,
            started(
                tmp_path, server, "--fleet", tmp_path / "tfgen.yml", "--dask", cluster.scheduler_address
            ) as run,
        ):
            run.wait_for(r"[1-4]/8 targets")
            run.press(CTRL_C)
            code, out, took = run.ended()
            assert re.search(r"interrupted: [1-4] of 8 targets are done; --resume does the", run.text)
            assert "Traceback" not in run.text
            assert "Error" not in run.text
    assert (code, took < AT_ONCE) == (130, True)
    assert "Drift:" in out
    assert "Not checked:" in out


def test_ctrl_c_while_pools_without_a_spec_are_looked_for(tmp_path: Path) -> None:
    code = (
        "import os, signal, tfgen.cli.fleet_run as room\n"
        "room.unmanaged = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from tfgen.__main__ import main; main()"
    )
    with fleet_server(pools=4) as server:
        fleet_of(tmp_path, server, per_target=4)
        env = environment(aws_environment(server, tmp_path))
        words = ["drift", "--fleet", "tfgen.yml", "--discover", "--format", "json"]
        with terminal([sys.executable, "-c", code, *words], env=env, cwd=tmp_path) as run:
            ended, out, _ = run.ended()
    assert ended == 130
    findings = json.loads(out)["findings"]
    assert "what is left out: pools that no spec covers" in " ".join(item["reason"] for item in findings)
    assert {item["status"] for item in findings} >= {"MODIFIED", "NOT_CHECKED"}


def test_ctrl_c_while_a_spec_is_read(tmp_path: Path) -> None:
    """One that waits: a spec on a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "pool.yml")
    with fleet_server() as server, started(tmp_path, server, "pool.yml") as run:
        writing = os.open(tmp_path / "pool.yml", os.O_WRONLY)
        run.press(CTRL_C)
        code, out, took = run.ended()
        os.close(writing)
        assert run.text.replace("^C", "").split() == ["interrupted"]
    assert (code, out, took < AT_ONCE) == (130, "", True)


def test_ctrl_c_while_one_deployment_is_read(tmp_path: Path) -> None:
    with fleet_server(accounts=1, pools=3, hang=0) as server:
        fleet_of(tmp_path, server, per_target=3)
        place = ("--region", "eu-west-1", "--profile", "account0", "--endpoint-url", server.url)
        with started(tmp_path, server, "pools0.yml", *place) as run:
            wait_until(lambda: bool(server.calls()["hung"]), run)
            run.press(CTRL_C)
            code, out, took = run.ended()
            assert run.text.replace("^C", "").split() == ["interrupted"]
    assert (code, out, took < AT_ONCE) == (130, "", True)


def test_ctrl_c_while_cloudtrail_is_asked(tmp_path: Path) -> None:
    code = (
        "import os, signal, tfgen.live.trail as trail\n"
        "trail.last_writes = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from tfgen.__main__ import main; main()"
    )
    with fleet_server(pools=4) as server:
        fleet_of(tmp_path, server, per_target=4)
        env = environment(aws_environment(server, tmp_path))
        place = ("--region", "eu-west-1", "--profile", "account0", "--endpoint-url", server.url)
        words = ["drift", "pools0.yml", *place, "--blame", "--format", "json", "--history", "history"]
        with terminal([sys.executable, "-c", code, *words], env=env, cwd=tmp_path) as run:
            ended, out, _ = run.ended()
            assert "interrupted: the reports are written" in run.text
    assert ended == 130
    assert [item["status"] for item in json.loads(out)["findings"]] == ["MODIFIED"]
    assert not (tmp_path / "history").exists()


def test_ctrl_c_while_a_report_is_written(tmp_path: Path) -> None:
    """A report into a pipe that nobody reads."""
    os.mkfifo(tmp_path / "report")
    with fleet_server(pools=4) as server:
        fleet_of(tmp_path, server, per_target=4)
        with started(
            tmp_path, server, "--fleet", "tfgen.yml", "--report", "json=whole.json", "--report", "text=report"
        ) as run:
            wait_until((tmp_path / "whole.json").exists, run)
            time.sleep(0.2)  # until the next one is waited for
            run.press(CTRL_C)
            code, _, took = run.ended()
            assert "interrupted" in run.text
            assert "Traceback" not in run.text
    assert (code, took < AT_ONCE) == (130, True)
    assert json.loads((tmp_path / "whole.json").read_text())["findings"]
    assert not list(tmp_path.glob(".report*"))


def wait_until(there: Callable[[], bool], run: Terminal) -> None:
    for _ in range(600):
        if there():
            return
        assert run.process.poll() is None, run.text
        time.sleep(0.05)
    raise AssertionError(f"never so far:\n{run.text[-2000:]}")
