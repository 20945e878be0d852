"""Every fixture through the real provider: valid, applied, a second plan without changes, no drift;
then every live value changed behind Terraform's back: drift names it, and so does a plan.

One apply for each emulator, in this order; the list of changes comes from the field tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e import values
from tests.e2e.changes import Changes, Found, in_state, plain, related
from tests.e2e.conftest import deploy
from tests.e2e.deployment import Deployment
from tests.e2e.drift import drift
from tests.e2e.emulated import EMULATED
from tests.e2e.not_changed import NOT_STORED, TERRAFORM_DIFFERS
from tests.golden.cases import all_cases, desired_of
from tests.harness.emulators import Emulator
from tests.harness.terraform import Plan, TerraformSetup
from tfgen.kinds.field import Type

_POOL, _PROVIDER = "aws_cognito_user_pool", "aws_cognito_identity_provider"
UNREADABLE: dict[tuple[str, str, str], str] = {
    ("directives", _PROVIDER, 'provider_details["client_id"]'): "outputs of CloudFormation are not read",
    ("directives", _PROVIDER, 'provider_details["authorize_url"]'): "outputs of CloudFormation are not read",
}
"""What drift cannot know and says so: (case, kind, path), with the reason."""


@pytest.fixture(scope="module")
def deployment(
    terraform_setup: TerraformSetup, emulator_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    return deploy(terraform_setup, emulator_module, tmp_path_factory.mktemp(emulator_module.name))


def test_valid(deployment: Deployment) -> None:
    assert deployment.terraform.validate() == []


@pytest.fixture(scope="module")
def second_plan(deployment: Deployment) -> Plan:
    return deployment.terraform.plan()


def test_second_plan_is_empty(second_plan: Plan) -> None:
    changes = {address: change.paths for address, change in second_plan.changes().items()}
    assert not second_plan.changed, changes


def test_values_are_the_specs(deployment: Deployment, second_plan: Plan) -> None:
    """Planned and live values against the spec, by code that shares nothing with tfgen."""
    planned, cases = second_plan.planned_values(), {case.name for case in deployment.cases}
    values.the_seed_is_protected(planned)
    values.names_carry_service_and_stage(planned)
    values.no_secret_is_in_any_file(deployment)
    if "every_property" in cases:
        values.every_property_is_planned(planned)
    values.hostile_texts_arrived_unchanged(
        deployment,
        styled="aws_cognito_user_pool_ui_customization" not in EMULATED[deployment.emulator.name].kinds,
    )


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
                and not any(missing in finding["reason"] for missing in unread)
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

    applied = {address.split(".")[-2] for address in deployment.terraform.state_values()}
    assert set(KINDS) - set(EMULATED[deployment.emulator.name].kinds) <= applied


@pytest.fixture(scope="module")
def changes(deployment: Deployment) -> Changes:
    """Everything live is different from here on: the tests above come first."""
    return Changes.make(deployment)


def test_what_is_not_changed_is_known(changes: Changes) -> None:
    """Every argument was changed, or a table says why not."""
    assert changes.lost == NOT_STORED[changes.deployment.emulator.name].keys()


def test_drift_names_exactly_the_changes(
    changes: Changes, tmp_path: Path, credentials: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Invariant 2: each changed value is a finding at its own path, and nothing else is."""
    credentials(changes.deployment.emulator)
    found = _findings(changes, tmp_path, capsys)
    missed = sorted(set(changes.made) - set(found))
    invented = sorted((*key, str(found[key]["live"])) for key in set(found) - set(changes.made))
    assert (missed, invented) == ([], [])
    wrong = [
        key
        for key, finding in found.items()
        if finding["declared"] is not changes.made[key].declared
        and changes.made[key].field.type is not Type.BLOCKS  # an instance is declared or not, each by itself
    ]
    assert wrong == []


def test_a_plan_names_the_same(
    changes: Changes, tmp_path: Path, credentials: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """What drift reports, apply mends; where it says that apply does nothing, no plan shows it."""
    credentials(changes.deployment.emulator)
    found = _findings(changes, tmp_path, capsys)
    plan = changes.deployment.terraform.plan()
    assert plan.changed
    planned = {address: {plain(path) for path in change.paths} for address, change in plan.changes().items()}
    wrong = []
    for (case, address, path), finding in sorted(found.items()):
        target = changes.made.get((case, address, path))
        seen = any(related(plain(path), other) for other in planned.get(in_state(case, address), ()))
        mended = not finding["apply"].startswith("apply does nothing")
        if seen != mended and (target is None or target.id not in TERRAFORM_DIFFERS):
            wrong.append((case, address, path, finding["apply"], "planned" if seen else "not planned"))
    assert wrong == []


def _findings(
    changes: Changes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> dict[Found, dict[str, Any]]:
    outputs, found = changes.deployment.outputs(), {}
    for case in changes.deployment.cases:
        _, report = drift(changes.deployment, case, tmp_path, capsys, outputs=outputs[case.name])
        for finding in report["findings"]:
            key = (case.name, finding["resource"], finding["path"])
            # A cross-resource check tells at one resource what was changed at another.
            consequence = any(name.startswith("tfgen ") for name in finding["controls"])
            if finding["status"] != "NOT_CHECKED" and (key in changes.made or not consequence):
                found[key] = finding
    return found


def test_names_are_distinct() -> None:
    """Two fixtures with one pool name could not stand in one account and be found by name."""
    seen: dict[tuple[str, str], str] = {}
    for case in all_cases():
        for address, resource in desired_of(case).resources.items():
            if address.kind in ("aws_cognito_user_pool", "aws_apigatewayv2_api"):
                name = (address.kind, resource.values["name"])
                assert name not in seen, f"{case.name} and {seen[name]} both have {name}"
                seen[name] = case.name
