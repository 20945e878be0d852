"""A loopback server that gives real-shaped AWS answers, and faults on demand.

    with ReplayServer() as aws:
        aws.answer("DescribeUserPool", {"UserPool": {...}})            # boto3's shapes
        aws.answer("DescribeUserPoolClient", lambda request: {...})    # computed
        aws.pages("ListUserPoolClients", [{...}, {...}])               # NextToken is added
        aws.fail("GetUserPoolMfaConfig", THROTTLED, times=2)           # then the answer
        client = aws.emulator.client("cognito-idp")
        ...
        assert aws.count("GetUserPoolMfaConfig") == 3

It serves the JSON 1.1 protocol (cognito-idp, cloudtrail, wafv2, told by `X-Amz-Target`) and REST-JSON ones
(apigatewayv2, lambda, told by method and path). botocore's own models say what an operation's
members are called on the wire, so answers are written as boto3 would return them. An operation
that nobody prepared is answered with an error and noted in `unprepared`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import re
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.harness.emulators import Emulator

Request = Mapping[str, Any]
Answer = Mapping[str, Any] | Callable[[Request], Mapping[str, Any]]

JSON_SERVICES: Final = ("cognito-idp", "cloudtrail", "wafv2")
REST_SERVICES: Final = ("apigatewayv2", "lambda")


@dataclass(frozen=True)
class Fault:
    """An error answer (`status`, `code`, `message`), a dropped connection, or a delay before the answer."""

    code: str = ""
    status: int = 400
    message: str = "replayed fault"
    reset: bool = False
    delay: float = 0
    """Seconds to wait; with a code the error comes after it, without one the prepared answer."""


# Cognito throttles with 400, API Gateway with 429 under the same name.
THROTTLED: Final = Fault("TooManyRequestsException", 400, "Too many requests")
API_THROTTLED: Final = Fault("TooManyRequestsException", 429, "Too Many Requests")
ACCESS_DENIED: Final = Fault(
    "AccessDeniedException", 400, "User: arn:aws:iam::123456789012:user/x is not authorized to perform this"
)
EXPIRED_TOKEN: Final = Fault(
    "ExpiredTokenException", 400, "The security token included in the request is expired"
)
NOT_FOUND: Final = Fault("ResourceNotFoundException", 400, "User pool does not exist.")
API_NOT_FOUND: Final = Fault("NotFoundException", 404, "Invalid API identifier specified")
SERVER_ERROR: Final = Fault("InternalErrorException", 500, "Something went wrong")
RESET: Final = Fault(reset=True)


def slow(seconds: float) -> Fault:
    """The prepared answer, late."""
    return Fault(delay=seconds)


@dataclass(frozen=True)
class Call:
    """One request that arrived: the operation and its parameters as boto3 names them."""

    operation: str
    parameters: Request


@dataclass
class ReplayServer:
    """A context manager; all methods may be called while it serves."""

    latency: float = 0
    """Seconds that every answer takes at least, to stand for the network."""

    calls: list[Call] = field(default_factory=list)
    unprepared: list[str] = field(default_factory=list)
    _answers: dict[str, Answer] = field(default_factory=dict)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _always: dict[str, Fault] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None

    def answer(self, operation: str, answer: Answer) -> None:
        """What `operation` returns from now on: boto3's shape, or a function of the request."""
        self._answers[operation] = answer

    def pages(self, operation: str, pages: Sequence[Mapping[str, Any]]) -> None:
        """Answer with one page after the other, as `NextToken` asks for them."""

        def page(request: Request) -> Mapping[str, Any]:
            index = int(str(request.get("NextToken", "page-0")).removeprefix("page-"))
            more = {"NextToken": f"page-{index + 1}"} if index + 1 < len(pages) else {}
            return {**pages[index], **more}

        self.answer(operation, page)

    def fail(self, operation: str, fault: Fault, *, times: int | None = None) -> None:
        """Let the next `times` calls of `operation` end in `fault`; all of them without `times`."""
        if times is None:
            self._always[operation] = fault
        else:
            self._faults[operation].extend([fault] * times)

    def count(self, operation: str | None = None) -> int:
        """How many requests arrived, failed ones included."""
        with self._lock:
            return sum(operation in (None, call.operation) for call in self.calls)

    def counts(self) -> dict[str, int]:
        """How many requests arrived for each operation."""
        with self._lock:
            return dict(Counter(call.operation for call in self.calls))

    @property
    def emulator(self) -> Emulator:
        """The server as the rest of the harness sees one: `client(…)`, `environment()`."""
        if self._server is None:
            raise RuntimeError("the server runs only inside its `with` block")
        return Emulator("replay", f"http://127.0.0.1:{self._server.server_port}", knows_account=False)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"replay": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def respond(self, operation: str, request: Request) -> Fault | Mapping[str, Any]:
        """Take note of a request and decide its answer; the handler's only question."""
        with self._lock:
            self.calls.append(Call(operation, request))
            queue = self._faults[operation]
            fault = queue.popleft() if queue else self._always.get(operation)
        time.sleep(self.latency + (fault.delay if fault else 0))
        if fault and (fault.code or fault.reset):
            return fault
        prepared = self._answers.get(operation)
        if prepared is None:
            self.unprepared.append(operation)
            return Fault("UnpreparedOperation", 501, f"no answer was prepared for {operation}")
        return prepared(request) if callable(prepared) else prepared


class _Handler(BaseHTTPRequestHandler):
    """One connection: request → operation → answer on the wire."""

    replay: ReplayServer
    protocol_version = "HTTP/1.1"

    def handle_request(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        target = self.headers.get("X-Amz-Target")
        if target:
            service, operation = _json_service(target), target.rpartition(".")[2]
            request: dict[str, Any] = json.loads(body or b"{}")
        else:
            found = _rest_operation(self.command, url.path)
            if found is None:
                return self._send(501, {"message": f"unknown request {self.command} {url.path}"}, "Unknown")
            service, operation, in_path = found
            sent = {**in_path, **dict(parse_qsl(url.query)), **(json.loads(body) if body else {})}
            request = _from_wire(service, operation, sent)
        answer = self.replay.respond(operation, request)
        if not isinstance(answer, Fault):
            return self._send(200, _to_wire(service, operation, answer))
        if answer.reset:
            # Dropped without a word, as a load balancer does.
            self.close_connection = True
            self.connection.close()
            return None
        return self._send(answer.status, {"__type": answer.code, "message": answer.message}, answer.code)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request  # noqa: N815 (http.server's names)

    def _send(self, status: int, body: object, error: str = "") -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if error:
            self.send_header("x-amzn-ErrorType", error)
        with contextlib.suppress(ConnectionError):  # a client that ran out of patience is gone
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's name)
        """Nothing: `calls` is the log."""


@functools.cache
def _model(service: str) -> Any:
    """botocore's model of a service: its operations and shapes."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


@functools.cache
def _rest_paths() -> list[tuple[str, re.Pattern[str], str, str]]:
    """(method, path pattern, service, operation) of every REST operation, most literal path first."""
    found = []
    for service in REST_SERVICES:
        model = _model(service)
        for name in model.operation_names:
            http = model.operation_model(name).http
            path = http["requestUri"].partition("?")[0]
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
            found.append((http["method"], re.compile(pattern + "/?"), service, name))
    return sorted(found, key=lambda entry: entry[1].pattern.count("(?P"))


def _json_service(target: str) -> str:
    """The service of an `X-Amz-Target`."""
    prefix = target.rpartition(".")[0]
    return next(one for one in JSON_SERVICES if _model(one).metadata["targetPrefix"] == prefix)


def _rest_operation(method: str, path: str) -> tuple[str, str, dict[str, str]] | None:
    for wanted, pattern, service, operation in _rest_paths():
        if wanted == method and (match := pattern.fullmatch(path)):
            return service, operation, {name: unquote(text) for name, text in match.groupdict().items()}
    return None


def _from_wire(service: str, operation: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Top-level request members under boto3's names."""
    shape = _model(service).operation_model(operation).input_shape
    members = shape.members if shape else {}
    names = {member.serialization.get("name", name): name for name, member in members.items()}
    return {names.get(name, name): value for name, value in sent.items()}


def _to_wire(service: str, operation: str, answer: Mapping[str, Any]) -> Any:
    """An answer as boto3 returns it, under the names and time formats of the protocol."""
    model = _model(service)
    shape = model.operation_model(operation).output_shape
    epoch = model.metadata["protocol"] == "json"

    def convert(value: Any, shape: Any) -> Any:
        kind = getattr(shape, "type_name", None)
        if isinstance(value, dt.datetime):
            return value.timestamp() if epoch else value.isoformat()
        if kind == "structure" and isinstance(value, Mapping):
            # A member that the model does not know goes out as it is: tests may need it.
            members = shape.members
            return {
                members[name].serialization.get("name", name) if name in members else name: convert(
                    inner, members.get(name)
                )
                for name, inner in value.items()
                if name != "ResponseMetadata"
            }
        if kind == "list":
            return [convert(inner, shape.member) for inner in value]
        if kind == "map":
            return {name: convert(inner, shape.value) for name, inner in value.items()}
        return value

    return convert(answer, shape)
