"""What hashicorp/aws 6.x says of our kinds, as a fixture that field tables are checked against.

    schema = load("aws_cognito_user_pool")
    schema.arguments["name"].required
    schema.blocks["password_policy"].arguments["minimum_length"].type     # "number"
    schema.paths()["password_policy.minimum_length"].force_new

`aws_6.json` has the structure (tests/tools/extract_provider_schema.py makes it anew),
`supplement.json` the facts that no schema states, with a note of their origin. The fixture
`real_schema` (tests/conftest.py) gives the same type for the provider that is installed.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

_HERE = Path(__file__).parent

Nesting = Literal["list", "set", "single"]


@dataclass(frozen=True)
class _Documented:
    """What the supplement adds to an argument or block; `facts` explains itself in supplement.json."""

    facts: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @property
    def force_new(self) -> bool:
        """A change replaces the resource, in every release we support."""
        return bool(self.facts.get("force_new"))

    @property
    def since(self) -> str | None:
        """First provider release that has it, where that is known."""
        return self.facts.get("since")


@dataclass(frozen=True)
class Argument(_Documented):
    """A settable argument; `type` is string, number, bool, or set, list, map of string."""

    type: str
    required: bool
    computed: bool = False
    """Optional and computed: left out of the configuration it keeps its value."""
    marked_sensitive: bool = False

    @property
    def keeps(self) -> bool:
        """Removing it from the configuration plans no change."""
        return self.computed or bool(self.facts.get("keeps"))

    @property
    def sensitive(self) -> bool:
        """Terraform hides it, or should."""
        return self.marked_sensitive or bool(self.facts.get("sensitive") or self.facts.get("holds_secret"))

    @property
    def enum(self) -> tuple[str, ...]:
        """The allowed values (of the elements, for a collection), where there is such a list."""
        return tuple(self.facts.get("enum", ()))


@dataclass(frozen=True)
class _Body(_Documented):
    arguments: Mapping[str, Argument]
    blocks: Mapping[str, Block]
    attributes: frozenset[str]
    """What can be read only, and `id` and `tags_all`, which must not be written."""

    def paths(self) -> dict[str, Argument | Block]:
        """Every argument and block by its dotted path, blocks before what is in them."""
        return dict(_paths(self, ""))


@dataclass(frozen=True)
class Block(_Body):
    """A nested block; `max` None means any number."""

    nesting: Nesting
    max: int | None
    required: bool

    @property
    def keeps(self) -> bool:
        """Removing it from the configuration plans no change."""
        return bool(self.facts.get("keeps"))

    @property
    def emptied(self) -> bool:
        """Left out, it stays in the plan, without the arguments that do not keep their value."""
        return self.facts.get("suppress") == "absent_block_is_emptied"


@dataclass(frozen=True)
class Schema(_Body):
    """A kind: its arguments and blocks."""

    kind: str


def kinds() -> tuple[str, ...]:
    """Every kind that the fixture has."""
    return tuple(_structure()["kinds"])


def provider_version() -> str:
    """The provider release the fixture was made from."""
    version: str = _structure()["provider"]
    return version


@functools.cache
def load(kind: str) -> Schema:
    """The schema of `kind` in the 6.x fixture; KeyError for a kind it does not have."""
    facts = _supplement().get(kind, {})
    return Schema(**_body(_structure()["kinds"][kind], facts, ""), kind=kind)


def from_terraform(kind: str, block: Mapping[str, Any]) -> Schema:
    """The same from a resource's `block` in `terraform providers schema -json`."""
    facts = _supplement().get(kind, {})
    return Schema(**_body(_as_fixture(block), facts, ""), kind=kind)


@functools.cache
def _structure() -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((_HERE / "aws_6.json").read_text()))


@functools.cache
def _supplement() -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", json.loads((_HERE / "supplement.json").read_text())["kinds"])


def _body(data: Mapping[str, Any], facts: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    def known(name: str) -> dict[str, Any]:
        return dict(facts.get(prefix + name, {}))

    unwritable = {name for name in data["arguments"] if known(name).get("do_not_set")}
    return {
        "arguments": {
            name: Argument(**argument, facts=known(name))
            for name, argument in data["arguments"].items()
            if name not in unwritable
        },
        "blocks": {
            name: Block(
                **_body(block, facts, f"{prefix}{name}."),
                nesting=block["nesting"],
                max=block["max"] if block["max"] is not None else known(name).get("max"),
                required=block["required"],
                facts=known(name),
            )
            for name, block in data["blocks"].items()
        },
        "attributes": frozenset(data["attributes"]) | unwritable,
    }


def _as_fixture(block: Mapping[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    attributes: list[str] = []
    for name, attribute in block.get("attributes", {}).items():
        if not (attribute.get("optional") or attribute.get("required")):
            attributes.append(name)
            continue
        shape = attribute["type"]
        arguments[name] = {
            "type": shape if isinstance(shape, str) else f"{shape[0]}({shape[1]})",
            "required": attribute.get("required", False),
            "computed": attribute.get("computed", False),
            "marked_sensitive": attribute.get("sensitive", False),
        }
    blocks = {
        name: {
            **_as_fixture(nested["block"]),
            "nesting": nested["nesting_mode"],
            "max": 1 if nested["nesting_mode"] == "single" else nested.get("max_items"),
            "required": nested.get("min_items", 0) > 0,
        }
        for name, nested in block.get("block_types", {}).items()
    }
    return {"arguments": arguments, "blocks": blocks, "attributes": attributes}


def _paths(body: _Body, prefix: str) -> Iterator[tuple[str, Argument | Block]]:
    for name, argument in body.arguments.items():
        yield prefix + name, argument
    for name, block in body.blocks.items():
        yield prefix + name, block
        yield from _paths(block, f"{prefix}{name}.")
