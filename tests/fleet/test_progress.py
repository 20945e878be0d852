"""The bar counts pools, and is only for terminals."""

from __future__ import annotations

import io
import re

from tfgen.finding import Finding, Result, Status
from tfgen.fleet import Progress, TargetResult
from tfgen.kinds.field import Severity
from tfgen.resource import Address


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def finished(name: str, pools: int, findings: int = 0) -> TargetResult:
    one = Finding(status=Status.MODIFIED, address=Address("p", "k"), path="", severity=Severity.LOW)
    return TargetResult(name=name, pools=pools, result=Result(findings=[one] * findings))


def test_pools_of_targets_to_come_are_estimated() -> None:
    progress = Progress(4, io.StringIO())
    assert progress.total == 0
    progress.planned("a", 10)
    assert progress.total == 40
    progress.planned("b", 30)
    assert progress.total == 80
    for name, pools in (("a", 10), ("b", 30), ("c", 2), ("d", 0)):
        progress.done(finished(name, pools))
    assert progress.total == 42


def test_a_terminal_sees_how_far_it_is() -> None:
    terminal = Terminal()
    with Progress(2, terminal) as progress:
        progress.planned("a", 10)
        progress.checked("a", 4, 3)
        progress.checked("a", 6, 0)
        progress.done(finished("a", 10, 3))
        progress.done(finished("b", 5, 1))
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.getvalue())
    assert "2/2 targets" in text
    assert "15/15 pools, 4 findings" in text


def test_nothing_else_sees_anything() -> None:
    for stream, quiet in ((io.StringIO(), False), (Terminal(), True)):
        with Progress(1, stream, quiet=quiet) as progress:
            progress.planned("a", 1)
            progress.done(finished("a", 1))
        assert stream.getvalue() == ""
