"""Which part of the spec a block came from, as a comment for reviewers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

Path = tuple[str | int, ...]


class Origins:
    """Comments from the spec paths of a resource's arguments (`Resource.origins`).

    `whole`: the part of the spec that all of the resource came from.
    """

    def __init__(self, origins: Mapping[str, Path]) -> None:
        self._blocks: dict[str, Path] = {}
        common: Path | None = None
        for argument, path in origins.items():
            common = path if common is None else _common(common, path)
            for end in _ends(argument):
                block = argument[:end]
                known = self._blocks.get(block)
                self._blocks[block] = path if known is None else _common(known, path)
        self._common = common or ()
        self.whole = shown(self._common)

    def block(self, path: str) -> str:
        """The spec path of a block, relative to the resource's own; "" where it says nothing new."""
        found = self._blocks.get(path)
        if found is None or len(found) <= len(self._common) or found == self._above(path):
            return ""
        text = shown(found[len(self._common) :])
        # Everything but overrides stands below `properties`: alone that tells a reader nothing.
        return f"spec: {text}" if text != "properties" else ""

    def _above(self, path: str) -> Path | None:
        """The spec path of the block around this one, which has its own comment."""
        return self._blocks.get(path.rpartition(".")[0])


def shown(path: Path) -> str:
    """A spec path as one reads it: `resources.pool.properties.schema[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _ends(argument: str) -> list[int]:
    """Where each prefix of a dotted argument path ends."""
    return [position for position, letter in enumerate(argument) if letter == "."] + [len(argument)]


def _common(one: Path, other: Path) -> Path:
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(step for step, _ in same)
