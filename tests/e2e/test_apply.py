"""Every fixture through the real provider: valid, applied, a second plan without changes, no drift."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import deploy
from tests.e2e.deployment import Deployment
from tests.e2e.drift import drift
from tests.e2e.emulated import EMULATED
from tests.golden.cases import all_cases, desired_of
from tests.harness.emulators import Emulator
from tests.harness.terraform import TerraformSetup

UNREADABLE = {
    ("directives", "aws_cognito_identity_provider", 'provider_details["client_id"]'),
    ("directives", "aws_cognito_identity_provider", 'provider_details["authorize_url"]'),
}
"""What drift cannot know: an output of a CloudFormation stack, which it does not read."""


@pytest.fixture(scope="module")
def deployment(
    terraform_setup: TerraformSetup, emulator_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    return deploy(terraform_setup, emulator_module, tmp_path_factory.mktemp(emulator_module.name))


def test_valid(deployment: Deployment) -> None:
    assert deployment.terraform.validate() == []


def test_second_plan_is_empty(deployment: Deployment) -> None:
    plan = deployment.terraform.plan()
    assert not plan.changed, {address: change.paths for address, change in plan.changes().items()}


def test_no_drift(
    deployment: Deployment, tmp_path: Path, credentials: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """By Terraform's outputs, and (where names say it all) by name."""
    credentials(deployment.emulator)
    unread = EMULATED[deployment.emulator.name].unread
    outputs = deployment.outputs()
    for case in deployment.cases:
        for given in (outputs[case.name], None):
            if given is None and _needs_outputs(outputs[case.name]):
                continue
            code, report = drift(deployment, case, tmp_path, capsys, outputs=given)
            found = {
                (case.name, kind, finding["path"])
                for finding in report["findings"]
                if (kind := finding["resource"].split(".")[2]) not in unread
            }
            allowed = {item for item in UNREADABLE if item[0] == case.name}
            assert found == allowed, (case.name, "by outputs" if given else "by name", report["findings"])
            assert {finding["status"] for finding in report["findings"]} <= {"NOT_CHECKED"}, case.name
            assert code == (1 if report["findings"] else 0), case.name


def _needs_outputs(outputs: dict[str, Any]) -> bool:
    """Whether the spec refers to things that only Terraform's variables know."""
    return any(name != "region" for name in outputs["variables"])


def test_every_kind_is_applied(deployment: Deployment) -> None:
    from tfgen.kinds import KINDS

    applied = {values.split(".")[-2] for values in deployment.terraform.state_values()}
    assert set(KINDS) - set(EMULATED[deployment.emulator.name].kinds) <= applied


def test_names_are_distinct() -> None:
    """Two fixtures with one pool name could not stand in one account and be found by name."""
    seen: dict[tuple[str, str], str] = {}
    for case in all_cases():
        for address, resource in desired_of(case).resources.items():
            if address.kind in ("aws_cognito_user_pool", "aws_apigatewayv2_api"):
                name = (address.kind, resource.values["name"])
                assert name not in seen, f"{case.name} and {seen[name]} both have {name}"
                seen[name] = case.name
