"""Where a run looks: what tells the findings of one deployment from those of another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tfgen.drift.globs import ways_to_write
from tfgen.resource import Address


@dataclass(frozen=True, slots=True)
class Scope:
    """`account` and `region`: the AWS ones, None while unknown. `stage`: the spec's, None without one.

    `target`: the name of the spec or of the fleet's target, so that two specs of one account and stage
    are told apart. `in_fleet`: reports then put the target's name before the names of its modules.
    """

    account: str | None = None
    region: str | None = None
    stage: str | None = None
    target: str = ""
    in_fleet: bool = False

    def modules(self, address: Address) -> tuple[str, ...]:
        """The names by which a person may call the pool or API of a resource: the spec's, the report's."""
        return (address.module, self.shown(address).module) if self.in_fleet else (address.module,)

    def shown(self, address: Address) -> Address:
        """The address as a report has it."""
        if not self.in_fleet:
            return address
        return replace(address, module=f"{self.target}/{address.module}" if address.module else self.target)

    def addresses(self, address: Address) -> tuple[str, ...]:
        """All ways to write an address: in full, without its module, and as a report of a fleet has it."""
        written = ways_to_write(address)
        return (*written, str(self.shown(address))) if self.in_fleet else written

    def __str__(self) -> str:
        members = (("account", self.account), ("region", self.region), ("stage", self.stage))
        said = [f"{name} {value}" for name, value in members if value is not None]
        return ", ".join([*([self.target] if self.target else []), *said]) or "(any)"
