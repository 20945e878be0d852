"""What AWS says of a pool besides its settings."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.resource import Address, Resource

_FAILURES = {
    "sms_failure": "AWS cannot send text messages for this pool",
    "email_failure": "AWS cannot send e-mails for this pool",
}


def delivery_failures(address: Address, pool: Resource) -> Iterator[tuple[Address, str]]:
    """Settings that are as they should be, and messages that do not leave all the same."""
    for attribute, text in _FAILURES.items():
        failure = pool.attributes.get(attribute)
        if failure:
            yield address, f"{text}: {failure}"
