"""One apply of all fixtures for each emulator and module; the tests of a module share it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.deployment import Deployment
from tests.e2e.emulated import EMULATED
from tests.golden.cases import all_cases
from tests.harness.emulators import Emulator
from tests.harness.terraform import TerraformSetup


def deploy(setup: TerraformSetup, emulator: Emulator, directory: Path) -> Deployment:
    """Every fixture that the emulator can take, applied."""
    emulated = EMULATED[emulator.name]
    cases = [case for case in all_cases() if case.name not in emulated.cases]
    deployment = Deployment.prepare(setup, emulator, directory, cases, dropped=list(emulated.kinds))
    deployment.terraform.apply()
    return deployment


@pytest.fixture(scope="module")
def ministack_deployment(
    terraform_setup: TerraformSetup, ministack_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    return deploy(terraform_setup, ministack_module, tmp_path_factory.mktemp("ministack"))


@pytest.fixture(scope="module")
def moto_deployment(
    terraform_setup: TerraformSetup, moto_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    return deploy(terraform_setup, moto_module, tmp_path_factory.mktemp("moto"))


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> Callable[[Emulator], None]:
    """`credentials(emulator)` points this process at an emulator for the rest of the test."""

    def point(emulator: Emulator) -> None:
        for name, value in emulator.environment().items():
            monkeypatch.setenv(name, value)

    return point
