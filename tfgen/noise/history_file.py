"""The history as one SQLite file: one writer at a time, whole or not at all, bounded.

SQLite rather than JSON lines: it locks, survives a kill in the middle of a write and forgets without
rewriting, on every platform and without a library to install.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tfgen.errors import OutputError
from tfgen.noise.history import HistoryOutcome, judge
from tfgen.noise.history_rows import COLUMNS, memory_of, name_of, row_of, said, scope_of, time_of
from tfgen.noise.look import Look
from tfgen.noise.scope import Scope

KEEP_RESOLVED: Final = timedelta(days=180)
KEEP_UNSEEN: Final = timedelta(days=400)
"""For what no run looks at any more: its pool left the spec, or its scope is gone."""
MAX_RESOLVED: Final = 100_000
WAIT: Final = 30.0
"""Seconds that a writer waits for another one."""

_APPLICATION: Final = 0x7466676E
"""What tells our file from any other SQLite file: "tfgn"."""
_VERSION: Final = 1
_MAGIC: Final = b"SQLite format 3\0"
"""How every database file begins: https://www.sqlite.org/fileformat.html#magic_header_string"""
_NOT_OURS: Final = "it is not a history of tfgen; give the name of another file"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS finding (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL, module TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
  path TEXT NOT NULL, status TEXT NOT NULL,
  severity INTEGER NOT NULL, digest TEXT NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, resolved TEXT,
  UNIQUE (scope, module, kind, label, path, status)
);
CREATE INDEX IF NOT EXISTS finding_resolved ON finding (resolved);
CREATE INDEX IF NOT EXISTS finding_last_seen ON finding (last_seen);
CREATE TABLE IF NOT EXISTS run (scope TEXT PRIMARY KEY, last TEXT NOT NULL);
"""
_UPSERT: Final = f"""
INSERT INTO finding (scope, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (scope, module, kind, label, path, status) DO UPDATE SET
  severity = excluded.severity, digest = excluded.digest, first_seen = excluded.first_seen,
  last_seen = max(last_seen, excluded.last_seen), resolved = excluded.resolved
"""  # noqa: S608 - both parts are written above


def look(path: Path, looks: Sequence[Look], now: datetime) -> list[HistoryOutcome]:
    """What the history at `path` says of each deployment of a run; writes nothing.

    A file that is not there is an empty history. Raises OutputError for one that cannot be read or is
    something else.
    """
    if not _exists(path, "read"):
        return [judge(one, [], now=now, scope=one.scope, previous=None) for one in looks]
    with _opened(path, "read") as connection:
        connection.execute("BEGIN")  # all deployments of a run see one state of the file
        ours = _check(connection, path)
        return [_judged(connection if ours else None, one, now) for one in looks]


def _judged(connection: sqlite3.Connection | None, look: Look, now: datetime) -> HistoryOutcome:
    if connection is None:
        return judge(look, [], now=now, scope=look.scope, previous=None)
    scope = _completed(connection, look.scope)
    row = connection.execute("SELECT last FROM run WHERE scope = ?", (name_of(scope),)).fetchone()
    query = f"SELECT {COLUMNS} FROM finding WHERE scope = ?"  # noqa: S608
    memories = [memory_of(row) for row in connection.execute(query, (name_of(scope),))]
    return judge(look, memories, now=now, scope=scope, previous=None if row is None else time_of(row[0]))


def keep(path: Path, *outcomes: HistoryOutcome) -> None:
    """Writes what `look` learned, once the report of it is out; several deployments at once, or none.

    Raises OutputError when it cannot, or when another writer does not finish; the file then is as before.
    """
    if not outcomes:
        return
    _exists(path, "written")
    with _opened(path, "written") as connection:
        connection.execute("PRAGMA auto_vacuum = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if not _check(connection, path):
            _create(connection)
        for outcome in outcomes:
            _write(connection, outcome)
        _forget(connection, max(outcome.now for outcome in outcomes))
        connection.execute("COMMIT")


def remember(path: Path, one: Look, now: datetime) -> HistoryOutcome:
    """`look` and `keep` at once for one deployment, where no report can get lost in between."""
    (outcome,) = look(path, [one], now)
    keep(path, outcome)
    return outcome


def _create(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _write(connection: sqlite3.Connection, outcome: HistoryOutcome) -> None:
    name = name_of(outcome.scope)
    connection.executemany(_UPSERT, ((name, *row_of(memory)) for memory in outcome.memories))
    connection.execute(
        "INSERT INTO run VALUES (?, ?) ON CONFLICT (scope) DO UPDATE SET last = max(last, excluded.last)",
        (name, said(outcome.now)),
    )


def _forget(connection: sqlite3.Connection, now: datetime) -> None:
    """Deletes what is old, so that the file stays as large as what is found."""
    connection.execute("DELETE FROM finding WHERE resolved < ?", (said(now - KEEP_RESOLVED),))
    connection.execute("DELETE FROM finding WHERE last_seen < ?", (said(now - KEEP_UNSEEN),))
    connection.execute("DELETE FROM run WHERE last < ?", (said(now - KEEP_UNSEEN),))
    connection.execute(
        "DELETE FROM finding WHERE id IN "
        "(SELECT id FROM finding WHERE resolved IS NOT NULL ORDER BY resolved DESC, id LIMIT -1 OFFSET ?)",
        (MAX_RESOLVED,),
    )


def _exists(path: Path, purpose: str) -> bool:
    """Whether there is a file; SQLite itself would take a very short text for an empty database."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return False
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OutputError(f"the history {path} cannot be {purpose}: {why}") from None
    unfinished = path.with_name(f"{path.name}-journal").exists()
    if start not in (b"", _MAGIC) and not unfinished:
        raise OutputError(f"the history {path} cannot be {purpose}: {_NOT_OURS}")
    return True


@contextmanager
def _opened(path: Path, purpose: str) -> Iterator[sqlite3.Connection]:
    """A connection that is closed in any case; what was not committed is undone."""
    try:
        with closing(_connect(path, purpose)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise OutputError(f"the history {path} cannot be {purpose}: {_why(error, path)}") from None


def _connect(path: Path, purpose: str) -> sqlite3.Connection:
    def opened(mode: str) -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, timeout=WAIT, isolation_level=None, uri=True)

    if purpose == "written":
        return opened("rwc")
    try:
        return opened("rw")  # a reader too must be able to undo what a killed writer left
    except sqlite3.OperationalError:
        return opened("ro")


def _why(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"another run is writing it (waited {WAIT:.0f} s)"
    if code == sqlite3.SQLITE_NOTADB:
        return _NOT_OURS
    if code == sqlite3.SQLITE_CORRUPT:
        return "it is damaged; delete it to begin a new one"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full"
    if code == sqlite3.SQLITE_READONLY:
        return "it or its folder is read-only"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "its folder is read-only" if path.parent.is_dir() else "its folder does not exist"
    return str(error)


def _check(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file has our tables; raises OutputError for somebody else's or a newer one."""

    def pragma(name: str) -> int:
        return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

    if pragma("application_id") == _APPLICATION:
        if pragma("user_version") > _VERSION:
            raise OutputError(f"the history {path} is from a newer tfgen")
        return True
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise OutputError(f"the history {path} cannot be used: {_NOT_OURS}")
    return False


def _completed(connection: sqlite3.Connection, scope: Scope) -> Scope:
    """The one remembered scope that fits where account or region are not known: nothing could be read.

    Else all that is known of the deployment would be news in the night in which its pool is gone.
    """
    if scope.account is not None and scope.region is not None:
        return scope
    fitting = []
    for (name,) in connection.execute("SELECT scope FROM run"):
        other = scope_of(name)
        account, region = scope.account or other.account, scope.region or other.region
        asked = replace(scope.recorded, account=account, region=region)
        if asked == other:
            fitting.append(other)
    # What a first run did not know is no deployment of its own beside one that is known.
    whole = [other for other in fitting if None not in (other.account, other.region)] or fitting
    return whole[0] if len(whole) == 1 else scope
