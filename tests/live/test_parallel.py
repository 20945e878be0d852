"""Work side by side: order, faults, and an end that waits for nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.harness.http_replay import ReplayServer, slow
from tfgen.live.parallel import in_parallel

ROOT = Path(__file__).parents[2]


def test_results_keep_the_order_of_the_items() -> None:
    def work(item: int) -> int:
        time.sleep((5 - item) * 0.01)
        return item * 10

    assert in_parallel(work, range(6), 4) == [0, 10, 20, 30, 40, 50]


def test_no_more_threads_than_asked_for() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work(item: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    in_parallel(work, range(20), 3)
    assert most == 3


def test_one_item_stays_in_this_thread() -> None:
    assert in_parallel(lambda item: threading.current_thread(), [1], 4) == [threading.current_thread()]
    assert in_parallel(str, [], 4) == []


def test_the_first_fault_is_raised_and_nothing_new_begins() -> None:
    done: list[int] = []

    def work(item: int) -> None:
        done.append(item)
        time.sleep(0.02)
        raise ValueError(item)

    with pytest.raises(ValueError, match="0"):
        in_parallel(work, range(100), 2)
    time.sleep(0.1)
    assert len(done) < 10


RUN = """
import sys
from tfgen.known import Known
from tfgen.live import AwsOptions, connect, fetch
from tfgen.resource import Address, Resource, State

desired = State()
for number in range(8):
    desired.add(Resource(Address(f"pool{number}", "aws_cognito_user_pool"), {"name": f"pool{number}"}))
known = Known(ids={f"module.pool{n}.aws_cognito_user_pool.this": f"eu-west-1_Pool0000{n}" for n in range(8)})
aws = connect(AwsOptions(endpoint_url=sys.argv[1]))
aws.new_client("cognito-idp", "eu-west-1")
print("ready", flush=True)
fetch(desired, known, aws)
"""


def test_ctrl_c_does_not_wait_for_aws(replay: ReplayServer) -> None:
    """Four answers are a minute away, and four more pools are waiting."""
    replay.answer("DescribeUserPool", {})
    replay.fail("DescribeUserPool", slow(60))
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, replay.emulator.url],
        cwd=ROOT,
        env=os.environ | replay.emulator.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    while replay.count("DescribeUserPool") < 4 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, stderr = process.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert "KeyboardInterrupt" in stderr
    assert replay.count() == 4
