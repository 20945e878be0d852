"""What is in the output folder, beside what should be there; changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tfgen.errors import OutputError
from tfgen.hcl.manifest import NAME, Manifest

_SHOWN = 10


@dataclass(slots=True)
class Survey:
    """All paths are below the folder, and sorted.

    `changed`: to be written (new ones too); `stale`: tfgen's own, to be removed; `unchanged`: as they
    should be; `foreign` and `edited`: the changed ones that tfgen did not write, or that somebody
    edited since; `folders`: what stands in each existing folder that tfgen writes to.
    """

    changed: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    folders: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Mapping[str, bytes], out: Path, known: Manifest) -> Survey:
        """Compares a folder with the files it should have. Raises OutputError, or OSError from the disk."""
        survey = cls()
        for path in sorted(contents):
            survey._compare(path, contents[path], out, known)
        for path in sorted(known.paths - contents.keys()):
            survey._expire(path, out, known)
        return survey

    def refuse_foreign(self, out: Path) -> None:
        """Raises OutputError naming every file that a person wrote or edited."""
        if self.foreign:
            raise OutputError(f"tfgen did not write {_list(out, self.foreign)}; --force overwrites")
        if self.edited:
            raise OutputError(
                f"edited since tfgen wrote it: {_list(out, self.edited)}; move the change into the spec, "
                "or let --force overwrite it"
            )

    def _compare(self, path: str, content: bytes, out: Path, known: Manifest) -> None:
        found = self._read(path, out)
        if found == content:
            self.unchanged.append(path)
            return
        self.changed.append(path)
        self._judge(path, found, known)

    def _expire(self, path: str, out: Path, known: Manifest) -> None:
        """A file of an earlier run that the spec has no use for any more."""
        found = self._read(path, out)
        if found is None:
            return
        self.stale.append(path)
        self._judge(path, found, known)

    def _judge(self, path: str, found: bytes | None, known: Manifest) -> None:
        if found is None or known.wrote(path, found):
            return
        (self.edited if path in known.paths else self.foreign).append(path)

    def _read(self, path: str, out: Path) -> bytes | None:
        """The file's content, None where there is none; a link counts as an empty foreign file."""
        folder, _, name = path.rpartition("/")
        if name not in self._entries(folder, out):
            return None
        file = out / path
        mode = file.lstat().st_mode
        if stat.S_ISDIR(mode):
            raise OutputError(f"{file} is a folder; tfgen wants to write a file there")
        return file.read_bytes() if stat.S_ISREG(mode) else b""

    def _entries(self, folder: str, out: Path) -> set[str]:
        """The names in a folder, none where it does not exist; never looks through a symbolic link."""
        if folder in self.folders:
            return self.folders[folder]
        above, _, name = folder.rpartition("/")
        if folder and name not in self._entries(above, out):
            return set()
        place = out / folder
        if folder and not stat.S_ISDIR(place.lstat().st_mode):
            raise OutputError(
                f"{place} is a link or a file where tfgen needs a folder; it does not follow links"
            )
        names = {entry.name for entry in os.scandir(place)} - {NAME}
        self.folders[folder] = names
        return names


def _list(out: Path, paths: list[str]) -> str:
    more = len(paths) - _SHOWN
    return ", ".join(str(out / path) for path in paths[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
