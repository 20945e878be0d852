"""What an unmanaged resource is like; its finding only says what it is called."""

from __future__ import annotations

from typing import Any

from tfgen.kinds import KINDS
from tfgen.noise.plain import plain
from tfgen.resource import Address, State


def arguments(address: Address, live: State) -> dict[str, Any]:
    """The arguments of a live resource that differ from what AWS shows when nobody set them, plain.

    Empty for a resource that is not live.
    """
    resource = live.resources.get(address)
    if resource is None:
        return {}
    fields = KINDS[address.kind].by_name
    return {
        name: plain(value)
        for name, value in sorted(resource.values.items())
        if value not in (None, "", [], {}, frozenset(), fields[name].unset)
    }
