"""Since when a finding is known, what is new, and what is resolved.

A finding is the same one as long as its resource's address, its path and its status are. That its live
value changed, or became worse, makes it news again. Values are kept as digests in which every secret is
the same mask, so that no digest is made of a secret.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

from tfgen.drift.verdict import Policy
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.noise.baseline import recorded
from tfgen.noise.hides import hides
from tfgen.noise.look import NOWHERE, Look
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope
from tfgen.resource import Address

Key: TypeAlias = tuple[Address, str, Status]


class News(enum.Enum):
    """What a run learns of a finding."""

    NEW = "new"
    CHANGED = "changed"
    """Known, with another live value or a worse severity than before."""
    RETURNED = "returned"
    """It was resolved in between."""
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one finding; times are UTC.

    `resolved`: when a run no longer found it, None while it is there.
    """

    address: Address
    path: str
    status: Status
    severity: Severity
    digest: str
    first_seen: datetime
    last_seen: datetime
    resolved: datetime | None = None

    @property
    def key(self) -> Key:
        """The identity of the finding within its scope."""
        return self.address, self.path, self.status


@dataclass(frozen=True, slots=True)
class Seen:
    """`first_seen`: since when it is known; `resolved`: for one that returned, when it had gone."""

    news: News
    first_seen: datetime
    resolved: datetime | None = None

    def __str__(self) -> str:
        match self.news:
            case News.NEW:
                return "new since the last run"
            case News.CHANGED:
                return f"{_day(self.first_seen)}, changed since the last run"
            case News.RETURNED:
                return f"{_day(self.first_seen)}, gone in between, back since the last run"
            case News.KNOWN:
                return _day(self.first_seen)


@dataclass(frozen=True, slots=True)
class HistoryOutcome:
    """What one run learns from the runs before, and what the next one will remember.

    `resolved`: what was found before and is no longer, sorted by place. `previous`: the time of the last
    run over this scope. `memories`: everything to remember of this scope that this run looked at.
    """

    now: datetime
    scope: Scope
    previous: datetime | None
    seen: Mapping[Key, Seen]
    resolved: list[Memory]
    memories: list[Memory]

    def of(self, finding: Finding) -> Seen:
        """What is known of a finding; one that the outcome was not made with is new."""
        return self.seen.get(key_of(finding), Seen(News.NEW, self.now))

    def told(self, result: Result) -> Result:
        """`result` with what is known of each finding, and with what is no longer found, in words."""
        return replace(
            result,
            findings=[self._told(item) for item in result.findings],
            resolved=[(item.address, item.path, _day(item.first_seen)) for item in self.resolved],
        )

    def _told(self, finding: Finding) -> Finding:
        seen = self.of(finding)
        return replace(finding, since=str(seen), news=seen.news.value)


def new_only(policy: Policy) -> Policy:
    """`policy` of a run that fails only for what is not known as it is now."""
    return replace(policy, excused=lambda finding: finding.news == News.KNOWN.value)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def key_of(finding: Finding) -> Key:
    """The identity of a finding; its path as a file can hold it."""
    address = finding.address
    return Address(address.module, address.kind, plain(address.label)), plain(finding.path), finding.status


def judge(
    look: Look, remembered: Iterable[Memory], *, now: datetime, scope: Scope, previous: datetime | None
) -> HistoryOutcome:
    """What is new, known and resolved in a result, given all memories of the scope.

    A result of an interrupted run is judged as of when it was made. If the history was written since then,
    it was told already: nothing of it is news, and there is nothing to remember.
    Raises ValueError for a `now` without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    now = (look.made or now).astimezone(UTC).replace(microsecond=0)
    before = {memory.key: memory for memory in remembered}
    present: dict[Key, Memory] = {}
    for finding in look.result.findings:
        memory = _memory(finding, now)
        present[memory.key] = _joined(present.get(memory.key), memory)
    if look.made is not None and previous is not None and now <= previous:
        told = {key: Seen(News.KNOWN, before[key].first_seen) for key in present if key in before}
        return HistoryOutcome(now, scope, previous, told, [], [])
    seen = {key: _seen(before.get(key), memory) for key, memory in present.items()}
    memories = [replace(memory, first_seen=seen[key].first_seen) for key, memory in present.items()]
    gone = (memory for key, memory in before.items() if key not in present and memory.resolved is None)
    resolved = [replace(memory, resolved=now) for memory in _looked_at(gone, look)]
    resolved.sort(key=lambda memory: (memory.address, memory.path, memory.status.value))
    return HistoryOutcome(now, scope, previous, seen, resolved, [*memories, *resolved])


def _memory(finding: Finding, now: datetime) -> Memory:
    address, path, status = key_of(finding)
    return Memory(address, path, status, finding.severity, _digest(finding), now, now)


def _digest(finding: Finding) -> str:
    """A digest of the live value, or of an unmanaged resource's arguments; "" where there is none."""
    if finding.status not in (Status.MODIFIED, Status.UNMANAGED):
        return ""
    value = recorded(finding).value
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _joined(one: Memory | None, other: Memory) -> Memory:
    """Two findings at one place (two reasons why it was not read) are remembered as one."""
    if one is None:
        return other
    digest = hashlib.sha256("".join(sorted((one.digest, other.digest))).encode()).hexdigest()
    return replace(one, severity=max(one.severity, other.severity), digest=digest)


def _seen(before: Memory | None, now: Memory) -> Seen:
    if before is None:
        return Seen(News.NEW, now.first_seen)
    if before.resolved is not None:
        return Seen(News.RETURNED, now.first_seen, before.resolved)
    changed = before.digest != now.digest or now.severity > before.severity
    return Seen(News.CHANGED if changed else News.KNOWN, before.first_seen)


def _looked_at(memories: Iterable[Memory], look: Look) -> Iterator[Memory]:
    """Those that the run would have found again: their pool was looked at, and they could be read."""
    result = look.result
    looked_at = {one.module for one in (*result.compared, *result.absent)}
    looked_at |= {one.address.module for one in result.findings}
    if look.read:
        looked_at.add(NOWHERE)
    unread = [finding for finding in result.findings if finding.status is Status.NOT_CHECKED]
    for memory in memories:
        hidden = any(hides(finding, memory.address, memory.path) for finding in unread)
        if memory.address.module in looked_at and (memory.status is Status.NOT_CHECKED or not hidden):
            yield memory
