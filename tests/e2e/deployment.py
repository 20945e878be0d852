"""Many fixtures as modules of one Terraform configuration: a command costs seconds, whatever its size."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e import world
from tests.golden.cases import Case
from tests.harness.emulators import Emulator
from tests.harness.terraform import (
    Terraform,
    TerraformSetup,
    write_provider_override,
    write_provider_requirement,
)


@dataclass
class Deployment:
    """The golden files of `cases`, applied as they are on one emulator.

    Every case is a child module of its own name, so that `module.seed.module.myUserPool.…` is what
    stands as `module.myUserPool.…` in its own root.
    """

    emulator: Emulator
    terraform: Terraform
    cases: Sequence[Case]
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def prepare(
        cls,
        setup: TerraformSetup,
        emulator: Emulator,
        directory: Path,
        cases: Sequence[Case],
        dropped: Sequence[str] = (),
    ) -> Deployment:
        """Writes the configuration and what it needs, and installs the provider.

        `dropped`: kinds that the emulator does not know; their blocks are taken out.
        """
        functions = {f"{case.name}-{name}" for case in cases for name in world.functions_of(case)}
        world.furnish(emulator, functions)
        deployment = cls(emulator, setup.in_directory(directory), cases)
        write_provider_requirement(directory)
        write_provider_override(directory, emulator)
        blocks = []
        for case in cases:
            # With a provider block of its own each module would start a provider of its own.
            shutil.copytree(
                case.directory / "expected",
                directory / case.name,
                ignore=shutil.ignore_patterns("providers.tf"),
            )
            given = deployment.inputs[case.name] = world.inputs(emulator, case)
            arguments = "".join(f"  {name} = {_hcl(value)}\n" for name, value in given.items())
            blocks.append(
                f'module "{case.name}" {{\n  source = "./{case.name}"\n{arguments}}}\n\n'
                f'output "{case.name}" {{\n  value = module.{case.name}.tfgen\n}}\n'
            )
        (directory / "cases.tf").write_text("\n".join(blocks), encoding="utf-8")
        _drop(directory, dropped)
        deployment.terraform.init()
        return deployment

    def outputs(self) -> dict[str, Any]:
        """`terraform output -json tfgen` of every case, as its own root would say it."""
        return self.terraform.output()


def _hcl(value: Any) -> str:
    """JSON is HCL as long as no text holds a template; only test data comes here."""
    text = json.dumps(value)
    assert "${" not in text
    return text


def _drop(directory: Path, kinds: Sequence[str]) -> None:
    """Takes whole blocks of some kinds out of the rendered files, and the lines that name them."""
    for file in directory.rglob("*.tf") if kinds else ():
        lines, kept, inside = file.read_text(encoding="utf-8").splitlines(), [], False
        for line in lines:
            inside = inside or any(line.startswith(f'resource "{kind}"') for kind in kinds)
            if not inside and not any(f"{kind}." in line for kind in kinds):
                kept.append(line)
            if inside and line == "}":
                inside = False
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
