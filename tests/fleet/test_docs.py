"""What the pages on fleets say is what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.docs.excerpts import CHECKOUT
from tests.docs.test_prose import rows
from tests.harness.fleet_server import pools_spec
from tfgen.fleet import load_fleet
from tfgen.fleet.check import desired_of
from tfgen.fleet.chunks import POOLS
from tfgen.fleet.members import MEMBERS
from tfgen.fleet.quotas import QUOTAS

FLEET = (CHECKOUT / "docs/fleet.md").read_text(encoding="utf-8")
SCALING = (CHECKOUT / "docs/scaling.md").read_text(encoding="utf-8")


def test_the_example_loads(tmp_path: Path) -> None:
    files = {
        "pools/pools.yml": pools_spec(1, 1).replace("pool1:", "customers:"),
        "states/prod-eu.tfstate": json.dumps({"version": 4, "resources": []}),
        "outputs/prod-us-1.json": json.dumps({"resources": {}}),
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
