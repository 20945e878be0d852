"""YAML in many layouts: indents, quotes, comments, blank lines, brackets and blocks, as people write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

KEYS = (
    st.text("abcXYZ-_. ", min_size=1, max_size=6)
    .map(str.strip)
    .filter(bool)
    .filter(lambda key: key[0] not in "-.")
)
WORDS = st.text("abc XYZ#:-'\"{}é", max_size=8)
BLOCKS = st.lists(
    st.text("abc #:", min_size=1, max_size=6).map(lambda line: f"x{line}".rstrip()), min_size=2, max_size=3
)
SINGLES = st.one_of(
    WORDS, st.integers(-99, 9999), st.booleans(), BLOCKS.map(lambda lines: "\n".join(lines) + "\n")
)


@dataclass
class Layout:
    """Draws how the next thing is written."""

    data: st.DataObject
    step: int
    list_step: int

    def maybe(self, chance: int = 3) -> bool:
        return self.data.draw(st.integers(0, chance)) == 0

    def comment(self) -> str:
        return "   # a: [b" if self.maybe() else ""

    def between(self, indent: int) -> list[str]:
        if not self.maybe(4):
            return []
        return self.data.draw(st.sampled_from([[""], [" " * indent + "# note: x"], ["", "# left", ""]]))

    def single(self, value: Any) -> str:
        if not isinstance(value, str):
            return str(value).lower()
        if self.maybe(1) and value.isalpha() and value not in ("true", "false", "null"):
            return value
        if self.maybe(1) and "\n" not in value:
            return "'" + value.replace("'", "''") + "'"
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = ", ".join(f"{self.single(key)}: {self.flow(item)}" for key, item in value.items())
            return f"{{ {inner} }}" if self.maybe() else f"{{{inner}}}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(item) for item in value) + "]"
        return self.single(value)

    def entry(self, head: str, value: Any, indent: int, inner: int) -> list[str]:
        """The lines of `head` (a key or a dash) with its value."""
        pad = " " * indent
        if isinstance(value, str) and value.endswith("\n") and value.count("\n") > 1 and self.maybe(1):
            lines = [" " * inner + line for line in value.removesuffix("\n").split("\n")]
            return [f"{pad}{head} |{self.comment()}", *lines]
        if not isinstance(value, (dict, list)) or not value or self.maybe():
            return [f"{pad}{head} {self.flow(value)}{self.comment()}"]
        if isinstance(value, list):
            at = indent + self.list_step if head != "-" else inner
            return [f"{pad}{head}{self.comment()}", *self.block(value, at)]
        lines = self.block(value, inner)
        if head == "-" and not lines[0].strip().startswith("#") and lines[0].strip():
            return [f"{pad}- {lines[0].lstrip()}", *lines[1:]]
        return [f"{pad}{head}{self.comment()}", *lines]

    def block(self, value: Any, indent: int) -> list[str]:
        """The lines of a mapping or list that has members."""
        lines: list[str] = []
        if isinstance(value, dict):
            for key, item in value.items():
                lines += self.between(indent)
                lines += self.entry(f"{self.single(key)}:", item, indent, indent + self.step)
        else:
            for item in value:
                lines += self.between(indent)
                lines += self.entry("-", item, indent, indent + 2)
        return lines


TREES = st.dictionaries(
    KEYS,
    st.recursive(
        SINGLES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=10,
    ),
    min_size=1,
    max_size=4,
)


def text(data: st.DataObject, tree: dict[str, Any]) -> str:
    """A text that reads as `tree`."""
    layout = Layout(data, data.draw(st.integers(1, 4)), data.draw(st.sampled_from([0, 2])))
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    lines = layout.block(tree, 0) if not layout.maybe(8) else [layout.flow(tree)]
    end = data.draw(st.sampled_from(["", newline, newline * 2, f"{newline}# end"]))
    return newline.join(lines) + end
