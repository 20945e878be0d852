"""The seed's chain as a person types it: every step a command of its own, every answer an exit code."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.e2e import world
from tests.golden.cases import Case
from tests.harness.emulators import Emulator
from tests.harness.process import run, scrubbed_environment
from tests.harness.terraform import Terraform, TerraformSetup, write_provider_override

SEED = Case("seed")
TFGEN = (sys.executable, "-m", "tfgen")


@dataclass
class Chain:
    """A working folder with spec.yml and infra/, on one emulator."""

    emulator: Emulator
    folder: Path
    terraform: Terraform

    def tfgen(self, *words: str | Path, stdin: str = "") -> CompletedProcess[str]:
        environment = scrubbed_environment(self.folder / "home") | self.emulator.environment()
        return run((*TFGEN, *words), cwd=self.folder, env=environment, stdin=stdin, timeout=60)

    def outputs(self) -> str:
        return self.terraform.run("output", "-json", "tfgen").stdout

    def drift(self, *words: str) -> tuple[int, list[dict[str, Any]]]:
        done = self.tfgen(
            "drift", "spec.yml", "--outputs", "-", "--format", "json", *words, stdin=self.outputs()
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)["findings"]

    @property
    def ids(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.outputs())["resources"]
        return found

    @property
    def pool(self) -> str:
        return self.ids["module.myUserPool.aws_cognito_user_pool.this"]


@pytest.fixture(scope="module")
def chain(
    terraform_setup: TerraformSetup, ministack_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Chain:
    """validate, render, init and apply of the seed's example."""
    folder = tmp_path_factory.mktemp("chain")
    (folder / "home").mkdir()
    (folder / "spec.yml").write_bytes(SEED.spec_file.read_bytes())
    arns = world.make_functions(ministack_module, {"createPost"})
    inputs = {"TF_VAR_function_arns": json.dumps(arns), "TF_VAR_region": ministack_module.region}
    infra = folder / "infra"
    chain = Chain(ministack_module, folder, terraform_setup.in_directory(infra, inputs))

    done = chain.tfgen("validate", "spec.yml")
    assert (done.returncode, done.stderr) == (0, "")
    done = chain.tfgen("render", "spec.yml", "-o", "infra")
    assert done.returncode == 0, done.stderr
    write_provider_override(infra, ministack_module)
    chain.terraform.init()
    assert chain.terraform.validate() == []
    chain.terraform.apply()
    return chain


def test_the_files_are_the_golden_ones(chain: Chain) -> None:
    for path, text in SEED.expected().items():
        assert (chain.folder / "infra" / path).read_text(encoding="utf-8") == text
    done = chain.tfgen("render", "spec.yml", "-o", "infra", "--check")
    assert done.returncode == 0, done.stdout


def test_no_drift_by_outputs_by_name_and_by_state(chain: Chain) -> None:
    assert chain.drift() == (0, [])
    region = chain.emulator.region
    arn = world.function_arn(chain.emulator, "createPost")
    by_name = chain.tfgen("drift", "spec.yml", "--region", region, "--var", f"function_arns.createPost={arn}")
    assert by_name.returncode == 0, by_name.stdout + by_name.stderr
    by_id = chain.tfgen(
        "drift",
        "spec.yml",
        "--pool-id",
        f"myUserPool={chain.pool}",
        "--var",
        f"function_arns.createPost={arn}",
    )
    assert by_id.returncode == 0, by_id.stdout + by_id.stderr
    state = chain.tfgen(
        "drift", "spec.yml", "--state", "infra/terraform.tfstate", "--var", f"function_arns.createPost={arn}"
    )
    assert state.returncode == 0, state.stdout + state.stderr


def test_what_somebody_changed_is_named_and_mended(chain: Chain) -> None:
    """A weaker password, self-made MFA, a route without its authorizer, a client nobody knows."""
    cognito, gateway = chain.emulator.client("cognito-idp"), chain.emulator.client("apigatewayv2")
    policy = cognito.describe_user_pool(UserPoolId=chain.pool)["UserPool"]["Policies"]
    policy["PasswordPolicy"] |= {"MinimumLength": 6, "RequireSymbols": False}
    cognito.update_user_pool(UserPoolId=chain.pool, Policies=policy)
    # Without a factor: AWS forgets the factors with OFF, ministack would keep them.
    cognito.set_user_pool_mfa_config(UserPoolId=chain.pool, MfaConfiguration="OPTIONAL")
    rogue = cognito.create_user_pool_client(UserPoolId=chain.pool, ClientName="rogue")["UserPoolClient"]
    api = chain.ids["module.myGateway.aws_apigatewayv2_api.this"]
    route = chain.ids["module.myGateway.aws_apigatewayv2_route.post_post_create"]
    gateway.update_route(ApiId=api, RouteId=route, AuthorizationType="NONE")

    code, findings = chain.drift()
    assert code == 2
    found = {(item["status"], item["resource"].split(".", 2)[2], item["path"]): item for item in findings}
    pool, client = "aws_cognito_user_pool.this", "aws_cognito_user_pool_client"
    opened = found["MODIFIED", "aws_apigatewayv2_route.post_post_create", "authorization_type"]
    assert (opened["severity"], opened["desired"], opened["live"]) == ("critical", "JWT", "NONE")
    shorter = found["MODIFIED", pool, "password_policy.minimum_length"]
    assert (shorter["desired"], shorter["live"], shorter["severity"]) == (8, 6, "high")
    lines = SEED.spec_file.read_text().splitlines()
    assert "minimumLength" in lines[shorter["spec"]["line"] - 1]
    assert ("MODIFIED", pool, "password_policy.require_symbols") in found
    assert ("MODIFIED", pool, "mfa_configuration") in found
    assert [item["severity"] for key, item in found.items() if key[0] == "UNMANAGED"] == ["critical"]
    assert any(key[1].startswith(client) for key in found if key[0] == "UNMANAGED")

    text = chain.tfgen("drift", "spec.yml", "--outputs", "-", stdin=chain.outputs())
    assert text.returncode == 2
    assert "spec.yml:" in text.stdout
    assert max(map(len, text.stdout.splitlines())) <= 100

    cognito.delete_user_pool_client(UserPoolId=chain.pool, ClientId=rogue["ClientId"])
    plan = chain.terraform.plan()
    assert plan.changes().keys() == {
        "module.myUserPool.aws_cognito_user_pool.this",
        "module.myGateway.aws_apigatewayv2_route.post_post_create",
    }
    chain.terraform.apply(plan)
    assert chain.drift() == (0, [])


def test_a_pool_that_is_gone_is_named(chain: Chain) -> None:
    cognito = chain.emulator.client("cognito-idp")
    outputs = chain.outputs()
    cognito.update_user_pool(UserPoolId=chain.pool, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=chain.pool)
    done = chain.tfgen("drift", "spec.yml", "--outputs", "-", "--format", "json", stdin=outputs)
    findings = json.loads(done.stdout)["findings"]
    deleted = [item for item in findings if item["status"] == "DELETED"]
    assert [(item["resource"], item["severity"]) for item in deleted if item["severity"] == "critical"] == [
        ("module.myUserPool.aws_cognito_user_pool.this", "critical")
    ]
    assert done.returncode != 0


def test_nothing_answers(chain: Chain) -> None:
    """No endpoint: one line, no traceback, and never a clean verdict."""
    nowhere = "http://127.0.0.1:9"
    done = chain.tfgen(
        "drift", "spec.yml", "--outputs", "-", "--endpoint-url", nowhere, stdin=chain.outputs()
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
