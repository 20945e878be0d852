"""One way to AWS for all reads: clients, pages, clean answers, one meaning for every error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

from tfgen.errors import LiveError
from tfgen.kinds.field import Source
from tfgen.live.clients import Client, MakeClient, Paginator
from tfgen.live.errors import AbsentError, Fault, Meaning, UnreadError, error_code, fault_of
from tfgen.live.operations import called, page_size, permissions, service_of
from tfgen.live.options import AwsOptions
from tfgen.live.raw import merged
from tfgen.live.redact import redacted

Result = TypeVar("Result")


class Aws:
    """Reads from AWS; safe to share between threads.

    A failure that leaves nothing to be read (credentials, no endpoint) is a LiveError while no call
    has worked yet. After that it only makes the remaining reads fail, each with the same reason, so
    that what was read so far is reported.
    """

    def __init__(self, make_client: MakeClient, options: AwsOptions, region: str | None = None) -> None:
        self.options = options
        self.region = region
        self.new_client = make_client
        self._clients: dict[tuple[str, str], Client] = {}
        self._paginators: dict[tuple[str, str, str], Paginator] = {}
        self._once: dict[Any, Future[Any]] = {}
        self._lock = threading.Lock()
        self._answered = False
        self._stopped: str | None = None
        self._unreachable: dict[tuple[str, str], str] = {}

    def call(self, operation: Source, region: str, **parameters: Any) -> dict[str, Any]:
        """The object that one call answers, clean; {} when the answer lacks it.

        Raises AbsentError, UnreadError, LiveError.
        """

        def ask(client: Client) -> Mapping[str, Any]:
            answer: Mapping[str, Any] = getattr(client, operation.operation)(**parameters)
            return answer

        answer = redacted(merged(self._guarded(operation, region, ask)))
        if not operation.answer:
            return answer
        found: dict[str, Any] = answer.get(operation.answer) or {}
        return found

    def pages(self, operation: Source, region: str, **parameters: Any) -> list[Any]:
        """All items of a listing, clean, in AWS's order. Raises as `call` does."""
        return [
            item
            for page in self.raw_pages(operation, region, **parameters)
            for item in redacted(merged(page)).get(operation.answer) or ()
        ]

    def raw_pages(self, operation: Source, region: str, **parameters: Any) -> list[Mapping[str, Any]]:
        """The pages of a listing as boto3 has them, dates included. Raises as `call` does."""

        def ask(client: Client) -> list[Mapping[str, Any]]:
            paginator = self._paginator(client, operation, region)
            return list(paginator.paginate(**parameters, PaginationConfig=page_size(operation)))

        return self._guarded(operation, region, ask)

    def by_name(self, operation: Source, region: str) -> Mapping[str, list[Mapping[str, Any]]]:
        """The items of a listing by name, as boto3 has them. Raises as `call` does."""
        items: dict[str, list[Mapping[str, Any]]] = {}
        for page in self.raw_pages(operation, region):
            for item in page.get(operation.answer) or ():
                items.setdefault(str(item.get("Name")), []).append(item)
        return items

    def once(self, key: Any, read: Callable[[], Result]) -> Result:
        """`read()`, made only once for a key however many threads ask; its exception is shared too."""
        with self._lock:
            future = self._once.get(key)
            mine = future is None
            if future is None:
                future = self._once[key] = Future()
        if mine:
            try:
                future.set_result(read())
            except BaseException as error:  # noqa: BLE001 - handed on to all who asked
                future.set_exception(error)
        result: Result = future.result()
        return result

    def stop(self, reason: str) -> None:
        """No call is made from now on; each read fails with `reason`."""
        self._stopped = self._stopped or reason

    def _guarded(self, operation: Source, region: str, ask: Callable[[Client], Result]) -> Result:
        where = (service_of(operation), region)
        known = self._stopped or self._unreachable.get(where)
        if known is not None:
            raise UnreadError(f"{called(operation)} was not asked: {known}")
        try:
            result = self._asked(ask, where)
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise  # no failure of AWS or boto3: a bug of ours
            raise self._translated(operation, where, fault, error_code(error)) from None
        self._answered = True
        return result

    def _asked(self, ask: Callable[[Client], Result], where: tuple[str, str]) -> Result:
        client = self._client(*where)
        try:
            return ask(client)
        except Exception as error:
            fault = fault_of(error)
            if fault is None or not fault.again:
                raise
            return ask(client)

    def _translated(
        self, operation: Source, where: tuple[str, str], fault: Fault, code: str | None
    ) -> Exception:
        text = fault.text.format(action=permissions(operation), attempts=self.options.attempts)
        reason = f"{called(operation)} {text}" + (f" ({code})" if code else "")
        if code is not None and fault.meaning in (Meaning.ABSENT, Meaning.UNREAD):
            self._answered = True
        if fault.meaning is Meaning.ABSENT:
            return AbsentError(reason)
        if fault.meaning is Meaning.UNREAD:
            return UnreadError(reason)
        if not self._answered:
            return LiveError(reason)
        if fault.meaning is Meaning.NO_ACCESS:
            self.stop(reason)
        elif fault.meaning is Meaning.NO_ENDPOINT:
            self._unreachable[where] = reason
        return UnreadError(reason)

    def _client(self, service: str, region: str) -> Client:
        client = self._clients.get((service, region))
        if client is None:
            with self._lock:  # boto3's sessions are not safe to share while they make clients
                client = self._clients.get((service, region))
                if client is None:
                    client = self._clients[service, region] = self.new_client(service, region)
        return client

    def _paginator(self, client: Client, operation: Source, region: str) -> Paginator:
        """Kept, because botocore makes a class with documentation for each one."""
        key = (service_of(operation), region, operation.operation)
        paginator = self._paginators.get(key)
        if paginator is None:
            paginator = self._paginators[key] = client.get_paginator(operation.operation)
        return paginator
