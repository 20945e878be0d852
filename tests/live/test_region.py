"""Which region a run looks at, in the order of the AWS CLI."""

from __future__ import annotations

import pytest

from tfgen.live import AwsOptions, connect


@pytest.mark.parametrize(
    ("option", "environment", "region"),
    [
        ("eu-west-1", {"AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-1"),
        (None, {"AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-2"),
        (None, {"AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-3"),
        (None, {"AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-3"),
        (None, {}, None),
    ],
)
def test_order(
    monkeypatch: pytest.MonkeyPatch, option: str | None, environment: dict[str, str], region: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert connect(AwsOptions(region=option)).region == region
