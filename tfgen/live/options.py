"""What a user may say about the way to AWS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwsOptions:
    """The AWS options of the command line; None leaves it to the standard chain of boto3.

    `pools_at_once`: user pools that are read side by side. Cognito answers 15 DescribeUserPool a
    second for a whole account, so more than a few only make it throttle.
    `attempts`: tries of one call in all, with boto3's own back-off in between (about 15 s for six).
    `connect_timeout`, `read_timeout`: seconds for one try.
    """

    region: str | None = None
    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    endpoint_url: str | None = None
    pools_at_once: int = 4
    attempts: int = 6
    connect_timeout: float = 5
    read_timeout: float = 30
