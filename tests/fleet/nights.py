"""A fleet's accounts, which somebody changes between one night and the next, and their CloudTrail.

    with nights(tmp_path, monkeypatch, pools=10) as server:
        change(server, rogue="https://a.example", tier="PLUS")

`rogue`: pool 5 has a second app client with this callback URL (and a secret that is a canary). `tier`: the
feature plan of pool 4, on which the spec is silent. `length`: the password length of pool 3. `refused`: a
pool that may not be described. `trail`: "denied", or how many pages of writes to other pools there are
before the one to pool 3.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.fleet.world import aws_environment
from tests.harness.fleet_server import Answer, FleetServer, Settings, World, account_id, pool_id, serve

CANARY: Final = "canary-rogue-secret-77"
ROGUE: Final = "load0test0client0id0000000"
_ROOT: Final = Path(__file__).resolve().parents[2]


class Nights(World):
    """All pools are there; pool 3 is as `length` says."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.night = {"rogue": "", "tier": "ESSENTIALS", "length": "12", "refused": "", "trail": "0"}
        self.operations["LookupEvents"] = self._events
        self.operations["ListUserPoolClients"] = self._clients
        self.operations["DescribeUserPoolClient"] = self._one_client

    def missing(self, number: int) -> bool:
        """All are there."""
        return False

    def facts(self, path: str) -> Any:
        """`/night?rogue=…` changes what is live."""
        url = urllib.parse.urlsplit(path)
        if url.path != "/night":
            return super().facts(path)
        self.night |= dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        return self.night

    def pool(self, account: int, region: str, number: int) -> Answer:
        """Pools 3 and 4 are as the night has them."""
        if str(number) == self.night["refused"]:
            raise LookupError("AccessDeniedException")
        pool = super().pool(account, region, number)
        length = int(self.night["length"]) if number == 3 else 12
        pool["Policies"]["PasswordPolicy"]["MinimumLength"] = length
        return pool | {"UserPoolTier": self.night["tier"] if number == 4 else "ESSENTIALS"}

    def _clients(self, account: int, region: str, request: Answer) -> Answer:
        _, _, number = self._which(account, region, request)
        found = [self.client(account, region, number)]
        if number == 5 and self.night["rogue"]:
            found.append(self._rogue(account, region))
        listed = ("ClientId", "ClientName", "UserPoolId")
        return {"UserPoolClients": [{name: one[name] for name in listed} for one in found]}

    def _one_client(self, account: int, region: str, request: Answer) -> Answer:
        if request["ClientId"] == ROGUE:
            return {"UserPoolClient": self._rogue(account, region)}
        return {"UserPoolClient": self.client(*self._which(account, region, request))}

    def _rogue(self, account: int, region: str) -> Answer:
        changed = {"ClientId": ROGUE, "ClientName": "load-test", "ClientSecret": CANARY}
        urls = [self.night["rogue"]]
        return (
            self.client(account, region, 5) | changed | {"CallbackURLs": urls, "DefaultRedirectURI": urls[0]}
        )

    def _events(self, account: int, region: str, request: Answer) -> Answer:
        if self.night["trail"] == "denied":
            raise LookupError("AccessDeniedException")
        (wanted,) = request["LookupAttributes"]
        pages, here = int(self.night["trail"]), int(request.get("NextToken", "0"))
        if wanted["AttributeValue"] != "UpdateUserPool":
            return {"Events": []}
        last = here >= pages
        pool = pool_id(account, region, 3) if last else pool_id(account, region, 999)
        record = {
            "eventName": "UpdateUserPool",
            "eventTime": "2026-11-20T10:20:30Z",
            "sourceIPAddress": "192.0.2.7",
            "userIdentity": {"arn": f"arn:aws:iam::{account_id(account)}:user/anna"},
            "requestParameters": {"userPoolId": pool},
        }
        event = {"EventId": "e", "EventName": "UpdateUserPool", "CloudTrailEvent": json.dumps(record)}
        return {"Events": [event]} | ({} if last else {"NextToken": str(here + 1)})


@contextmanager
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Iterator[FleetServer]:
    """The server, with this process signed in to all of its accounts."""
    given = Settings(**settings)
    command = [sys.executable, "-m", "tests.fleet.nights", json.dumps(vars(given))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        try:
            server = FleetServer(f"http://127.0.0.1:{process.stdout.readline().strip()}", given)
            for name, value in aws_environment(server, tmp_path).items():
                monkeypatch.setenv(name, value)
            monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
            yield server
        finally:
            process.kill()


def change(server: FleetServer, **night: str) -> None:
    """From now on this is live."""
    with urllib.request.urlopen(f"{server.url}/night?{urllib.parse.urlencode(night)}", timeout=30) as answer:
        answer.read()


if __name__ == "__main__":
    asyncio.run(serve(Nights(Settings(**json.loads(sys.argv[1])))))
