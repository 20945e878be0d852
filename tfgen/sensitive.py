"""Secrets as a type: a value that can be carried and compared, never shown."""

from __future__ import annotations

import hmac
from typing import Final

MASK: Final = "(sensitive value)"


class Sensitive:
    """A secret string. Every way of turning it into text gives `MASK`.

    `reveal()` is the only way to the text; nothing in tfgen calls it but the comparison
    below, so a grep for `reveal` shows every place that could leak.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sensitive):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        # One bucket for all: a hash of a short secret would give it away.
        return hash(Sensitive)

    def __reduce__(self) -> str:
        raise TypeError("a sensitive value cannot be pickled")
