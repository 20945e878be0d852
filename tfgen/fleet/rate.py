"""One stream of requests, evenly spaced, slower when it is told to be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

_USED: Final = 0.9
"""Share of a quota that is used: others read the account too, and a burst must fit beneath it."""

_BURST: Final = 0.1
"""Seconds of requests that may leave at once after a pause. Within any second at most
`_USED * (1 + _BURST) * quota`, rounded down, and one more: never more than the quota."""

_SLOWEST: Final = 1 / 16
_DAMPED: Final = 1.0
"""Seconds in which one refusal counts: the requests under way are refused together."""

_RECOVERY: Final = 0.05
"""Share of the full rate that comes back with each second without a refusal."""


class Rate:
    """A leaky bucket (generic cell rate algorithm): `reserve` gives each caller its own moment.

    `full`: requests a second. Halved by each `refused`, at most once a second, and never below a
    sixteenth; it recovers by a twentieth of `full` a second. `clock` gives seconds.
    """

    def __init__(self, full: float, clock: Callable[[], float]) -> None:
        self._full = full * _USED
        self._clock = clock
        self._factor = 1.0
        self._next = float("-inf")
        self._changed = clock()
        self._refused = float("-inf")
        self._lock = threading.Lock()

    @property
    def factor(self) -> float:
        """The share of the full rate that is in use: 1 where AWS does not complain."""
        return self._factor

    def reserve(self) -> float:
        """Seconds from now until the caller's request may leave; its place is taken at once."""
        with self._lock:
            now = self._clock()
            self._recover(now)
            space = 1 / (self._full * self._factor)
            leaves = max(now, self._next - _BURST)
            self._next = max(now, self._next) + space
            return leaves - now

    def refused(self) -> None:
        """AWS said that it was too much."""
        with self._lock:
            now = self._clock()
            if now - self._refused < _DAMPED:
                return
            self._recover(now)
            self._refused = self._changed = now
            self._factor = max(_SLOWEST, self._factor / 2)

    def share(self, full: float) -> None:
        """Another full rate from now on: somebody came to share the quota, or went."""
        with self._lock:
            self._full = full * _USED

    def _recover(self, now: float) -> None:
        self._factor = min(1.0, self._factor + (now - self._changed) * _RECOVERY)
        self._changed = now
