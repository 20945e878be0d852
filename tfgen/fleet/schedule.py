"""Which target is next: the accounts take turns, so that no one's quota lies idle."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable
from itertools import zip_longest

from tfgen.fleet.target import Target

Place = tuple[str, str, str]


def in_turns(targets: Iterable[Target]) -> list[Target]:
    """The targets, those of one place as far from each other as the others allow."""
    places: dict[Place, list[Target]] = {}
    for target in targets:
        places.setdefault(target.place, []).append(target)
    rounds = zip_longest(*places.values())
    return [target for together in rounds for target in together if target is not None]


class Schedule:
    """Gives targets to workers; safe to share between threads.

    `at_once`: targets of one place (account, region, endpoint) that are under way together.
    """

    def __init__(self, targets: Iterable[Target], at_once: int) -> None:
        self._waiting: dict[Place, deque[Target]] = {}
        for target in targets:
            self._waiting.setdefault(target.place, deque()).append(target)
        self._running: Counter[Place] = Counter()
        self._at_once = at_once
        self._changed = threading.Condition()
        self._stopped = False

    def take(self) -> Target | None:
        """The next target, as soon as its place has room; None when nothing is left or all was stopped."""
        with self._changed:
            while not self._stopped and self._waiting:
                free = [place for place in self._waiting if self._running[place] < self._at_once]
                if free:
                    return self._from(min(free, key=self._running.__getitem__))
                self._changed.wait()
            return None

    def done(self, target: Target) -> None:
        """A target that was taken is finished."""
        with self._changed:
            self._running[target.place] -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Nothing more is given out."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _from(self, place: Place) -> Target:
        queue = self._waiting.pop(place)
        target = queue.popleft()
        if queue:
            self._waiting[place] = queue  # at the end: its turn comes after the others'
        self._running[place] += 1
        return target
