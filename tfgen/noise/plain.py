"""Values as a file can hold them: never a secret, one form for one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tfgen.resource import Unknown
from tfgen.sensitive import MASK, Sensitive

_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
"""What no UTF-8 file holds, or no reader of YAML takes."""


def plain(value: Any) -> Any:
    """None, bool, int, str, list or dict: a secret is its mask, a set a sorted list, keys are sorted."""
    match value:
        case Sensitive():
            return MASK
        case Unknown(reason=reason, secret=secret):
            return MASK if secret else f"(unknown: {reason})"
        case Mapping():
            pairs = ((_text(str(key)), plain(item)) for key, item in value.items())
            return dict(sorted(pairs, key=lambda pair: pair[0]))
        case frozenset() | set():
            return sorted((plain(item) for item in value), key=str)
        case list() | tuple():
            return [plain(item) for item in value]
        case None | bool() | int():
            return value
        case Decimal():
            return str(value)
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    return _NO_TEXT.sub("\ufffd", text)
