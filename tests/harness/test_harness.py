"""The harness against a small configuration written by hand: the ground the other tests stand on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.harness.console import TerraformConsole
from tests.harness.emulators import Emulator
from tests.harness.requirements import MissingError
from tests.harness.terraform import (
    ENDPOINTS,
    Terraform,
    TerraformError,
    TerraformSetup,
    write_provider_override,
)

TINY = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.93, < 7.0"
    }
  }
}

variable "minimum_length" {
  type    = number
  default = 12
}

resource "aws_cognito_user_pool" "people" {
  name = "people"

  password_policy {
    minimum_length    = var.minimum_length
    require_lowercase = true
    require_numbers   = true
    require_symbols   = true
    require_uppercase = true
  }
}

resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_cognito_user_pool_domain" "login" {
  domain       = "people-login"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_apigatewayv2_api" "gateway" {
  name          = "gateway"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "people" {
  name             = "people"
  api_id           = aws_apigatewayv2_api.gateway.id
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = [aws_cognito_user_pool_client.app.id]
    issuer   = "https://${aws_cognito_user_pool.people.endpoint}"
  }
}

output "pool_id" {
  value = aws_cognito_user_pool.people.id
}

output "execution_arn" {
  value = aws_apigatewayv2_api.gateway.execution_arn
}
"""


@pytest.fixture(scope="module")
def applied(
    terraform_setup: TerraformSetup, emulator_module: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Terraform:
    """The tiny configuration, applied once on each emulator."""
    directory = tmp_path_factory.mktemp(emulator_module.name)
    (directory / "main.tf").write_text(TINY)
    write_provider_override(directory, emulator_module)
    terraform = terraform_setup.in_directory(directory)
    terraform.init()
    assert terraform.validate() == []
    terraform.apply()
    return terraform


def test_second_plan_is_empty(applied: Terraform) -> None:
    plan = applied.plan()
    assert not plan.changed, plan.text
    assert plan.changes() == {}


def test_boto3_reads_what_terraform_made(applied: Terraform, emulator_module: Emulator) -> None:
    cognito = emulator_module.client("cognito-idp")
    pool = cognito.describe_user_pool(UserPoolId=applied.output()["pool_id"])["UserPool"]
    assert (pool["Name"], pool["Policies"]["PasswordPolicy"]["MinimumLength"]) == ("people", 12)
    state = applied.state_values()
    assert state["aws_cognito_user_pool.people"]["id"] == pool["Id"]
    assert state["aws_apigatewayv2_authorizer.people"]["authorizer_type"] == "JWT"


def test_the_account_is_asked_for(applied: Terraform) -> None:
    assert re.fullmatch(r"arn:aws:execute-api:us-east-1:\d{12}:\w+", applied.output()["execution_arn"])


def test_plan_names_a_change_behind_its_back(applied: Terraform, emulator_module: Emulator) -> None:
    cognito = emulator_module.client("cognito-idp")
    pool_id = applied.output()["pool_id"]
    policy = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Policies"]["PasswordPolicy"]
    cognito.update_user_pool(UserPoolId=pool_id, Policies={"PasswordPolicy": {**policy, "MinimumLength": 6}})
    plan = applied.plan()
    assert plan.changed
    change = plan.changes()["aws_cognito_user_pool.people"]
    assert change.actions == ("update",)
    # moto resets what a partial update leaves out, as AWS does, so there may be more.
    assert "password_policy.0.minimum_length" in change.paths
    assert "password_policy.0.require_numbers" not in change.paths
    applied.apply(plan)
    assert cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Policies"]["PasswordPolicy"] == policy


def test_provider_knows_the_endpoints(applied: Terraform) -> None:
    endpoints = applied.provider_schema()["provider"]["block"]["block_types"]["endpoints"]["block"][
        "attributes"
    ]
    assert set(ENDPOINTS) <= endpoints.keys()


def test_failures_tell_what_terraform_said(terraform_setup: TerraformSetup, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('output "x" {\n  value = nowhere.x.id\n}\n')
    terraform = terraform_setup.in_directory(tmp_path)
    with pytest.raises(TerraformError, match="undeclared resource"):
        terraform.plan()
    assert [diagnostic["severity"] for diagnostic in terraform.validate()] == ["error"]


def test_fmt_check_names_files(terraform_setup: TerraformSetup, tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "bad.tf").write_text("locals {\n a=1\n}\n")
    (tmp_path / "good.tf").write_text("locals {\n  a = 1\n}\n")
    assert terraform_setup.in_directory(tmp_path).fmt_check() == ["modules/bad.tf"]


def test_environment_is_scrubbed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    for name in ("AWS_CA_BUNDLE", "AWS_PROFILE", "AWS_SESSION_TOKEN", "TF_CLI_ARGS_plan", "TF_LOG"):
        monkeypatch.setenv(name, "from outside")
    environment = TerraformSetup.find(tmp_path).environment
    assert "from outside" not in environment.values()
    assert environment["AWS_ACCESS_KEY_ID"] == "testing"
    assert environment["TF_CLI_CONFIG_FILE"] == str(tmp_path / "terraformrc")


def test_a_mirror_without_the_provider_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    monkeypatch.setenv("TFGEN_PROVIDER_MIRROR", str(tmp_path))
    with pytest.raises(MissingError, match="TFGEN_PROVIDER_MIRROR"):
        TerraformSetup.find(tmp_path).ensure_provider(tmp_path)


def test_console_evaluates_in_order(console: TerraformConsole) -> None:
    expressions = [
        '"a$${b} \\u00e9 \\"q\\" \\n%%{if}"',
        "1 + 1",
        '["x", true, null]',
        "<<EOT\ntwo\nlines\nEOT\n",
        "{ k = 1.5 }",
    ]
    expected: list[Any] = ['a${b} é "q" \n%{if}', 2, ["x", True, None], "two\nlines\n", {"k": 1.5}]
    assert console.evaluate(expressions) == expected
    assert console.evaluate([]) == []


def test_console_names_the_bad_expression(console: TerraformConsole) -> None:
    with pytest.raises(TerraformError, match="e1 = unknown_function"):
        console.evaluate(["1", "unknown_function(2)"])
