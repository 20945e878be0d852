"""Fleets of many pools: wall time, CPU and peak memory of one process, with and without faults.

    python -m benchmarks.fleet_large            prints the table of docs/scaling.md
    python -m benchmarks.fleet_large run FILE   checks a fleet file and prints what it found (measured)

The quotas are lifted: what is measured is tfgen, not the patience that AWS asks for.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.harness.fleet_server import FleetServer, deleted, drifted, fleet_server, pools_spec

ACCOUNTS, REGIONS = 5, ("eu-west-1", "us-east-1")
COLUMNS = "pools | targets | faults | wall | CPU | peak memory | pools a second | calls a pool | not checked"
SHAPES = ((100, 10, 0.0), (1_000, 100, 0.0), (10_000, 1_000, 0.0), (10_000, 1_000, 0.05), (10_000, 10, 0.0))
"""Pools, targets, probability of a fault for each request."""


def rows(scratch: Path) -> Iterator[str]:
    """A Markdown row for each shape of a fleet. Raises BenchmarkError when pools were lost."""
    from benchmarks.measure import BenchmarkError, once

    for number, (pools, targets, faults) in enumerate(SHAPES):
        folder = scratch / str(number)
        folder.mkdir()
        each = pools // (ACCOUNTS * len(REGIONS))
        with fleet_server(accounts=ACCOUNTS, pools=each, faults=faults) as server:
            file = _fleet(folder, server, pools // targets)
            out = folder / "found.json"
            command = [sys.executable, "-m", "benchmarks.fleet_large", "run", str(file), str(out)]
            run = once(command, env=_environment(server, folder))
            calls = sum(server.calls().values())
        found = json.loads(out.read_text())
        wanted = ACCOUNTS * len(REGIONS)
        if not faults and found["statuses"] != {
            "MODIFIED": wanted * sum(map(drifted, range(each))),
            "DELETED": wanted * sum(map(deleted, range(each))),
        }:
            raise BenchmarkError(f"the fleet's findings are {found}")
        if found["pools"] != pools:
            raise BenchmarkError(f"{found['pools']} pools of {pools} were reported")
        yield (
            f"| {pools:,} | {targets:,} | {faults:.0%} | {run.wall:.1f} s | {run.cpu:.1f} s | "
            f"{run.peak:.0f} MiB | {pools / run.wall:.0f} | {calls / pools:.2f} | "
            f"{found['statuses'].get('NOT_CHECKED', 0)} |"
        )


def _fleet(folder: Path, server: FleetServer, per_target: int) -> Path:
    """A fleet file over all accounts and regions, `per_target` pools to a target."""
    pools = server.settings.pools
    firsts = range(0, pools, per_target)
    for first in firsts:
        (folder / f"pools{first}.yml").write_text(pools_spec(first, min(per_target, pools - first)))
    lines = ["targets:"]
    lines += [
        f"  - {{name: a{account}/{region}/{first}, profile: account{account}, region: {region}, "
        f"specs: pools{first}.yml, endpoint_url: '{server.url}'}}"
        for account in range(ACCOUNTS)
        for region in REGIONS
        for first in firsts
    ]
    file = folder / "tfgen.yml"
    file.write_text("\n".join(lines))
    return file


def _environment(server: FleetServer, folder: Path) -> dict[str, str]:
    return {
        "AWS_SHARED_CREDENTIALS_FILE": str(server.credentials(folder / "credentials")),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def check(file: Path, out: Path) -> None:
    """The measured process: the whole run, of which only sums are kept."""
    from tfgen.fleet import load_fleet, run
    from tfgen.fleet.quotas import QUOTAS

    fleet = load_fleet(file, os.environ)
    statuses: Counter[str] = Counter()
    pools = 0
    for done in run(fleet.targets, quotas=dict.fromkeys(QUOTAS, 1_000_000)):
        if done.result is None:
            statuses["NOT_CHECKED"] += done.pools
            sys.stdout.write(f"{done.name}: {done.failure}\n")
        else:
            statuses.update(finding.status.value for finding in done.result.findings)
        pools += done.pools
    out.write_text(json.dumps({"pools": pools, "statuses": statuses}))


def main(words: list[str]) -> int:
    """Prints the table, or is the measured process."""
    if words[:1] == ["run"]:
        check(Path(words[1]), Path(words[2]))
        return 0
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    sys.stdout.write(f"{machine}, Python {platform.python_version()}, {commit.stdout.strip()}\n\n")
    sys.stdout.write(f"| {COLUMNS} |\n|{' --- |' * (COLUMNS.count('|') + 1)}\n")
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(Path(scratch)):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
