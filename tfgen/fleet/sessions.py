"""Sessions and clients that the targets of one account share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import Any, Final, TypeVar
from weakref import WeakSet

from tfgen.fleet.budget import Budgets
from tfgen.fleet.target import Target
from tfgen.kinds.field import Source
from tfgen.live import Aws, AwsOptions, connect
from tfgen.live.clients import Client, MakeClient, Paginator
from tfgen.live.errors import AbsentError
from tfgen.live.operations import LIST_APIS, LIST_POOLS, WHO_AM_I

Answer = TypeVar("Answer")

_THREADS: Final = 16
"""Connections that one client keeps: as many requests as one place has under way at most."""

_ENDED: Final = "the run has ended"
_LISTED: Final = ("Id", "ApiId", "Name", "CreationDate", "CreatedDate", "LastModifiedDate")
_KEPT: Final = (LIST_POOLS, LIST_APIS)


class TargetAws(Aws):
    """The way to AWS of one target: its own faults, its account's clients and listings.

    Fails alone: what makes AWS unreachable for one target is tried anew by the next.
    """

    def __init__(self, base: Aws, options: AwsOptions, shared: Shared) -> None:
        self._counted = _Count()
        super().__init__(lambda *where: _Counting(shared.client(*where), self._counted), options, base.region)
        self.shared = shared

    @property
    def calls(self) -> int:
        """Requests made so far, boto3's retries not counted."""
        return self._counted.value

    def add_calls(self, number: int) -> None:
        """Counts requests that were made in another way to the same target."""
        self._counted.value += number

    def call(self, operation: Source, region: str, **parameters: Any) -> dict[str, Any]:
        """As `Aws.call`, and remembers that the account answers."""
        try:
            answer = super().call(operation, region, **parameters)
        except AbsentError:
            self.shared.alive = True
            raise
        self.shared.alive = True
        return answer

    def raw_pages(self, operation: Source, region: str, **parameters: Any) -> list[Mapping[str, Any]]:
        """The pages of a listing; those of a whole region are asked for once a run."""

        def ask() -> list[Mapping[str, Any]]:
            pages = super(TargetAws, self).raw_pages(operation, region, **parameters)
            self.shared.alive = True
            return pages

        if operation not in _KEPT:
            return ask()
        return self.shared.once((operation.operation, region), lambda: [_slim(operation, ask())])

    def by_name(self, operation: Source, region: str) -> Mapping[str, list[Mapping[str, Any]]]:
        """The items of a listing by name, sorted out once a run: a region may have 10,000 pools."""
        key = (f"{operation.operation} by name", region)
        return self.shared.once(key, lambda: super(TargetAws, self).by_name(operation, region))

    def account(self, region: str) -> str | None:
        """The account that the credentials belong to. Raises UnreadError, LiveError."""
        return self.shared.once(("account", ""), lambda: self.call(WHO_AM_I, region).get("Account"))


class Shared:
    """What the targets of one set of credentials share: clients, listings, whether AWS answers.

    `alive`: a call has worked since the last failure of a whole target; `failures`: whole targets that
    failed since then.
    """

    def __init__(self, make: MakeClient) -> None:
        self.alive = False
        self.failures = 0
        self._make = make
        self._clients: dict[tuple[str, str], Client] = {}
        self._asked: dict[tuple[str, str], Future[Any]] = {}
        self._lock = threading.Lock()

    def client(self, service: str, region: str) -> Client:
        """The client of a service in a region, made once."""
        with self._lock:
            client = self._clients.get((service, region))
            if client is None:
                client = self._clients[service, region] = _KeepsPaginators(self._make(service, region))
            return client

    def once(self, key: tuple[str, str], ask: Callable[[], Answer]) -> Answer:
        """What `ask` answers, asked for once however many threads want it; failures are not kept."""
        while True:
            with self._lock:
                future = self._asked.get(key)
                mine = future is None
                if future is None:
                    future = self._asked[key] = Future()
            if not mine:
                try:
                    answer: Answer = future.result()
                except CancelledError:
                    continue  # it failed for the other one: our turn
                return answer
            try:
                answer = ask()
            except BaseException:
                with self._lock:
                    del self._asked[key]
                future.cancel()
                raise
            future.set_result(answer)
            return answer

    def failed(self) -> int:
        """Counts one more whole target that failed; how many in a row that makes."""
        with self._lock:
            if self.alive:
                self.failures = 0
            self.alive = False
            self.failures += 1
            return self.failures


def _slim(operation: Source, pages: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Only what finding by name needs: a listing of 10,000 pools with their hooks would be large."""
    items = [item for page in pages for item in page.get(operation.answer) or ()]
    return {operation.answer: [{key: item[key] for key in _LISTED if key in item} for item in items]}


class Sessions:
    """A session for each set of credentials, a client for each of its services and regions."""

    def __init__(self, budgets: Budgets) -> None:
        self._budgets = budgets
        self._bases: dict[AwsOptions, tuple[Aws, Shared]] = {}
        self._ended = False
        self._given: WeakSet[TargetAws] = WeakSet()
        self._lock = threading.Lock()

    def aws(self, target: Target) -> TargetAws:
        """The way to a target's account. Raises LiveError as `tfgen.live.connect` does."""
        options = target.aws_options()
        with self._lock:  # boto3's sessions are not safe to share while they make clients
            known = self._bases.get(options)
            if known is None:
                pace = self._budgets.of(target.owner, target.endpoint_url or "")
                base = connect(replace(options, pools_at_once=_THREADS), pace)
                known = self._bases[options] = (base, Shared(base.new_client))
            base, shared = known
            aws = TargetAws(base, options, shared)
            self._given.add(aws)
            if self._ended:
                aws.stop(_ENDED)
            return aws

    def stop(self) -> None:
        """The run has ended: no target makes another call."""
        with self._lock:
            self._ended = True
            for aws in self._given:
                aws.stop(_ENDED)


class _KeepsPaginators:
    """botocore makes a class with documentation for each paginator: one does for all targets."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._paginators: dict[str, Paginator] = {}

    def get_paginator(self, operation_name: str, /) -> Paginator:
        paginator = self._paginators.get(operation_name)
        if paginator is None:
            paginator = self._paginators[operation_name] = self._client.get_paginator(operation_name)
        return paginator

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


class _Count:
    """A number that many threads add to."""

    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        with self._lock:
            self.value += 1


class _Counting:
    """A client that counts what is asked of it, each page of a listing too."""

    def __init__(self, client: Client, count: _Count) -> None:
        self._client = client
        self._count = count

    def get_paginator(self, operation_name: str, /) -> Paginator:
        return _CountingPages(self._client.get_paginator(operation_name), self._count)

    def __getattr__(self, name: str) -> Any:
        self._count.add()
        return getattr(self._client, name)


class _CountingPages:
    def __init__(self, paginator: Paginator, count: _Count) -> None:
        self._paginator = paginator
        self._count = count

    def paginate(self, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        self._count.add()
        for number, page in enumerate(self._paginator.paginate(**parameters)):
            if number:
                self._count.add()
            yield page
