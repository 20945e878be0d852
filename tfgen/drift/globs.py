"""Globs as in .gitignore over argument paths, resource addresses and plain names.

pathspec matches; here dots become the separators that it knows. The last glob of a list that matches
decides, and one that begins with `!` takes back what those before it matched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tfgen.drift.paths import steps
from tfgen.resource import Address

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

Subject: TypeAlias = Literal["path", "resource", "name"]

_SLASH_IN_KEY: Final = "\ue000"
_EMPTY_KEY: Final = "\ue001"
"""Private characters: a key of a map is one step whatever it holds."""


class GlobError(ValueError):
    """Globs that cannot be meant; `str()` says why, `allowed` what would be right."""

    def __init__(self, message: str, allowed: str = "") -> None:
        super().__init__(message)
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class Globs:
    """A list of globs for argument paths ("path"), addresses ("resource") or plain names ("name")."""

    patterns: tuple[str, ...]
    subject: Subject

    def __post_init__(self) -> None:
        """Raises GlobError for globs that are empty, malformed or could never match."""
        for pattern in self.patterns:
            try:
                _compiled(pattern.removeprefix("!"), self.subject)
            except ValueError:
                raise GlobError(f"{pattern[:60]!r} is not a glob", "as in .gitignore: *, ?, **, !") from None
        if all(pattern.startswith("!") for pattern in self.patterns):
            hint = '["*", "!this"] is everything but this'
            raise GlobError("takes back and matches nothing before", hint)

    def matches(self, *texts: str) -> bool:
        """Whether a thing of these names matches: the last glob that fits any of the names decides."""
        found = False
        subjects = [_subject(text, self.subject) for text in texts]
        for pattern in self.patterns:
            taken_back = pattern.startswith("!")
            if found == taken_back:
                spec = _compiled(pattern.removeprefix("!"), self.subject)
                if any(spec.match_file(subject) for subject in subjects):
                    found = not taken_back
        return found

    def matches_address(self, address: Address) -> bool:
        """The same for a resource, whose name may be written with and without `module.<pool>`."""
        return self.matches(*ways_to_write(address))

    def __str__(self) -> str:
        return ", ".join(self.patterns)


def globs(patterns: Iterable[str], subject: Subject) -> Globs:
    """Globs of a list; raises GlobError."""
    return Globs(tuple(patterns), subject)


def ways_to_write(address: Address) -> tuple[str, str]:
    """An address in full, and without its module."""
    return str(address), f"{address.kind}.{address.label}"


def first_name(pattern: str) -> str:
    """The argument that a path glob begins with, "" when it begins with a wildcard."""
    parts = steps(pattern.removeprefix("!").lstrip("./"))
    name, is_key = parts[0] if parts else ("", True)
    return "" if is_key or set(name) & set("*?\\") else name


@lru_cache(maxsize=4096)
def _compiled(pattern: str, subject: Subject) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    line = _line(pattern, subject)
    if not line.strip("/ "):
        raise ValueError(pattern)
    return GitIgnoreSpec.from_lines([f"\\{line}" if line.startswith(("#", "!")) else line])


def _line(pattern: str, subject: Subject) -> str:
    if subject == "path":
        anchor = "/" if pattern.startswith((".", "/")) else ""
        end = "/" if pattern.endswith(".") else ""
        return anchor + _subject(pattern.lstrip("/"), subject) + end
    return _subject(pattern, subject)


@lru_cache(maxsize=4096)
def _subject(text: str, subject: Subject) -> str:
    """A text or glob with `/` between its steps."""
    if subject == "name":
        return text.replace("/", _SLASH_IN_KEY)
    if subject == "resource":
        return text.replace(".", "/")
    return "/".join(_key(step) if is_key else step for step, is_key in steps(text))


def _key(key: str) -> str:
    return key.replace("/", _SLASH_IN_KEY) or _EMPTY_KEY
