"""Where the example specs are: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

import tfgen


def fixture(name: str) -> Path:
    """The path of one file below `fixtures/`. Raises FileNotFoundError when the installation lacks it."""
    package = Path(tfgen.__file__).parent
    for folder in (package / "_fixtures", package.parent / "fixtures"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(2, "this installation of tfgen lacks the file", name)
