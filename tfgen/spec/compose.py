"""YAML events to positioned nodes, without recursion and within fixed budgets.

ruamel.yaml finds the events; composing them here keeps positions, refuses what
Stacktape's own YAML 1.2 reader refuses (duplicate keys, merge keys), and cannot be
brought down by nesting or by aliases of aliases. JSON is YAML and comes the same way.

Of ruamel.yaml's two parsers the one on libyaml is ten times as fast, and the one in Python
reads YAML 1.2 to the letter and says better what is wrong. So libyaml reads what both read
alike, and whatever else there is, and everything that is wrong, the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import NodeEvent
from ruamel.yaml.reader import ReaderError

from tfgen.errors import Position, Problem
from tfgen.spec import yaml_faults
from tfgen.spec.composer import Composer
from tfgen.spec.nodes import Mapping, Path, Scalar
from tfgen.spec.source import Source
from tfgen.spec.yaml_faults import ComposeError

__all__ = ["ComposeError", "Document", "compose"]


@dataclass(slots=True, repr=False)
class Document:
    """A composed file.

    `faults` make the file invalid. `complaints` do so only where tfgen reads the file: the
    raw CloudFormation beside a pool may have tags and numeric keys. `remarks` are warnings.
    """

    source: Source
    root: Mapping
    faults: list[Problem]
    complaints: list[tuple[Path, Problem]]
    remarks: list[Problem]


_APART: Final = re.compile(
    "[\t\x85\u2028\u2029\ufeff]|\r(?!\n)|^%|[|>][-+0-9]*(?:#|(?: .*)?\r?\n *(?:\r?\n|\\Z))", re.MULTILINE
)
"""What libyaml reads in another way: tabs, rare line breaks and marks, directives, and a block of text
that begins with an empty line or has a comment right behind its `|`.
"""


class _OtherParserError(Exception):
    """libyaml does not read this, or not surely as YAML 1.2."""


def compose(source: Source) -> Document:
    """The one document of a file; raises ComposeError at the first thing that is not YAML 1.2."""
    composer = _composed(source)
    root = composer.root
    start = Position(source.name, 1, 1)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise ComposeError(Problem(start, "", "the file is empty", "a spec has `resources:`"))
    if not isinstance(root, Mapping):
        raise ComposeError(Problem(root.position, "", "a spec is a mapping with `resources:`"))
    return Document(source, root, composer.faults, composer.complaints, composer.remarks)


def _composed(source: Source) -> Composer:
    """The composer that has taken all events of a file. Raises ComposeError."""
    if not _APART.search(source.text):
        composer = Composer(source)
        try:
            for event in _quick_events(source):
                composer.take(event)
        except (_OtherParserError, ComposeError):
            pass
        else:
            return composer
    composer = Composer(source)
    for event in _events(source):
        composer.take(event)
    return composer


def _quick_events(source: Source) -> Iterator[Any]:
    """Libyaml's events; ruamel.yaml takes its own parser where ruamel.yaml.clib is not installed.

    Raises _OtherParserError at what is wrong, and at anchors, aliases and tags: libyaml ends their names
    elsewhere.
    """
    try:
        for event in YAML(typ="safe").parse(source.text):
            if isinstance(event, NodeEvent) and (event.anchor or getattr(event, "tag", None)):
                raise _OtherParserError
            yield event
    except (YAMLError, ValueError, OverflowError):
        raise _OtherParserError from None


def _events(source: Source) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(source.text)
    except MarkedYAMLError as error:
        raise ComposeError(yaml_faults.explain(error, source)) from None
    except ReaderError as error:
        raise ComposeError(yaml_faults.bad_character(error, source)) from None
    except (YAMLError, ValueError, OverflowError):
        # ValueError and OverflowError: an escape like "\UFFFFFFFF" that is no character.
        raise ComposeError(Problem(Position(source.name, 1, 1), "", "the file is not valid YAML")) from None
