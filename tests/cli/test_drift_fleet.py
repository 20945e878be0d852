"""`tfgen drift --fleet`: one report of several deployments, against one emulator."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.conftest import Invoke, environment
from tests.cli.demo_account import SPEC, Account
from tests.harness.emulators import Emulator
from tests.harness.http_replay import ReplayServer, slow

TARGET = """\
  - name: {name}
    specs: {spec}
    stage: {stage}
    region: us-east-1
    endpoint_url: {url}
"""


def fleet(directory: Path, *targets: tuple[str, str, str]) -> Path:
    """A fleet file of (name, stage, endpoint) targets of the demo's spec."""
    file = directory / "tfgen.yml"
    texts = [TARGET.format(name=name, spec=SPEC, stage=stage, url=url) for name, stage, url in targets]
    file.write_text("targets:\n" + "".join(texts))
    return file


def test_one_report_of_all_targets(tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path) -> None:
    account.change()
    file = fleet(tmp_path, ("shop/prod", "prod", moto.url), ("shop/qa", "qa", moto.url))
    done = tfgen("drift", "--fleet", file, "--format", "json", env=moto.environment())
    assert done.code == 2
    found = {(item["module"], item["status"], item["path"]) for item in json.loads(done.out)["findings"]}
    assert ("shop/prod/customers", "MODIFIED", "mfa_configuration") in found
    assert ("shop/qa/customers", "DELETED", "") in found


def test_one_target(tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path) -> None:
    file = fleet(tmp_path, ("shop/prod", "prod", moto.url), ("shop/qa", "qa", moto.url))
    assert tfgen("drift", "--fleet", file, "--target", "*/prod", env=moto.environment()).code == 0
    typo = tfgen("drift", "--fleet", file, "--target", "prod", env=moto.environment())
    assert typo.code == 1
    assert "shop/prod" in typo.err


def test_a_dead_target_loses_nothing(tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path) -> None:
    account.change()
    file = fleet(tmp_path, ("dead", "prod", "http://127.0.0.1:1"), ("shop", "prod", moto.url))
    done = tfgen("drift", "--fleet", file, "--format", "json", env=moto.environment())
    assert done.code == 1, "not everything was checked"
    findings = json.loads(done.out)["findings"]
    (unread,) = [item for item in findings if item["status"] == "NOT_CHECKED"]
    assert unread["module"] == "dead"
    assert (unread["spec"]["file"], unread["spec"]["line"]) == (str(file), 2)
    assert "mfa_configuration" in {item["path"] for item in findings}


def test_pools_without_a_spec(tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path) -> None:
    account.client.create_user_pool(PoolName="forgotten")
    file = fleet(tmp_path, ("shop", "prod", moto.url))
    assert tfgen("drift", "--fleet", file, env=moto.environment()).code == 0
    done = tfgen("drift", "--fleet", file, "--discover", env=moto.environment())
    assert done.code == 2
    assert "forgotten" in done.out


def test_rules_hold_for_the_targets_they_name(
    tfgen: Invoke, moto: Emulator, account: Account, tmp_path: Path
) -> None:
    account.change()
    file = fleet(tmp_path, ("shop", "prod", moto.url))
    rules = tmp_path / "rules.yml"
    rules.write_text('rules:\n  - {path: "*", stage: prod, reason: agreed}\n')
    done = tfgen("drift", "--fleet", file, "--ignore", rules, "--show-ignored", env=moto.environment())
    assert done.code == 0
    assert done.err.count("shop: ignored: MODIFIED") == 3
    rules.write_text('rules:\n  - {path: "*", stage: qa, reason: agreed}\n')
    other = tfgen("drift", "--fleet", file, "--ignore", rules, env=moto.environment())
    assert other.code == 2
    assert "ignores nothing: " in other.err


def test_options_of_one_deployment(tfgen: Invoke, tmp_path: Path) -> None:
    file = fleet(tmp_path, ("a", "b", "http://127.0.0.1:1"))
    done = tfgen("drift", SPEC, "--fleet", file, "--region", "eu-west-1")
    said = "specs, --region cannot stand beside --fleet: its file has them, target by target"
    assert (done.code, done.err) == (1, f"{said}\n")


def test_accept_says_what_to_run_instead(tfgen: Invoke, tmp_path: Path) -> None:
    url = "http://127.0.0.1:1"
    file = fleet(tmp_path, ("shop/prod", "prod", url), ("shop/qa", "qa", url))
    done = tfgen("drift", "--fleet", file, "--accept", "*")
    assert done.code == 1
    assert "--accept cannot stand beside --fleet" in done.err
    assert "--target NAME" in done.err
    one = tfgen("drift", "--fleet", file, "--target", "shop/qa", "--accept", "password_policy")
    assert one.code == 1
    command = (
        f"tfgen drift {SPEC} --stage qa --region us-east-1 --endpoint-url {url} --accept password_policy"
    )
    assert f"  {command}\n" in one.err
    assert "It edits the spec of shop/prod too" in one.err


def test_what_is_wrong_with_the_file_is_said_at_once(tfgen: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "tfgen.yml"
    file.write_text("targets:\n  - nmae: x\n    stage: 5\n")
    done = tfgen("drift", "--fleet", file)
    assert done.code == 1
    assert f"{file}:2:5" in done.err
    assert "name" in done.err


def test_ctrl_c_says_what_is_known(
    moto: Emulator, account: Account, replay: ReplayServer, tmp_path: Path
) -> None:
    replay.fail("ListUserPools", slow(60))
    file = fleet(tmp_path, ("shop", "prod", moto.url), ("slow", "prod", replay.emulator.url))
    history, accepted = tmp_path / "history.db", tmp_path / "accepted.yml"
    files = ["--history", str(history), "--record", str(accepted)]
    command = [sys.executable, "-m", "tfgen", "drift", "--fleet", str(file), *files]
    env = environment(moto.environment())
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    journal = tmp_path
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not any(
        '"shop"' in item.read_text(errors="replace") for item in journal.iterdir() if "journal" in item.name
    ):
        time.sleep(0.1)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert time.monotonic() - start < 5
    assert "1 of 2 targets are done" in err
    assert f"{history}: not written, as the run was interrupted" in err
    assert f"{accepted}: not written, as the run was interrupted" in err
    assert not history.exists()
    assert not accepted.exists()
    assert "IN_SYNC" in out or "NO DRIFT" in out
