"""Which keys of a spec hold secrets, decided by name so that it holds wherever they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_NAMES: Final = frozenset({"clientsecret", "privatekey"})


@lru_cache(maxsize=4096)
def is_secret(key: str) -> bool:
    """True for `clientSecret`, `client_secret`, `private_key` and dotted paths that end in one."""
    last = key.rpartition(".")[2]
    return "".join(letter for letter in last if letter.isalnum()).lower() in _NAMES
