"""`tfgen drift` as a process: against an emulator, and where AWS cannot be reached at all."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys

import click
import pytest

from tests.cli.conftest import Invoke, environment
from tests.cli.demo_account import SPEC, STAGE, Account, drift
from tests.harness.emulators import Emulator
from tfgen.cli.main import cli
from tfgen.kinds.field import Severity


def test_a_pool_as_the_spec_has_it_is_clean(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    done = drift(tfgen, moto)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("IN_SYNC: no drift\n")


def test_drift_exits_2_and_names_what_changed(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    account.change()
    done = drift(tfgen, moto)
    assert done.code == 2
    assert re.search(r"CRITICAL +MODIFIED .*\n +mfa_configuration\n", done.out)
    assert "\x1b" not in done.out, "no terminal, no colours"
    document = json.loads(drift(tfgen, moto, "--format", "json").out)
    paths = {(item["path"], item["severity"]) for item in document["findings"]}
    assert {
        ("mfa_configuration", "critical"),
        ("prevent_user_existence_errors", "high"),
        ("refresh_token_validity", "medium"),
    } <= paths


@pytest.mark.parametrize(("level", "code"), [("low", 2), ("high", 2), ("critical", 2)])
def test_fail_on_a_level_that_is_there(
    tfgen: Invoke, moto: Emulator, account: Account, level: str, code: int
) -> None:
    account.change()
    assert drift(tfgen, moto, "--fail-on", level).code == code


def test_fail_on_a_level_that_is_not_there(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    account.client.update_user_pool_client(
        UserPoolId=account.pool_id, ClientId=account.client_id, RefreshTokenValidity=365
    )
    assert drift(tfgen, moto, "--fail-on", "high").code == 0
    assert drift(tfgen, moto, "--fail-on", "medium").code == 2


def test_ids_from_an_option_and_from_standard_input(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    twin = account.client.create_user_pool(PoolName="shop-prod-customers-user-pool")["UserPool"]["Id"]
    two = drift(tfgen, moto)
    assert two.code == 1
    assert account.pool_id in two.err
    assert twin in two.err
    assert drift(tfgen, moto, "--pool-id", f"customers={account.pool_id}").code == 0
    outputs = {
        "format_version": "1",
        "resources": {"module.customers.aws_cognito_user_pool.this": account.pool_id},
    }
    assert drift(tfgen, moto, "--outputs", "-", stdin=json.dumps(outputs)).code == 0


def test_a_pool_that_is_not_there_is_drift(tfgen: Invoke, moto: Emulator) -> None:
    done = drift(tfgen, moto)
    assert done.code == 2
    assert "DELETED" in done.out


def test_where_a_missing_pool_was_looked_for_is_said(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    """A wrong region or stage looks just like a deleted pool."""
    elsewhere = drift(tfgen, moto, "--region", "eu-west-2")
    assert elsewhere.code == 2
    assert elsewhere.err.startswith("looked in region eu-west-2")
    assert drift(tfgen, moto, "--region", "eu-west-2", "-q").err == ""
    assert drift(tfgen, moto).err == ""


def test_every_severity_can_be_chosen() -> None:
    command = cli.get_command(click.Context(cli), "drift")
    assert command is not None
    (levels,) = [parameter.type for parameter in command.params if parameter.name == "fail_on"]
    assert isinstance(levels, click.Choice)
    assert list(levels.choices) == [str(level) for level in sorted(Severity)]


ELSEWHERE = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_MAX_ATTEMPTS": "1"}


@pytest.mark.parametrize(
    ("env", "args", "said"),
    [
        ({}, (), "no AWS region is known"),
        ({}, ("--region", "eu-west-1"), "credentials"),
        (
            ELSEWHERE,
            ("--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:9"),
            "cannot reach AWS.*--endpoint-url",
        ),
        ({}, ("--region", "eu-west-1", "--profile", "nobody"), "nobody|profile"),
        (ELSEWHERE, ("--region", "no region"), "region"),
        (ELSEWHERE, ("--region", "eu-west-1", "--pool-id", "customers=nonsense"), "nonsense"),
    ],
    ids=["no region", "no credentials", "endpoint down", "no profile", "no such region", "no id"],
)
def test_what_keeps_a_run_from_starting_is_one_line(
    tfgen: Invoke, env: dict[str, str], args: tuple[str, ...], said: str
) -> None:
    done = tfgen("drift", SPEC, *STAGE, *args, env=env)
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1, done.err
    assert re.search(said, done.err)


def on_a_terminal(*args: str, env: dict[str, str]) -> bytes:
    """What the command shows on a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tfgen", *args], stdout=follower, stderr=follower, env=environment(env)
    )
    os.close(follower)
    said = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while part := os.read(leader, 65536):
            said += part
    process.wait(timeout=60)
    os.close(leader)
    return said


def test_a_terminal_gets_colours_unless_asked_not_to(moto: Emulator, account: Account) -> None:
    """Any value of NO_COLOR but the empty one counts (https://no-color.org)."""
    account.change()

    def coloured(*args: str, **more: str) -> bool:
        env = {**moto.environment(), "TERM": "xterm", **more}
        said = on_a_terminal("drift", str(SPEC), *STAGE, *args, env=env)
        assert b"CRITICAL" in said
        return b"\x1b[" in said

    assert coloured()
    assert coloured(NO_COLOR="")
    assert not coloured("--no-color")
    assert not coloured(NO_COLOR="0")
    assert not coloured(NO_COLOR="anything")
