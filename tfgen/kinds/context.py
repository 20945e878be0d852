"""What a kind may look at while it decides the arguments of one resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfgen.resource import Address
from tfgen.spec import Spec


@dataclass(frozen=True, slots=True)
class Context:
    """What a derived field may look at: the spec, its pool (a UserPool; None for gateway kinds) and `item`,
    the part of the spec this one resource stands for (a provider, an event, a hook, …).

    `base`: the dotted spec path of `item` where the field table names properties of the item, not of
    the pool (`identityProviders.0`).
    """

    spec: Spec
    address: Address
    pool: Any
    item: Any = None
    base: str = ""
