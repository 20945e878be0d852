"""Thousands of user pools in many accounts, out of process, with the faults of a bad day.

    with fleet_server(accounts=4, pools=250, faults=0.05) as server:
        server.url                  # one endpoint for all services, accounts and regions
        server.credentials(path)    # profiles `account0`, `account1`, … for AWS_SHARED_CREDENTIALS_FILE
        server.served()             # pool id → operations that were answered whole

Every region of every account has the pools `pool0` … of `pools_spec`, as the spec wants them but for
`drifted` (a shorter password) and `deleted` ones. A request must be signed by the pool's own account.
Faults strike each request with the probability `faults`: throttling, 500, 503, a reset, a half-closed
connection, a body that ends early, JSON that ends early, drips. `expired` account: its token expires
after `expires_after` requests. A benchmark serves pools of its own with it (`benchmarks.replay_server`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Answer = dict[str, Any]

_PAGE: Final = 60
_LARGEST: Final = 10**6
_ROOT: Final = Path(__file__).resolve().parents[2]


def account_id(number: int) -> str:
    return f"{number:012d}"


def pool_id(account: int, region: str, number: int) -> str:
    return f"{region}_{account:03d}{number:06d}"


def drifted(number: int) -> bool:
    """Whether the live pool asks for a shorter password than the spec."""
    return number % 10 == 3


def deleted(number: int) -> bool:
    """Whether AWS does not have the pool."""
    return number % 50 == 7


def pools_spec(first: int, count: int) -> str:
    """A spec of the pools `pool<first>` …, each with a client and OAuth."""
    return "resources:\n" + "".join(_POOL.format(number=number) for number in range(first, first + count))


_POOL: Final = """\
  pool{number}:
    type: user-auth-pool
    properties:
      userVerificationType: email-code
      passwordPolicy:
        minimumLength: 12
        requireSymbols: false
      mfaConfiguration:
        status: OPTIONAL
        enabledTypes: [SOFTWARE_TOKEN]
      generateClientSecret: true
      hostedUiDomainPrefix: pool{number}
      callbackURLs:
        - https://app{number}.example.com/callback
"""

OPERATIONS: Final = frozenset(
    {
        "DescribeUserPool",
        "GetUserPoolMfaConfig",
        "ListUserPoolClients",
        "DescribeUserPoolClient",
        "ListIdentityProviders",
        "DescribeUserPoolDomain",
        "GetUICustomization",
    }
)
"""What a check asks of each pool that is there."""


@dataclass
class Settings:
    accounts: int = 1
    pools: int = 10
    faults: float = 0.0
    latency: float = 0.0
    expired: int = -1
    expires_after: int = 500
    hang: int = -1
    """An account that never answers."""

    extra: int = 0
    """Pools of each region that are in no spec (`stray0` …)."""

    seed: int = 1


class World:
    """Answers for every account and region, and who was answered.

    What a pool looks like is `pool`, `client` and `domain`, and which ones there are not is `missing`:
    a subclass may say otherwise.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.random = random.Random(settings.seed)
        self.requests: Counter[int] = Counter()
        self.calls: Counter[str] = Counter()
        self.struck: Counter[str] = Counter()
        self.served: dict[str, set[str]] = defaultdict(set)
        self.moments: dict[str, list[float]] = defaultdict(list)
        self.operations: dict[str, Callable[[int, str, Answer], Answer]] = {
            "ListUserPools": self._list,
            "DescribeUserPool": lambda *asked: {"UserPool": self.pool(*self._which(*asked))},
            "GetUserPoolMfaConfig": lambda *asked: _mfa(*self._which(*asked)),
            "ListUserPoolClients": lambda *asked: {"UserPoolClients": [_listed(*self._which(*asked))]},
            "DescribeUserPoolClient": lambda *asked: {"UserPoolClient": self.client(*self._which(*asked))},
            "ListIdentityProviders": lambda *asked: _nothing("Providers", *self._which(*asked)),
            "DescribeUserPoolDomain": self._domain,
            "GetUICustomization": lambda *asked: _nothing("UICustomization", *self._which(*asked)),
        }
        self._there = [number for number in range(settings.pools) if not self.missing(number)]

    def missing(self, number: int) -> bool:
        """Whether AWS does not have the pool."""
        return deleted(number)

    def pool(self, account: int, region: str, number: int) -> Answer:
        """What DescribeUserPool says."""
        return _pool(account, region, number)

    def client(self, account: int, region: str, number: int) -> Answer:
        """What DescribeUserPoolClient says."""
        return _client(account, region, number)

    def domain(self, account: int, region: str, domain: str) -> Answer:
        """What DescribeUserPoolDomain says."""
        return {
            "UserPoolId": pool_id(account, region, _domain_number(domain)),
            "AWSAccountId": account_id(account),
            "Domain": domain,
            "Status": "ACTIVE",
            "CustomDomainConfig": {},
            "ManagedLoginVersion": 1,
        }

    def facts(self, path: str) -> Any:
        """What a test asks of the server itself."""
        match path:
            case "/served":
                return {ident: sorted(operations) for ident, operations in self.served.items()}
            case "/faults":
                return dict(self.struck)
            case "/moments":
                return self.moments
            case _:
                return dict(self.calls)

    def answer(self, account: int, region: str, operation: str, request: Answer) -> tuple[int, Answer]:
        """HTTP status and body of one request."""
        self.calls[operation] += 1
        self.requests[account] += 1
        self.moments[operation].append(asyncio.get_running_loop().time())
        if account == self.settings.expired and self.requests[account] > self.settings.expires_after:
            return 400, _error("ExpiredTokenException")
        try:
            return 200, self.operations[operation](account, region, request)
        except LookupError as error:
            return 400, _error(str(error.args[0]))

    def note(self, operation: str, account: int, region: str, request: Answer) -> None:
        """A whole answer was sent."""
        ident = request.get("UserPoolId")
        if ident is None and operation == "DescribeUserPoolDomain":
            ident = pool_id(account, region, _domain_number(request["Domain"]))
        if ident is not None:
            self.served[ident].add(operation)

    def fault(self) -> str | None:
        """What happens to the next answer."""
        if self.random.random() >= self.settings.faults:
            return None
        struck = self.random.choice(FAULTS)
        self.struck[struck] += 1
        return struck

    def _list(self, account: int, region: str, request: Answer) -> Answer:
        start = int(request.get("NextToken", "0"))
        strays = range(max(0, start - len(self._there)), self.settings.extra)
        names = [
            *(
                (pool_id(account, region, number), f"pool{number}")
                for number in self._there[start : start + _PAGE]
            ),
            *((pool_id(account, region, _LARGEST - 1 - number), f"stray{number}") for number in strays),
        ]
        page = [{"Id": ident, "Name": name} for ident, name in names[:_PAGE]]
        total = len(self._there) + self.settings.extra
        more = {"NextToken": str(start + _PAGE)} if start + _PAGE < total else {}
        return {"UserPools": page} | more

    def _domain(self, account: int, region: str, request: Answer) -> Answer:
        return {"DomainDescription": self.domain(account, region, request["Domain"])}

    def _which(self, account: int, region: str, request: Answer) -> tuple[int, str, int]:
        """The pool that is asked for. Raises LookupError with AWS's error code."""
        where, _, rest = request["UserPoolId"].partition("_")
        number = int(rest[3:])
        if int(rest[:3]) != account:
            raise LookupError("AccessDeniedException")
        if where != region or self.missing(number):
            raise LookupError("ResourceNotFoundException")
        return account, region, number


FAULTS: Final = ("throttled", "500", "503", "reset", "half-closed", "short body", "short JSON", "drip")


def _domain_number(domain: str) -> int:
    return int("".join(letter for letter in domain if letter.isdigit()))


def _error(code: str) -> Answer:
    return {"__type": code, "message": "replayed"}


def _nothing(member: str, account: int, region: str, number: int) -> Answer:
    return {member: [] if member == "Providers" else {}}


def _mfa(account: int, region: str, number: int) -> Answer:
    return {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}


def _pool(account: int, region: str, number: int) -> Answer:
    ident = pool_id(account, region, number)
    return {
        "Id": ident,
        "Arn": f"arn:aws:cognito-idp:{region}:{account_id(account)}:userpool/{ident}",
        "Name": f"pool{number}",
        "CreationDate": 1700000000.0,
        "LastModifiedDate": 1700000000.0,
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 8 if drifted(number) else 12,
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
        "SchemaAttributes": [],
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email", "phone_number"],
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "MfaConfiguration": "OPTIONAL",
        "EstimatedNumberOfUsers": 1000,
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "UserPoolTags": {},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7},
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Priority": 1, "Name": "verified_email"},
                {"Priority": 2, "Name": "verified_phone_number"},
            ]
        },
        "UserPoolTier": "ESSENTIALS",
        "Domain": f"pool{number}",
    }


def _listed(account: int, region: str, number: int) -> Answer:
    return {
        "ClientId": f"client{number:020d}",
        "ClientName": f"pool{number}",
        "UserPoolId": pool_id(account, region, number),
    }


def _client(account: int, region: str, number: int) -> Answer:
    return _listed(account, region, number) | {
        "ClientSecret": "canary-client-secret-51e8",
        "RefreshTokenValidity": 30,
        "AccessTokenValidity": 60,
        "IdTokenValidity": 60,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": [f"https://app{number}.example.com/callback"],
        "DefaultRedirectURI": f"https://app{number}.example.com/callback",
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["email", "openid", "profile"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False,
        "AuthSessionValidity": 3,
    }


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, just as much of it as boto3 speaks."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.buffer = b""
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
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
            latency = self.world.settings.latency
            if latency and not head.startswith("GET"):
                asyncio.get_running_loop().call_later(latency, self._respond, head, headers, body)
            else:
                self._respond(head, headers, body)

    def _respond(self, head: str, headers: dict[str, str], body: bytes) -> None:
        world = self.world
        if head.startswith("GET "):
            self._send(200, json.dumps(world.facts(head.split(" ")[1])).encode())
            return
        # Credential=<key>/<day>/<region>/<service>/aws4_request
        key, _, region, *_ = headers["authorization"].partition("Credential=")[2].split("/")
        account = int(key[4:]) if key[4:].isdigit() else 0
        if account == world.settings.hang:
            world.calls["hung"] += 1
            return
        if "x-amz-target" not in headers:
            world.calls["GetCallerIdentity"] += 1
            self._send(200, _identity(account), "text/xml")
            return
        operation, request = headers["x-amz-target"].rpartition(".")[2], json.loads(body)
        status, answer = world.answer(account, region, operation, request)
        payload = json.dumps(answer).encode()
        fault = world.fault()
        if fault is None or fault == "drip":
            if status == 200:
                world.note(operation, account, region, request)
            if fault is None:
                self._send(status, payload)
            else:
                asyncio.get_running_loop().create_task(self._drip(status, payload))
        else:
            self._fail(fault, payload)

    def _fail(self, fault: str, payload: bytes) -> None:
        match fault:
            case "throttled":
                self._send(400, json.dumps(_error("TooManyRequestsException")).encode())
            case "500":
                self._send(500, json.dumps(_error("InternalErrorException")).encode())
            case "503":
                self._send(503, b"<html>Service Unavailable</html>", "text/html")
            case "reset":
                self.transport.abort()
            case "half-closed":
                self.transport.write_eof()
            case "short body":
                self.transport.write(_head(200, len(payload)) + payload[: len(payload) // 2])
                self.transport.close()
            case "short JSON":
                self._send(200, payload[: len(payload) // 2])

    async def _drip(self, status: int, payload: bytes) -> None:
        whole = _head(status, len(payload)) + payload
        step = len(whole) // 5 + 1
        for start in range(0, len(whole), step):
            if self.transport.is_closing():
                return
            self.transport.write(whole[start : start + step])
            await asyncio.sleep(0.05)

    def _send(self, status: int, payload: bytes, kind: str = "application/x-amz-json-1.1") -> None:
        if not self.transport.is_closing():
            self.transport.write(_head(status, len(payload), kind) + payload)


def _head(status: int, length: int, kind: str = "application/x-amz-json-1.1") -> bytes:
    return (f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n").encode()


def _identity(account: int) -> bytes:
    return (
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
        f"<Arn>arn:aws:iam::{account_id(account)}:user/x</Arn><UserId>X</UserId>"
        f"<Account>{account_id(account)}</Account></GetCallerIdentityResult>"
        "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    ).encode()


async def serve(world: World) -> None:
    """Prints the port on loopback and serves until the process is killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(world), "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@dataclass(frozen=True)
class FleetServer:
    url: str
    settings: Settings

    def credentials(self, path: Path) -> Path:
        """Writes a credentials file with a profile for each account."""
        accounts = range(self.settings.accounts)
        path.write_text(
            "".join(
                f"[account{number}]\naws_access_key_id = AKIA{number:012d}\naws_secret_access_key = x\n"
                for number in accounts
            )
        )
        return path

    def served(self) -> dict[str, set[str]]:
        return {ident: set(operations) for ident, operations in self._ask("served").items()}

    def faults(self) -> Counter[str]:
        return Counter(self._ask("faults"))

    def calls(self) -> Counter[str]:
        return Counter(self._ask("calls"))

    def moments(self) -> dict[str, list[float]]:
        """Operation → when each request arrived, in seconds."""
        found: dict[str, list[float]] = self._ask("moments")
        return found

    def _ask(self, what: str) -> Any:
        with urllib.request.urlopen(f"{self.url}/{what}", timeout=30) as answer:
            return json.load(answer)


@contextmanager
def fleet_server(**settings: Any) -> Iterator[FleetServer]:
    """Runs the server in a process of its own; ends it whatever happens."""
    given = Settings(**settings)
    words = [word for name, value in vars(given).items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "tests.harness.fleet_server", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            yield FleetServer(f"http://127.0.0.1:{port}", given)
        finally:
            process.kill()


def _settings(words: list[str]) -> Settings:
    parser = argparse.ArgumentParser()
    for name, value in vars(Settings()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    return Settings(**vars(parser.parse_args(words)))


if __name__ == "__main__":
    asyncio.run(serve(World(_settings(sys.argv[1:]))))
