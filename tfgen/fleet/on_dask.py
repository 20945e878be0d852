"""The same run on a Dask cluster: one task for each target, results as they come.

Workers need tfgen, the files of the targets at the same paths (one image or a shared disk), and AWS
credentials of their own. A worker that dies loses nothing: Dask gives its tasks to another one, and
each result is taken once.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tfgen.drift import check as check_all
from tfgen.errors import UsageError
from tfgen.fleet import blame
from tfgen.fleet.blame import Lines, Place
from tfgen.fleet.budget import Budgets
from tfgen.fleet.check import Compare, check
from tfgen.fleet.codec import dumps, loads
from tfgen.fleet.result import TargetResult
from tfgen.fleet.schedule import in_turns
from tfgen.fleet.sessions import Sessions
from tfgen.fleet.target import Target

MISSING: Final = "--dask needs Dask: pip install 'cognito-tfgen[dask]'"
_PATIENCE: Final = 10.0
"""Seconds to wait for a scheduler, and for its first worker."""

_WAITING: Final = 4
"""Tasks for each thread of the cluster that are handed over ahead."""


def run_on_dask(
    targets: Sequence[Target],
    cluster: Any,
    *,
    quotas: Mapping[str, int] | None = None,
    compare_with: Compare = check_all,
) -> Iterator[TargetResult]:
    """Checks all targets on a cluster; yields each one's result once, in the order they finish.

    `cluster`: the scheduler's address, or a client. The quotas of an account are divided by the
    workers that there are when a task is handed over, so that all of them together keep to it.
    `compare_with` must be a function of a module that the workers have. Raises UsageError without
    Dask, or without a scheduler or workers at the address.
    """
    client = _connected(cluster) if isinstance(cluster, str) else cluster
    try:
        yield from _results(client, targets, dict(quotas or {}), compare_with)
    finally:
        if client is not cluster:
            client.close()


def ask_on_dask(
    places: Sequence[Place], cluster: Any, quotas: Mapping[str, int] | None, answers: Lines
) -> None:
    """As `tfgen.fleet.blame.ask`, each place on one worker. Raises UsageError as `run_on_dask` does."""
    import distributed

    client = _connected(cluster) if isinstance(cluster, str) else cluster
    running: dict[Any, Place] = {}
    try:
        _size(client)
        for place in places:
            running[client.submit(ask_remotely, place, dict(quotas or {}), pure=False)] = place
        finished: Any = distributed.as_completed(list(running), loop=client.loop)  # type: ignore[no-untyped-call]
        for future in finished:
            place = running.pop(future)
            error = _error(future)
            found = blame.loads(future.result()) if error is None else None
            answers |= found or blame.not_asked(place.resources, f"its worker failed, {type(error).__name__}")
            future.release()
    finally:
        client.cancel(list(running))
        if client is not cluster:
            client.close()


def ask_remotely(place: Place, quotas: dict[str, int]) -> str:
    """Runs on a worker: who wrote to the resources of one place, which no other worker asks about now."""
    return blame.dumps(blame.answer(place, Sessions(Budgets(quotas))))


def _connected(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        raise UsageError(MISSING) from None
    client: Any = distributed.Client
    try:
        return client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise UsageError(f"--dask {address}: no scheduler answers ({type(fault).__name__})") from None


def _results(
    client: Any, targets: Sequence[Target], quotas: dict[str, int], compare_with: Compare
) -> Iterator[TargetResult]:
    import distributed

    if not targets:
        return
    waiting = iter(in_turns(targets))
    running: dict[Any, Target] = {}
    finished: Any = distributed.as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

    def hand_over() -> None:
        workers, threads = _size(client)
        while len(running) < threads * _WAITING and (target := next(waiting, None)) is not None:
            future = client.submit(
                check_remotely,
                target,
                quotas,
                1 / workers,
                compare_with,
                pure=False,
            )
            running[future] = target
            finished.add(future)

    try:
        hand_over()
        for future in finished:
            target = running.pop(future)
            yield _taken(future, target)
            future.release()
            hand_over()
    finally:
        client.cancel(list(running))


def _size(client: Any) -> tuple[int, int]:
    """Workers and their threads. Raises UsageError when there are none, and none come."""
    workers: dict[str, int] = client.nthreads()
    if not workers:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise UsageError("the Dask cluster has no workers") from None
        workers = client.nthreads()
    return max(1, len(workers)), max(1, sum(workers.values()))


def _error(future: Any) -> BaseException | None:
    """Why a task failed, None where it did not."""
    try:
        error: BaseException | None = future.exception()
    except (Exception, asyncio.CancelledError) as fault:  # noqa: BLE001 - a cluster that went away
        return fault
    return error


def _taken(future: Any, target: Target) -> TargetResult:
    error = _error(future)
    if error is None:
        return loads(future.result())
    return TargetResult(
        name=target.name, failure=f"its worker failed, {type(error).__name__}: run again", stage=target.stage
    )


_OF_THIS_PROCESS: dict[str, tuple[Budgets, Sessions]] = {}
_LOCK = threading.Lock()


def check_remotely(target: Target, quotas: dict[str, int], share: float, compare_with: Compare) -> str:
    """Runs on a worker: one target, its result as JSON without secrets.

    Budgets and sessions belong to the worker's process; the newest `share` holds for all its targets.
    """
    key = repr(sorted(quotas.items()))
    with _LOCK:
        if key not in _OF_THIS_PROCESS:
            budgets = Budgets(quotas, share)
            _OF_THIS_PROCESS[key] = (budgets, Sessions(budgets))
        budgets, sessions = _OF_THIS_PROCESS[key]
    budgets.take_share(share)
    return dumps(check(target, sessions, compare_with=compare_with))
