"""A loopback server, in a process of its own, that answers for any number of pools as AWS would.

    python -m benchmarks.replay_server POOLS LATENCY_MS

prints its port and serves until it is killed. The pools are those of `benchmarks.specs`, exactly as
the spec wants them, so that a drift check of them is clean. `GET /calls` answers how often each
operation was asked since the last time.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from tests.harness.fleet_server import Answer, Settings, World, serve


class Benchmark(World):
    """The pools of `benchmarks.specs`, of one account, all there and none changed."""

    def missing(self, number: int) -> bool:
        """All are there."""
        return False

    def facts(self, path: str) -> Any:
        """Calls since the last time."""
        found = super().facts(path)
        self.calls.clear()
        return found

    def pool(self, account: int, region: str, number: int) -> Answer:
        """Another schema, domain and invitation than the harness's pools have; none is changed."""
        pool = super().pool(account, region, number)
        policies: Answer = pool["Policies"]
        return pool | {
            "Policies": policies | {"PasswordPolicy": policies["PasswordPolicy"] | {"MinimumLength": 12}},
            "SchemaAttributes": [
                {
                    "Name": "custom:dept",
                    "AttributeDataType": "String",
                    "DeveloperOnlyAttribute": False,
                    "Mutable": True,
                    "Required": False,
                    "StringAttributeConstraints": {"MinLength": "0", "MaxLength": "20"},
                }
            ],
            "Domain": f"app{number}-example",
            "AdminCreateUserConfig": {
                "AllowAdminCreateUserOnly": True,
                "UnusedAccountValidityDays": 7,
                "InviteMessageTemplate": {
                    "EmailSubject": f"Welcome to app {number}",
                    "EmailMessage": "Hello {username}, your code is {####}",
                },
            },
        }

    def client(self, account: int, region: str, number: int) -> Answer:
        """Without a secret, with a page for those who sign out."""
        client = super().client(account, region, number)
        del client["ClientSecret"]
        return client | {
            "CreationDate": 1700000000.0,
            "LastModifiedDate": 1700000000.0,
            "LogoutURLs": [f"https://app{number}.example.com/bye"],
        }

    def domain(self, account: int, region: str, domain: str) -> Answer:
        """With all that AWS says of a prefix domain."""
        return super().domain(account, region, domain) | {
            "S3Bucket": "aws-cognito",
            "CloudFrontDistribution": "d111111abcdef8.cloudfront.net",
            "Version": "1",
        }


if __name__ == "__main__":
    asyncio.run(serve(Benchmark(Settings(pools=int(sys.argv[1]), latency=float(sys.argv[2]) / 1000))))
