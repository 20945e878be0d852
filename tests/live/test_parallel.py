"""Work side by side: order, faults, and an end that waits for nobody."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

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


SCRIPT = """
import time
from tfgen.live.parallel import in_parallel
print("ready", flush=True)
in_parallel(lambda item: time.sleep(60), range(10), 4)
"""


def test_ctrl_c_ends_the_process_in_a_moment() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, stderr = process.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert "KeyboardInterrupt" in stderr
