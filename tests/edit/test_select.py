"""Which findings a path of the command line means."""

from __future__ import annotations

import pytest

from tfgen.drift.adopt import select
from tfgen.errors import UsageError
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.resource import Address


def finding(kind: str, path: str, spec_path: str = "") -> Finding:
    return Finding(
        status=Status.MODIFIED,
        address=Address("pool", kind),
        path=path,
        severity=Severity.LOW,
        spec_path=spec_path,
    )


POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
FINDINGS = [
    finding(POOL, "password_policy.minimum_length", "resources.pool.properties.passwordPolicy.minimumLength"),
    finding(POOL, "password_policy.require_symbols", "resources.pool.properties.passwordPolicy"),
    finding(POOL, 'schema["custom:x"].mutable', "resources.pool.properties.schema.0"),
    finding(CLIENT, "name", "resources.pool"),
    finding(CLIENT, ""),
]


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("password_policy.minimum_length", [0]),
        ("minimum_length", [0]),
        ("password_policy", [0, 1]),
        ("password_policy.*", [0, 1]),
        ('schema["custom:x"].mutable', [2]),
        (f"module.pool.{CLIENT}.this:", [3, 4]),
        (f"{CLIENT}.this:name", [3]),
        (f"module.*.{POOL}.this:password_policy", [0, 1]),
        ("resources.pool.properties.passwordPolicy.minimumLength", [0]),
        ("pool.properties.passwordPolicy", [0, 1]),
        ("pool.properties.schema[0]", [2]),
        ("resources.pool.properties", [0, 1, 2]),
        ("nothing", []),
        ("pool.prop", []),
    ],
)
def test_select(path: str, places: list[int]) -> None:
    selection = select(FINDINGS, [path])
    assert selection.findings == tuple(FINDINGS[place] for place in places)
    assert selection.unmatched == (() if places else (path,))


def test_what_cannot_be_a_path() -> None:
    with pytest.raises(UsageError, match="--accept"):
        select(FINDINGS, ["!name"])
