"""Many pools: drift beside a bare boto3 loop that makes the same calls with the same threads."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import TFGEN, Figure, Run, figure, once
from benchmarks.specs import pools

POOLS = 500
THREADS = 4
LATENCIES = (0, 20)
"""Milliseconds that the server waits: none, and about what a region nearby takes."""


def rows(scratch: Path) -> Iterator[str]:
    """Markdown rows: latency | who | wall | CPU | peak | pools a second | calls a pool | share."""
    spec = scratch / "fleet.yml"
    spec.write_text(pools(POOLS))
    env = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for latency in LATENCIES:
        with _server(latency) as url:
            bare = [sys.executable, "-m", "benchmarks.bare_boto3", url, str(THREADS)]
            ours = [
                TFGEN,
                "drift",
                str(spec),
                "--region",
                "us-east-1",
                "--endpoint-url",
                url,
                "--format",
                "json",
            ]
            runs: dict[str, list[Run]] = {"bare boto3 loop": [], "`tfgen drift`": []}
            calls: dict[str, int] = {}
            # In turn, so that a machine that slows down slows both.
            for _ in range(3):
                for name, command in zip(runs, (bare, ours), strict=True):
                    runs[name].append(once(command, env=env))
                    calls[name] = sum(_calls(url).values())
            yardstick = figure(runs["bare boto3 loop"])
            for name, done in runs.items():
                yield _row(latency, name, figure(done), calls[name], yardstick)


def _row(latency: int, name: str, found: Figure, calls: int, yardstick: Figure) -> str:
    share = yardstick.wall / found.wall
    return (
        f"| {latency} ms | {name} | {found} | {POOLS / found.wall:.0f} | {calls / POOLS:.2f} | {share:.0%} |"
    )


@contextmanager
def _server(latency: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.replay_server", str(POOLS), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def _calls(url: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{url}/calls", timeout=10) as answer:
        found: dict[str, int] = json.load(answer)
    return found
