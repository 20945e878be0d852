"""What AWS answers and the installed boto3 does not know.

botocore drops every member that its model lacks, so an old boto3 would hide new settings. This
hook looks at the raw JSON before botocore does and keeps those members; `merged` puts them back
into the answer, where the field tables find them, or report them as not understood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

_KEPT: Final = "__not_in_the_model__"
_JSON_PROTOCOLS: Final = ("json", "rest-json")

Path = tuple[str | int, ...]


class GarbledError(Exception):
    """A success without JSON in it: a proxy or a login page answered, not AWS."""


def keep_unmodelled(
    operation_model: Any, response_dict: Mapping[str, Any], customized_response_dict: dict[str, Any], **_: Any
) -> None:
    """Handler of botocore's `before-parse` event. Raises GarbledError.

    botocore turns a body that is no JSON into an empty answer, and an empty answer would read as
    "nothing is there".
    """
    if response_dict["status_code"] >= 300:
        return
    protocol = operation_model.service_model.resolved_protocol
    body, shape = response_dict["body"], operation_model.output_shape
    if protocol not in _JSON_PROTOCOLS or not isinstance(body, bytes) or not body or shape is None:
        return
    try:
        raw = json.loads(body)
    except ValueError:
        raise GarbledError from None
    if not isinstance(raw, dict):
        raise GarbledError
    if "payload" not in shape.serialization:
        kept = list(_unmodelled(raw, shape, ()))
        if kept:
            customized_response_dict[_KEPT] = kept


def merged(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer with the members that botocore dropped back in their places."""
    kept: list[tuple[Path, Any]] | None = answer.get(_KEPT)
    if kept is None:
        return answer
    whole = {key: value for key, value in answer.items() if key != _KEPT}
    for path, value in kept:
        place: Any = whole
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return whole


@lru_cache(maxsize=4096)
def _members(shape: Any) -> dict[str, tuple[str, Any]]:
    """Name on the wire → botocore's name and shape. A shape is one object as long as its client lives."""
    return {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}


def _unmodelled(raw: Any, shape: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """(path in the parsed answer, raw value) of every member that the model lacks."""
    kind = shape.type_name
    if kind == "structure" and isinstance(raw, dict):
        if shape.is_document_type or shape.is_tagged_union:
            return
        members = _members(shape)
        for key, value in raw.items():
            known = members.get(key)
            if known is not None:
                name, member = known
                if isinstance(value, (dict, list)):
                    yield from _unmodelled(value, member, (*path, name))
            elif value is not None and not key.startswith("__"):
                # API Gateway's wire names begin with a small letter, its members with a capital.
                yield (*path, key[:1].upper() + key[1:]), value
    elif kind == "list" and isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _unmodelled(item, shape.member, (*path, index))
    elif kind == "map" and isinstance(raw, dict):
        for key, value in raw.items():
            yield from _unmodelled(value, shape.value, (*path, key))
