"""Every user pool of a region, whatever any spec says of it. Read-only, one listing."""

from __future__ import annotations

from dataclasses import dataclass

from tfgen.live.aws import Aws
from tfgen.live.operations import LIST_POOLS


@dataclass(frozen=True, slots=True, order=True)
class LivePool:
    """A user pool as ListUserPools tells it."""

    name: str
    id: str


def discover(aws: Aws, region: str) -> list[LivePool]:
    """All user pools that the account has in `region`, by name and id. Raises UnreadError, LiveError.

    Takes the permission cognito-idp:ListUserPools, which AWS grants for a whole region only.
    """
    return sorted(
        LivePool(str(item.get("Name", "")), str(item["Id"]))
        for page in aws.raw_pages(LIST_POOLS, region)
        for item in page.get(LIST_POOLS.answer) or ()
        if item.get("Id")
    )
