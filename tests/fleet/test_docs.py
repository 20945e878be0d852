"""What the pages on fleets say is what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fleet_large import COLUMNS, SHAPES
from tests.docs.excerpts import CHECKOUT
from tests.docs.test_prose import rows
from tests.fleet.world import account, fleet_of
from tests.harness.fleet_server import OPERATIONS, pools_spec
from tfgen.fleet import blame, load_fleet
from tfgen.fleet.check import desired_of
from tfgen.fleet.chunks import POOLS
from tfgen.fleet.members import MEMBERS
from tfgen.fleet.quotas import CATEGORIES, QUOTAS
from tfgen.known import OUTPUT_FORMAT
from tfgen.live.trail import Limits

FLEET = (CHECKOUT / "docs/fleet.md").read_text(encoding="utf-8")
SCALING = (CHECKOUT / "docs/scaling.md").read_text(encoding="utf-8")


def test_the_example_loads(tmp_path: Path) -> None:
    files = {
        "pools/pools.yml": pools_spec(1, 1).replace("pool1:", "customers:")
        + "  publicApi: {type: http-api-gateway}\n",
        "states/prod-eu.tfstate": json.dumps({"version": 4, "resources": []}),
        "outputs/prod-us-1.json": json.dumps({"format_version": OUTPUT_FORMAT, "resources": {}}),
        "tfgen.yml": re.findall(r"```yaml\n(.*?)```", FLEET, re.DOTALL)[0],
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    fleet = load_fleet(tmp_path / "tfgen.yml", {"DRIFT_EXTERNAL_ID": "x"})
    assert [target.owner for target in fleet.targets] == ["111122223333", "111122223333", "444455556666"]
    assert fleet.quotas == {"UserPoolRead": 30}
    for target in fleet.targets:
        _, desired, _ = desired_of(target)
        assert desired.resources


def test_every_member_is_described() -> None:
    assert [row[0].strip("`") for row in rows(FLEET, "member")] == list(MEMBERS)


def test_the_rates_are_those_in_use() -> None:
    assert {row[0].strip("`"): int(row[1]) for row in rows(FLEET, "quota")} == QUOTAS
    assert f"parts of {POOLS} pools" in FLEET


def test_the_cap_of_blame_is_the_one_in_use() -> None:
    drift = (CHECKOUT / "docs/drift.md").read_text(encoding="utf-8")
    assert f"{blame.CALLS} requests for an account and region" in FLEET
    assert f"a run asks at most {Limits().calls} times (over a fleet, {blame.CALLS} times" in drift


def test_the_table_is_of_the_benchmark() -> None:
    found = rows(SCALING, "pools")
    assert [(row[0], row[1], row[2]) for row in found] == [
        (f"{pools:,}", f"{targets:,}", f"{faults:.0%}") for pools, targets, faults in SHAPES
    ]
    assert f"| {COLUMNS} |" in SCALING
    assert all(int(row[5].removesuffix(" MiB")) <= 400 for row in found)
    assert f"parts of {POOLS} pools" in SCALING


def test_the_rates_on_the_page_follow_from_the_quotas() -> None:
    reads = sum(CATEGORIES[operation] == "UserPoolResourceRead" for operation in OPERATIONS)
    pools = QUOTAS["UserPoolResourceRead"] * 0.9 / reads
    assert all(
        QUOTAS[CATEGORIES[name]] * 0.9 / sum(CATEGORIES[one] == CATEGORIES[name] for one in OPERATIONS)
        >= pools
        for name in OPERATIONS
    ), "another category is the narrow one"
    assert f"{pools:g} pools a second, {pools * 60:g} a minute" in SCALING
    assert round(pools * 900, -3) == 4000


def test_the_handler_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", SCALING, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "scaling.md", "exec"), names)
    with account(tmp_path, monkeypatch, accounts=2, pools=8) as server:
        fleet = fleet_of(tmp_path, server, per_target=4)
        monkeypatch.setenv("TFGEN_FLEET", str(fleet.path))
        groups = names["handler"]({}, None)["groups"]
        assert len(groups) == 4
        assert sorted(name for group in groups for name in group["targets"]) == sorted(
            target.name for target in fleet.targets
        )
        (answer,) = [names["handler"](group, None)["results"] for group in groups[:1]]
    assert sorted(answer, key=lambda one: str(one["target"])) == [
        {"target": "a0/eu-west-1/0", "complete": True, "failure": "", "findings": 1},
        {"target": "a0/eu-west-1/4", "complete": True, "failure": "", "findings": 1},
    ]
    json.dumps(answer)
