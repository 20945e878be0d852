"""`python -m benchmarks [NAME …]`: measures and prints the tables of benchmarks/README.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import against_terraform, fleet, fleet_large, render, startup

_COST = "wall (lowest to highest) | CPU | peak memory"


@dataclass(frozen=True)
class Table:
    """One benchmark: its title, its columns, and what measures its rows."""

    title: str
    columns: str
    rows: Callable[[Path], Iterator[str]]


TABLES = {
    "startup": Table("Start-up", f"command | {_COST}", startup.rows),
    "render": Table("Rendering large specs", f"pools | {_COST} | per pool", render.rows),
    "terraform": Table(
        "Drift beside terraform", f"pools | command | {_COST} | speed | memory", against_terraform.rows
    ),
    "fleet": Table(
        "Drift beside a bare boto3 loop",
        f"pools | latency | command | {_COST} | pools a second | calls a pool | speed of the bare loop",
        fleet.rows,
    ),
    "fleets": Table("Fleets of many targets", fleet_large.COLUMNS, fleet_large.rows),
}


def main(names: list[str]) -> int:
    """Measures the named tables, or all of them."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there are {', '.join(TABLES)}\n")
        return 1
    os.environ.pop("AWS_CA_BUNDLE", None)  # every measured call goes to loopback, without TLS
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    sys.stdout.write(f"{machine}, Python {platform.python_version()}\n")
    for name in names or TABLES:
        table = TABLES[name]
        sys.stdout.write(f"\n### {table.title}\n\n| {table.columns} |\n")
        sys.stdout.write("|" + " --- |" * (table.columns.count("|") + 1) + "\n")
        with tempfile.TemporaryDirectory() as scratch:
            for row in table.rows(Path(scratch)):
                sys.stdout.write(f"{row}\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
