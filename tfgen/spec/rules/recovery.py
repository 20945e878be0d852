"""The rules about account recovery, which the language reaches by overrides only."""

from __future__ import annotations

from typing import Any, Final

from tfgen.spec.decisions import mfa_factors
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.overrides import find_override
from tfgen.spec.rules.base import Fault, PoolFaults, PoolRule

NAMES: Final = ("verified_email", "verified_phone_number", "admin_only")
ALONE: Final = "admin_only"


def mechanisms(pool: UserPool, _spec: Spec) -> PoolFaults:
    """One or two ways with different names and priorities, admin_only alone."""
    override = find_override(pool, "AccountRecoverySetting")
    ways = _ways(override.value) if override is not None else []
    if override is None or not ways:
        return
    names = [name for name, _ in ways]
    priorities = [priority for _, priority in ways]
    if unknown := [name for name in names if name not in NAMES]:
        yield Fault(
            override.path, f"{unknown[0]!r} is no way to recover an account", f"one of {', '.join(NAMES)}"
        )
    if len(ways) > 2:
        yield Fault(override.path, f"names {len(ways)} ways to recover an account", "one or two")
    if len(set(names)) < len(names) or len(set(priorities)) < len(priorities):
        yield Fault(override.path, "names a way or a priority twice", "different names, priorities 1 and 2")
    if ALONE in names and len(names) > 1:
        yield Fault(override.path, f"{ALONE} cannot stand beside another way", f"{ALONE} alone")


def fits_factors(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A second factor cannot recover the account too: SMS excludes the phone, e-mail codes e-mail alone."""
    override = find_override(pool, "AccountRecoverySetting")
    names = [name for name, _ in _ways(override.value)] if override is not None else []
    if override is None or not names:
        return
    if "SMS" in mfa_factors(pool) and "verified_phone_number" in names:
        yield Fault(
            override.path, "verified_phone_number cannot go with the second factor SMS", "verified_email"
        )
    if "EMAIL_OTP" in mfa_factors(pool) and len(names) < 2:
        yield Fault(override.path, "one way is too few with the second factor EMAIL_OTP", "two ways")


def _ways(value: Any) -> list[tuple[str, int]]:
    """(name, priority) of every recovery mechanism in an override, in either spelling."""
    if isinstance(value, dict):
        lowered = {str(key).lower(): inner for key, inner in value.items()}
        if "name" in lowered and "priority" in lowered:
            return [(str(lowered["name"]), lowered["priority"])]
        return [way for inner in value.values() for way in _ways(inner)]
    if isinstance(value, list):
        return [way for inner in value for way in _ways(inner)]
    return []


RULES: tuple[PoolRule, ...] = (
    PoolRule("R29", "error", mechanisms),
    PoolRule("R24", "error", fits_factors),
)
