"""How long a user waits for `tfgen --help`, and for the files of a small spec."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import TFGEN, median
from benchmarks.specs import SEED


def rows(scratch: Path) -> Iterator[str]:
    """Markdown rows: what | wall | CPU | peak memory."""
    spec = scratch / "seed.yml"
    spec.write_text(SEED)
    yield f"| `tfgen --help` | {median([TFGEN, '--help'])} |"
    yield f"| `tfgen validate`, one pool | {median([TFGEN, 'validate', str(spec)])} |"
    out = str(scratch / "seed")
    yield f"| `tfgen render`, one pool and one API | {median([TFGEN, 'render', str(spec), '-o', out])} |"
