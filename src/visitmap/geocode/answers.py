"""What online services answered, kept in an SQLite file: places and "no such place", never errors.

Writes begin with BEGIN IMMEDIATE, so that sessions and processes may share a file. A run that was
cut off goes on where it stopped, because every answer is kept as soon as it is there.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from visitmap.errors import InputError

VERSION = 2
_APPLICATION = 0x76697367  # "visg": so that another program's database is never taken for a cache.
_WAIT_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE answers (
    question TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    asked_at REAL NOT NULL
) WITHOUT ROWID
"""


class Answers:
    """A cache of answers by question; safe to share between threads and processes.

    Raises InputError when the file is no cache of ours, or cannot be read. A file that can be read
    but not written serves what it has, and `keep` then does nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writable = True
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as database:
                self._prepare(database)
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(str(error)) from error

    def get(self, question: str) -> list[dict[str, Any]] | None:
        """The kept answer, an empty list for "no such place", or None when never asked."""
        try:
            with self._open() as database:
                row = database.execute(
                    "SELECT answer FROM answers WHERE question = ?", (question,)
                ).fetchone()
            answer: list[dict[str, Any]] | None = None if row is None else json.loads(row[0])
        except (sqlite3.Error, ValueError) as error:
            raise self._unusable(str(error)) from error
        return answer

    def keep(self, question: str, answer: list[dict[str, Any]]) -> None:
        """Keep an answer for ever; the last one wins."""
        if not self._writable:
            return
        text = json.dumps(answer, ensure_ascii=False, sort_keys=True)
        try:
            with self._open() as database, _transaction(database):
                database.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question, text, time.time())
                )
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # One connection a call: SQLite's may not be shared between threads or forked processes.
        with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as database:
            database.isolation_level = None
            yield database

    def _prepare(self, database: sqlite3.Connection) -> None:
        version, application = _stamp(database)
        if (version, application) == (VERSION, _APPLICATION):
            self._writable = _is_writable(database)
            return
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and (application != _APPLICATION or version > VERSION):
            raise self._unusable("it is another program's, or a newer visitmap's")
        with _transaction(database):
            if _stamp(database) == (VERSION, _APPLICATION):
                return  # Another process has made it meanwhile.
            # An older version's answers are asked again: it is a cache, nothing is lost.
            database.execute("DROP TABLE IF EXISTS answers")
            database.execute(_SCHEMA)
            database.execute(f"PRAGMA user_version = {VERSION}")
            database.execute(f"PRAGMA application_id = {_APPLICATION}")

    def _unusable(self, why: str) -> InputError:
        return InputError(
            f"the cache of geocoding answers cannot be used ({why})",
            where=str(self._path),
            remedy="Delete the file, or name another",
        )


def _stamp(database: sqlite3.Connection) -> tuple[int, int]:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    return version, database.execute("PRAGMA application_id").fetchone()[0]


def _is_writable(database: sqlite3.Connection) -> bool:
    try:
        with _transaction(database):
            database.execute("UPDATE answers SET question = question WHERE 0")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise
        return False
    return True


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
