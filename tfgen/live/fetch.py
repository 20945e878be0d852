"""Reads all that a desired state stands for: pools first, then HTTP APIs, some side by side."""

from __future__ import annotations

from collections.abc import Iterable

from tfgen.errors import LiveError
from tfgen.kinds import http_api, user_pool
from tfgen.known import Known
from tfgen.live import find
from tfgen.live.aws import Aws
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.gateway import read_gateway
from tfgen.live.module import Module, modules_of
from tfgen.live.operations import WHO_AM_I
from tfgen.live.parallel import in_parallel
from tfgen.live.pool import read_pool
from tfgen.resource import Address, State


def fetch(desired: State, known: Known, aws: Aws) -> State:
    """The live side of `desired`; fills in `known`'s account, partition and region. Never writes to AWS.

    A live resource's label is its id (`attributes["id"]`). What could not be read or is not
    understood is in `State.unread`: its label is a live id where the resource is in the state
    nonetheless, and the desired label where it is not.
    Raises LiveError when nothing can be read (credentials, region, endpoint) or a name is not
    unique.
    """
    region = aws.options.region or known.region or aws.region
    modules = list(modules_of(desired, known, aws))
    pools = [module for module in modules if module.of_kind(user_pool.TYPE)]
    gateways = [module for module in modules if not module.of_kind(user_pool.TYPE)]
    try:
        _read_pools(pools, region, aws)
        _learn(known, pools, region)
        if gateways:
            _read_gateways(gateways, known, aws)
    except BaseException:
        aws.stop("the run has ended")  # for reads under way in other threads
        raise
    return _together(modules)


def _read_pools(modules: list[Module], region: str | None, aws: Aws) -> None:
    found: list[tuple[Module, str]] = []
    names: find.Names | None = None
    for module in modules:
        pool_id = module.known.ids.get(str(Address(module.key, user_pool.TYPE)))
        if pool_id is None:
            where = _needed(region)
            names = names or find.pools_by_name(aws, where)
            pool_id = _by_name(module, user_pool.TYPE, names, where, f"--pool-id {module.key}=ID")
        if pool_id is not None:
            find.pool_region(pool_id)  # no pool is read before all ids are proven
            found.append((module, pool_id))
    in_parallel(lambda item: read_pool(*item), found, aws.options.pools_at_once)


def _learn(known: Known, pools: Iterable[Module], region: str | None) -> None:
    """Account, partition and region of the run, as the first pool that was read tells them."""
    read = next((module.known for module in pools if module.known.account), None)
    if read is not None:
        known.account, known.partition = read.account, read.partition
    known.region = region or (read.region if read is not None else None)


def _read_gateways(modules: list[Module], known: Known, aws: Aws) -> None:
    region = _needed(known.region)
    if known.account is None:
        _ask_account(known, aws, region)
    found: list[tuple[Module, str]] = []
    names: find.Names | None = None
    for module in modules:
        module.known.account, module.known.partition = known.account, known.partition
        option = f"--var api_ids.{module.key}=ID"
        given = module.known.ids.get(str(Address(module.key, http_api.TYPE)))
        api_id = given or module.known.variables.get(f"api_ids.{module.key}")
        if api_id is None and module.of_kind(http_api.TYPE):
            names = names or find.apis_by_name(aws, region)
            api_id = _by_name(module, http_api.TYPE, names, region, option)
        elif api_id is None:
            reason = f"the spec does not declare {module.key}: give its API's id with {option} or --outputs"
            module.found.unread_kinds(module.kinds, reason)
        if api_id is not None:
            found.append((module, api_id))
    in_parallel(lambda item: read_gateway(*item, region), found, aws.options.pools_at_once)


def _by_name(module: Module, kind: str, names: find.Names, region: str, option: str) -> str | None:
    """The id of the module's pool or API; None when there is none, or when nothing can be said."""
    name = module.value(module.of_kind(kind)[0], "name")
    try:
        return find.the_one(names, name, kind=kind, key=module.key, option=option, region=region)
    except UnreadError as failed:
        module.found.unread_kinds(module.kinds, failed.reason)
        return None


def _ask_account(known: Known, aws: Aws, region: str) -> None:
    """Which account the credentials belong to; needs no permission, and may fail without harm."""
    try:
        answer = aws.call(WHO_AM_I, region)
    except (AbsentError, UnreadError):
        return
    known.account = answer.get("Account")
    parts = str(answer.get("Arn", "")).split(":")
    if len(parts) > 1:
        known.partition = parts[1]


def _needed(region: str | None) -> str:
    if region is None:
        raise LiveError(find.NO_REGION)
    return region


def _together(modules: Iterable[Module]) -> State:
    state = State()
    for module in modules:
        for resource in module.found.state.resources.values():
            state.add(resource)
        state.unread.extend(module.found.state.unread)
    return state
