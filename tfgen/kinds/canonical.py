"""The forms in which values of both sides are compared; each one small, pure and idempotent."""

from __future__ import annotations

import json
import re
from typing import Any

_ADDRESS = re.compile(
    r"^(?P<name>.*?)\s*<(?P<user>[^<>@]+)@(?P<domain>[^<>@]+)>$|^(?P<u>[^<>@\s]+)@(?P<d>[^<>@\s]+)$"
)

_DIGITS = 400
"""AWS's largest constraint, 2^1023, has 308 digits; what has far more is not spelt out."""


def text(value: Any) -> Any:
    """A message or subject: CRLF is LF, white space at the very end does not count."""
    return value.replace("\r\n", "\n").rstrip() if isinstance(value, str) else value


def css(value: Any) -> Any:
    """A style sheet: as `text`, and neither line ends nor blank lines around it count."""
    if not isinstance(value, str):
        return value
    lines = [line.rstrip() for line in value.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip("\n") or None


def email_address(value: Any) -> Any:
    """`Name <user@Domain>` or `user@Domain`: the domain has no case, spaces collapse."""
    if not isinstance(value, str) or (found := _ADDRESS.match(value.strip())) is None:
        return value
    if found["u"]:
        return f"{found['u']}@{found['d'].lower()}"
    name = " ".join(found["name"].split())
    address = f"{found['user'].strip()}@{found['domain'].strip().lower()}"
    return f"{name} <{address}>" if name else address


def numeric(value: Any) -> Any:
    """AWS writes attribute constraints as numeric strings: 020 and 20.0 are 20."""
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return value
    whole = number == number.to_integral_value()
    return str(int(number)) if whole else str(number.normalize())


def json_document(value: Any) -> Any:
    """A policy document as an object; AWS and Terraform format and order the text differently."""
    if isinstance(value, str):
        try:
            found = json.loads(value)
        except json.JSONDecodeError:
            return value
        if not isinstance(found, dict):
            return value
        value = found
    return _policy(value)


def _policy(value: Any) -> Any:
    """IAM lets one string stand for a list of one, and lists are sets."""
    if isinstance(value, dict):
        return {key: _policy(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        items = [_policy(item) for item in value]
        if all(isinstance(item, str) for item in items):
            items = sorted(items)
        return items[0] if len(items) == 1 else items
    return value


def url(value: Any) -> Any:
    """An issuer: one slash at the end does not count."""
    return value.removesuffix("/") if isinstance(value, str) else value


def header_sources(value: Any) -> Any:
    """API Gateway identity sources: HTTP header names have no case."""
    if not isinstance(value, frozenset):
        return value
    prefix = "$request.header."
    return frozenset(
        prefix + item[len(prefix) :].lower() if isinstance(item, str) and item.startswith(prefix) else item
        for item in value
    )


def own_tags(value: Any) -> Any:
    """Tags less the ones AWS itself sets, which start with `aws:`; IAM answers a list of pairs."""
    if isinstance(value, list):
        value = {item["Key"]: item["Value"] for item in value}
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if not key.startswith("aws:")} or None
