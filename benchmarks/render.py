"""Large specs: is rendering linear, and how much memory does it take?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import TFGEN, figure, once
from benchmarks.specs import pools

SIZES = (100, 1000, 5000)


def rows(scratch: Path) -> Iterator[str]:
    """Markdown rows: pools | wall | CPU | peak memory | milliseconds per pool."""
    for size in SIZES:
        spec = scratch / f"{size}.yml"
        spec.write_text(pools(size))
        done = []
        for _ in range(3):
            out = scratch / f"out-{size}"
            shutil.rmtree(out, ignore_errors=True)
            done.append(once([TFGEN, "render", str(spec), "-o", str(out)]))
        found = figure(done)
        yield f"| {size:,} | {found} | {found.wall / size * 1000:.1f} ms |"
