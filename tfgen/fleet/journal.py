"""What an interrupted run has already done: a file that only grows, one line for each whole target.

A target is written when all of it was checked; one that failed, or of which something was not
checked, is not, so that the next `--resume` checks it again. No secrets are in it; findings are, so
only its owner may read it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final, Self

from tfgen.errors import OutputError, UsageError
from tfgen.fleet.codec import dumps, loads
from tfgen.fleet.result import TargetResult
from tfgen.fleet.target import Target

_FORMAT: Final = 2
_OUTSIDE: Final = re.compile(rb"\$(?:File|FileRaw|GitInfo)\b")
"""Directives whose value is not in the spec's own bytes."""

Go = Callable[[Sequence[Target]], Iterator[TargetResult]]


def journal_path(fleet: Path) -> Path:
    """Where the journal of a fleet file lies: beside it."""
    return fleet.with_name(f".{fleet.name}.journal")


def resumable(
    targets: Sequence[Target], go: Go, path: Path, *, resume: bool, say: Callable[[str], None]
) -> Iterator[TargetResult]:
    """Runs `go` on the targets, each finished one being written down before it is handed out.

    With `resume`, targets that the journal has, and whose definition and files are the same, come
    first, with `earlier` set, and are not checked again. A run in which all targets were checked
    whole removes the journal, so a later `--resume` begins anew. A journal that cannot be written
    only costs the chance to resume: `say` gets one line, the run goes on. Raises OutputError when it
    cannot be read to resume from, UsageError while another run uses it.
    """
    try:
        journal = Journal(path, keep=resume)
    except OutputError as fault:
        if resume:
            raise
        say(f"this run cannot be resumed: {fault}")
        yield from go(targets)
        return
    with journal:
        inputs = {target.name: fingerprint(target) for target in targets}
        earlier = journal.finished(inputs)
        yield from (earlier[target.name] for target in targets if target.name in earlier)
        rest = [target for target in targets if target.name not in earlier]
        yield from _written(go(rest), inputs, journal, say)


def _written(
    results: Iterator[TargetResult],
    inputs: dict[str, str | None],
    journal: Journal,
    say: Callable[[str], None],
) -> Iterator[TargetResult]:
    whole = writes = True
    for done in results:
        whole = whole and done.complete
        if writes and done.complete:
            try:
                journal.add(done, inputs[done.name])
            except OutputError as fault:
                writes = False
                say(f"from here on this run cannot be resumed: {fault}")
        yield done
    if whole:
        journal.remove()


def fingerprint(target: Target) -> str | None:
    """A hash over all that decides what a target is compared with; None where that cannot be told."""
    digest = hashlib.sha256(f"{_version()}\n{target.definition()}".encode())
    for file in (*target.specs, *target.outputs, *target.state):
        try:
            facts = file.stat()
            found = _hash(file, facts.st_mtime_ns, facts.st_size)
        except OSError:
            return None
        if found is None:
            return None
        digest.update(found)
    return digest.hexdigest()


@lru_cache(maxsize=1024)
def _hash(file: Path, changed: int, size: int) -> bytes | None:
    """A file's hash; None when it reads others. Many targets may have the same file. Raises OSError."""
    del changed, size  # of the file that the cache remembers
    data = file.read_bytes()
    return None if _OUTSIDE.search(data) else hashlib.sha256(data).digest()


@cache
def _version() -> str:
    return version("cognito-tfgen")


class Journal:
    """The file; a context manager. `keep`: what it already has stays."""

    def __init__(self, path: Path, *, keep: bool) -> None:
        self._path = path
        self._file = self._opened()
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise UsageError(f"{path} is in use by another run of this fleet: wait for it") from None
        self._lines = self._whole_lines() if keep else []
        if not keep:
            self._file.truncate(0)
        self._file.seek(0, os.SEEK_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def finished(self, inputs: dict[str, str | None]) -> dict[str, TargetResult]:
        """The results that still hold, by target: those whose inputs are as they were."""
        found: dict[str, TargetResult] = {}
        for line in self._lines:
            try:
                entry = json.loads(line)
                name, fits = entry["target"], entry["format"] == _FORMAT
                if fits and inputs.get(name) is not None and entry["inputs"] == inputs[name]:
                    found[name] = replace(loads(entry["result"]), earlier=entry["finished"])
            except (ValueError, KeyError, TypeError):
                continue  # not readable is not finished
        self._lines = []
        return found

    def add(self, done: TargetResult, inputs: str | None) -> None:
        """Writes down one finished target and waits until the disk has it. Raises OutputError."""
        if inputs is None:
            return
        entry = {
            "format": _FORMAT,
            "target": done.name,
            "inputs": inputs,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "result": dumps(done),
        }
        try:
            self._file.write(json.dumps(entry).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as fault:
            raise OutputError(f"{self._path}: {fault.strerror or fault}") from None

    def remove(self) -> None:
        """The run is whole: there is nothing to resume."""
        self._path.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        try:
            return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError as fault:
            raise OutputError(f"{self._path}: {fault.strerror or fault}") from None

    def _whole_lines(self) -> list[bytes]:
        """All lines but a torn last one, which is cut off."""
        data = self._file.read()
        end = data.rfind(b"\n") + 1
        self._file.truncate(end)
        return data[:end].splitlines()
