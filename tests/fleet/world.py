"""Fleets in front of the replay server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.harness.fleet_server import FleetServer, fleet_server, pools_spec
from tfgen.fleet import Fleet, load_fleet
from tfgen.fleet.quotas import QUOTAS

UNLIMITED = dict.fromkeys(QUOTAS, 1_000_000)
REGIONS = ("eu-west-1", "us-east-1")


@contextmanager
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Iterator[FleetServer]:
    """The server, with this process signed in to all of its accounts."""
    with fleet_server(**settings) as server:
        environment = aws_environment(server, tmp_path)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield server


def aws_environment(server: FleetServer, tmp_path: Path) -> dict[str, str]:
    """What a process needs to reach the server, and nothing else."""
    return {
        "AWS_SHARED_CREDENTIALS_FILE": str(server.credentials(tmp_path / "credentials")),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "FLEET_URL": server.url,
    }


def fleet_of(
    tmp_path: Path, server: FleetServer, *, per_target: int, quotas: Mapping[str, int] | None = None
) -> Fleet:
    """All accounts and regions of the server, `per_target` pools to a target."""
    pools, accounts = server.settings.pools, server.settings.accounts
    firsts = range(0, pools, per_target)
    for first in firsts:
        (tmp_path / f"pools{first}.yml").write_text(pools_spec(first, min(per_target, pools - first)))
    lines = ["defaults: {endpoint_url: '${FLEET_URL}'}", "quotas:"]
    lines += [f"  {name}: {rate}" for name, rate in (quotas or UNLIMITED).items()]
    lines += ["targets:"]
    lines += [
        f"  - {{name: a{number}/{region}/{first}, profile: account{number}, region: {region}, "
        f"specs: pools{first}.yml}}"
        for number in range(accounts)
        for region in REGIONS
        for first in firsts
    ]
    path = tmp_path / "tfgen.yml"
    path.write_text("\n".join(lines) + "\n")
    return load_fleet(path, {"FLEET_URL": server.url})
