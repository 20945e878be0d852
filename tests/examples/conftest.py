"""A machine beside an emulated account that has the demo's pool."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from tests.cli.demo_account import SPEC, made
from tests.examples.runner import Machine
from tests.harness.emulators import Emulator
from tfgen.live.demo import Account


@pytest.fixture
def emulator_here(moto: Emulator) -> Emulator:
    """The emulator in the region that the examples name."""
    return dataclasses.replace(moto, region="eu-west-1")


@pytest.fixture
def account(emulator_here: Emulator) -> Account:
    """The pool as the spec wants it."""
    return made(emulator_here)


@pytest.fixture
def machine(tmp_path: Path, emulator_here: Emulator) -> Machine:
    """A checkout with the spec in it; the region is left to the workflow."""
    return machine_for(tmp_path, emulator_here)


def machine_for(folder: Path, emulator: Emulator, *, without: tuple[str, ...] = ()) -> Machine:
    """`without`: parts of the names of variables to leave out."""
    shutil.copy(str(SPEC), folder / "pools.yml")
    variables = {
        name: value
        for name, value in emulator.environment().items()
        if not any(part in name for part in ("REGION", *without))
    }
    return Machine(folder, variables)
