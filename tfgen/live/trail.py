"""Who did it: the last writes to each drifted resource, as CloudTrail's event history has them.

Read-only, and optional: LookupEvents needs `cloudtrail:LookupEvents`. It answers two requests a
second for an account and region, 50 events a page, the last 90 days (CloudTrail API reference).
It can be asked by one attribute only, so it is asked by event name and the rest is sorted out here.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import LiveError
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Source
from tfgen.live.aws import Aws
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.trail_event import Event, Write, read
from tfgen.live.writes import WRITES, Writes, event_name
from tfgen.resource import Address, Resource, State

LOOKUP: Final = Source("lookup_events", "cloudtrail:LookupEvents", "", {})
DAYS: Final = 90
_PAGE: Final = 50
_PAUSE: Final = 0.5
"""Seconds between two requests: CloudTrail answers two a second."""
_DELETES: Final = ("Delete", "Remove")
_ROOTS: Final = {"aws_cognito_user_pool": "UserPoolId", "aws_apigatewayv2_api": "ApiId"}
"""What the others of a module live in → the parameter that names it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`each`: writes told of one resource; `calls`: requests in all; `days`: how far to look back."""

    each: int = 3
    calls: int = 60
    days: int = DAYS


@dataclass(slots=True)
class Trail:
    """`writes`: newest first, nothing for a resource nobody wrote to in that time. `not_checked`: why it
    is not known for a resource (or not all of it).
    """

    writes: dict[Address, list[Write]] = field(default_factory=dict)
    not_checked: dict[Address, str] = field(default_factory=dict)
    calls: int = 0


@dataclass(frozen=True, slots=True)
class _Subject:
    """A resource to look for, under the address of its findings.

    One of which not every parameter is known (it is gone) can only be told by who deleted one like it.
    """

    address: Address
    wanted: Mapping[str, str]
    is_known: bool

    def may_be(self, event: Event, call: str) -> bool:
        """Whether an event is about it."""
        return (self.is_known or call.startswith(_DELETES)) and event.is_about(self.wanted)


def last_writes(
    aws: Aws,
    findings: Iterable[Finding],
    desired: State,
    live: State,
    pairs: Mapping[Address, Resource],
    region: str,
    limits: Limits = Limits(),
    *,
    now: dt.datetime | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Trail:
    """The last writes to the resources of `findings`.

    `pairs`: desired address → live resource (the resolver's). `region`: where gateways, and pools whose
    region is not known, are. A finding that was not checked is not asked about. Never raises for what
    AWS refuses: that is in `not_checked`.
    """
    end = now or dt.datetime.now(dt.UTC)
    search = _Search(aws, limits, (end - dt.timedelta(days=min(limits.days, DAYS)), end), sleep)
    for (kind, where), subjects in _subjects(findings, desired, live, pairs, region, search.trail).items():
        search.look(WRITES[kind], where, subjects)
    for address, writes in search.trail.writes.items():
        newest = sorted(writes, key=lambda write: write.time, reverse=True)
        search.trail.writes[address] = newest[: limits.each]
    return search.trail


def _subjects(
    findings: Iterable[Finding],
    desired: State,
    live: State,
    pairs: Mapping[Address, Resource],
    region: str,
    trail: Trail,
) -> dict[tuple[str, str], list[_Subject]]:
    """What to look for, by kind and by the region whose history has it."""
    roots = {one.module: pairs[one] for one in pairs if one.kind in _ROOTS}
    found: dict[tuple[str, str], list[_Subject]] = defaultdict(list)
    asked = dict.fromkeys(one.address for one in findings if one.status is not Status.NOT_CHECKED)
    for address in asked:
        writes = WRITES[address.kind]
        resources = (pairs.get(address), live.resources.get(address), desired.resources.get(address))
        resource = next((one for one in resources if one is not None), Resource(address, {}))
        wanted = writes.wanted(resource)
        root = roots.get(address.module)
        if root is not None and (parameter := _ROOTS[root.kind]) in writes.keys:
            wanted.setdefault(parameter.lower(), str(root.attributes.get("id")))
        if not wanted:
            trail.not_checked[address] = "who wrote to it is not known: nothing of it is there to look for"
            continue
        own = root.attributes.get("region") if root is not None else None
        subject = _Subject(address, wanted, len(wanted) == len(writes.keys))
        found[address.kind, writes.region or str(own or region)].append(subject)
    return found


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

    def look(self, writes: Writes, region: str, subjects: list[_Subject]) -> None:
        """All calls that write to a kind, for all resources of it in one region."""
        for call in writes.calls:
            wanted = [one for one in subjects if one.is_known or call.startswith(_DELETES)]
            if wanted:
                self._look_for(call, event_name(writes.service, call), region, wanted)
            if region in self.refused:
                for subject in subjects:
                    self.trail.not_checked.setdefault(subject.address, self.refused[region])
                return

    def _look_for(self, call: str, name: str, region: str, subjects: list[_Subject]) -> None:
        found: dict[Address, int] = defaultdict(int)
        token: str | None = None
        while region not in self.refused:
            if self.trail.calls >= self.limits.calls:
                self.refused[region] = (
                    f"not all of it was looked at: it ends after {self.limits.calls} requests"
                )
                return
            try:
                events, token = self._page(region, name, token)
            except (AbsentError, UnreadError, LiveError) as failed:
                self.refused[region] = str(failed)
                return
            for event in events:
                for subject in subjects:
                    if subject.may_be(event, call):
                        self.trail.writes.setdefault(subject.address, []).append(event.write)
                        found[subject.address] += 1
            if token is None or all(found[one.address] >= self.limits.each for one in subjects):
                return

    def _page(self, region: str, name: str, token: str | None) -> tuple[list[Event], str | None]:
        """One page of a call's events, newest first, and the token of the next one."""
        if self.trail.calls:
            self.sleep(_PAUSE)
        self.trail.calls += 1
        more = {"NextToken": token} if token else {}
        answer = self.aws.call(
            LOOKUP,
            region,
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}],
            StartTime=self.span[0],
            EndTime=self.span[1],
            MaxResults=_PAGE,
            **more,
        )
        events = [event for item in answer.get("Events") or () if (event := read(item)) is not None]
        return events, answer.get("NextToken") or None
