"""One user pool: the pool itself, its MFA settings, and everything that belongs to it."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.user_pool import KIND
from tfgen.live import firewalls, permissions, pool_parts, records, roles
from tfgen.live.collect import Collector
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.find import pool_region
from tfgen.live.module import Module

_POOL, _MFA = KIND.sources["pool"], KIND.sources["mfa"]


def read_pool(module: Module, pool_id: str) -> None:
    """Everything of one pool, as far as AWS lets us; nothing at all when there is no such pool.

    Calls for a pool with c clients, p providers and d domains: 4 + c + p + d; where there is a
    domain, one for the pool's style and one for each styled client; one for its firewall where the
    spec has one; and what its role, its functions' policies and its DNS record take. Raises LiveError
    when nothing can be read.
    """
    region = pool_region(pool_id)
    answers: dict[str, Any] = {"pool": {"Id": pool_id}}
    failed: dict[str, str] = {}
    try:
        answers["pool"] = _describe(module, pool_id, region)
    except AbsentError:
        return
    except UnreadError as unread:
        failed["pool"] = unread.reason
    module.known.region = region
    _learn_from_arn(module, answers["pool"].get("Arn"))
    try:
        _read_with_parts(module, pool_id, region, answers, failed)
    except pool_parts.PoolGoneError:
        module.found = Collector(module.key)  # what vanished half-way cannot be compared
        if "pool" not in failed:
            reason = f"user pool {pool_id} was deleted while it was read: run again"
            module.found.unread_kinds(module.kinds, reason)
        return
    roles.read(module, region)
    permissions.read(module, region, caller=f"userpool/{pool_id}")
    records.read(module, region)


def _read_with_parts(
    module: Module, pool_id: str, region: str, answers: dict[str, Any], failed: dict[str, str]
) -> None:
    try:
        answers["mfa"] = _mfa(module, pool_id, region)
    except UnreadError as unread:
        failed["mfa"] = unread.reason
    pool = module.found.add(KIND, pool_id, answers)
    for source, reason in failed.items():
        module.found.unread_source(KIND, source, pool, reason)
    pool_parts.read(module, pool_id, region, answers["pool"], failed.get("pool"))
    if not firewalls.read(module, pool, region, failed.get("pool")):
        pool_parts.still_there(module, pool_id, region)


def _describe(module: Module, pool_id: str, region: str) -> dict[str, Any]:
    answer = module.aws.call(_POOL, region, UserPoolId=pool_id)
    if not answer.get("Id"):
        raise UnreadError("DescribeUserPool answers without a user pool")
    return answer


def _mfa(module: Module, pool_id: str, region: str) -> dict[str, Any]:
    try:
        answer = module.aws.call(_MFA, region, UserPoolId=pool_id)
    except AbsentError:
        raise pool_parts.PoolGoneError from None
    if not answer.get("MfaConfiguration"):
        raise UnreadError("GetUserPoolMfaConfig answers without a state of MFA")
    return answer


def _learn_from_arn(module: Module, arn: str | None) -> None:
    """`arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>`."""
    parts = (arn or "").split(":")
    if len(parts) == 6:
        module.known.partition, module.known.account = parts[1], parts[4]
