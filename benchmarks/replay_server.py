"""A loopback server, in a process of its own, that answers for any number of pools as AWS would.

    python -m benchmarks.replay_server POOLS LATENCY_MS

prints its port and serves until it is killed. The pools are those of `benchmarks.specs`, exactly as
the spec wants them, so that a drift check of them is clean. `GET /calls` answers how often each
operation was asked since the last time.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

_ACCOUNT = "123456789012"
_PAGE = 60
Answer = dict[str, Any]


def pool_id(number: int) -> str:
    """The id of one pool, of AWS's shape."""
    return f"us-east-1_{number:09d}"


def _number(request: Answer) -> int:
    return int(request["UserPoolId"].partition("_")[2])


class Answers:
    """Operation → answer, for `count` pools."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.calls: Counter[str] = Counter()
        self.operations: dict[str, Callable[[Answer], Answer]] = {
            "ListUserPools": self._list_pools,
            "DescribeUserPool": lambda request: {"UserPool": _pool(_number(request))},
            "GetUserPoolMfaConfig": lambda _: {
                "MfaConfiguration": "OPTIONAL",
                "SoftwareTokenMfaConfiguration": {"Enabled": True},
            },
            "ListUserPoolClients": lambda request: {
                "UserPoolClients": [
                    {
                        "ClientId": f"client{_number(request):020d}",
                        "ClientName": f"pool{_number(request)}",
                        "UserPoolId": request["UserPoolId"],
                    }
                ]
            },
            "DescribeUserPoolClient": lambda request: {"UserPoolClient": _client(_number(request))},
            "ListIdentityProviders": lambda _: {"Providers": []},
            "DescribeUserPoolDomain": lambda request: {"DomainDescription": _domain(request["Domain"])},
            "GetUICustomization": lambda _: {"UICustomization": {}},
        }

    def answer(self, operation: str, request: Answer) -> Answer:
        """The answer to one request; KeyError for an operation nobody prepared."""
        self.calls[operation] += 1
        return self.operations[operation](request)

    def _list_pools(self, request: Answer) -> Answer:
        start = int(request.get("NextToken", "0"))
        numbers = range(start, min(start + _PAGE, self.count))
        more = {"NextToken": str(start + _PAGE)} if start + _PAGE < self.count else {}
        return {"UserPools": [{"Id": pool_id(number), "Name": f"pool{number}"} for number in numbers]} | more


def _pool(number: int) -> Answer:
    ident = pool_id(number)
    return {
        "Id": ident,
        "Arn": f"arn:aws:cognito-idp:us-east-1:{_ACCOUNT}:userpool/{ident}",
        "Name": f"pool{number}",
        "CreationDate": 1700000000.0,
        "LastModifiedDate": 1700000000.0,
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
                "TemporaryPasswordValidityDays": 7,
            },
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
        },
        "DeletionProtection": "ACTIVE",
        "LambdaConfig": {},
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
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email", "phone_number"],
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "MfaConfiguration": "OPTIONAL",
        "EstimatedNumberOfUsers": 1000,
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "UserPoolTags": {},
        "Domain": f"app{number}-example",
        "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": True,
            "UnusedAccountValidityDays": 7,
            "InviteMessageTemplate": {
                "EmailSubject": f"Welcome to app {number}",
                "EmailMessage": "Hello {username}, your code is {####}",
            },
        },
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Priority": 1, "Name": "verified_email"},
                {"Priority": 2, "Name": "verified_phone_number"},
            ]
        },
        "UserPoolTier": "ESSENTIALS",
    }


def _client(number: int) -> Answer:
    return {
        "UserPoolId": pool_id(number),
        "ClientName": f"pool{number}",
        "ClientId": f"client{number:020d}",
        "CreationDate": 1700000000.0,
        "LastModifiedDate": 1700000000.0,
        "RefreshTokenValidity": 30,
        "AccessTokenValidity": 60,
        "IdTokenValidity": 60,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": [f"https://app{number}.example.com/callback"],
        "LogoutURLs": [f"https://app{number}.example.com/bye"],
        "DefaultRedirectURI": f"https://app{number}.example.com/callback",
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["email", "openid", "profile"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False,
        "AuthSessionValidity": 3,
    }


def _domain(domain: str) -> Answer:
    number = int(domain.removeprefix("app").removesuffix("-example"))
    return {
        "UserPoolId": pool_id(number),
        "AWSAccountId": _ACCOUNT,
        "Domain": domain,
        "S3Bucket": "aws-cognito",
        "CloudFrontDistribution": "d111111abcdef8.cloudfront.net",
        "Version": "1",
        "Status": "ACTIVE",
        "CustomDomainConfig": {},
        "ManagedLoginVersion": 1,
    }


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, just as much of it as boto3 speaks."""

    def __init__(self, answers: Answers, latency: float) -> None:
        self.answers, self.latency = answers, latency
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client connected."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every whole request that has arrived."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].decode("latin-1")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
            }
            length = int(headers.get("content-length", "0"))
            if len(self.buffer) < end + 4 + length:
                return
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            payload = self._payload(head, headers, body)
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self._send, payload)
            else:
                self._send(payload)

    def _payload(self, head: str, headers: dict[str, str], body: bytes) -> bytes:
        if head.startswith("GET /calls "):
            found = dict(self.answers.calls)
            self.answers.calls.clear()
            return json.dumps(found).encode()
        operation = headers["x-amz-target"].rpartition(".")[2]
        return json.dumps(self.answers.answer(operation, json.loads(body))).encode()

    def _send(self, payload: bytes) -> None:
        assert self.transport is not None
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n%s"
            % (len(payload), payload)
        )


async def _serve(count: int, latency: float) -> None:
    answers = Answers(count)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answers, latency), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
