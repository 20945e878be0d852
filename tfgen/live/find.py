"""Which live pool or API is meant: by an id that was given, else by its exact name, never by a guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tfgen.errors import LiveError
from tfgen.kinds import http_api, user_pool
from tfgen.live.aws import Aws
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.operations import LIST_APIS, LIST_POOLS
from tfgen.resource import Unknown

_CALLED = {user_pool.TYPE: "user pools", http_api.TYPE: "APIs"}
NO_REGION = "no AWS region is known: give --region, AWS_REGION or a profile that has one"


@dataclass(frozen=True, slots=True)
class Names:
    """The objects of one listing by name; `reason` when it could not be read."""

    items: Mapping[str, list[Mapping[str, Any]]]
    reason: str | None = None


def pool_region(pool_id: str) -> str:
    """The region of a pool: the part of its id before `_`. Raises LiveError for what is no id.

    Another region would answer that the pool does not exist.
    """
    region, line, rest = pool_id.partition("_")
    if not (region and line and rest):
        raise LiveError(f"{pool_id!r} is no user pool id, which looks like eu-west-1_AbCdEf123")
    return region


def pools_by_name(aws: Aws, region: str) -> Names:
    """All user pools of a region; AWS cannot filter by name."""
    return _by_name(aws, LIST_POOLS, region)


def apis_by_name(aws: Aws, region: str) -> Names:
    """All HTTP and WebSocket APIs of a region."""
    return _by_name(aws, LIST_APIS, region)


def _by_name(aws: Aws, operation: Any, region: str) -> Names:
    try:
        return Names(aws.by_name(operation, region))
    except (AbsentError, UnreadError) as failed:
        return Names({}, str(failed))


def the_one(names: Names, name: Any, *, kind: str, key: str, option: str, region: str) -> str | None:
    """The id of the only object of a name; None when there is none.

    `option` is how its id is given. Raises UnreadError when the
    name or the listing is not known, LiveError with all candidates when the name is not unique.
    """
    if isinstance(name, Unknown):
        raise UnreadError(f"its name is not known ({name.reason}), so it cannot be found: give {option}")
    if names.reason is not None:
        raise UnreadError(f"{names.reason}; or give {option}")
    candidates = names.items.get(str(name), [])
    if len(candidates) > 1:
        listed = "\n".join(sorted(f"  {_described(item)}" for item in candidates))
        raise LiveError(
            f"{len(candidates)} {_CALLED[kind]} in {region} have the name {name!r} and {key} may be any of "
            f"them; say which with {option}:\n{listed}"
        )
    return _id(candidates[0]) if candidates else None


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("Id") or item.get("ApiId"))


def _described(item: Mapping[str, Any]) -> str:
    dates = (("created", ("CreationDate", "CreatedDate")), ("changed", ("LastModifiedDate",)))
    said = [f"{word} {day}" for word, members in dates if (day := _day(item, members))]
    return f"{_id(item)} ({', '.join(said)})" if said else _id(item)


def _day(item: Mapping[str, Any], members: Iterable[str]) -> str | None:
    found = next((item[name] for name in members if name in item), None)
    return found.strftime("%Y-%m-%d %H:%M") if isinstance(found, dt.datetime) else None
