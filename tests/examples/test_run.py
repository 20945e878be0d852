"""The examples' shell, run: what each exit code of tfgen does to the job and to its reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from junitparser import JUnitXml
from prometheus_client.parser import text_string_to_metric_families

from tests.examples.conftest import machine_for
from tests.examples.runner import EXAMPLES, Machine, Run, github, gitlab, workflow
from tests.harness.emulators import Emulator
from tests.harness.http_replay import ACCESS_DENIED
from tests.live.cloud import Account as Replay
from tests.live.cloud import Cloud
from tfgen.live.demo import Account

RESTORE, SAVE = "actions/cache/restore", "actions/cache/save"
SARIF, ARTIFACT = "github/codeql-action/upload-sarif", "actions/upload-artifact"
POOL = "shop-prod-customers-user-pool"
CRON = (EXAMPLES / "cron/tfgen-drift").read_text(encoding="utf-8")


def nightly(machine: Machine) -> Run:
    return github(workflow("github/drift.yml")["jobs"]["drift"], machine)


def pull_request(machine: Machine) -> Run:
    return github(workflow("github/pull-request.yml")["jobs"]["check"], machine)


def uploaded(run: Run, machine: Machine) -> bool:
    """Whether both uploads ran, of files that are there."""
    sarif, artifact = run.action(SARIF), run.action(ARTIFACT)
    if sarif is None or artifact is None:
        assert sarif is artifact, "one upload without the other"
        return False
    assert json.loads((machine.folder / sarif["sarif_file"]).read_text())["version"] == "2.1.0"
    reports = machine.folder / artifact["path"]
    assert sorted(file.name for file in reports.iterdir()) == ["drift.html", "drift.md", "drift.sarif"]
    saved, restored = run.action(SAVE), run.action(RESTORE)
    assert saved is not None, "the history of the night is lost"
    assert restored is not None
    assert (machine.folder / saved["path"]).is_file()
    assert {name: restored[name] for name in ("path", "key")} == saved
    assert saved["key"].startswith(restored["restore-keys"])
    return True


@pytest.mark.usefixtures("account")
def test_a_clean_night(machine: Machine) -> None:
    run = nightly(machine)
    assert (run.codes[-1], run.failed) == (0, False), run.said
    assert uploaded(run, machine)
    assert machine.installed == ["install cognito-tfgen"]


def test_a_night_with_drift(machine: Machine, account: Account) -> None:
    account.change()
    run = nightly(machine)
    assert (run.codes[-1], run.failed) == (2, True), run.said
    assert "::error file=pools.yml,line=" in run.said
    assert uploaded(run, machine)
    results = json.loads((machine.folder / "reports/drift.sarif").read_text())["runs"][0]["results"]
    assert len(results) == 3
    assert run.said.count("since: new") == 3, run.said
    # The night after, with what the cache kept of this one.
    again = nightly(machine)
    assert (again.codes[-1], again.said.count("since: new")) == (2, 0), again.said


@pytest.fixture
def half_refused(tmp_path: Path) -> Iterator[Machine]:
    """An account that lets half of the pool be read."""
    with Replay() as server:
        cloud = Cloud(server)
        cloud.add(POOL)
        server.fail("GetUserPoolMfaConfig", ACCESS_DENIED)
        yield machine_for(tmp_path, server.emulator)


def test_a_night_that_could_not_check_everything(half_refused: Machine) -> None:
    run = nightly(half_refused)
    assert (run.codes[-1], run.failed) == (1, True), run.said
    assert "allow the IAM action cognito-idp:GetUserPoolMfaConfig" in run.said
    assert uploaded(run, half_refused)


def test_a_night_without_credentials(tmp_path: Path, emulator_here: Emulator) -> None:
    machine = machine_for(tmp_path, emulator_here, without=("KEY",))
    run = nightly(machine)
    assert (run.codes[-1], run.failed) == (1, True)
    assert "credentials" in run.said
    assert not uploaded(run, machine)


def test_a_pull_request(machine: Machine) -> None:
    assert machine.bash("tfgen render pools.yml --stage prod --region eu-west-1 --out infra").returncode == 0
    assert pull_request(machine).codes == [0, 0, 0]
    assert gitlab("pools", machine).codes == [0]
    spec = machine.folder / "pools.yml"
    spec.write_text(spec.read_text().replace("minimumLength: 12", "minimumLength: 14"))
    run = pull_request(machine)
    assert run.codes == [0, 0, 2], run.said
    assert gitlab("pools", machine).codes == [2]
    spec.write_text(spec.read_text().replace("minimumLength", "minimumLenght"))
    run = pull_request(machine)
    assert run.codes == [0, 1]  # what is not valid is not rendered
    assert "did you mean" in run.said.lower()
    assert gitlab("pools", machine).codes == [1]


@pytest.mark.parametrize("code", [0, 2])
def test_gitlab_with_a_token(code: int, tmp_path: Path, emulator_here: Emulator, account: Account) -> None:
    """Without keys: the token that GitLab gives is what the role is assumed with."""
    if code:
        account.change()
    machine = machine_for(tmp_path, emulator_here, without=("KEY",))
    run = gitlab("drift", machine, CI_PROJECT_DIR=str(tmp_path), AWS_ID_TOKEN="token")
    assert run.codes == [code], run.said
    assert (tmp_path / ".aws-id-token").read_text() == "token"
    artifacts = workflow("gitlab/.gitlab-ci.yml")["drift"]["artifacts"]
    assert artifacts["when"] == "always"
    assert all((tmp_path / file).is_file() for file in artifacts["paths"])
    tests = JUnitXml.fromfile(str(tmp_path / artifacts["reports"]["junit"]))
    assert bool(tests.failures) == (code == 2)


def cron(machine: Machine) -> tuple[int, str, dict[str, float]]:
    """Exit code, mail and metrics; the crontab's own settings around the script."""
    textfiles = machine.folder / "metrics"
    textfiles.mkdir(exist_ok=True)
    lines = (EXAMPLES / "cron/crontab").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if re.match(r"AWS_\w+=", line))
    own = {"TFGEN_SPEC": str(machine.folder / "pools.yml"), "TFGEN_METRICS": str(textfiles)}
    done = machine.bash(CRON, **settings, **own)
    text = "".join(file.read_text() for file in sorted(textfiles.glob("*.prom")))
    families = list(text_string_to_metric_families(text))
    files = {file.name: file.stat().st_mode & 0o777 for file in textfiles.iterdir()}
    assert set(files.values()) == {0o644}, (
        files
    )  # the collector is another user; nothing half-written is left
    metrics: dict[str, float] = {}
    for family in families:
        for sample in family.samples:
            metrics[sample.name] = metrics.get(sample.name, 0) + sample.value
    return done.returncode, done.stdout + done.stderr, metrics


def test_cron(machine: Machine, account: Account) -> None:
    code, mail, metrics = cron(machine)
    assert (code, mail) == (0, "")
    assert metrics["tfgen_drift_run_exit_code"] == 0
    assert metrics["tfgen_drift_in_sync"] == 1
    account.change()
    code, mail, metrics = cron(machine)
    assert code == 2
    assert "DRIFT: 3 findings" in mail
    assert metrics["tfgen_drift_run_exit_code"] == 2
    assert (metrics["tfgen_drift_in_sync"], metrics["tfgen_drift_findings"]) == (0, 3)


@pytest.mark.usefixtures("account")
def test_cron_that_can_read_nothing_says_so_in_a_metric(
    machine: Machine, tmp_path: Path, emulator_here: Emulator
) -> None:
    cron(machine)
    code, mail, metrics = cron(machine_for(tmp_path, emulator_here, without=("KEY",)))
    assert code == 1
    assert "credentials" in mail.lower()
    assert metrics["tfgen_drift_run_exit_code"] == 1
    assert metrics["tfgen_drift_in_sync"] == 1  # of the run before: why there is a metric of the run


def test_the_alerts_ask_for_metrics_that_there_are(half_refused: Machine) -> None:
    _, _, metrics = cron(half_refused)
    asked = {
        name
        for group in workflow("cron/alerts.yml")["groups"]
        for rule in group["rules"]
        for name in re.findall(r"tfgen_\w+", rule["expr"])
    }
    assert asked
    assert asked <= set(metrics)
