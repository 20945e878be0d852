"""Several spec files as one: their resources side by side, each remembered with its file."""

from __future__ import annotations

from collections.abc import Sequence as SequenceType
from dataclasses import dataclass
from typing import Final

from tfgen.errors import Position
from tfgen.spec.compose import Document
from tfgen.spec.nodes import Mapping, Node, Scalar, kind_of
from tfgen.spec.problems import Collector, nearest

IGNORED_ROOT_KEYS: Final = (
    "directives", "cloudformationResources", "providerConfig", "hooks", "scripts", "deploymentConfig",
    "stackConfig",
)  # fmt: skip
"""Root keys of Stacktape that say nothing about user pools."""

ROOT_KEYS: Final = ("resources", "serviceName", "variables", *IGNORED_ROOT_KEYS)


@dataclass(slots=True, repr=False)
class Resource:
    """One member of `resources`; `node` is its mapping, `type` None when it says none."""

    key: str
    position: Position
    node: Mapping
    type: str | None
    document: Document

    @property
    def path(self) -> tuple[str, str]:
        """The resource's spec path."""
        return ("resources", self.key)


@dataclass(slots=True, repr=False)
class Merged:
    """The root that positions are looked up in, and the resources by key in the order of the files."""

    root: Mapping
    resources: dict[str, Resource]


def merge(documents: SequenceType[Document], collector: Collector) -> Merged:
    """One root out of all files; a key that two files have is an error that names both."""
    start = documents[0].root.position if documents else Position("", 1, 1)
    together = Mapping(start)
    merged = Merged(Mapping(start, {"resources": together}), {})
    for document in documents:
        _root_keys(document, merged.root, collector)
        for resource in _resources(document, collector):
            if (other := merged.resources.get(resource.key)) is not None:
                collector.error(
                    resource.position, resource.path, "is also in another file", f"first in {other.position}"
                )
                continue
            merged.resources[resource.key] = resource
            together.entries[resource.key] = resource.node
            together.keys[resource.key] = resource.position
    return merged


def _root_keys(document: Document, root: Mapping, collector: Collector) -> None:
    for key, node in document.root.entries.items():
        at = document.root.keys[key]
        if key == "resources":
            root.keys.setdefault(key, at)
            continue
        root.entries.setdefault(key, node)
        root.keys.setdefault(key, at)
        if key not in ROOT_KEYS:
            collector.warn(
                at, (key,), "is not known at the top of a spec and is ignored", near=nearest(key, ROOT_KEYS)
            )


def _resources(document: Document, collector: Collector) -> list[Resource]:
    node = document.root.entries.get("resources")
    if node is None:
        near = nearest_key(document.root)
        collector.error(document.root.position, (), "the file has no `resources`", near=near)
        return []
    if not isinstance(node, Mapping):
        at = document.root.keys["resources"]
        collector.error(at, ("resources",), f"must be a mapping, not {kind_of(node)}", "name: {type: ...}")
        return []
    return [
        found
        for key, value in node.entries.items()
        if (found := _resource(document, node, key, value, collector))
    ]


def _resource(
    document: Document, parent: Mapping, key: str, node: Node, collector: Collector
) -> Resource | None:
    at, path = parent.keys[key], ("resources", key)
    if not isinstance(node, Mapping):
        collector.error(
            at, path, f"must be a mapping, not {kind_of(node)}", "a resource has `type:` and `properties:`"
        )
        return None
    kind = node.entries.get("type")
    if kind is None:
        collector.error(
            at, (*path, "type"), "is missing", "every resource has a type, such as user-auth-pool"
        )
        return Resource(key, at, node, None, document)
    if not isinstance(kind, Scalar) or not isinstance(kind.value, str):
        collector.error(node.keys["type"], (*path, "type"), f"must be text, not {kind_of(kind)}")
        return Resource(key, at, node, None, document)
    return Resource(key, at, node, kind.value, document)


def nearest_key(root: Mapping) -> str:
    """`resources` when a key of the root looks like it."""
    return "resources" if any(nearest(key, ["resources"]) for key in root.entries) else ""
