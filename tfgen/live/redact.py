"""Secrets of an AWS answer become `Sensitive` before anything else sees the answer.

AWS gives an app client's secret and an identity provider's `client_secret` in clear, with every
describe call. Dates and boto3's own metadata are dropped on the same walk: no kind reads them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from tfgen.sensitive import Sensitive

_SECRET_WORDS: Final = ("secret", "privatekey", "password", "externalid")
"""A text under a key with one of these words in it is a secret, also in members newer than tfgen."""

_NAMED_BY_USERS: Final = frozenset(
    {
        "AssumeRolePolicyDocument",
        "AttributeMapping",
        "PolicyDocument",
        "RequestParameters",
        "RequestTemplates",
        "ResponseParameters",
        "RouteSettings",
        "StageVariables",
        "Tags",
        "UserPoolTags",
    }
)
"""Maps whose keys are anybody's words: a tag called `secret-owner` holds no secret. A policy is compared
whole, so its `sts:ExternalId` (which the rendered files write out) must not become another type."""

_METADATA: Final = "ResponseMetadata"


def redacted(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an answer without secrets, dates and response metadata."""
    return {
        key: _value(key, value)
        for key, value in answer.items()
        if key != _METADATA and not isinstance(value, dt.datetime)
    }


@lru_cache(maxsize=4096)
def is_secret(key: str) -> bool:
    """Whether a text under this key is kept from sight."""
    name = key.replace("_", "").lower()
    return any(word in name for word in _SECRET_WORDS)


def _value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return Sensitive(value) if is_secret(key) else value
    if isinstance(value, Mapping):
        return dict(value) if key in _NAMED_BY_USERS else redacted(value)
    if isinstance(value, list):
        return [_value(key, item) for item in value]
    return value
