"""`pytest tests/golden --update-golden` writes fixtures/*/expected anew; read the diff."""

from __future__ import annotations

import pytest

from tests.golden.cases import Case, all_cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write fixtures/*/expected anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    # Known only when this folder was named on the command line; nobody regenerates by accident.
    return bool(request.config.getoption("--update-golden", default=False))


@pytest.fixture(params=all_cases(), ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found
