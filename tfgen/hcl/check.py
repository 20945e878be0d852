"""Whether a folder holds what a spec gives, and if not, which arguments differ. Changes nothing."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tfgen.errors import OutputError
from tfgen.hcl import manifest as manifests
from tfgen.hcl import values
from tfgen.hcl.survey import Survey

_SHOWN = 120
"""Characters of a value that a line shows."""


class FileStatus(enum.Enum):
    """How a file on disk differs from what the spec gives."""

    MISSING = "missing"
    EXTRA = "extra"
    """tfgen wrote it once, and the spec has no use for it any more."""
    DIFFERENT = "different"
    UNREADABLE = "cannot be parsed"


@dataclass(frozen=True, slots=True)
class ArgumentDifference:
    """One argument: Terraform address, path in the block, and both texts, None where it is absent.

    Secrets are masked. `path` is "" for a whole block that only one side has.
    """

    address: str
    path: str
    wanted: str | None
    found: str | None

    def __str__(self) -> str:
        """One line, safe for a terminal whatever is in the file."""
        what = values.comment(f"{self.address} {self.path}".rstrip())
        if self.found is None:
            return f"{what} is missing{'' if not self.path else f', the spec gives {_short(self.wanted)}'}"
        if self.wanted is None:
            return (
                f"{what} is {_short(self.found)}, the spec has no such {'argument' if self.path else 'block'}"
            )
        return f"{what} is {_short(self.found)}, the spec gives {_short(self.wanted)}"


@dataclass(frozen=True, slots=True)
class FileDifference:
    """One file: its path below the folder; no `arguments` where only comments, order or layout differ."""

    path: str
    status: FileStatus
    arguments: tuple[ArgumentDifference, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        """The file, and below it a line for each argument."""
        if self.reason:
            said = self.reason
        elif self.status is FileStatus.DIFFERENT and not self.arguments:
            said = "only comments, order or layout differ"
        else:
            said = ""
        first = f"{self.path}: {self.status.value}{f' ({said})' if said else ''}"
        return "\n".join([first, *(f"  {argument}" for argument in self.arguments)])


def _short(text: str | None) -> str:
    """A value's text on one line, cut where it is long."""
    line = values.comment(text or "")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def check(files: Mapping[str, str], out: Path) -> list[FileDifference]:
    """The differences between `files` (path → text, as from `render`) and a folder, by path.

    Files of the folder that tfgen never wrote are none of its business. Raises OutputError where
    the folder cannot be read.
    """
    contents = {manifests.checked(path): text.encode() for path, text in files.items()}
    if not out.exists():
        return [FileDifference(path, FileStatus.MISSING) for path in sorted(contents)]
    if not out.is_dir():
        raise OutputError(f"{out} is a file, not a folder")
    try:
        survey = Survey.of(contents, out, manifests.read(out))
        found = [_changed(path, files[path], out) for path in survey.changed]
    except OSError as error:
        raise OutputError(f"cannot read {error.filename or out}: {error.strerror or error}") from error
    found += [FileDifference(path, FileStatus.EXTRA) for path in survey.stale]
    return sorted(found, key=lambda difference: difference.path)


def _changed(path: str, wanted: str, out: Path) -> FileDifference:
    """One file that is not there, or not as it should be."""
    from tfgen.hcl.parse import ParseError, arguments

    file = out / path
    if file.is_symlink():
        return FileDifference(path, FileStatus.DIFFERENT, reason="it is a link")
    if not file.is_file():
        return FileDifference(path, FileStatus.MISSING)
    try:
        there = arguments(file.read_text(encoding="utf-8"))
    except (ParseError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        return FileDifference(path, FileStatus.UNREADABLE, reason=reason)
    try:
        ours = arguments(wanted)
    except ParseError:
        return FileDifference(path, FileStatus.DIFFERENT, reason="the rendered text is beyond python-hcl2")
    steps = path.split("/")
    module = f"module.{steps[1]}." if len(steps) == 3 and steps[0] == "modules" else ""
    return FileDifference(path, FileStatus.DIFFERENT, tuple(_differences(ours, there, module)))


def _differences(
    wanted: Mapping[str, Mapping[str, str]], found: Mapping[str, Mapping[str, str]], module: str
) -> Iterator[ArgumentDifference]:
    from tfgen.hcl.masking import masked

    for address in sorted(wanted.keys() | found.keys()):
        ours, theirs = wanted.get(address), found.get(address)
        if ours is None or theirs is None:
            here = "present"
            yield ArgumentDifference(
                f"{module}{address}",
                "",
                here if ours is not None else None,
                here if theirs is not None else None,
            )
            continue
        for path in [*ours, *(path for path in theirs if path not in ours)]:
            if ours.get(path) != theirs.get(path):
                texts = masked(address, path, ours, theirs)
                yield ArgumentDifference(f"{module}{address}", path, *texts)
