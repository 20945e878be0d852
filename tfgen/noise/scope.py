"""Where a run looks: what tells the findings of one deployment from those of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tfgen.drift.globs import ways_to_write
from tfgen.resource import Address

NO_SPEC: Final = "(no spec)"
"""How the name of a place begins that is looked at for pools without a spec; no target's does."""


@dataclass(frozen=True, slots=True)
class Scope:
    """`account` and `region`: the AWS ones, None while unknown. `stage`: the spec's, None without one.

    `target`: the name of the spec or of the fleet's target, so that two specs of one account and stage
    are told apart. `in_fleet`: one of several; reports put the target's name before the names of its
    modules, unless not `prefixed`.
    """

    account: str | None = None
    region: str | None = None
    stage: str | None = None
    target: str = ""
    in_fleet: bool = False
    prefixed: bool = True

    @classmethod
    def without_spec(cls, name: str, account: str | None, region: str | None) -> Scope:
        """Where a fleet looks for pools that no spec covers, as if it were a target."""
        return cls(account, region, None, f"{NO_SPEC} {name}", in_fleet=True, prefixed=False)

    @property
    def recorded(self) -> Scope:
        """What a file says of it."""
        return replace(self, in_fleet=False, prefixed=True)

    def modules(self, address: Address) -> tuple[str, ...]:
        """The names by which a person may call the pool or API of a resource: the spec's, the report's."""
        return tuple(dict.fromkeys((address.module, self.shown(address).module)))

    def shown(self, address: Address) -> Address:
        """The address as a report has it."""
        if not self.in_fleet or not self.prefixed:
            return address
        return replace(address, module=f"{self.target}/{address.module}" if address.module else self.target)

    def addresses(self, address: Address) -> tuple[str, ...]:
        """All ways to write an address: in full, without its module, and as a report of a fleet has it."""
        written = ways_to_write(address)
        return (*written, str(self.shown(address))) if self.in_fleet and self.prefixed else written

    def __str__(self) -> str:
        members = (("account", self.account), ("region", self.region), ("stage", self.stage))
        said = [f"{name} {value}" for name, value in members if value is not None]
        return ", ".join([*([self.target] if self.target else []), *said]) or "(any)"
