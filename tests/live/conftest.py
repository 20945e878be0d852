"""An account to read from, and the way to it.

The server and boto3's clients (about 0.1 s each to make) are shared by all tests; the account, the
calls it has seen and tfgen's own view of AWS are new for each.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live import specs
from tests.live.cloud import REGION, Account, Cloud
from tfgen.known import Known
from tfgen.live import Aws, AwsOptions, connect, fetch
from tfgen.live.clients import MakeClient
from tfgen.resource import State


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture(scope="session")
def server() -> Iterator[Account]:
    with Account() as running:
        yield running


@pytest.fixture(scope="session")
def shared_clients(server: Account) -> MakeClient:
    """boto3's own clients with one attempt each, because a retry waits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        aws = connect(AwsOptions(region=REGION, attempts=1, endpoint_url=server.emulator.url))
        aws.new_client("cognito-idp", REGION)  # finds the credentials while they are there
    return functools.cache(aws.new_client)


@pytest.fixture
def cloud(server: Account) -> Iterator[Cloud]:
    server.forget()
    yield Cloud(server)
    assert not server.unprepared, f"no answers were prepared for {sorted(set(server.unprepared))}"


@pytest.fixture
def aws(cloud: Cloud, shared_clients: MakeClient) -> Aws:
    return Aws(shared_clients, AwsOptions(region=REGION, attempts=1), REGION)


def options(cloud: Cloud, **others: object) -> AwsOptions:
    """The way to the account for tests that connect themselves."""
    given: dict[str, object] = {"region": REGION, "attempts": 1, "endpoint_url": cloud.server.emulator.url}
    return AwsOptions(**(given | others))  # type: ignore[arg-type]


@pytest.fixture
def read(aws: Aws, tmp_path: Path) -> Callable[..., State]:
    """The live side of a spec's text."""

    def read_text(text: str, known: Known | None = None) -> State:
        return fetch(specs.desired(text, tmp_path), known or Known(), aws)

    return read_text
