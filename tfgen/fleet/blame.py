"""Who did it, over a fleet: CloudTrail is asked once for all targets of an account and region.

Its history is of a whole account and region, and is asked by the name of a call; so what one target
asks, the others of its place need too. Two requests a second and a cap for each place: a fleet with
thousands of findings takes as long as one with a few, and says what was not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import TfgenError
from tfgen.finding import Finding, Result, Trace
from tfgen.fleet.budget import Budgets
from tfgen.fleet.check import bug_of
from tfgen.fleet.result import named
from tfgen.fleet.sessions import Sessions
from tfgen.fleet.target import Target
from tfgen.live import AwsOptions
from tfgen.live.blame import lines_of, unknown
from tfgen.live.parallel import in_parallel
from tfgen.live.traces import traces_left
from tfgen.live.trail import Limits, last_writes
from tfgen.resource import Address

CALLS: Final = 120
"""Requests for one account and region: about a minute at CloudTrail's rate."""

_AT_ONCE: Final = 16

Lines = dict[Address, tuple[str, ...]]
"""Resource, as a report of the fleet has it → what is known of who wrote to it."""


@dataclass(slots=True)
class Place:
    """One account and region: the targets with findings there, and what to look for, by their credentials.

    Addresses are those of a report.
    """

    targets: dict[AwsOptions, Target] = field(default_factory=dict)
    traces: dict[AwsOptions, dict[Address, Trace]] = field(default_factory=dict)

    @property
    def resources(self) -> list[Address]:
        """All resources that are asked about."""
        return [address for traces in self.traces.values() for address in traces]


def places(asked: Iterable[tuple[Target, Mapping[Address, Trace]]]) -> list[Place]:
    """What to ask, place by place: for each target what tells its resources, as a report names them."""
    done: dict[tuple[str, str, str], Place] = {}
    for target, traces in asked:
        if traces:
            place = done.setdefault(target.place, Place())
            options = target.aws_options()
            place.targets.setdefault(options, target)
            place.traces.setdefault(options, {}).update(traces)
    return list(done.values())


def of_target(target: Target, result: Result, findings: Iterable[Finding]) -> dict[Address, Trace]:
    """What tells the resources of a target's findings that are left; `result` is its whole comparison."""
    traces = traces_left(findings, result, target.region or "")
    return {named(target.name, address): trace for address, trace in traces.items()}


def ask(places: Sequence[Place], quotas: Mapping[str, int] | None, answers: Lines) -> None:
    """Fills `answers` (resource → lines) place by place, some side by side; what is there after a Ctrl-C
    stays. Raises nothing but KeyboardInterrupt: what could not be asked is in the lines.
    """
    sessions = Sessions(Budgets(quotas))

    def work(place: Place) -> None:
        answers.update(answer(place, sessions))

    try:
        in_parallel(work, places, _AT_ONCE)
    finally:
        sessions.stop()


def answer(place: Place, sessions: Sessions, calls: int = CALLS) -> Lines:
    """The lines of all resources of a place; `calls`: requests in all."""
    lines: Lines = {}
    left = calls
    for options, traces in place.traces.items():
        if left <= 0:
            lines |= not_asked(traces, f"not looked at: it ends after {calls} requests")
            continue
        try:
            aws = sessions.aws(place.targets[options])
            trail = last_writes(aws, traces, Limits(calls=left, pause=0))
        except TfgenError as fault:
            lines |= not_asked(traces, str(fault))
        except Exception as bug:  # noqa: BLE001 - who did it never costs what was found
            lines |= not_asked(traces, bug_of(bug))
        else:
            left -= trail.calls
            lines |= {address: lines_of(address, trail) for address in traces}
    return lines


def not_asked(addresses: Iterable[Address], reason: str) -> Lines:
    """The lines of resources of which nothing is known."""
    return {address: (unknown(reason),) for address in addresses}


def dumps(lines: Lines) -> str:
    """Lines as JSON, for the way from another machine."""
    return json.dumps([[one.module, one.kind, one.label, *said] for one, said in lines.items()])


def loads(text: str) -> Lines:
    """The lines again."""
    return {Address(module, kind, label): tuple(said) for module, kind, label, *said in json.loads(text)}


def summary(answers: Mapping[Address, Sequence[str]]) -> Iterator[str]:
    """What is not known, by reason, a line each: nothing is left out quietly."""
    reasons: dict[str, int] = {}
    for lines in answers.values():
        for line in lines:
            status, colon, reason = line.partition(": ")
            if colon and status == unknown("").partition(":")[0]:
                reasons[reason] = reasons.get(reason, 0) + 1
    for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"who wrote to {number:,} of {len(answers):,} resources is not (wholly) known: {reason}"
