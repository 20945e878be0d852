"""Where reports go: standard output, or files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tfgen.errors import OutputError
from tfgen.report.drift import render

if TYPE_CHECKING:
    from tfgen.drift import Policy
    from tfgen.finding import Result


@dataclass(frozen=True, slots=True)
class Target:
    """One report: its format, and its file; None is standard output."""

    form: str
    file: Path | None = None


def publish(
    targets: Sequence[Target],
    result: Result,
    policy: Policy,
    *,
    say: Callable[[str], object],
    color: bool | None = None,
) -> None:
    """Writes every report: files first, then what goes to standard output through `say`.

    One that cannot be written keeps no other from being written. Raises OutputError at the end, with
    a line for each that could not.
    """
    faults = []
    for target in sorted(targets, key=lambda target: target.file is None):
        try:
            if target.form == "github":
                _add_step_summary(result, policy)
            if target.file is not None:
                write(target.file, render(target.form, result, policy, color=False))
        except OSError as error:
            place = error.filename or target.file
            faults.append(f"cannot write the {target.form} report to {place}: {error.strerror or error}")
        if target.file is None:
            say(render(target.form, result, policy, color=color))
    if faults:
        raise OutputError("\n".join(faults))


def write_file(path: Path, text: str) -> None:
    """As `write`; raises OutputError with one line when it cannot."""
    try:
        write(path, text)
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or path}: {error.strerror or error}") from None


def write(path: Path, text: str) -> None:
    """Puts a whole file in place of an old one in one step; a pipe or device is written to as it is.

    The file gets the permissions of the old one, else those of any new file. Raises OSError.
    """
    data = text.encode()
    if (path.exists() and not path.is_file()) or path.is_relative_to("/dev") or path.is_relative_to("/proc"):
        path.write_bytes(data)
        return
    path = path.resolve()  # the file behind a symbolic link is replaced, not the link
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        # Not by `tempfile`: its files are for their owner alone, and a collector must read this one.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        fresh.unlink(missing_ok=True)


def _add_step_summary(result: Result, policy: Policy) -> None:
    from tfgen.report import drift_github

    file = os.environ.get(drift_github.SUMMARY_FILE)
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as summary:
            used = os.fstat(summary.fileno()).st_size
            summary.write(drift_github.summary(result, policy, used))
