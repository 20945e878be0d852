"""What references of desired resources are worth, now that live ones are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tfgen.kinds import KINDS
from tfgen.known import Known
from tfgen.resource import Address, FromData, Ref, Resource, Unknown, Variable, evaluate

NEW: Final = "(the new"
"""How a value begins that only apply will know, because what it belongs to is gone."""


@dataclass(slots=True)
class Resolver:
    """Desired address → its live resource, and what else is known of the deployment.

    `gone`: desired resources that are surely not live.
    """

    known: Known
    pairs: dict[Address, Resource] = field(default_factory=dict)
    gone: dict[Address, Resource] = field(default_factory=dict)

    def lookup(self, value: Ref | Variable | FromData) -> Any:
        """The live value behind a reference; `Unknown` with its reason where there is none."""
        if not isinstance(value, Ref):
            return self.known.lookup(value)
        if value.attribute == "client_secret":
            return Unknown("a client secret is not compared", secret=True)
        live = self.pairs.get(value.address)
        if live is None:
            return self._of_gone(value)
        found = live.attributes.get(value.attribute, live.values.get(value.attribute))
        return Unknown(f"AWS did not answer {value.attribute} of {value.address}") if found is None else found

    def _of_gone(self, value: Ref) -> Any:
        """What apply will give a resource that is not there: what the spec says of it, or a new id.

        A live value that names the old id is wrong whatever it is; one that holds none may be right.
        """
        gone = self.gone.get(value.address)
        if gone is None:
            return Unknown(f"{value.address} was not found or not read")
        said = evaluate(gone.values.get(value.attribute), self.lookup)
        if said is not None:
            return said
        if KINDS[value.address.kind].assigned_id:
            return f"{NEW} {value.attribute} of {value.address})"
        return Unknown(f"{value.address} is gone")
