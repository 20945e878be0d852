"""Drift beside `terraform plan -refresh-only`: the real provider, the same pools, one emulator, one run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import TFGEN, Figure, Run, figure, once
from benchmarks.specs import pools
from tests.harness.emulators import Emulator, ministack_server
from tests.harness.terraform import TerraformSetup, write_provider_override

SIZES = (1, 100)
_RUNS = 3


def rows(scratch: Path) -> Iterator[str]:
    """Markdown rows: pools | who | wall | CPU | peak | how many times faster, share of the memory.

    Raises tests.harness.requirements.MissingError without terraform, its provider or ministack.
    """
    for size in SIZES:
        directory = scratch / f"terraform-{size}"
        directory.mkdir()
        setup_scratch = scratch / f"setup-{size}"
        setup_scratch.mkdir()
        with ministack_server(setup_scratch) as emulator:
            yield from _compare(size, directory, TerraformSetup.find(setup_scratch), emulator)


def _compare(size: int, directory: Path, setup: TerraformSetup, emulator: Emulator) -> Iterator[str]:
    spec, out = directory / "pools.yml", directory / "infra"
    spec.write_text(pools(size))
    once([TFGEN, "render", str(spec), "-o", str(out), "--region", emulator.region])
    write_provider_override(out, emulator)
    terraform = setup.in_directory(out)
    terraform.init()
    terraform.apply()
    outputs = directory / "outputs.json"
    outputs.write_text(json.dumps(terraform.output()["tfgen"]))
    plan = [str(setup.binary), "plan", "-refresh-only", "-input=false", "-lock=false", "-no-color"]
    drift = [TFGEN, "drift", str(spec), "--region", emulator.region, "--outputs", str(outputs)]
    # As terraform runs for anybody: the tests' tuning of its garbage collector is not the user's.
    plain = {name: value for name, value in terraform.environment.items() if name != "GOGC"}
    ours_env = emulator.environment()
    runs: dict[str, list[Run]] = {"`terraform plan -refresh-only`": [], "`tfgen drift`": []}
    for _ in range(_RUNS):
        runs["`terraform plan -refresh-only`"].append(once(plan, env=plain, cwd=out))
        runs["`tfgen drift`"].append(once(drift, env=ours_env))
    yardstick = figure(runs["`terraform plan -refresh-only`"])
    for name, done in runs.items():
        yield _row(size, name, figure(done), yardstick)


def _row(size: int, name: str, found: Figure, yardstick: Figure) -> str:
    faster, memory = yardstick.wall / found.wall, found.peak / yardstick.peak
    return f"| {size} | {name} | {found} | {faster:.1f} times | {memory:.0%} |"
