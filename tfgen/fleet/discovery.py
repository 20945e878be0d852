"""User pools of the targets' accounts that no target's specs stand for. Read-only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import LiveError, TfgenError
from tfgen.finding import Finding, Result, Status, Trace
from tfgen.fleet.budget import Budgets
from tfgen.fleet.check import covers, desired_of
from tfgen.fleet.result import Covers, TargetResult
from tfgen.fleet.sessions import Sessions
from tfgen.fleet.target import Fleet, Target
from tfgen.kinds import KINDS, user_pool
from tfgen.kinds.field import Severity
from tfgen.live.discover import LivePool, discover
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.parallel import in_parallel
from tfgen.resource import Address

_AT_ONCE: Final = 8
_NAMED: Final = 10


@dataclass(slots=True)
class _Place:
    """A region of an account: the target whose credentials it is asked with, and whose pools it may have.

    Findings stand where the fleet file names that target.
    """

    target: Target
    account: str | None
    region: str | None
    ids: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Discovered:
    """One account and region: `name`, which its findings have in place of a module's, whose credentials
    it was asked with, and what was found.

    `result.compared` are the pools that some spec covers, under the name of the place.
    """

    name: str
    target: Target
    account: str | None
    region: str | None
    result: Result


def unmanaged(fleet: Fleet, targets: Sequence[Target], results: Iterable[TargetResult]) -> list[Discovered]:
    """An UNMANAGED finding (medium) for each pool in the targets' accounts and regions without a spec,
    place by place, sorted.

    `results` spare reading the specs again; all targets of the fleet count as covering, also those
    that were not selected. Where a target's pools cannot be told, nothing of its account and region
    is called unmanaged, but NOT_CHECKED. One listing for each account and region.
    """
    done = {result.name: result for result in results}
    sessions = Sessions(Budgets(fleet.quotas))
    accounts = {target.name: _account(target, done, sessions) for target in fleet.targets}
    places: dict[tuple[str, str | None, str], _Place] = {}
    for target in targets:
        region = _region(target, done)
        account = accounts[target.name]
        key = (account or target.owner, region, target.endpoint_url or "")
        places.setdefault(key, _Place(target, account, region))
    for target in fleet.targets:
        near = [place for place in places.values() if _may_be_in(target, accounts[target.name], place, done)]
        if near:
            _cover(near, target, done)
    found = in_parallel(lambda place: _discovered(place, sessions), list(places.values()), _AT_ONCE)
    return sorted(found, key=lambda one: one.name)


def _account(target: Target, done: Mapping[str, TargetResult], sessions: Sessions) -> str | None:
    """The account that a target is in, as AWS says; None where it does not say."""
    result = done.get(target.name)
    known = (result.account if result is not None else None) or target.account
    if known is not None:
        return known
    try:
        aws = sessions.aws(target)
        region = target.region or aws.region
        return aws.account(region) if region is not None else None
    except (LiveError, UnreadError, AbsentError):
        return None


def _region(target: Target, done: Mapping[str, TargetResult]) -> str | None:
    result = done.get(target.name)
    return target.region or (result.region if result is not None else None)


def _may_be_in(target: Target, account: str | None, place: _Place, done: Mapping[str, TargetResult]) -> bool:
    """Whether some of a target's pools may be there: an unknown account or region may be any."""
    if (target.endpoint_url or "") != (place.target.endpoint_url or ""):
        return False
    if None not in (account, place.account) and account != place.account:
        return False
    # Ids that are known may be of any region.
    given = bool(target.pool_ids or target.outputs or target.state)
    return given or _region(target, done) in (None, place.region)


def _cover(places: list[_Place], target: Target, done: Mapping[str, TargetResult]) -> None:
    result, why = done.get(target.name), ""
    covered: Covers | None = result.covers if result is not None else None
    if covered is None:
        try:
            _, desired, known = desired_of(target)
            covered = covers(desired, known)
        except TfgenError as fault:
            why = str(fault).partition("\n")[0]
    for place in places:
        if covered is None or not covered.complete:
            said = why or "a pool's name is known at deployment only: give pool_ids, outputs or state"
            place.unclear.append(f"{target.name} ({said})")
        if covered is not None:
            place.ids |= covered.ids
            place.names |= covered.names


def _discovered(place: _Place, sessions: Sessions) -> Discovered:
    name = f"{place.account or place.target.owner}/{place.region or ''}".rstrip("/")
    return Discovered(name, place.target, place.account, place.region, _result(place, name, sessions))


def _result(place: _Place, module: str, sessions: Sessions) -> Result:
    try:
        aws = sessions.aws(place.target)
        region = place.region or aws.region
        if region is None:
            raise LiveError("no AWS region is known: give the target a region")
        pools = discover(aws, region)
    except (TfgenError, UnreadError, AbsentError) as fault:
        return Result(findings=[_not_checked(place, module, str(fault))])
    left = [pool for pool in pools if pool.id not in place.ids and pool.name not in place.names]
    if left and place.unclear:
        named = ", ".join(pool.id for pool in left[:_NAMED]) + (", …" if len(left) > _NAMED else "")
        why = f"{len(left)} pools ({named}) may be of {'; '.join(place.unclear[:_NAMED])}"
        return Result(findings=[_not_checked(place, module, why)])
    without = {pool.id for pool in left}
    covered = [pool.id for pool in pools if pool.id not in without]
    findings = sorted((_found(place, module, pool) for pool in left), key=lambda one: one.sort_key)
    return Result(
        findings=findings,
        compared=[Address(module, user_pool.TYPE, pool) for pool in covered],
        labels=covered,
        traces={one.address: Trace({"userpoolid": one.address.label}, region) for one in findings},
    )


def _found(place: _Place, module: str, pool: LivePool) -> Finding:
    return Finding(
        status=Status.UNMANAGED,
        address=Address(module, user_pool.TYPE, pool.id),
        path="",
        severity=Severity.MEDIUM,
        position=place.target.position,
        live=f"name {pool.name}, id {pool.id}",
        declared=False,
        arguments={"name": pool.name},
        controls=KINDS[user_pool.TYPE].controls,
        effect="Terraform does not know it and leaves it as it is",
        accept="add it to a spec and import it, or delete it in AWS",
    )


def _not_checked(place: _Place, module: str, reason: str) -> Finding:
    return Finding(
        status=Status.NOT_CHECKED,
        address=Address(module, user_pool.TYPE, "*"),
        path="",
        severity=Severity.MEDIUM,
        position=place.target.position,
        reason=reason,
    )
