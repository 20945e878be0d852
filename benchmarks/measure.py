"""Whole processes: wall time, CPU time and peak memory, as the operating system counts them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TFGEN = str(Path(sys.executable).with_name("tfgen"))


@dataclass(frozen=True)
class Run:
    """One finished process: seconds, seconds of CPU (children included), MiB at the peak, exit code."""

    wall: float
    cpu: float
    peak: float
    code: int


@dataclass(frozen=True)
class Figure:
    """Medians of several runs, with the span of the wall times."""

    wall: float
    low: float
    high: float
    cpu: float
    peak: float

    def __str__(self) -> str:
        return (
            f"{self.wall:.3f} s ({self.low:.3f} to {self.high:.3f}) | {self.cpu:.3f} s | {self.peak:.0f} MiB"
        )


class BenchmarkError(Exception):
    """A measured command did not do what it was to do: its figures would mean nothing."""


def once(
    command: Sequence[str],
    codes: Sequence[int] = (0,),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Run:
    """Runs `command` to its end; raises BenchmarkError for an exit code outside `codes`.

    The peak is the largest single process of the command, terraform's provider included.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if code not in codes:
        raise BenchmarkError(
            f"{' '.join(command)} ended with {code}\n{errors.decode(errors='replace')[-2000:]}"
        )
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code)


def median(
    command: Sequence[str],
    runs: int = 5,
    codes: Sequence[int] = (0,),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Figure:
    """One run to warm caches, then `runs` that count."""
    once(command, codes, env, cwd)
    return figure([once(command, codes, env, cwd) for _ in range(runs)])


def figure(done: Sequence[Run]) -> Figure:
    """The medians of finished runs."""
    walls = [run.wall for run in done]
    return Figure(
        statistics.median(walls),
        min(walls),
        max(walls),
        statistics.median(run.cpu for run in done),
        statistics.median(run.peak for run in done),
    )
