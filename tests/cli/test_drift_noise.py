"""Noise control as a nightly job uses it: one account, several runs, files in between."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Invoke
from tests.cli.demo_account import Account, drift
from tests.harness.emulators import Emulator

RULE = """\
rules:
  - path: "{path}"
    reason: agreed with the shop team
    expires: {expires}
"""


def test_a_rule_takes_a_finding_out_and_is_shown(
    tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path
) -> None:
    account.change()
    rules = tmp_path / "rules.yml"
    rules.write_text(RULE.format(path="*", expires="2999-01-01"))
    done = drift(tfgen, moto, "--ignore", rules, "--show-ignored")
    assert (done.code, done.out.splitlines()[0]) == (0, "IN_SYNC: no drift")
    assert done.err.count("ignored: MODIFIED") == 3
    assert "agreed with the shop team" in done.err


def test_the_usual_file_is_read_without_being_named(
    tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path
) -> None:
    account.change()
    (tmp_path / "tfgen.ignore.yml").write_text(RULE.format(path="*", expires="2999-01-01"))
    assert drift(tfgen, moto).code == 0


def test_a_rule_that_is_over_fails_a_clean_run_even_with_q(
    tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text(RULE.format(path="mfa_configuration", expires="2020-01-01"))
    done = drift(tfgen, moto, "--ignore", rules, "-q")
    assert done.code == 1
    assert done.err.startswith(f"expired: {rules}:2:5")


def test_a_wrong_rule_file_is_said_before_aws_is_asked(tfgen: Invoke, moto: Emulator, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text("rules:\n  - path: mfa_configuratoin\n")
    done = drift(tfgen, moto, "--ignore", rules, "--endpoint-url", "http://127.0.0.1:1")
    assert done.code == 1
    assert "mfa_configuration" in done.err
    assert "reason" in done.err


def test_recorded_once_then_only_what_changed(
    tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path
) -> None:
    rogue = account.client.create_user_pool_client(UserPoolId=account.pool_id, ClientName="load-test")
    accepted = tmp_path / "accepted.yml"
    assert drift(tfgen, moto, "--record", accepted).code == 2
    assert "load-test" in accepted.read_text()
    assert drift(tfgen, moto, "--baseline", accepted).code == 0
    account.client.update_user_pool_client(
        UserPoolId=account.pool_id,
        ClientId=rogue["UserPoolClient"]["ClientId"],
        ClientName="load-test",
        CallbackURLs=["https://evil.example"],
    )
    again = drift(tfgen, moto, "--baseline", accepted)
    assert again.code == 2
    assert "load-test" in again.out


def test_only_new_findings_fail(tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path) -> None:
    account.change()
    history = tmp_path / "history.db"
    first = drift(tfgen, moto, "--history", history, "--new-only")
    assert first.code == 2
    assert "since: new since the last run" in first.out
    second = drift(tfgen, moto, "--history", history, "--new-only", "--format", "json")
    assert second.code == 0
    document = json.loads(second.out)
    assert document["verdict"] == "IN_SYNC"
    assert [item["fails"] for item in document["findings"]] == [False] * 3
    assert all(item["since"].endswith(" UTC") for item in document["findings"])


def test_selection(tfgen: Invoke, moto: Emulator, account: Account) -> None:
    account.change()
    done = drift(tfgen, moto, "--only", "severity:critical", "--format", "json")
    assert [item["path"] for item in json.loads(done.out)["findings"]] == ["mfa_configuration"]
    assert "2 findings left out" in done.err
    typo = drift(tfgen, moto, "--only", "severity:critcal")
    assert typo.code == 1
    assert "critical" in typo.err


def test_new_only_without_a_history_is_an_error(tfgen: Invoke, moto: Emulator) -> None:
    done = drift(tfgen, moto, "--new-only")
    assert done.code == 1
    assert "--history" in done.err
