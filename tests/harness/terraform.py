"""The terraform CLI with the real hashicorp/aws provider, offline and away from real accounts.

    cli = TerraformSetup.find(tmp_path_factory.mktemp("terraform"))
    terraform = cli.in_directory(directory)     # a directory with .tf files
    write_provider_override(directory, emulator)
    terraform.init()
    terraform.apply()
    assert not terraform.plan().changed

One command costs several seconds whatever it is asked: put many cases into one configuration.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, Self

from tests.harness.emulators import Emulator
from tests.harness.process import run, scrubbed_environment
from tests.harness.requirements import MissingError

AWS_PROVIDER: Final = "registry.terraform.io/hashicorp/aws"
TESTED_RELEASE: Final = "5.100.0"

# The provider's own names of the services our kinds talk to (its `endpoints` block).
ENDPOINTS: Final = (
    "acm",
    "apigatewayv2",
    "cloudformation",
    "cognitoidp",
    "iam",
    "lambda",
    "route53",
    "secretsmanager",
    "ssm",
    "sts",
    "wafv2",
)

_FETCHED = Path(__file__).resolve().parents[2] / ".pytest_cache" / "terraform-plugins"


class TerraformError(Exception):
    """A terraform command ended with a code the caller did not allow; holds what it said."""

    def __init__(self, result: CompletedProcess[str]) -> None:
        self.result = result
        command = " ".join(result.args)
        super().__init__(f"`{command}` ended with {result.returncode}\n{result.stdout}\n{self.errors}")

    @property
    def errors(self) -> str:
        """What it said on stderr, without colours and without the stack of a terraform that crashed.

        `terraform console` of 1.11 crashes after it has told what is wrong with a local value.
        """
        plain = re.sub(r"\x1b\[\d+m", "", self.result.stderr)
        return re.split(r"\n!{10,} TERRAFORM CRASH", plain)[0]

    @property
    def summary(self) -> str:
        """What follows the first `Error:`, as one line."""
        return " ".join(self.errors.partition("Error:")[2].split())


@dataclass(frozen=True)
class Change:
    """What a plan would do to one resource."""

    address: str
    kind: str
    actions: tuple[str, ...]
    paths: frozenset[str]
    """Dotted argument paths whose value changes: `password_policy.0.minimum_length`."""


@dataclass(frozen=True)
class Plan:
    """A saved plan. `changed` is the answer of `-detailed-exitcode`; output changes count too."""

    terraform: Terraform
    file: Path
    changed: bool
    text: str

    @cached_property
    def json(self) -> dict[str, Any]:
        """`terraform show -json` of the plan; costs a command."""
        return self.terraform.show(self.file)

    def changes(self) -> dict[str, Change]:
        """Every resource that would be created, changed, replaced or destroyed, by address."""
        return {
            resource["address"]: Change(
                resource["address"],
                resource["type"],
                tuple(resource["change"]["actions"]),
                frozenset(_changed_paths(resource["change"])),
            )
            for resource in self.json.get("resource_changes", [])
            if resource["mode"] == "managed" and resource["change"]["actions"] != ["no-op"]
        }

    def planned_values(self) -> dict[str, dict[str, Any]]:
        """The arguments of every resource after the plan, by address, modules included."""
        return dict(_values(self.json["planned_values"].get("root_module", {})))


@dataclass(frozen=True)
class TerraformSetup:
    """A terraform binary, a folder that providers come from, and an environment without real accounts."""

    binary: Path
    mirror: Path
    environment: Mapping[str, str]

    @classmethod
    def find(cls, scratch: Path) -> Self:
        """Terraform from PATH; `scratch` takes its configuration and stands for home. Raises MissingError.

        Providers come from the filesystem mirror `TFGEN_PROVIDER_MIRROR`, else from pytest's
        cache folder, which `ensure_provider()` fills.
        """
        binary = shutil.which("terraform")
        if binary is None:
            raise MissingError("terraform is not on PATH")
        mirror = Path(os.environ.get("TFGEN_PROVIDER_MIRROR") or _FETCHED).resolve()
        config = scratch / "terraformrc"
        path = json.dumps(str(mirror))
        config.write_text(f"provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n")
        environment = scrubbed_environment(scratch) | {
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": str(config),
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            # The provider's start is mostly garbage collection: less of it saves a third of the CPU time.
            "GOGC": "400",
        }
        return cls(Path(binary), mirror, environment)

    def in_directory(self, directory: Path, environment: Mapping[str, str] | None = None) -> Terraform:
        """Terraform with `directory` as its root module; `environment` adds variables (`TF_VAR_x`)."""
        return Terraform(self, directory, {**self.environment, **(environment or {})})

    def ensure_provider(self, scratch: Path) -> None:
        """Have the AWS provider in the mirror; without a given mirror it is fetched, once a checkout.

        Raises MissingError when a given mirror lacks it or the public registry cannot be reached.
        """
        if list((self.mirror / AWS_PROVIDER).glob("*/*/")):
            return
        if self.mirror != _FETCHED.resolve():
            raise MissingError(f"TFGEN_PROVIDER_MIRROR ({self.mirror}) has no {AWS_PROVIDER}")
        self.mirror.mkdir(parents=True, exist_ok=True)
        # A plugin cache has the layout of an unpacked mirror. Two processes would damage it.
        config = scratch / "fetch.terraformrc"
        config.write_text(f"plugin_cache_dir = {json.dumps(str(self.mirror))}\n")
        write_provider_requirement(scratch)
        with self.mirror.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                self.in_directory(scratch, {"TF_CLI_CONFIG_FILE": str(config)}).init()
            except TerraformError as failed:
                reason = "no AWS provider: TFGEN_PROVIDER_MIRROR names no mirror, and the registry gives none"
                raise MissingError(f"{reason}: {failed.summary}") from failed


@dataclass(frozen=True)
class Terraform:
    """Terraform commands in one directory. Each raises TerraformError when it fails."""

    setup: TerraformSetup
    directory: Path
    environment: Mapping[str, str] = field(repr=False)

    def run(
        self, *arguments: str | Path, stdin: str = "", codes: Sequence[int] = (0,)
    ) -> CompletedProcess[str]:
        """Any terraform command; an exit code outside `codes` raises TerraformError."""
        command = (self.setup.binary, *arguments)
        result = run(command, cwd=self.directory, env=self.environment, stdin=stdin)
        if result.returncode not in codes:
            raise TerraformError(result)
        return result

    def init(self) -> None:
        """Install providers and modules."""
        self.run("init", "-no-color", "-input=false")

    def fmt_check(self) -> list[str]:
        """The files below the directory that `terraform fmt` would change."""
        result = self.run("fmt", "-check", "-recursive", "-no-color", codes=(0, 3))
        return result.stdout.split()

    def validate(self) -> list[dict[str, Any]]:
        """Every diagnostic of `terraform validate -json`, warnings too; empty is a clean configuration."""
        answer = json.loads(self.run("validate", "-json", codes=(0, 1)).stdout)
        diagnostics: list[dict[str, Any]] = answer["diagnostics"]
        return diagnostics

    def plan(self, *arguments: str) -> Plan:
        """Plan and keep the plan; `arguments` are further flags (`-destroy`, `-refresh-only`)."""
        number = len(list(self.directory.glob("plan-*.tfplan")))
        file = self.directory / f"plan-{number}.tfplan"
        flags = ("-no-color", "-input=false", "-lock=false", "-detailed-exitcode", f"-out={file}")
        result = self.run("plan", *flags, *arguments, codes=(0, 2))
        return Plan(self, file, result.returncode == 2, result.stdout)

    def apply(self, plan: Plan | None = None, *arguments: str) -> str:
        """Apply a saved plan, or plan and apply at once; returns what terraform said."""
        flags = ("-no-color", "-input=false", "-auto-approve", "-lock=false")
        return self.run("apply", *flags, *arguments, *([plan.file] if plan else [])).stdout

    def destroy(self) -> str:
        """Destroy everything in the state."""
        return self.run("destroy", "-no-color", "-input=false", "-auto-approve", "-lock=false").stdout

    def show(self, plan: Path | None = None) -> dict[str, Any]:
        """`terraform show -json` of the state, or of a saved plan."""
        shown: dict[str, Any] = json.loads(self.run("show", "-json", *([plan] if plan else [])).stdout)
        return shown

    def state_values(self) -> dict[str, dict[str, Any]]:
        """The attributes of every resource in the state, by address, modules included."""
        return dict(_values(self.show().get("values", {}).get("root_module", {})))

    def output(self) -> dict[str, Any]:
        """The values of all root outputs, sensitive ones too."""
        answer = json.loads(self.run("output", "-json").stdout)
        return {name: output["value"] for name, output in answer.items()}

    def provider_schema(self) -> dict[str, Any]:
        """What the real AWS provider says of itself: `provider`, `resource_schemas`, …; after init()."""
        answer = json.loads(self.run("providers", "schema", "-json").stdout)
        schema: dict[str, Any] = answer["provider_schemas"][AWS_PROVIDER]
        return schema


def write_provider_requirement(directory: Path) -> None:
    """A root module that requires the AWS provider, in the release we test with, and nothing else."""
    aws = f'{{ source = "{AWS_PROVIDER}", version = "{TESTED_RELEASE}" }}'
    text = f"terraform {{\n  required_providers {{\n    aws = {aws}\n  }}\n}}\n"
    (directory / "main.tf").write_text(text)


def write_provider_override(
    directory: Path, emulator: Emulator, aliases: Mapping[str, str] | None = None
) -> Path:
    """Point the root module's AWS provider at `emulator`, by an override file.

    Terraform merges it over the `provider "aws"` block that is there, or over an implied
    empty one. `aliases` maps the aliases of further provider blocks to their regions.
    """
    blocks = [_provider_block(emulator, emulator.region, None)]
    blocks += [_provider_block(emulator, region, alias) for alias, region in (aliases or {}).items()]
    file = directory / "zz_emulator_override.tf"
    file.write_text("\n".join(blocks))
    return file


def _provider_block(emulator: Emulator, region: str, alias: str | None) -> str:
    arguments = [f"alias = {json.dumps(alias)}"] if alias else []
    arguments += [
        f"region = {json.dumps(region)}",
        f"access_key = {json.dumps(emulator.access_key)}",
        f"secret_key = {json.dumps(emulator.secret_key)}",
        "skip_credentials_validation = true",
        "skip_metadata_api_check = true",
        "skip_region_validation = true",
        # The provider builds ARNs (an API's execution_arn) with the account's id, so it asks for it
        # where the emulator can say it.
        f"skip_requesting_account_id = {json.dumps(not emulator.knows_account)}",
        "max_retries = 2",
    ]
    lines = "".join(f"  {argument}\n" for argument in arguments)
    endpoints = "".join(f"    {service} = {json.dumps(emulator.url)}\n" for service in ENDPOINTS)
    return f'provider "aws" {{\n{lines}  endpoints {{\n{endpoints}  }}\n}}\n'


def _values(module: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in module.get("resources", []):
        yield resource["address"], resource["values"]
    for child in module.get("child_modules", []):
        yield from _values(child)


def _changed_paths(change: Mapping[str, Any]) -> Iterator[str]:
    yield from _differences(change["before"], change["after"], ())
    yield from _unknown(change["after_unknown"], ())


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[str]:
    match before, after:
        case dict(), dict():
            for name in sorted(before.keys() | after.keys()):
                yield from _differences(before.get(name), after.get(name), (*path, name))
        case list(), list() if len(before) == len(after) and all(
            isinstance(item, dict) for item in before + after
        ):
            for index, (left, right) in enumerate(zip(before, after, strict=True)):
                yield from _differences(left, right, (*path, str(index)))
        case _ if before != after:
            yield ".".join(path)


def _unknown(mark: Any, path: tuple[str, ...]) -> Iterator[str]:
    match mark:
        case True:
            yield ".".join(path)
        case dict():
            for name, inner in mark.items():
                yield from _unknown(inner, (*path, name))
        case list():
            for index, inner in enumerate(mark):
                yield from _unknown(inner, (*path, str(index)))
