"""Changed texts into their files: all at once or none, and never over somebody else's change."""

from __future__ import annotations

import codecs
import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tfgen.errors import OutputError
from tfgen.spec.source import SourceError, decode

_WRITABLE = 0o222


def write(name: str, before: str, after: str) -> None:
    """`write_all` for one file."""
    write_all([(name, before, after)])


def write_all(changes: Iterable[tuple[str, str, str]]) -> None:
    """Replaces the text `before` of each file `name` by `after`; its mode and byte order mark stay.

    A link stays a link to the changed file. Raises OutputError, with no file changed, when one no longer
    holds `before`, is write-protected, or its folder takes no file.
    """
    prepared: list[_Fresh] = []
    try:
        for name, before, after in changes:
            fresh = _prepared(name, before, after)
            if fresh is not None:
                prepared.append(fresh)
        for fresh in prepared:
            with _told(fresh.name, "cannot be written"):
                fresh.made.replace(fresh.path)
    finally:
        for fresh in prepared:
            with contextlib.suppress(OSError):
                fresh.made.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A file with the new text beside the one that it will replace."""

    name: str
    path: Path
    made: Path


def _prepared(name: str, before: str, after: str) -> _Fresh | None:
    """The new file, complete and on the disk; None where nothing changes."""
    path = Path(os.path.realpath(name))
    with _told(name, "cannot be read"):
        old = path.read_bytes()
        status = path.stat()
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    try:
        unchanged = decode(old, name) == before
    except SourceError:
        unchanged = False
    if not unchanged:
        raise OutputError(f"{name} was changed since it was read: nothing is written; run it again")
    if before == after:
        return None
    if not (status.st_mode & _WRITABLE and os.access(path, os.W_OK)):
        raise OutputError(f"{name} is write-protected: nothing is written")
    with _told(name, "cannot be written"):
        return _Fresh(name, path, _made(path, mark + after.encode(), status))


def _made(path: Path, data: bytes, status: os.stat_result) -> Path:
    """A new file beside `path`. Raises OSError, with nothing left behind."""
    handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(made)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # only root may give a file away; others own it already
            os.chown(fresh, status.st_uid, status.st_gid)
        fresh.chmod(status.st_mode & 0o7777)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    return fresh


@contextlib.contextmanager
def _told(name: str, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{name} {what}: {error.strerror or type(error).__name__}") from None
