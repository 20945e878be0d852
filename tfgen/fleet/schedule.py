"""Which target is next: the accounts take turns, so that no one's quota lies idle."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from typing import Final

from tfgen.fleet.target import Target

Place = tuple[str, str, str]

ROOM: Final = 4 * 1024 * 1024
"""Bytes of specs; a read and lowered one takes some seventy times as much memory."""


def in_turns(targets: Iterable[Target]) -> list[Target]:
    """The targets, those of one place as far from each other as the others allow."""
    places: dict[Place, list[Target]] = {}
    for target in targets:
        places.setdefault(target.place, []).append(target)
    rounds = zip_longest(*places.values())
    return [target for together in rounds for target in together if target is not None]


class Schedule:
    """Gives targets to workers; safe to share between threads.

    `at_once`: targets of one place (account, region, endpoint) that are under way together. `room`:
    bytes of specs of all targets under way; one that is larger goes alone.
    """

    def __init__(self, targets: Iterable[Target], at_once: int, room: int = ROOM) -> None:
        self._waiting: dict[Place, deque[Target]] = {}
        for target in targets:
            self._waiting.setdefault(target.place, deque()).append(target)
        self._running: Counter[Place] = Counter()
        self._at_once = at_once
        self._room = room
        self._used = 0
        self._sizes: dict[str, int] = {}
        self._changed = threading.Condition()
        self._stopped = False

    def take(self) -> Target | None:
        """The next target, as soon as there is room for it; None when nothing is left or all was stopped."""
        with self._changed:
            while not self._stopped and self._waiting:
                free = [place for place in self._waiting if self._running[place] < self._at_once]
                if free:
                    place = min(free, key=self._running.__getitem__)
                    size = self._size(self._waiting[place][0])
                    if not self._used or self._used + size <= self._room:
                        return self._from(place, size)
                self._changed.wait()
            return None

    def done(self, target: Target) -> None:
        """A target that was taken is finished."""
        with self._changed:
            self._running[target.place] -= 1
            self._used -= self._sizes.pop(target.name)
            self._changed.notify_all()

    def stop(self) -> None:
        """Nothing more is given out."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _from(self, place: Place, size: int) -> Target:
        queue = self._waiting.pop(place)
        target = queue.popleft()
        if queue:
            self._waiting[place] = queue  # at the end: its turn comes after the others'
        self._running[place] += 1
        self._used += size
        self._sizes[target.name] = size
        return target

    @staticmethod
    def _size(target: Target) -> int:
        """Bytes of its specs, at least one; a file that is not there costs nothing."""
        size = 1
        for spec in target.specs:
            with suppress(OSError):
                size += spec.stat().st_size
        return size
