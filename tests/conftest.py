"""Fixtures every test may take; the tools behind them live in tests/harness.

| fixture | scope | what |
|---|---|---|
| `terraform_setup` | session | terraform and the real AWS provider, proven to install |
| `console` | session | evaluates HCL expressions, many in one terraform process |
| `real_schema` | session | the schema of a kind as the installed provider has it |
| `moto`, `ministack` | function | an emulator, emptied before the test |
| `moto_module`, `ministack_module` | module | an emulator, emptied once, shared by a module's tests |
| `emulator`, `emulator_module` | | both emulators, one after the other |
| `replay` | function | a loopback server with prepared answers and faults |

A missing tool skips the tests that need it, saying so; with `TFGEN_REQUIRE_TERRAFORM=1` it fails
them.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.harness.emulators import Emulator, ministack_server, moto_server
from tests.harness.requirements import MissingError, unavailable

if TYPE_CHECKING:
    from tests.harness.console import TerraformConsole
    from tests.harness.http_replay import ReplayServer
    from tests.harness.terraform import TerraformSetup
    from tests.provider_schema import Schema


def pytest_configure(config: pytest.Config) -> None:
    """Cut this process off from every real AWS account and profile."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    # A submission is judged by the same examples each time; at home every run looks for new ones.
    settings.register_profile("ci", derandomize=True, print_blob=True)
    if os.environ.get("CI"):
        settings.load_profile("ci")
    os.environ |= {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


_TERRAFORM = {"terraform_setup", "console", "real_schema"}
_EMPTIED = {"moto", "ministack", "emulator"}
_SHARED = {f"{name}_module" for name in _EMPTIED}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs tools by the fixtures it takes; run the slowest modules first.

    `make test` gives whole modules to its workers (`--dist loadfile`: xdist's groups do nothing
    with pytest 9.2), so that what a module shares is built once; a long module that started last
    would leave the other worker idle.
    """
    fixtures: dict[Path, set[str]] = defaultdict(set)
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        fixtures[item.path] |= names
        if names & _TERRAFORM:
            item.add_marker("terraform")
        if names & (_EMPTIED | _SHARED):
            item.add_marker("emulator")
    for path, names in fixtures.items():
        if names & _EMPTIED and names & _SHARED:
            mixed = sorted(names & (_EMPTIED | _SHARED))
            raise pytest.UsageError(f"{path}: some of {mixed} would empty what others share; use two modules")
    items.sort(key=lambda item: "terraform_setup" not in fixtures[item.path])


@pytest.fixture(scope="session")
def terraform_setup(tmp_path_factory: pytest.TempPathFactory) -> TerraformSetup:
    """Terraform with the real AWS provider; skips or fails where one of them cannot be had."""
    from tests.harness.terraform import TerraformSetup

    directory = tmp_path_factory.mktemp("terraform-setup")
    try:
        setup = TerraformSetup.find(directory)
        setup.ensure_provider(directory)
    except MissingError as missing:
        unavailable(str(missing))
    return setup


@pytest.fixture(scope="session")
def console(tmp_path_factory: pytest.TempPathFactory) -> TerraformConsole:
    """Evaluates HCL expressions; needs terraform, but no provider."""
    from tests.harness.console import TerraformConsole
    from tests.harness.terraform import TerraformSetup

    scratch = tmp_path_factory.mktemp("console")
    try:
        return TerraformConsole(TerraformSetup.find(scratch), scratch)
    except MissingError as missing:
        unavailable(str(missing))


@pytest.fixture(scope="session")
def moto_server_session() -> Iterator[Emulator]:
    try:
        with moto_server() as emulator:
            yield emulator
    except MissingError as missing:
        unavailable(str(missing))


@pytest.fixture(scope="session")
def ministack_server_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    try:
        with ministack_server(tmp_path_factory.mktemp("ministack")) as emulator:
            yield emulator
    except MissingError as missing:
        unavailable(str(missing))


def _emptied(request: pytest.FixtureRequest, name: str) -> Emulator:
    emulator: Emulator = request.getfixturevalue(f"{name}_server_session")
    emulator.reset()
    return emulator


@pytest.fixture
def moto(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, "moto")


@pytest.fixture
def ministack(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, "ministack")


@pytest.fixture(scope="module")
def moto_module(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, "moto")


@pytest.fixture(scope="module")
def ministack_module(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, "ministack")


@pytest.fixture(params=["moto", "ministack"])
def emulator(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, request.param)


@pytest.fixture(scope="module", params=["moto", "ministack"])
def emulator_module(request: pytest.FixtureRequest) -> Emulator:
    return _emptied(request, request.param)


@pytest.fixture
def replay() -> Iterator[ReplayServer]:
    """Prepared answers; a request nobody prepared an answer for fails the test."""
    from tests.harness.http_replay import ReplayServer

    with ReplayServer() as server:
        yield server
    assert not server.unprepared, f"no answers were prepared for {sorted(set(server.unprepared))}"


@pytest.fixture(scope="session")
def real_schema(
    terraform_setup: TerraformSetup, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Schema]:
    """`real_schema(kind)`: what the installed provider itself says of a kind, asked once a session."""
    from tests.harness.terraform import write_provider_requirement
    from tests.provider_schema import from_terraform

    directory = tmp_path_factory.mktemp("schema")
    write_provider_requirement(directory)
    terraform = terraform_setup.in_directory(directory)
    terraform.init()
    resources = terraform.provider_schema()["resource_schemas"]
    return lambda kind: from_terraform(kind, resources[kind]["block"])
