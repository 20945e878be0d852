"""The arguments of an app client that are about its tokens: how long they are good, in which unit, and
whether they rotate.
"""

from __future__ import annotations

from typing import Any

from tfgen.kinds.eras import DEFAULT_UNITS, DEFAULT_VALIDITY
from tfgen.kinds.field import Default, Field, Severity, Type, attr, block
from tfgen.kinds.rules import ROTATION_OFF
from tfgen.kinds.severities import only_larger, only_when

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_UNITS = {"access_token": ("hours", 1), "id_token": ("hours", 1), "refresh_token": ("days", 30)}
"""Token → the unit and the number that count where AWS shows none (API reference, TokenValidityUnits)."""


def validity(token: str, doc: str, live: str, spec: str, spec_unit: str = "seconds") -> Field:
    """How long one token is good; compared in seconds whatever unit each side has."""
    return attr(
        f"{token}_validity",
        Type.NUMBER,
        doc,
        live=live,
        spec=spec,
        folds=(DEFAULT_VALIDITY, DEFAULT_UNITS),
        keeps=True,
        weakens=only_larger(Severity.LOW),
        unit="seconds",
        spec_unit=SECONDS[spec_unit],
        unit_of=(f"token_validity_units.{token}", "seconds"),
    )


def _unit(token: str, live: str, ours: str) -> Field:
    """Always written: the provider takes a validity without its unit for zero seconds."""
    return attr(
        token,
        Type.STRING,
        f"Unit of {token}_validity.",
        live=live,
        default=Default(ours, "the spec's own unit"),
        unset=_UNITS[token][0],
        silent=DEFAULT_UNITS,
        keeps=True,
        allowed=tuple(SECONDS),
        folded_into=f"{token}_validity",
    )


ROTATION = block(
    "refresh_token_rotation",
    "Each refresh gives a new refresh token.",
    attr(
        "feature",
        Type.STRING,
        "Rotation is on.",
        live="Feature",
        unset="DISABLED",
        required=True,
        since="5.98.0",
        allowed=("ENABLED", "DISABLED"),
        severity=Severity.HIGH,
        weakens=only_when("DISABLED", Severity.MEDIUM),
    ),
    attr(
        "retry_grace_period_seconds",
        Type.NUMBER,
        "Seconds the old token stays good.",
        live="RetryGracePeriodSeconds",
        unset=0,
        since="5.98.0",
        range=(0, 60),
    ),
    live="RefreshTokenRotation",
    quiet=(ROTATION_OFF,),
    since="5.98.0",
)

VALIDITY_UNITS = block(
    "token_validity_units",
    "Units of the token validities.",
    _unit("access_token", "AccessToken", "seconds"),
    _unit("id_token", "IdToken", "seconds"),
    _unit("refresh_token", "RefreshToken", "days"),
    live="TokenValidityUnits",
)


def normalise(values: dict[str, Any]) -> dict[str, Any]:
    """Token validities in seconds, whatever their unit: 60 minutes are 1 hour are AWS's default."""
    done = {name: value for name, value in values.items() if name != "token_validity_units"}
    units = values.get("token_validity_units") or {}
    for token, (usual, number) in _UNITS.items():
        validity, unit = values.get(f"{token}_validity"), units.get(token)
        if DEFAULT_VALIDITY.applies(validity, values):  # in its own unit whatever the other tokens' units are
            validity, unit = number, usual
        elif unit is None and DEFAULT_UNITS.applies(unit, units):
            unit = usual
        if isinstance(validity, int) and unit in SECONDS:
            done[f"{token}_validity"] = validity * SECONDS[unit]
        else:  # a unit that AWS invented since is shown as it is
            done[f"{token}_validity"] = f"{validity} {unit}"
    return done
