"""Several reads side by side, in the order they were asked for, gone at once on Ctrl-C."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_parallel(work: Callable[[Item], Result], items: Sequence[Item], threads: int) -> list[Result]:
    """`work` of every item, in the order of the items; the first exception is raised.

    The threads are daemons, which concurrent.futures' are not: after Ctrl-C the interpreter would
    wait for every call that is under way, retries included.
    """
    if min(threads, len(items)) <= 1:
        return [work(item) for item in items]
    results: list[Future[Result]] = [Future() for _ in items]
    waiting = deque(zip(items, results, strict=True))

    def run() -> None:
        while True:
            try:
                item, result = waiting.popleft()
            except IndexError:
                return
            try:
                result.set_result(work(item))
            except BaseException as error:  # noqa: BLE001 - raised again where the result is taken
                result.set_exception(error)

    for _ in range(min(threads, len(items))):
        Thread(target=run, daemon=True).start()
    try:
        return [result.result() for result in results]
    finally:
        waiting.clear()
