"""HCL expressions evaluated by Terraform itself, many in one process.

console = TerraformConsole(setup, tmp_path)
assert console.evaluate(['"a" + 1', 'upper("x")']) == [...]
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness.terraform import TerraformSetup


@dataclass(frozen=True)
class TerraformConsole:
    """Evaluates expressions with `terraform console`; needs no provider and no init."""

    setup: TerraformSetup
    scratch: Path

    def evaluate(self, expressions: Sequence[str]) -> list[Any]:
        """The value of each HCL expression as JSON has it (a set becomes a list), in order.

        An expression may span lines (a heredoc). 3,000 take about half a second. An invalid one
        raises TerraformError, whose text names `local.e<index>` or its line. Mind that Terraform
        holds all strings in Unicode normalisation form C.
        """
        if not expressions:
            return []
        # A local each, so that an error names the expression. The trailing line break closes heredocs.
        lines = "".join(f"  e{index} = {expression}\n" for index, expression in enumerate(expressions))
        names = ", ".join(f"local.e{index}" for index in range(len(expressions)))
        return list(self._value(f"locals {{\n{lines}  all = [{names}]\n}}\n", "local.all"))

    def evaluate_in(self, configuration: str, expression: str) -> Any:
        """The value of one expression in a root module made of the text `configuration`."""
        return self._value(configuration, expression)

    def _value(self, configuration: str, expression: str) -> Any:
        directory = Path(tempfile.mkdtemp(dir=self.scratch))
        (directory / "main.tf").write_text(configuration, encoding="utf-8", newline="")
        terraform = self.setup.in_directory(directory)
        # In base64 the console's own quoting and line wrapping have nothing to do.
        answer = terraform.run("console", stdin=f"base64encode(jsonencode({expression}))\n").stdout
        return json.loads(base64.b64decode(answer.strip().strip('"'), validate=True))
