"""Where a file stands, as a code host names it: relative to the top of the repository."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def in_repository(file: str) -> str | None:
    """The path of a spec file from the top of the repository, with `/`; None where it lies elsewhere.

    GitHub Actions names the top in GITHUB_WORKSPACE; else it is where tfgen runs. Nothing on disk
    is asked, so that a symbolic link keeps the name under which the user gave it.
    """
    if not _is_path(file):
        return None
    here = Path.cwd()
    top = Path(os.environ.get("GITHUB_WORKSPACE") or here)
    if not here.is_relative_to(top):
        top = here
    path = Path(os.path.normpath(here / file))
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else None


def uri(file: str) -> tuple[str, bool]:
    """(URI, whether it is relative to the top of the repository) of a spec file."""
    inside = in_repository(file)
    if inside is not None:
        return _quoted(inside), True
    if not _is_path(file):
        return _quoted(file), False
    path = Path(os.path.normpath(Path.cwd() / file))
    return f"file://{_quoted(path.as_posix())}", False


def _is_path(file: str) -> bool:
    """False for what tfgen calls a spec that came in by a pipe: `<stdin>`."""
    return not (file.startswith("<") and file.endswith(">"))


def _quoted(path: str) -> str:
    """Percent-encoded; bytes of a file name that are no UTF-8 come back as these bytes."""
    try:
        return quote(os.fsencode(path))
    except UnicodeEncodeError:  # half a surrogate pair: no file has such a name, a text may
        return quote(path, errors="surrogatepass")
