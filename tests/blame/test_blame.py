"""What a finding says of who wrote to its resource."""

from __future__ import annotations

import datetime as dt

from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.live.blame import blamed
from tfgen.live.trail import Trail
from tfgen.live.trail_event import Write
from tfgen.resource import Address

WRITE = Write("UpdateUserPool", dt.datetime(2025, 4, 3, 10, 20, 30, tzinfo=dt.UTC), "arn:anna", "192.0.2.7")
LINE = "2025-04-03 10:20:30 UTC UpdateUserPool by arn:anna from 192.0.2.7"


def finding(module: str, status: Status = Status.MODIFIED) -> Finding:
    address = Address(module, "aws_cognito_user_pool")
    return Finding(status=status, address=address, path="x", severity=Severity.LOW)


def test_lines() -> None:
    trail = Trail(
        {finding("a").address: [WRITE, WRITE], finding("b").address: [WRITE]},
        {finding("b").address: "it was refused", finding("c").address: "it was refused"},
    )
    findings = [*map(finding, "abcd"), finding("a", Status.NOT_CHECKED)]
    assert [one.writes for one in blamed(findings, trail)] == [
        (LINE, LINE),
        (LINE, "NOT_CHECKED: it was refused"),
        ("NOT_CHECKED: it was refused",),
        ("no write in the last 90 days",),
        (),
    ]
