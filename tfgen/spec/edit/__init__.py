"""Edits of a spec's own text that leave every other byte as it is.

`put` and `remove` change one value at a path; `reload` reads changed texts as the spec they are now;
`write_all` puts changed texts into their files, `write` one.
"""

from __future__ import annotations

from tfgen.spec.edit.change import append, put, remove
from tfgen.spec.edit.obstacles import obstacle
from tfgen.spec.edit.reload import Texts, read_texts, reload
from tfgen.spec.edit.scalars import CannotEditError
from tfgen.spec.edit.tree import plain_at
from tfgen.spec.edit.write import write, write_all

__all__ = [
    "CannotEditError",
    "Texts",
    "append",
    "obstacle",
    "plain_at",
    "put",
    "read_texts",
    "reload",
    "remove",
    "write",
    "write_all",
]
