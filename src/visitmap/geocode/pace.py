"""One request a second to a service, for all threads, sessions and processes of this machine.

Who wants to ask takes the next free second in a small SQLite file, then sleeps until it comes. A
service that asks for patience (Retry-After) moves the next second for everyone.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from visitmap.errors import InputError

INTERVAL_SECONDS = 1.0
_WAIT_SECONDS = 30.0


def user_cache_folder() -> Path:
    """Where programs of this user keep what may be deleted."""
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) if base else Path.home() / ".cache"


class Pace:
    """Turns at a host; `clock` and `sleep` are for tests, seconds since 1970 and seconds."""

    def __init__(
        self,
        host: str,
        path: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._host = host
        self._path = path or user_cache_folder() / "visitmap" / "pace.sqlite"
        self._clock, self._sleep = clock, sleep

    def wait(self) -> None:
        """Take the next free turn and sleep until it comes."""
        turn = self._take(lambda free, now: (max(free, now), max(free, now) + INTERVAL_SECONDS))
        self._sleep(max(0.0, turn - self._clock()))

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        self._take(lambda free, now: (now, max(free, now + seconds)))

    def _take(self, turn: Callable[[float, float], tuple[float, float]]) -> float:
        """Read the next free time and write the one after; `turn` says which is ours."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as database:
                database.isolation_level = None
                database.execute("BEGIN IMMEDIATE")
                database.execute(
                    "CREATE TABLE IF NOT EXISTS pace (host TEXT PRIMARY KEY, free REAL)"
                )
                row = database.execute(
                    "SELECT free FROM pace WHERE host = ?", (self._host,)
                ).fetchone()
                ours, free = turn(row[0] if row else 0.0, self._clock())
                database.execute("INSERT OR REPLACE INTO pace VALUES (?, ?)", (self._host, free))
                database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise InputError(
                f"the file that paces requests cannot be used ({error})",
                where=str(self._path),
                remedy="Delete the file, or make its folder writable",
            ) from error
        return ours
