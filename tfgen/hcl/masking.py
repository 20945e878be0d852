"""Keeping what somebody typed into a file by hand out of our output, where it is a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tfgen.kinds import KINDS
from tfgen.kinds.field import Field
from tfgen.sensitive import MASK
from tfgen.spec.secrets import is_secret

# Where a spec reads secrets from; what stands in such a place on the other side is one, too.
_FROM_SECRET = re.compile(r"data\.aws_(secretsmanager_secret_version|ssm_parameter)\.")


def masked(
    address: str, path: str, wanted: Mapping[str, str], found: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Both sides' text of one argument, with literals masked where the argument is secret."""
    pair = wanted.get(path), found.get(path)
    secret = (
        any(is_secret(name) for name in re.findall(r"[\w-]+", path))
        or _secret_field(address, path)
        or "true" in (wanted.get("sensitive"), found.get("sensitive"))
        or any(text is not None and _FROM_SECRET.search(text) for text in pair)
    )
    return (_mask(pair[0]), _mask(pair[1])) if secret else pair


def _mask(text: str | None) -> str | None:
    """A reference may be shown, anything with a literal in it may not."""
    if text is None or re.fullmatch(r"[\w.-]+", text):
        return text
    return MASK


def _secret_field(address: str, path: str) -> bool:
    """Whether the field table calls the argument, or a block around it, secret."""
    kind = KINDS.get(address.partition(".")[0])
    fields: Mapping[str, Field] = kind.by_name if kind is not None else {}
    for name in re.sub(r"\[[^\]]*\]", "", path).split("."):
        field = fields.get(name)
        if field is None:
            return False
        if field.secret:
            return True
        fields = field.by_name
    return False
