"""Where a run looks: what tells the findings of one deployment from those of another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`account` and `region`: the AWS ones, None while unknown. `stage`: the spec's, None without one.

    `target`: the name of the spec or of the fleet's target, so that two specs of one account and stage
    are told apart.
    """

    account: str | None = None
    region: str | None = None
    stage: str | None = None
    target: str = ""

    def __str__(self) -> str:
        members = (("account", self.account), ("region", self.region), ("stage", self.stage))
        said = [f"{name} {value}" for name, value in members if value is not None]
        return ", ".join([*([self.target] if self.target else []), *said]) or "(any)"
