"""What is worth saying besides two values: their unit in words, and what AWS says of a pool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tfgen.drift.differences import Difference
from tfgen.resource import Address, Resource

_SECONDS: Final = "seconds"
_LONGER: Final = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
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


def lengths(difference: Difference) -> str:
    """The unit of two numbers, and what they are in a larger one; "" where they have none."""
    unit = difference.field.unit
    if unit != _SECONDS:
        return f"in {unit}" if unit else ""
    whose = "by the spec" if difference.declared else "by AWS's default"
    return f"in seconds: {_words(difference.desired)} {whose}, {_words(difference.live)} live"


def _words(seconds: Any) -> str:
    """Seconds in the largest unit that is whole."""
    if not isinstance(seconds, int):
        return "nothing"
    number, name = next((seconds // size, name) for size, name in _LONGER if seconds % size == 0)
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
