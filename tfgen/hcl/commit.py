"""Putting staged files in place, with a way back for each step."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from tfgen.errors import OutputError
from tfgen.hcl.survey import Survey

_PREFIX = ".tfgen-staging-"


class Commit:
    """One exchange of old files for new ones; leaving it without `done()` undoes it.

    The staging folder lies inside OUT, on the same disk, so that every move is a rename.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._undo: list[Callable[[], object]] = []
        self._exchanged: set[str] = set()
        self._counter = 0
        self._made: set[Path] = set()
        for left in out.glob(f"{_PREFIX}*"):  # of a run that was killed; the lock says it is over
            shutil.rmtree(left, ignore_errors=True)
        try:
            self._staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
        except OSError as error:
            error.filename = str(out)  # the folder that the user knows
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for step in reversed(self._undo):
            with contextlib.suppress(OSError):
                step()
        shutil.rmtree(self._staging, ignore_errors=True)

    def done(self) -> None:
        """Everything is in place: there is no way back any more."""
        self._undo.clear()

    def stage(self, survey: Survey, contents: Mapping[str, bytes]) -> None:
        """Writes the new files into the staging folder: all that can fail for want of space."""
        self._refuse_twins(contents)
        touched = {_folder(path) for path in (*survey.changed, *survey.stale)}
        self._exchanged = touched.intersection(_ours(survey))
        for path in survey.changed:
            self._staged(path).write_bytes(contents[path])
        for path in survey.unchanged:
            if _folder(path) in self._exchanged:
                _linked(self._out / path, self._staged(path))

    def move(self, survey: Survey) -> None:
        """Renames everything into its place, folder by folder."""
        by_folder: dict[str, list[str]] = defaultdict(list)
        for path in (*survey.changed, *survey.stale):
            by_folder[_folder(path)].append(path)
        changed = set(survey.changed)
        for folder in sorted(by_folder):
            if folder in self._exchanged:
                self._exchange(folder)
                continue
            for path in by_folder[folder]:
                if path in changed:
                    self._replace(self._staged(path), self._out / path)
                else:
                    self._rename(self._out / path, self._aside())
        self._remove_empty_folders(survey.stale)

    def put(self, path: str, text: str) -> None:
        """Writes one small file at the top of OUT, such as the manifest, in one step."""
        fresh = self._aside()
        fresh.write_bytes(text.encode())
        self._replace(fresh, self._out / path)

    def _exchange(self, folder: str) -> None:
        place, fresh = self._out / folder, self._staging / "new" / folder
        self._make_folder(place.parent)
        if place.is_dir():
            if fresh.is_dir():
                shutil.copymode(place, fresh)
            self._rename(place, self._aside())
        if fresh.is_dir():
            self._rename(fresh, place)

    def _replace(self, fresh: Path, place: Path) -> None:
        if os.path.lexists(place):
            kept = self._aside()
            _linked(place, kept)
            self._undo.append(lambda: kept.replace(place))
        else:
            self._undo.append(place.unlink)
        fresh.replace(place)

    def _rename(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._undo.append(lambda: target.rename(source))

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folder(folder.parent)
            folder.mkdir()
            self._undo.append(folder.rmdir)

    def _remove_empty_folders(self, stale: list[str]) -> None:
        """Takes away what the removed files leave empty, inner folders first."""
        folders = {
            "/".join(steps[:depth])
            for steps in (path.split("/") for path in stale)
            for depth in range(1, len(steps))
        }
        for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
            place = self._out / folder
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
                self._undo.append(place.mkdir)

    def _staged(self, path: str) -> Path:
        folder = self._staging / "new" / _folder(path)
        if folder not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return self._staging / "new" / path

    def _aside(self) -> Path:
        """A fresh name in the staging folder."""
        self._counter += 1
        return self._staging / str(self._counter)

    def _refuse_twins(self, contents: Mapping[str, bytes]) -> None:
        """On a disk that ignores case, two modules that differ only in case would overwrite each other."""
        seen: dict[str, str] = {}
        for folder in sorted({_folder(path) for path in contents}):
            twin = seen.setdefault(folder.casefold(), folder)
            if twin != folder:
                (self._staging / "a").mkdir(exist_ok=True)
                if (self._staging / "A").exists():
                    raise OutputError(f"{twin} and {folder} are one folder on this disk; rename a resource")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _ours(survey: Survey) -> Iterator[str]:
    """The folders below OUT that are new, or hold nothing but files that this run accounts for."""
    known: dict[str, set[str]] = defaultdict(set)
    for path in (*survey.changed, *survey.stale, *survey.unchanged):
        folder, _, name = path.rpartition("/")
        known[folder].add(name)
    for folder, names in known.items():
        if folder and survey.folders.get(folder, set()) <= names:
            yield folder


def _linked(source: Path, target: Path) -> None:
    """The same file under a second name, a copy where the disk knows no hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


@contextlib.contextmanager
def deferred_interrupt() -> Iterator[None]:
    """Ctrl-C waits until the moves of a few milliseconds are through, then counts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        wanted.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if wanted:
        raise KeyboardInterrupt
