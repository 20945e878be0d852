"""Who did it: the last writes to each drifted resource, as CloudTrail's event history has them.

Read-only, and optional: LookupEvents needs `cloudtrail:LookupEvents`. It answers two requests a
second for an account and region, 50 events a page, the last 90 days (CloudTrail API reference).
It can be asked by one attribute only, so it is asked by event name and the rest is sorted out here.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import LiveError
from tfgen.finding import Trace
from tfgen.kinds.field import Source
from tfgen.live.aws import Aws
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.trail_event import Event, Write, read
from tfgen.live.writes import WRITES, event_name
from tfgen.resource import Address

LOOKUP: Final = Source("lookup_events", "cloudtrail:LookupEvents", "", {})
DAYS: Final = 90
_PAGE: Final = 50
_PAUSE: Final = 0.5
"""Seconds between two requests: CloudTrail answers two a second."""
_NAMELESS: Final = "who wrote to it is not known: nothing of it is there to look for"
_DELETES: Final = ("Delete", "Remove")


@dataclass(frozen=True, slots=True)
class Limits:
    """`each`: writes told of one resource; `calls`: requests in all; `days`: how far to look back.

    `pause`: seconds between two requests; none where something else keeps the rate.
    """

    each: int = 3
    calls: int = 60
    days: int = DAYS
    pause: float = _PAUSE


@dataclass(slots=True)
class Trail:
    """`writes`: newest first, nothing for a resource nobody wrote to in that time. `not_checked`: why it
    is not known for a resource (or not all of it).
    """

    writes: dict[Address, list[Write]] = field(default_factory=dict)
    not_checked: dict[Address, str] = field(default_factory=dict)
    calls: int = 0


@dataclass(slots=True)
class _Lookup:
    """One call in one region, for all resources of a kind: page by page.

    A resource of which not every parameter is known (it is gone) can only be told by who deleted one like
    it.
    """

    call: str
    name: str
    region: str
    subjects: dict[Address, Trace]
    token: str | None = None
    found: Counter[Address] = field(default_factory=Counter)
    _by_name: dict[tuple[str, str], list[Address]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for address, trace in self.subjects.items():
            for parameter, value in trace.wanted.items():
                self._by_name[parameter, _tail(value)].append(address)

    def about(self, event: Event) -> list[Address]:
        """The resources that an event is about; looked up, as a region may have thousands of each."""
        near = {
            address: None
            for parameter, values in event.parameters.items()
            for value in values
            for address in self._by_name.get((parameter, _tail(value)), ())
        }
        return [address for address in near if event.is_about(self.subjects[address].wanted)]

    def enough(self, each: int) -> bool:
        """Whether all of its resources have as many writes as are told."""
        return all(self.found[address] >= each for address in self.subjects)


def _tail(value: str) -> str:
    """The end of a name that may be an ARN: a function is named by either."""
    return value.rpartition(":")[2]


def last_writes(
    aws: Aws,
    traces: Mapping[Address, Trace],
    limits: Limits = Limits(),
    *,
    now: dt.datetime | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Trail:
    """The last writes to the resources of `traces`.

    The first page of every call is read before the second of any, so that a call that is made every
    night leaves requests for the others. Never raises for what AWS refuses: that is in `not_checked`.
    """
    end = now or dt.datetime.now(dt.UTC)
    search = _Search(aws, limits, (end - dt.timedelta(days=min(limits.days, DAYS)), end), sleep)
    search.run(traces)
    for address, writes in search.trail.writes.items():
        newest = sorted(writes, key=lambda write: write.time, reverse=True)
        search.trail.writes[address] = newest[: limits.each]
    return search.trail


def _lookups(traces: Mapping[Address, Trace]) -> Iterator[_Lookup]:
    places: dict[tuple[str, str], dict[Address, Trace]] = defaultdict(dict)
    for address, trace in traces.items():
        if trace.wanted:
            places[address.kind, trace.region][address] = trace
    for (kind, region), subjects in places.items():
        for call in WRITES[kind].calls:
            deletes = call.startswith(_DELETES)
            wanted = {address: trace for address, trace in subjects.items() if trace.whole or deletes}
            if wanted:
                yield _Lookup(call, event_name(WRITES[kind].service, call), region, wanted)


@dataclass(slots=True)
class _Search:
    """Asks for one event name after the other, never faster than CloudTrail answers."""

    aws: Aws
    limits: Limits
    span: tuple[dt.datetime, dt.datetime]
    sleep: Callable[[float], None]
    trail: Trail = field(default_factory=Trail)
    refused: dict[str, str] = field(default_factory=dict)
    """Region → why its history is not read."""

    def run(self, traces: Mapping[Address, Trace]) -> None:
        """Reads what there is of all resources, as far as the limits go."""
        self.trail.not_checked |= {
            address: _NAMELESS for address, trace in traces.items() if not trace.wanted
        }
        waiting = deque(_lookups(traces))
        while waiting:
            lookup = waiting.popleft()
            self._next_page(lookup)
            why = self.refused.get(lookup.region)
            if why is not None:
                for address in lookup.subjects:
                    self.trail.not_checked.setdefault(address, why)
            elif lookup.token is not None and not lookup.enough(self.limits.each):
                waiting.append(lookup)

    def _next_page(self, lookup: _Lookup) -> None:
        if lookup.region in self.refused:
            return
        if self.trail.calls >= self.limits.calls:
            why = f"not all of it was looked at: it ends after {self.limits.calls} requests"
            self.refused[lookup.region] = why
            return
        try:
            events = self._page(lookup)
        except (AbsentError, UnreadError, LiveError) as failed:
            self.refused[lookup.region] = str(failed)
            return
        for event in events:
            for address in lookup.about(event):
                self.trail.writes.setdefault(address, []).append(event.write)
                lookup.found[address] += 1

    def _page(self, lookup: _Lookup) -> list[Event]:
        """The next page of a call's events, newest first."""
        if self.trail.calls and self.limits.pause:
            self.sleep(self.limits.pause)
        self.trail.calls += 1
        more = {"NextToken": lookup.token} if lookup.token else {}
        answer = self.aws.call(
            LOOKUP,
            lookup.region,
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": lookup.name}],
            StartTime=self.span[0],
            EndTime=self.span[1],
            MaxResults=_PAGE,
            **more,
        )
        lookup.token = answer.get("NextToken") or None
        return [event for item in answer.get("Events") or () if (event := read(item)) is not None]
