"""Writing files safely: all or nothing, and nothing that a person wrote is lost.

Everything is written into a hidden folder inside OUT first, where a full disk hurts nobody. Then
it is moved into place. A module folder that holds only tfgen's files is exchanged as a whole, so
that even a killed run leaves the old module, the new one, or none; a folder with foreign files in
it (and OUT itself) gets its files one by one. Whatever fails on the way is undone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from tfgen.errors import OutputError
from tfgen.hcl import manifest as manifests
from tfgen.hcl.commit import Commit, deferred_interrupt
from tfgen.hcl.manifest import NAME, Manifest, digest
from tfgen.hcl.survey import Survey


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did, as sorted paths below OUT."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(
    files: Mapping[str, str], out: Path, *, force: bool = False, sources: Sequence[str] = ()
) -> Written:
    """Makes the folder `out` hold just these files of tfgen's, beside everything that is not tfgen's.

    `files`: path below `out` → text; `sources`: the spec files, for the manifest; `force`: overwrite
    files that tfgen did not write or that were edited since. Raises OutputError where such a file
    is in the way or the disk refuses; then nothing has changed.
    """
    for path in files:
        manifests.checked(path)
    with _disk_errors(out), _folder(out), _lock(out):
        return _write(files, out, force, [PurePath(source).name for source in sources])


def _write(files: Mapping[str, str], out: Path, force: bool, sources: Sequence[str]) -> Written:
    known = manifests.read(out)
    contents = {path: text.encode() for path, text in files.items()}
    survey = Survey.of(contents, out, known)
    if not force:
        survey.refuse_foreign(out)
    final = Manifest({path: digest(content) for path, content in contents.items()}, {}, sources)
    result = Written(tuple(survey.changed), tuple(survey.stale), tuple(survey.unchanged))
    if not survey.changed and not survey.stale and _same(out / NAME, final):
        return result
    with Commit(out) as commit:
        commit.stage(survey, contents)
        # Both states of every file are tfgen's until the last of them is in place.
        between = Manifest({**final.files, **known.files}, final.files, sources)
        with deferred_interrupt():
            commit.put(NAME, between.text())
            commit.move(survey)
            commit.put(NAME, final.text())
            commit.done()
    return result


def _same(file: Path, manifest: Manifest) -> bool:
    return file.is_file() and file.read_bytes() == manifest.text().encode()


@contextlib.contextmanager
def _folder(out: Path) -> Iterator[None]:
    """Makes OUT, and takes it away again when what was to fill it fails."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file, not a folder")
    made: list[Path] = []
    try:
        for folder in [*reversed(out.parents), out]:
            if not folder.exists():
                folder.mkdir()
                made.append(folder)
        yield
    except BaseException:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


@contextlib.contextmanager
def _lock(out: Path) -> Iterator[None]:
    """Keeps a second run out of the folder; the lock dies with the process and leaves no file."""
    import fcntl
    import os

    descriptor = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"another run of tfgen is writing to {out}") from error
        except OSError:
            # Some network disks cannot lock a folder; a run without a lock is better than none.
            pass
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """Whatever the disk says, as one line that names the file."""
    try:
        yield
    except OSError as error:
        where = error.filename or out
        raise OutputError(f"cannot write {where}: {error.strerror or error}") from error
