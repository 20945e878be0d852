"""What is known of a deployment before and besides what AWS answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tfgen.kinds.types import API
from tfgen.resource import FromData, Ref, State, Unknown, Variable, evaluate

OUTPUT_FORMAT: Final = "1"
"""Version of what the root output `tfgen` holds; a reader refuses one that it does not know."""


@dataclass(slots=True)
class Known:
    """Ids and variable values from the command line, Terraform's outputs or its state.

    `ids`: address of a resource as text → the id AWS gave it. `variables`: `name` or `name.key` →
    value. `account`, `partition`, `region`: where the run looks; None until it is known.
    """

    ids: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    account: str | None = None
    partition: str = "aws"
    region: str | None = None

    def lookup(self, value: Ref | Variable | FromData) -> Any:
        """The value of a variable or data source that needs no live resource, else `Unknown`."""
        match value:
            case Variable(sensitive=True):
                return Unknown(f"variable {value.path} is secret", secret=True)
            case Variable(name="region") if "region" not in self.variables and self.region:
                return self.region
            case Variable():
                if value.path in self.variables:
                    return self.variables[value.path]
                return Unknown(f"variable {value.path} is not known: give --outputs or --var {value.path}=…")
            case FromData(sensitive=True):
                return Unknown("a secret store is not read", secret=True)
            case FromData():
                return self._data(value)
            case Ref():
                return Unknown(f"{value.address} is not live")

    def _data(self, value: FromData) -> Any:
        match value.source.type, value.attribute:
            case "aws_caller_identity", "account_id":
                return self.account or Unknown("the AWS account is not known")
            case "aws_partition", "partition":
                return self.partition
            case _:
                return Unknown(f"data source {value.source.type}.{value.source.label} is not read")


def variables_of(desired: State) -> set[str]:
    """Every variable that decides a value of these resources or finds one, as `--var` names it."""
    found: set[str] = set()

    def note(value: Ref | Variable | FromData) -> Unknown:
        match value:
            case Variable():
                found.add(value.path)
            case FromData(source=source):
                evaluate([argument for _, argument in source.arguments], note)
        return Unknown("only its name is asked for")

    for resource in desired.resources.values():
        evaluate(resource.values, note)
        if resource.kind == API:
            found.add(f"api_ids.{resource.address.module}")  # finds one that was given no other id
    return found
