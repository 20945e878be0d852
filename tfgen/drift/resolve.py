"""What references of desired resources are worth, now that live ones are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tfgen.known import Known
from tfgen.resource import Address, FromData, Ref, Resource, Unknown, Variable


@dataclass(slots=True)
class Resolver:
    """Desired address → its live resource, and what else is known of the deployment."""

    known: Known
    pairs: dict[Address, Resource] = field(default_factory=dict)

    def lookup(self, value: Ref | Variable | FromData) -> Any:
        """The live value behind a reference; `Unknown` with its reason where there is none."""
        if not isinstance(value, Ref):
            return self.known.lookup(value)
        if value.attribute == "client_secret":
            return Unknown("a client secret is not compared", secret=True)
        live = self.pairs.get(value.address)
        if live is None:
            return Unknown(f"{value.address} was not found or not read")
        found = live.attributes.get(value.attribute, live.values.get(value.attribute))
        return Unknown(f"AWS did not answer {value.attribute} of {value.address}") if found is None else found
