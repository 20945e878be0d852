"""A changed text into its file: at once or not at all, and never over somebody else's change."""

from __future__ import annotations

import codecs
import contextlib
import os
import tempfile
from pathlib import Path

from tfgen.errors import OutputError
from tfgen.spec.source import SourceError, decode


def write(name: str, before: str, after: str) -> None:
    """Replaces the text `before` of the file `name` by `after`; its mode and byte order mark stay.

    A link stays a link to the changed file. Raises OutputError when the file no longer holds `before`
    or cannot be written.
    """
    path = Path(os.path.realpath(name))
    try:
        old = path.read_bytes()
        mode = path.stat().st_mode
    except OSError as error:
        raise OutputError(f"{name} cannot be read: {error.strerror or type(error).__name__}") from None
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    try:
        unchanged = decode(old, name) == before
    except SourceError:
        unchanged = False
    if not unchanged:
        raise OutputError(f"{name} was changed since it was read: nothing is written; run it again")
    if before != after:
        _replace(path, name, mark + after.encode(), mode)


def _replace(path: Path, name: str, data: bytes, mode: int) -> None:
    fresh: Path | None = None
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        fresh = Path(made)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode & 0o7777)
        fresh.replace(path)
    except OSError as error:
        if fresh is not None:
            with contextlib.suppress(OSError):
                fresh.unlink()
        raise OutputError(f"{name} cannot be written: {error.strerror or type(error).__name__}") from None
