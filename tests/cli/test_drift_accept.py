"""`tfgen drift --accept`: the spec file is edited, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, Outcome
from tests.cli.demo_account import SPEC, STAGE, Account
from tests.harness.emulators import Emulator


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The demo's spec where it may be edited."""
    return Path(shutil.copy(SPEC, tmp_path / "spec.yml"))


def accept(tfgen: Invoke, moto: Emulator, spec: Path, *args: object) -> Outcome:
    return tfgen("drift", spec, *STAGE, *args, env=moto.environment())


def test_one_value_is_edited_in_its_place(
    tfgen: Invoke, moto: Emulator, account: Account, copy: Path
) -> None:
    account.change()
    before = copy.read_text()
    done = accept(tfgen, moto, copy, "--accept", "mfa_configuration")
    assert done.code == 2, "two findings are left"
    assert copy.read_text() == before.replace("status: ON", "status: OPTIONAL")
    assert f"accepted: {copy}: " in done.err
    assert "mfa_configuration" not in accept(tfgen, moto, copy).out


def test_everything_accepted_is_clean(tfgen: Invoke, moto: Emulator, account: Account, copy: Path) -> None:
    account.change()
    assert accept(tfgen, moto, copy, "--accept", "*").code == 0
    assert accept(tfgen, moto, copy).code == 0
    assert "# The pool of `tfgen demo`" in copy.read_text()


def test_a_path_that_means_nothing_edits_nothing(
    tfgen: Invoke, moto: Emulator, account: Account, copy: Path
) -> None:
    account.change()
    before = copy.read_bytes()
    done = accept(tfgen, moto, copy, "--accept", "mfa_configuration", "--accept", "nmae")
    assert done.code == 1
    assert "nmae" in done.err
    assert copy.read_bytes() == before


def test_what_cannot_be_accepted_is_said(tfgen: Invoke, moto: Emulator, account: Account, copy: Path) -> None:
    account.client.create_user_pool_client(UserPoolId=account.pool_id, ClientName="rogue")
    before = copy.read_bytes()
    done = accept(tfgen, moto, copy, "--accept", "aws_cognito_user_pool_client.*:", "-q")
    assert done.code == 1
    assert done.err.startswith("not accepted: module.customers.aws_cognito_user_pool_client.")
    assert copy.read_bytes() == before


def test_a_spec_from_standard_input_cannot_be_edited(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    env = moto.environment()
    done = tfgen("drift", "-", *STAGE, "--accept", "*", stdin=SPEC.read_text(), env=env)
    assert done.code == 1
    assert "standard input" in done.err


def test_blame_where_nobody_answers(tfgen: Invoke, moto: Emulator, account: Account, copy: Path) -> None:
    """moto has no LookupEvents: the report says so, and stays a report."""
    account.change()
    done = accept(tfgen, moto, copy, "--blame")
    assert done.code == 2
    assert "written: NOT_CHECKED: " in done.out
