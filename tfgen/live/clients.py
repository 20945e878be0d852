"""The little of a boto3 client that tfgen uses: what a stub in a test has to have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol


class Paginator(Protocol):
    """Asks for one page after the other."""

    def paginate(self, **parameters: Any) -> Iterable[Mapping[str, Any]]:
        """The pages of one listing."""


class Client(Protocol):
    """A client of one service in one region.

    The operations themselves are looked up by the names that the kinds' sources give
    (`describe_user_pool`, …).
    """

    def get_paginator(self, operation_name: str, /) -> Paginator:
        """The paginator of a listing operation."""


MakeClient = Callable[[str, str], Client]
"""Service and region → client."""
