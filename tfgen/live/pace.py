"""Where somebody else decides when a request may leave: the hook of rate limits.

A hook sees every attempt, boto3's own retries included, because AWS counts those too.
"""

from __future__ import annotations

from typing import Any, Protocol


class Pace(Protocol):
    """Holds requests back; called from many threads at once."""

    def before(self, region: str, operation: str, body: bytes) -> None:
        """Returns when the request may leave. `operation` as AWS writes it (`DescribeUserPool`)."""

    def after(self, region: str, operation: str, code: str | None) -> None:
        """Hears how one attempt ended: None for an answer, "" for no answer, else AWS's error code."""


def follow(client: Any, pace: Pace, region: str) -> None:
    """Makes a boto3 client ask `pace` before each attempt, and tell it how it ended."""
    service = client.meta.service_model.service_id.hyphenize()

    def before(request: Any, operation_name: str, **_: Any) -> None:
        data = request.data
        pace.before(region, operation_name, data if isinstance(data, bytes) else b"")

    def after(operation: Any, response: Any, **_: Any) -> None:
        pace.after(region, operation.name, _ending(response))

    # Before the signature is made, which AWS takes for five minutes.
    client.meta.events.register_first(f"request-created.{service}", before)
    client.meta.events.register(f"needs-retry.{service}", after)


def _ending(response: Any) -> str | None:
    """`response` is (HTTP answer, what botocore parsed) or None."""
    if response is None:
        return ""
    http, parsed = response
    if http.status_code < 300:
        return None
    error = parsed.get("Error") if isinstance(parsed, dict) else None
    return str((error or {}).get("Code") or http.status_code)
