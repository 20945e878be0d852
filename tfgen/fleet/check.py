"""The drift check of one target: its specs lowered once, its pools read and compared part by part."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from tfgen.drift import check as check_all
from tfgen.drift.match import Matched, match
from tfgen.errors import LiveError, Problem, SpecError, TfgenError
from tfgen.finding import Result
from tfgen.fleet.chunks import POOLS, chunks, pools_of
from tfgen.fleet.ids import known_of
from tfgen.fleet.result import Covers, TargetResult, add
from tfgen.fleet.sessions import Sessions, TargetAws
from tfgen.fleet.target import Target
from tfgen.kinds import lower
from tfgen.known import Known
from tfgen.live import fetch
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.traces import traces
from tfgen.resource import Address, State, Unread, evaluate
from tfgen.spec import Options, Spec, load

Compare = Callable[[Spec, State, State, Known, Matched], Result]
"""desired, live, known of some modules and which is which → what differs. Runs in any thread, or another
process."""

_IN_A_ROW: Final = 3
"""Targets of one set of credentials that may fail as a whole before the others are not tried any more."""


class Watch(Protocol):
    """Hears how far a run is; called from many threads."""

    def planned(self, target: str, pools: int) -> None:
        """A target's specs were read."""

    def checked(self, target: str, pools: int, findings: int) -> None:
        """Some of a target's pools were compared."""


class NoWatch:
    """Nobody watches."""

    def planned(self, target: str, pools: int) -> None:
        """Nothing."""

    def checked(self, target: str, pools: int, findings: int) -> None:
        """Nothing."""


@dataclass(slots=True)
class _Work:
    """What is known of a target under way, for its result in case it fails."""

    target: Target
    aws: TargetAws | None = None
    pools: int = 0
    account: str | None = None
    covers: Covers | None = None
    warnings: tuple[Problem, ...] = ()


def check(
    target: Target,
    sessions: Sessions,
    watch: Watch | None = None,
    compare_with: Compare = check_all,
    pools_at_once: int = POOLS,
) -> TargetResult:
    """Checks one target; whatever goes wrong with it is in the result, no exception but Ctrl-C's leaves."""
    start = time.monotonic()
    work = _Work(target)
    result, failure = None, ""
    try:
        result = _checked(work, sessions, watch or NoWatch(), compare_with, pools_at_once)
    except TfgenError as fault:
        failure = str(fault)
        if isinstance(fault, SpecError):
            work.warnings = tuple(fault.warnings)
    except (UnreadError, AbsentError) as fault:
        failure = str(fault)
    except Exception as bug:  # noqa: BLE001 - one target never ends the others
        failure = bug_of(bug)
    return TargetResult(
        name=target.name,
        result=result,
        failure=failure,
        seconds=time.monotonic() - start,
        calls=work.aws.calls if work.aws is not None else 0,
        pools=work.pools,
        account=work.account,
        region=target.region or (work.aws.region if work.aws is not None else None),
        stage=target.stage,
        covers=work.covers,
        warnings=work.warnings,
    )


def desired_of(target: Target) -> tuple[Spec, State, Known]:
    """A target's spec, lowered, and what is known of it. Raises SpecError, UsageError."""
    options = Options(
        stage=target.stage, service_name=target.service_name, region=target.region, args=target.args
    )
    spec = load(target.specs, options)
    desired = lower(spec)
    known = known_of(target, desired)
    known.region = target.region
    return spec, desired, known


def covers(desired: State, known: Known) -> Covers:
    """Which live pools the specs stand for."""
    ids, names, complete = set(), set(), True
    for pool in pools_of(desired):
        given = known.ids.get(str(Address(pool.address.module, pool.kind)))
        name = evaluate(pool.values.get("name"), known.lookup)
        if given is not None:
            ids.add(given)
        elif isinstance(name, str):
            names.add(name)
        else:
            complete = False
    return Covers(frozenset(ids), frozenset(names), complete)


def _checked(
    work: _Work, sessions: Sessions, watch: Watch, compare_with: Compare, pools_at_once: int
) -> Result:
    spec, desired, known = desired_of(work.target)
    work.warnings = tuple(spec.warnings)
    work.pools = len(pools_of(desired))
    work.covers = covers(desired, known)
    watch.planned(work.target.name, work.pools)
    work.aws = sessions.aws(work.target)
    _right_account(work)
    whole, failure = Result(), None
    answered = False
    for part in chunks(desired, pools_at_once):
        here = replace(known)
        try:
            live = _read(part, here, work, sessions)
            work.account = work.account or here.account
            answered = True
        except LiveError as fault:
            failure = failure or fault
            live = _unread(part, str(fault))
        _same_account(work.target, here.account)
        matched = match(part, live, here)
        found = compare_with(spec, part, live, here, matched)
        region = here.region or work.aws.region or ""
        found.traces = traces(found.findings, part, live, matched.resolver.pairs, region)
        add(whole, found)
        watch.checked(work.target.name, len(pools_of(part)), len(found.findings))
    if failure is not None and not answered:
        raise failure
    _same_account(work.target, work.account, needed=True)
    whole.findings.sort(key=lambda finding: finding.sort_key)
    return whole


def _read(part: State, known: Known, work: _Work, sessions: Sessions) -> State:
    """The live side of a part; tried once more where the account answers others. Raises LiveError."""
    aws = work.aws
    assert aws is not None  # noqa: S101 - for mypy
    _worth_trying(aws)
    try:
        return fetch(part, known, aws)
    except LiveError as fault:
        again = aws.shared.alive
        if not again:
            if aws.calls:
                aws.shared.failed()
            raise
        first = fault
    calls = aws.calls
    work.aws = fresh = sessions.aws(work.target)
    fresh.add_calls(calls)
    try:
        return fetch(part, known, fresh)
    except LiveError:
        fresh.shared.failed()
        raise first from None


def _worth_trying(aws: TargetAws) -> None:
    """A dead account costs the timeouts of a few targets, not those of all. Raises LiveError."""
    if aws.shared.failures >= _IN_A_ROW and not aws.shared.alive:
        raise LiveError(f"not tried: {_IN_A_ROW} targets in a row failed with these credentials")


def _right_account(work: _Work) -> None:
    """A target that names its account is not read with the credentials of another one."""
    target, aws = work.target, work.aws
    if target.account is None or aws is None:
        return
    region = target.region or aws.region
    _worth_trying(aws)
    try:
        work.account = aws.account(region) if region is not None else None
    except (UnreadError, AbsentError):
        return  # the pools' ARNs will tell
    except LiveError:
        aws.shared.failed()
        raise
    _same_account(target, work.account)


def _same_account(target: Target, account: str | None, *, needed: bool = False) -> None:
    if target.account is None or account == target.account or (account is None and not needed):
        return
    found = "AWS does not say whose they are" if account is None else f"these credentials are of {account}"
    raise LiveError(f"the target is in account {target.account}, and {found}: check profile or role_arn")


def _unread(part: State, reason: str) -> State:
    """A live side of which nothing was read."""
    kinds = dict.fromkeys((address.module, address.kind) for address in part.resources)
    return State(unread=[Unread(module, kind, reason) for module, kind in kinds])


def bug_of(bug: Exception) -> str:
    """Where a bug is, without its text, which may hold anything."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"a bug of tfgen, please report it: {type(bug).__name__} in {frame.name} ({place})"
