"""YAML events to positioned nodes, without recursion and within fixed budgets.

ruamel.yaml finds the events; composing them here keeps positions, refuses what
Stacktape's own YAML 1.2 reader refuses (duplicate keys, merge keys), and cannot be
brought down by nesting or by aliases of aliases. JSON is YAML and comes the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
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


def compose(source: Source) -> Document:
    """The one document of a file; raises ComposeError at the first thing that is not YAML 1.2."""
    composer = Composer(source)
    for event in _events(source):
        composer.take(event)
    root = composer.root
    start = Position(source.name, 1, 1)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise ComposeError(Problem(start, "", "the file is empty", "a spec has `resources:`"))
    if not isinstance(root, Mapping):
        raise ComposeError(Problem(root.position, "", "a spec is a mapping with `resources:`"))
    return Document(source, root, composer.faults, composer.complaints, composer.remarks)


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
