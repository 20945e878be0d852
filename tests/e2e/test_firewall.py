"""The firewall in front of a pool, taken away and put back, with the real Terraform and provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.deployment import Deployment
from tests.e2e.drift import drift
from tests.golden.cases import Case
from tests.harness.emulators import Emulator
from tests.harness.terraform import TerraformSetup

FIREWALL = Case("firewall")
ASSOCIATION = "aws_wafv2_web_acl_association.this"


def test_a_removed_firewall_is_named_by_drift_and_mended_by_apply(
    terraform_setup: TerraformSetup,
    emulator_module: Emulator,
    tmp_path: Path,
    credentials: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    credentials(emulator_module)
    emulator_module.reset()
    infra = tmp_path / "infra"
    infra.mkdir()
    deployment = Deployment.prepare(terraform_setup, emulator_module, infra, [FIREWALL])
    deployment.terraform.apply()
    outputs = deployment.outputs()["firewall"]
    wafv2, wall = emulator_module.client("wafv2"), outputs["variables"]["web_acl_arns"]["wall"]
    guarded = outputs["resources"]["module.guarded.aws_wafv2_web_acl_association.this"].partition(",")[2]

    def check() -> tuple[int, list[dict[str, Any]]]:
        code, report = drift(deployment, FIREWALL, tmp_path, capsys, outputs=outputs)
        return code, report["findings"]

    def attached() -> dict[str, Any]:
        answer: dict[str, Any] = wafv2.get_web_acl_for_resource(ResourceArn=guarded)
        return answer

    assert check() == (0, [])
    assert attached()["WebACL"]["ARN"] == wall

    wafv2.disassociate_web_acl(ResourceArn=guarded)
    code, (found,) = check()
    assert code == 2
    assert (found["status"], found["severity"]) == ("DELETED", "high")
    assert found["resource"] == f"module.guarded.{ASSOCIATION}"
    changes = deployment.terraform.plan().changes()
    assert set(changes) == {f"module.firewall.module.guarded.{ASSOCIATION}"}

    deployment.terraform.apply()
    assert attached()["WebACL"]["ARN"] == wall
    assert check() == (0, [])
