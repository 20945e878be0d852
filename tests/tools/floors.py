"""Prints the oldest release of each dependency that pyproject.toml allows, as pip constraints.

    python tests/tools/floors.py > floors.txt
    python -m venv .venv-floors
    .venv-floors/bin/pip install -c floors.txt -e '.[test,demo]'
    .venv-floors/bin/pytest

A floor that the tests do not pass with is a lie; CI holds them to it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def floors() -> list[str]:
    """`name==release` of every dependency, of the demo extra, and of what of the tests is built on click.

    The other tools may float.
    """
    project = tomllib.loads(PROJECT.read_text())["project"]
    extras = project["optional-dependencies"]
    on_click = [name for name in extras["test"] if name.startswith("check-jsonschema")]
    wanted = [*project["dependencies"], *extras["demo"], *on_click]
    return [re.sub(r"\[.*\]", "", requirement).replace(">=", "==") for requirement in wanted]


if __name__ == "__main__":
    print("\n".join(floors()))
