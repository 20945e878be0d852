"""An account to read from, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live import specs
from tests.live.cloud import REGION, Account, Cloud
from tfgen.known import Known
from tfgen.live import Aws, AwsOptions, connect, fetch
from tfgen.resource import State


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with Account() as server:
        yield Cloud(server)
    assert not server.unprepared, f"no answers were prepared for {sorted(set(server.unprepared))}"


@pytest.fixture
def aws(cloud: Cloud) -> Aws:
    return connect(options(cloud))


def options(cloud: Cloud, **others: object) -> AwsOptions:
    """The way to the account; one attempt, because a retry waits."""
    given: dict[str, object] = {"region": REGION, "attempts": 1, "endpoint_url": cloud.server.emulator.url}
    return AwsOptions(**(given | others))  # type: ignore[arg-type]


@pytest.fixture
def read(aws: Aws, tmp_path: Path) -> Callable[..., State]:
    """The live side of a spec's text."""

    def read_text(text: str, known: Known | None = None) -> State:
        return fetch(specs.desired(text, tmp_path), known or Known(), aws)

    return read_text
