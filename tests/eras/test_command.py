"""`tfgen drift` over these pools as a user runs it, with boto3's own clients on the wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from typing import Any
from unittest import mock

import pytest

from tests.eras.era import Era, eras, stubbed
from tests.harness.http_replay import JSON_SERVICES, REST_SERVICES, Fault
from tests.live.cloud import Account, Gone
from tests.live.stubs import Stub
from tfgen.cli.main import run
from tfgen.live import Aws, AwsOptions, connect
from tfgen.live.clients import MakeClient

REGION = "eu-west-1"


@pytest.fixture(scope="module")
def server() -> Iterator[Account]:
    with Account() as running:
        yield running


@pytest.fixture(scope="module")
def clients(server: Account) -> MakeClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        aws = connect(AwsOptions(region=REGION, attempts=1, endpoint_url=server.emulator.url))
        aws.new_client("cognito-idp", REGION)  # finds the credentials while they are there
    return cache(aws.new_client)


@pytest.mark.parametrize("era", eras(), ids=lambda era: era.name)
def test_the_command_says_the_same(era: Era, server: Account, clients: MakeClient) -> None:
    answers = dict(stubbed(era.answers()))
    server.forget()
    for operation, answer in answers.items():
        name = "".join(word.capitalize() for word in operation.split("_")).replace("Ui", "UI")
        server.answer(name, _served(answer))
    stub = Stub(answers)

    def client(service: str, region: str) -> Any:
        return clients(service, region) if service in (*JSON_SERVICES, *REST_SERVICES) else stub

    aws = Aws(client, AwsOptions(region=era.region, attempts=1), era.region)
    words = ["drift", str(era.folder / "spec.yml"), "--region", era.region, "--format", "json", "-q"]
    with mock.patch("tfgen.live.connect", return_value=aws), redirect_stdout(StringIO()) as out:
        code = run([*words, *era.arguments])
    found = json.loads(out.getvalue())["findings"]
    expected = era.check().findings
    assert [(item["resource"], item["path"] or "", item["severity"]) for item in found] == [
        (str(item.address), item.path, str(item.severity)) for item in expected
    ]
    assert code == (2 if expected else 0)


def _served(answer: Any) -> Any:
    """An answer of a stub for the server, which gives a refusal as a fault."""
    if not callable(answer):
        return answer
    asked: Callable[[Any], dict[str, Any]] = answer

    def respond(request: Any) -> dict[str, Any]:
        try:
            return asked(request)
        except Exception as refused:
            raise Gone(Fault("ResourceNotFoundException", 400)) from refused

    return respond
