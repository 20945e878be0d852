"""The shared budget of one account: what all its targets may ask of AWS together."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final

from tfgen.fleet.quotas import CATEGORIES, ONE_POOL, PER_POOL, QUOTAS, THROTTLED
from tfgen.fleet.rate import Rate

_POOLS_KEPT: Final = 512
"""Pools whose own rate is remembered; one that was not asked for longer starts anew."""


class Budget:
    """Paces the requests of one account by AWS's quotas, region by region (a `tfgen.live.pace.Pace`).

    `quotas`: category → requests a second, over AWS's defaults. `share`: the part of them that this
    process may use. `clock` and `sleep` as in `time`.
    """

    def __init__(
        self,
        quotas: Mapping[str, int] | None = None,
        share: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Any] = time.sleep,
    ) -> None:
        self._quotas = QUOTAS | dict(quotas or {})
        self._share = share
        self._clock, self._sleep = clock, sleep
        self._rates: dict[tuple[str, str], Rate] = {}
        self._of_pools: OrderedDict[tuple[str, str], Rate] = OrderedDict()
        self._lock = threading.Lock()

    def before(self, region: str, operation: str, body: bytes) -> None:
        """Waits until the request fits into the budget of its category, and of its pool."""
        category = CATEGORIES.get(operation, "Other")
        wait = self._rate(region, category).reserve()
        pool = _pool(body) if category in PER_POOL else None
        if pool is not None:
            wait = max(wait, self._of_pool(operation, pool).reserve())
        if wait > 0:
            self._sleep(wait)

    def after(self, region: str, operation: str, code: str | None) -> None:
        """Slows the category down when AWS refused for its rate."""
        if code in THROTTLED:
            self._rate(region, CATEGORIES.get(operation, "Other")).refused()

    def take_share(self, share: float) -> None:
        """From now on this process may use another part of the quotas."""
        with self._lock:
            if share == self._share:
                return
            self._share = share
            self._of_pools.clear()
            for (_, category), rate in self._rates.items():
                rate.share(self._quotas[category] * share)

    def _rate(self, region: str, category: str) -> Rate:
        with self._lock:
            rate = self._rates.get((region, category))
            if rate is None:
                full = self._quotas[category] * self._share
                rate = self._rates[region, category] = Rate(full, self._clock)
            return rate

    def _of_pool(self, operation: str, pool: str) -> Rate:
        """Not shared out: a pool is read by one process alone."""
        with self._lock:
            rate = self._of_pools.get((operation, pool))
            if rate is None:
                rate = self._of_pools[operation, pool] = Rate(ONE_POOL, self._clock)
                if len(self._of_pools) > _POOLS_KEPT:
                    self._of_pools.popitem(last=False)
            return rate


class Budgets:
    """One budget for each account (or set of credentials) and endpoint; regions apart within it."""

    def __init__(self, quotas: Mapping[str, int] | None = None, share: float = 1.0) -> None:
        self._quotas, self._share = dict(quotas or {}), share
        self._budgets: dict[tuple[str, str], Budget] = {}
        self._lock = threading.Lock()

    def of(self, owner: str, endpoint: str) -> Budget:
        """The budget of an account."""
        with self._lock:
            budget = self._budgets.get((owner, endpoint))
            if budget is None:
                budget = self._budgets[owner, endpoint] = Budget(self._quotas, self._share)
            return budget

    def take_share(self, share: float) -> None:
        """See `Budget.take_share`, for all accounts."""
        with self._lock:
            self._share = share
            for budget in self._budgets.values():
                budget.take_share(share)


def _pool(body: bytes) -> str | None:
    try:
        pool = json.loads(body).get("UserPoolId")
    except (ValueError, AttributeError):
        return None
    return pool if isinstance(pool, str) else None
