"""Read AWS, compare, check across resources, ask who did it, accept, write, compare again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.live.cloud import POOL_ID, REGION, Account, Cloud
from tfgen.drift import compare
from tfgen.drift.adopt import adopt, select
from tfgen.drift.cross import cross_checks, merged
from tfgen.drift.match import match
from tfgen.finding import Finding
from tfgen.kinds import lower
from tfgen.known import Known
from tfgen.live import AwsOptions, connect, fetch
from tfgen.live.blame import blamed
from tfgen.live.traces import traces
from tfgen.live.trail import last_writes
from tfgen.spec import Options, load
from tfgen.spec.edit import read_texts, write

SPEC = """\
# people
resources:
  people:
    type: user-auth-pool
    properties:
      passwordPolicy: { minimumLength: 8 }   # for now
    overrides:
      UserPoolClient:
        ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH]
"""


def test_from_aws_to_the_file_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    path = tmp_path / "pools.yml"
    path.write_text(SPEC)
    options = Options(region=REGION)
    with Account() as server:
        cloud = Cloud(server)
        pool = cloud.add("people", MfaConfiguration="OFF")
        pool.pool["Policies"]["PasswordPolicy"]["MinimumLength"] = 6
        pool.pool["EmailConfiguration"] = {"EmailSendingAccount": "DEVELOPER"}
        server.answer("LookupEvents", lambda request: {"Events": [_event(request)]})
        aws = connect(AwsOptions(region=REGION, attempts=1, endpoint_url=server.emulator.url))

        def found() -> list[Finding]:
            spec = load([path], options)
            desired, known = lower(spec), Known()
            live = fetch(desired, known, aws)
            resolver = match(desired, live, known).resolver
            across = cross_checks(spec, desired, live, resolver)
            findings = merged(compare(spec, desired, live, known).findings, across)
            wanted = traces(findings, desired, live, resolver.pairs, REGION)
            trail = last_writes(aws, wanted, sleep=lambda seconds: None)
            return blamed(findings, trail)

        before = found()
        length = next(one for one in before if one.path == "password_policy.minimum_length")
        assert "UpdateUserPool by arn:aws:iam::1:user/anna from 192.0.2.1" in length.writes[0]
        assert any("tfgen email-sender-missing" in one.controls for one in before)

        spec = load([path], options)
        texts, known = read_texts(spec, options), Known()
        live = fetch(lower(spec), known, aws)
        chosen = select(before, ["minimum_length", f"aws_cognito_user_pool.this:{length.path}"])
        adopted = adopt(texts, chosen.findings, live, known)
        assert [outcome.refused for outcome in adopted.outcomes] == [""]
        for name, old, new in adopted.changed():
            write(name, old, new)
        assert path.read_text() == SPEC.replace("minimumLength: 8", "minimumLength: 6")
        assert {one.path for one in before} - {one.path for one in found()} == {length.path}


def _event(request: Mapping[str, Any]) -> dict[str, str]:
    record = {
        "eventName": request["LookupAttributes"][0]["AttributeValue"],
        "eventTime": "2025-04-03T10:20:30Z",
        "userIdentity": {"arn": "arn:aws:iam::1:user/anna"},
        "sourceIPAddress": "192.0.2.1",
        "requestParameters": {"userPoolId": POOL_ID},
    }
    return {"CloudTrailEvent": json.dumps(record)}
