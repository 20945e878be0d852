"""AWS emulators on loopback: moto in this process, ministack in a process of its own.

moto and ministack know different calls and answer with different defaults; neither enforces
AWS's rules. Both forget everything on `reset()`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness.process import kill_group, scrubbed_environment
from tests.harness.requirements import MissingError

_REPOSITORY = Path(__file__).resolve().parents[2]
_MINISTACK_MAIN = Path(__file__).with_name("ministack_main.py")
_START_SECONDS = 60


@dataclass(frozen=True)
class Emulator:
    """A running emulator; `url` serves every service."""

    name: str
    url: str
    reset_path: str = ""
    region: str = "us-east-1"
    access_key: str = "testing"
    secret_key: str = "testing"
    knows_account: bool = True
    """Whether it answers sts:GetCallerIdentity."""

    def client(self, service: str) -> Any:
        """A boto3 client, e.g. `client("cognito-idp")`, that can reach nothing but the emulator."""
        import boto3
        from botocore.config import Config

        session = boto3.session.Session(self.access_key, self.secret_key, region_name=self.region)
        config = Config(
            retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=5, read_timeout=30
        )
        # Each service name is an overload of its own in the stubs; here any of them may be asked.
        make: Any = session.client
        return make(service, endpoint_url=self.url, config=config)

    def environment(self) -> dict[str, str]:
        """Variables that make a subprocess (the tfgen command) use the emulator."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def reset(self) -> None:
        """Forget every pool, API and role."""
        request = urllib.request.Request(self.url + self.reset_path, method="POST", data=b"")
        with urllib.request.urlopen(request, timeout=30):
            pass


@contextlib.contextmanager
def moto_server() -> Iterator[Emulator]:
    """moto's server in a thread of this process, on a free port of 127.0.0.1. Raises MissingError.

    All moto servers of one process share their state.
    """
    try:
        from moto.server import ThreadedMotoServer
    except ImportError as missing:
        raise MissingError(f"moto is not installed: pip install -e '.[demo]' ({missing})") from missing
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line per request would bury what failed
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Emulator("moto", f"http://{host}:{port}", "/moto-api/reset")
    finally:
        server.stop()


@contextlib.contextmanager
def ministack_server(scratch: Path) -> Iterator[Emulator]:
    """ministack as a subprocess on a free port of 127.0.0.1. Raises MissingError.

    It pins botocore and so lives in its own environment: `TFGEN_MINISTACK_PYTHON`, else
    `.venv-ministack` of this checkout (`make test` makes it). `scratch` takes its files.
    """
    python = _ministack_python()
    port = _free_port()
    log = scratch / "ministack.log"
    environment = scrubbed_environment(scratch) | {
        "BIND_HOST": "127.0.0.1",  # it would listen on every interface
        "GATEWAY_PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "TMPDIR": str(scratch),
        "S3_DATA_DIR": str(scratch / "s3"),
    }
    with log.open("w") as handle:
        process = subprocess.Popen(
            [str(python), str(_MINISTACK_MAIN)],
            cwd=scratch,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_healthy(process, f"{url}/_ministack/health", log)
        yield Emulator("ministack", url, "/_ministack/reset")
    finally:
        kill_group(process)


def _ministack_python() -> Path:
    wanted = os.environ.get("TFGEN_MINISTACK_PYTHON")
    python = Path(wanted) if wanted else _REPOSITORY / ".venv-ministack" / "bin" / "python"
    if not python.exists():
        raise MissingError(f"ministack is not installed: no {python}; `make test` installs it")
    return python


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(process: subprocess.Popen[str], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise MissingError(
                f"ministack ended with {process.returncode} at start:\n{log.read_text()[-2000:]}"
            )
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(url, timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.05)
    raise MissingError(f"ministack did not answer within {_START_SECONDS} s:\n{log.read_text()[-2000:]}")
