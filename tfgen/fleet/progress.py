"""How far a run is, on a terminal: pools done, findings, time left."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from tfgen.fleet.result import TargetResult


class Progress:
    """A bar on `stream` where that is a terminal, else nothing; a `tfgen.fleet.Watch`.

    Pools of targets whose specs were not read yet are estimated by those that were.
    """

    def __init__(self, targets: int, stream: TextIO, *, quiet: bool = False) -> None:
        self._targets = targets
        self._planned: dict[str, int] = {}
        self._known = 0
        self._checked: dict[str, int] = {}
        self._pools = self._findings = self._done = 0
        self._lock = threading.Lock()
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        if not quiet and stream.isatty():
            self._bar, self._task = self._made(stream)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def planned(self, target: str, pools: int) -> None:
        """A target's specs were read."""
        with self._lock:
            self._plan(target, pools)
            self._show()

    def checked(self, target: str, pools: int, findings: int) -> None:
        """Some of a target's pools were compared."""
        with self._lock:
            self._checked[target] = self._checked.get(target, 0) + pools
            self._pools += pools
            self._findings += findings
            self._show()

    def done(self, result: TargetResult) -> None:
        """A target is finished, in whatever way: what was not counted on the way is counted now."""
        with self._lock:
            self._done += 1
            if result.name not in self._checked and result.result is not None:
                self._findings += len(result.result.findings)
            self._pools += result.pools - self._checked.get(result.name, 0)
            self._plan(result.name, result.pools)
            self._checked[result.name] = result.pools
            self._show()

    @property
    def total(self) -> int:
        """Pools of the whole run, estimated."""
        rest = self._targets - len(self._planned)
        return self._known + (round(rest * self._known / len(self._planned)) if self._planned else 0)

    def _plan(self, target: str, pools: int) -> None:
        self._known += pools - self._planned.get(target, 0)
        self._planned[target] = pools

    def _show(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task,
                completed=self._pools,
                total=self.total,
                targets=f"{self._done}/{self._targets}",
                findings=self._findings,
            )

    def _made(self, stream: TextIO) -> tuple[Bar, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        bar = Bar(
            TextColumn("{task.fields[targets]} targets"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pools, {task.fields[findings]} findings, left:"),
            TimeRemainingColumn(),
            console=Console(file=stream),
            transient=True,
        )
        return bar, bar.add_task("drift", total=None, targets=f"0/{self._targets}", findings=0)
