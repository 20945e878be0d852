"""Drift of few and many pools beside a bare boto3 loop that makes the same calls with the same threads."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import TFGEN, Figure, Run, figure, once
from benchmarks.specs import pools

REGION = "us-east-1"
NEARBY = 20
"""Milliseconds that a region nearby takes to answer."""


@dataclass(frozen=True)
class Size:
    """`targets` 0: one spec and no fleet file. `threads`: calls that are under way together."""

    pools: int
    latency: int
    threads: int
    runs: int
    targets: int = 0


SIZES = (
    Size(pools=1, latency=NEARBY, threads=4, runs=5),
    Size(pools=100, latency=NEARBY, threads=4, runs=5),
    Size(pools=10_000, latency=NEARBY, threads=16, runs=1, targets=100),
    Size(pools=500, latency=0, threads=4, runs=3),
)


def rows(scratch: Path) -> Iterator[str]:
    """Markdown rows: pools | latency | who | wall | CPU | peak | pools a second | calls a pool | share."""
    for size in SIZES:
        with _server(size) as url:
            bare = [sys.executable, "-m", "benchmarks.bare_boto3", url, str(size.threads)]
            ours = [TFGEN, "drift", *_arguments(size, scratch, url), "--format", "json"]
            runs: dict[str, list[Run]] = {"bare boto3 loop": [], "`tfgen drift`": []}
            calls: dict[str, int] = {}
            # In turn, so that a machine that slows down slows both.
            for _ in range(size.runs):
                for name, command in zip(runs, (bare, ours), strict=True):
                    runs[name].append(once(command, env=_ENVIRONMENT))
                    calls[name] = sum(_calls(url).values())
            yardstick = figure(runs["bare boto3 loop"])
            for name, done in runs.items():
                yield _row(size, name, figure(done), calls[name], yardstick)


_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def _arguments(size: Size, scratch: Path, url: str) -> list[str]:
    """What tells `tfgen drift` which pools to look at, with files in `scratch`."""
    if not size.targets:
        spec = scratch / f"{size.pools}.yml"
        spec.write_text(pools(size.pools))
        return [str(spec), "--region", REGION, "--endpoint-url", url]
    each = size.pools // size.targets
    lines = []
    for number in range(size.targets):
        (scratch / f"target{number}.yml").write_text(pools(each, first=number * each))
        name = f"target{number}"
        lines.append(f"  - {{name: {name}, region: {REGION}, specs: {name}.yml, endpoint_url: '{url}'}}")
    # AWS's rates are lifted: what is measured is tfgen, not the patience that AWS asks for.
    quotas = ", ".join(f"{name}: 1000000" for name in _quotas())
    fleet = scratch / "tfgen.yml"
    fleet.write_text("\n".join([f"quotas: {{{quotas}}}", "targets:", *lines, ""]))
    return ["--fleet", str(fleet)]


def _quotas() -> list[str]:
    """The categories, asked of another process: what this one imports counts as memory of those it starts."""
    code = "from tfgen.fleet.quotas import QUOTAS; print(*QUOTAS)"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def _row(size: Size, name: str, found: Figure, calls: int, yardstick: Figure) -> str:
    share = yardstick.wall / found.wall
    return (
        f"| {size.pools:,} | {size.latency} ms | {name} | {found} | {size.pools / found.wall:.0f} | "
        f"{calls / size.pools:.2f} | {share:.0%} |"
    )


@contextmanager
def _server(size: Size) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.replay_server", str(size.pools), str(size.latency)]
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
