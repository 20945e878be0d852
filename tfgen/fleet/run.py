"""Many targets side by side, each result handed out as soon as it is there."""

from __future__ import annotations

import queue
from collections.abc import Generator, Mapping, Sequence
from threading import Thread
from typing import Final

from tfgen.drift import check as check_all
from tfgen.fleet.budget import Budgets
from tfgen.fleet.check import Compare, Watch, check
from tfgen.fleet.result import TargetResult
from tfgen.fleet.schedule import Schedule
from tfgen.fleet.sessions import Sessions
from tfgen.fleet.target import Target

WORKERS: Final = 24
"""Targets under way together; each reads four pools at a time."""

_AT_ONE_PLACE: Final = 4
_HELD: Final = 32
"""Results that wait for the reader; more wait inside the workers."""


def run(
    targets: Sequence[Target],
    *,
    quotas: Mapping[str, int] | None = None,
    watch: Watch | None = None,
    compare_with: Compare = check_all,
    workers: int = WORKERS,
) -> Generator[TargetResult, None, None]:
    """Checks all targets; yields each one's result once, in the order in which they finish.

    `quotas`: category → requests a second, over AWS's defaults, for each account and region. Nothing
    of a target is kept once its result was taken. Ctrl-C (KeyboardInterrupt) and closing the iterator
    end the run at once: calls under way are left behind in daemon threads, no other one is made.
    """
    schedule = Schedule(targets, _AT_ONE_PLACE)
    sessions = Sessions(Budgets(quotas))
    results: queue.Queue[TargetResult | BaseException] = queue.Queue(_HELD)

    def work() -> None:
        while (target := schedule.take()) is not None:
            try:
                results.put(check(target, sessions, watch, compare_with))
            except BaseException as error:  # noqa: BLE001 - raised again by the reader
                results.put(error)
            finally:
                schedule.done(target)

    # Daemons, which concurrent.futures' are not: after Ctrl-C the interpreter would wait for them.
    for _ in range(min(workers, len(targets))):
        Thread(target=work, daemon=True, name="tfgen-fleet").start()
    try:
        for _ in targets:
            done = results.get()
            if isinstance(done, BaseException):
                raise done
            yield done
    finally:
        schedule.stop()
        sessions.stop()
        _drain(results)


def _drain(results: queue.Queue[TargetResult | BaseException]) -> None:
    """Lets go of workers that wait to hand a result to nobody."""
    while True:
        try:
            results.get_nowait()
        except queue.Empty:
            return
