"""Running other programs so that neither a time limit nor Ctrl-C leaves children behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

# Settings of the machine that would lead a test to a real account, or break TLS-free loopback calls.
_SCRUBBED = ("AWS_", "TF_", "TFGEN_")


def scrubbed_environment(home: Path) -> dict[str, str]:
    """This process's environment without AWS's, Terraform's and tfgen's settings.

    `home` (an existing, empty directory) takes the place of the home directory, so that no
    credentials, profiles or CLI configuration of the person who runs the tests are found.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SCRUBBED)}
    return kept | {
        "HOME": str(home),
        "AWS_CONFIG_FILE": str(home / "no-aws-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "no-aws-credentials"),
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def run(
    command: Iterable[str | Path], *, cwd: Path, env: Mapping[str, str], stdin: str = "", timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end; on any exception its whole process group is killed first.

    Terraform's providers are children of children: killing terraform alone leaves them running.
    """
    words = [str(word) for word in command]
    with subprocess.Popen(
        words,
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        process_group=0,
    ) as process:
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except BaseException:
            kill_group(process)
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def kill_group(process: subprocess.Popen[str]) -> None:
    """Kill a process started with `process_group=0`, and its children."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
