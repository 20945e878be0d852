"""The file of the history: locked, whole, bounded, ours."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.noise.made import finding, result
from tfgen.errors import OutputError
from tfgen.noise import history_file
from tfgen.noise.history import HistoryOutcome, News
from tfgen.noise.history_file import KEEP_RESOLVED, KEEP_UNSEEN, keep, look, remember
from tfgen.noise.look import Look
from tfgen.noise.scope import Scope
from tfgen.resource import Address

START = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
HERE = Scope("123456789012", "eu-west-1", "prod")
MFA = finding("mfa_configuration", live="OFF")
POOL = [MFA.address]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "h.db"


def look_one(path: Path, one: Look, now: datetime) -> HistoryOutcome:
    (outcome,) = look(path, [one], now)
    return outcome


def rows(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        count = connection.execute("SELECT count(*) FROM finding").fetchone()[0]
    connection.close()
    return int(count)


@pytest.mark.parametrize("content", [b'{"findings": []}\n' * 100, b"x"])
def test_another_file_is_left_alone(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(OutputError, match="cannot be read: it is not a history of tfgen"):
        look_one(path, Look(result(MFA), HERE), START)
    outcome = look_one(path.with_name("none"), Look(result(MFA), HERE), START)
    with pytest.raises(OutputError, match="cannot be written: it is not a history of tfgen"):
        keep(path, outcome)
    assert path.read_bytes() == content


def test_another_database_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE users (name)")
    connection.commit()
    connection.close()
    content = path.read_bytes()
    for step in (look_one, remember):
        with pytest.raises(OutputError, match="is not a history of tfgen"):
            step(path, Look(result(MFA), HERE), START)
    assert path.read_bytes() == content


def test_a_newer_history_is_left_alone(path: Path) -> None:
    remember(path, Look(result(MFA), HERE), START)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(OutputError, match="from a newer tfgen"):
        look_one(path, Look(result(MFA), HERE), START)


def test_an_empty_file_is_an_empty_history(path: Path) -> None:
    path.touch()
    assert remember(path, Look(result(MFA), HERE), START).of(MFA).news is News.NEW
    assert look_one(path, Look(result(MFA), HERE), START).of(MFA).news is News.KNOWN


def test_damage_is_told(path: Path) -> None:
    remember(path, Look(result(*(finding(f"a{number}") for number in range(500))), HERE), START)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(OutputError, match=r"it is damaged; delete it|is not a history"):
        remember(path, Look(result(MFA), HERE), START)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its folder does not exist"):
        remember(tmp_path / "none" / "h.db", Look(result(MFA), HERE), START)
    with pytest.raises(OutputError, match="cannot be read"):
        look_one(tmp_path, Look(result(MFA), HERE), START)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_read_only(path: Path) -> None:
    remember(path, Look(result(MFA), HERE), START)
    path.chmod(stat.S_IRUSR)
    assert look_one(path, Look(result(MFA), HERE), START).of(MFA).news is News.KNOWN
    with pytest.raises(OutputError, match="read-only"):
        remember(path, Look(result(MFA), HERE), START)


def test_a_second_writer_waits_and_then_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = remember(path, Look(result(MFA), HERE), START)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(history_file, "WAIT", 0.1)
    with pytest.raises(OutputError, match="another run is writing it"):
        keep(path, outcome)
    assert look_one(path, Look(result(MFA), HERE), START).of(MFA).news is News.KNOWN
    other.execute("ROLLBACK")
    other.close()
    keep(path, outcome)


def _write(path: Path, number: int) -> None:
    for day in range(5):
        found = result(*(finding(f"a{index}") for index in range(50)))
        remember(path, Look(found, replace(HERE, target=str(number))), START + timedelta(days=day))


def test_writers_at_the_same_time_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert rows(path) == 200


KILLED = """
import os, pathlib, signal, sys
from tests.noise.made import finding, result
from tests.noise.test_history_file import HERE, START
from tfgen.noise import history_file
from tfgen.noise.history_file import keep, look
from tfgen.noise.look import Look

row, count = history_file.row_of, 0

def dying(memory):
    global count
    count += 1
    if count == 30_000:
        os.kill(os.getpid(), signal.SIGKILL)
    return row(memory)

history_file.row_of = dying
path = pathlib.Path(sys.argv[1])
many = result(*(finding(f"a{number}" + "x" * 100) for number in range(40_000)))
keep(path, *look(path, [Look(many, HERE)], START))
"""


def test_a_writer_killed_in_the_middle_changes_nothing(path: Path) -> None:
    remember(path, Look(result(MFA, compared=POOL), HERE), START)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("h.db-journal").exists(), "it was killed before anything reached the disk"
    outcome = look_one(path, Look(result(MFA, compared=POOL), HERE), START)
    assert outcome.of(MFA).news is News.KNOWN
    assert outcome.resolved == []
    assert rows(path) == 1
    keep(path, outcome)


def test_resolved_ones_are_forgotten_in_time(path: Path) -> None:
    remember(path, Look(result(MFA, compared=POOL), HERE), START)
    remember(path, Look(result(compared=POOL), HERE), START)
    remember(path, Look(result(compared=POOL), HERE), START + KEEP_RESOLVED)
    assert rows(path) == 1
    remember(path, Look(result(compared=POOL), HERE), START + KEEP_RESOLVED + timedelta(days=1))
    assert rows(path) == 0


def test_what_no_run_looks_at_any_more_is_forgotten_in_time(path: Path) -> None:
    remember(path, Look(result(MFA), HERE), START)
    elsewhere = replace(HERE, stage="dev")
    remember(path, Look(result(), elsewhere), START + KEEP_UNSEEN)
    assert rows(path) == 1
    remember(path, Look(result(), elsewhere), START + KEEP_UNSEEN + timedelta(days=1))
    assert rows(path) == 0


def test_an_open_finding_is_never_forgotten(path: Path) -> None:
    outcomes = [
        remember(path, Look(result(MFA), HERE), START + timedelta(days=300 * number)) for number in range(8)
    ]
    assert outcomes[-1].of(MFA).first_seen == START


def test_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "MAX_RESOLVED", 50)
    sizes = []
    for number in range(30):
        address = Address("members", "aws_cognito_user_pool_client")
        found = [finding("name", address=replace(address, label=f"{number}-{index}")) for index in range(100)]
        day = START + timedelta(days=number)
        remember(path, Look(result(*found, compared=POOL), HERE), day)
        sizes.append(path.stat().st_size)
    assert rows(path) == 150
    assert max(sizes[5:]) <= 1.5 * sizes[4]


def test_many_deployments_in_one_write(path: Path) -> None:
    scopes = [replace(HERE, stage=f"s{number}") for number in range(20)]
    keep(path, *look(path, [Look(result(MFA), scope) for scope in scopes], START))
    assert rows(path) == 20
    assert look_one(path, Look(result(), scopes[7]), START).previous == START


def test_nothing_to_keep_makes_no_file(path: Path) -> None:
    keep(path)
    assert not path.exists()
