"""`.tfgen.json`: which files of a folder tfgen wrote, and what was in them when it did.

The hashes tell a file that tfgen may overwrite or remove from one that a person has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from tfgen.errors import OutputError

NAME: Final = ".tfgen.json"
FORMAT: Final = 1


def digest(content: bytes) -> str:
    """The hash by which the manifest knows a file's content."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: path below the folder → hash.

    `pending`: hashes of files that a run was about to put in place; they stay behind only where
    it was killed, so that the next run knows these files as tfgen's too.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)
    sources: Sequence[str] = ()

    @property
    def paths(self) -> set[str]:
        """Every file that tfgen wrote, or may have written."""
        return {*self.files, *self.pending}

    def wrote(self, path: str, content: bytes) -> bool:
        """Whether a file has just what tfgen put into it."""
        return digest(content) in {self.files.get(path), self.pending.get(path)}

    def text(self) -> str:
        """The manifest as it stands on disk: sorted, without a date."""
        document: dict[str, Any] = {
            "format": FORMAT,
            "tfgen": _version(),
            "sources": sorted(set(self.sources)),
            "files": dict(sorted(self.files.items())),
        }
        if self.pending:
            document["pending"] = dict(sorted(self.pending.items()))
        return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _version() -> str:
    """This tfgen's release; a checkout that nobody installed has none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cognito-tfgen")
    except PackageNotFoundError:
        return "not installed"


def read(folder: Path) -> Manifest:
    """The manifest of a folder, empty where there is none.

    Raises OutputError where a file of that name is not a manifest this tfgen knows.
    """
    file = folder / NAME
    try:
        if file.is_symlink():
            raise OutputError(f"{file} is a symbolic link; tfgen does not follow links out of its folder")
        document = json.loads(file.read_bytes())
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise OutputError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise OutputError(
            f"{file} is not a manifest of tfgen; remove it, or choose another folder"
        ) from error
    return _parsed(document, file)


def _parsed(document: Any, file: Path) -> Manifest:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise OutputError(f"{file} was written by another release of tfgen, or by something else")
    files, pending = document.get("files"), document.get("pending", {})
    for paths in (files, pending):
        if not isinstance(paths, dict) or not all(isinstance(value, str) for value in paths.values()):
            raise OutputError(f"{file} is damaged: its list of files cannot be read")
        for path in paths:
            # A manifest is a file like any other: it must not make tfgen delete things elsewhere.
            checked(path)
    return Manifest(files or {}, pending)


def checked(path: str) -> str:
    """The path of a file below the output folder. Raises OutputError for any way out of it."""
    steps = PurePosixPath(path).parts
    odd = "\\" in path or "\0" in path or str(PurePosixPath(path)) != path
    if not steps or odd or path.startswith("/") or ".." in steps or path == NAME:
        raise OutputError(f"{path!r} is not a path inside the output folder")
    return path
