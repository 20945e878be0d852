"""One event of CloudTrail: who did what, when, from where. Its parameters are compared, never kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tfgen.hidden import visible

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Write:
    """A call that changed a resource (or was meant to; refused ones are left out).

    `event`: the call; `time`: UTC; `principal`: the ARN of who made it, or the AWS service; `source`:
    the IP address, or the name of an AWS service. All are plain text without hidden characters.
    """

    event: str
    time: dt.datetime
    principal: str
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """A write, and the parameters (lower case) that say of which resource."""

    write: Write
    parameters: Mapping[str, frozenset[str]]

    def is_about(self, wanted: Mapping[str, str]) -> bool:
        """Whether every parameter that the event has is as wanted, and at least one is.

        A function is named by its ARN or its name.
        """
        known = {name: self.parameters[name] for name in wanted if name in self.parameters}
        return bool(known) and all(
            any(_same(value, wanted[name]) for value in values) for name, values in known.items()
        )


def _same(value: str, wanted: str) -> bool:
    return value == wanted or wanted.endswith(f":{value}") or value.endswith(f":{wanted}")


def read(item: Mapping[str, Any]) -> Event | None:
    """An item of LookupEvents; None for a call that failed and for what cannot be read."""
    try:
        record = json.loads(item["CloudTrailEvent"])
        time = dt.datetime.fromisoformat(str(record["eventTime"]))
        if record.get("errorCode"):
            return None
        write = Write(
            _text(record["eventName"]),
            time.astimezone(dt.UTC),
            _text(_principal(record.get("userIdentity") or {})),
            _text(record.get("sourceIPAddress") or "unknown"),
        )
        return Event(write, _parameters(record))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _principal(identity: Mapping[str, Any]) -> str:
    for name in ("arn", "invokedBy", "userName", "principalId", "accountId", "type"):
        if identity.get(name):
            return str(identity[name])
    return "unknown"


def _text(value: Any) -> str:
    text = visible(str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _parameters(record: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Every single value of the request, and those of the answer that the request lacks."""
    asked = _gathered(record.get("requestParameters"))
    return _gathered(record.get("responseElements")) | asked


def _gathered(value: Any) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, text in _singles("", value):
        found.setdefault(name, set()).add(text)
    return {name: frozenset(texts) for name, texts in found.items()}


def _singles(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            own = str(key).lower()
            # CreateUserPool answers {"userPool": {"id": …}}.
            yield from _singles("userpoolid" if (name, own) == ("userpool", "id") else own, item)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield name, str(value)
