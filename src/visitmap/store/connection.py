"""Opening a project's database, and saying in a sentence why it cannot be opened or written.

A project is a SQLite file (write-ahead log, every commit flushed to disk, writers queue for up to
thirty seconds) or a PostgreSQL database. A file is looked at without touching it before it is
opened for writing, so that what is not ours, or is newer than we are, stays as it was.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from visitmap.errors import ProjectError
from visitmap.store import schema

BUSY_SECONDS = 30
# "VMap", so that `file` and we recognise a project; SQLite keeps it in the header.
APPLICATION_ID = 0x564D6170
_SENTENCES = (
    ("disk is full", "the disk is full, so this was not saved", "Make room, then try again"),
    ("no space left", "the disk is full, so this was not saved", "Make room, then try again"),
    ("disk i/o error", "the disk refused to write, so this was not saved", "Check its free space"),
    ("could not extend file", "the database's disk is full", "Make room there, then try again"),
    ("readonly", "the project is read-only", "Copy it to a place where you may write"),
    ("read-only", "the project is read-only", "Copy it to a place where you may write"),
    ("locked", "another program has kept the project busy for too long", "Try again"),
    ("lock timeout", "another program has kept the project busy for too long", "Try again"),
    ("malformed", "the project is damaged", "Restore it from a copy"),
    ("not a database", "this is not a visitmap project", "Choose a .visitmap file"),
    ("unable to open", "the project cannot be opened", "Check the path and the permissions"),
    ("does not exist", "there is no such database", "Create it first, or check the address"),
    ("authentication failed", "the database refused the name or password", "Check the address"),
)


def project_url(where: str | os.PathLike[str]) -> URL:
    """The database's address: a path is a SQLite file, `postgresql://` goes through psycopg."""
    given = os.fspath(where)
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).resolve()))
    try:
        url = make_url(given)
    except ArgumentError:
        raise ProjectError("not an address of a database", where=_shown(given)) from None
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return URL.create("sqlite", database=str(Path(url.database).resolve()))
    remedy = "Use a path, or postgresql://user@host/database"
    raise ProjectError("projects live in SQLite or PostgreSQL", where=_shown(given), remedy=remedy)


def shown(url: URL) -> str:
    """The address as people may see it: a file's name, or the address without its password."""
    if url.drivername == "sqlite":
        return Path(url.database).name
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def in_sentences(where: str) -> Iterator[None]:
    """Turn what the database says into a ProjectError of one sentence."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise _explained(str(cause), where) from error


def make_engine(url: URL, *, read_only: bool) -> Engine:
    """The engine for a project whose file or server was found to be ours; opens nothing yet."""
    if url.drivername == "sqlite":
        return _sqlite_engine(Path(url.database), read_only=read_only)
    return _postgresql_engine(url)


def look_at_file(path: Path) -> bool:
    """Whether a file is there with a project in it, found out without changing a byte.

    An empty file counts as none. Raises ProjectError for what is not a project, is damaged, or was
    written by a newer version.
    """
    name = path.name
    if not path.exists():
        return False
    if not path.is_file():
        raise ProjectError("this is not a file", where=name, remedy="Choose a .visitmap file")
    with in_sentences(name):
        try:
            head = path.open("rb").read(16)
        except OSError as error:
            raise ProjectError(f"cannot be read: {error.strerror}", where=name) from error
        if not head:
            return False
        with closing(sqlite3.connect(_peek_uri(path), uri=True, timeout=BUSY_SECONDS)) as peek:
            tables = {row[0] for row in peek.execute("SELECT name FROM sqlite_master")}
            if "visitmap_project" not in tables:
                if not tables:
                    return False
                remedy = "Choose a .visitmap file"
                raise ProjectError("not a visitmap project", where=name, remedy=remedy)
            check_version(peek.execute("SELECT schema FROM visitmap_project").fetchone(), name)
    return True


def check_version(row: tuple[int] | None, where: str) -> None:
    """Refuse what a newer visitmap wrote; raises ProjectError."""
    if row is None:
        raise ProjectError("the project is damaged", where=where, remedy="Restore it from a copy")
    if row[0] > schema.SCHEMA:
        versions = f"version {row[0]}, this one reads up to {schema.SCHEMA}"
        raise ProjectError(
            f"a newer visitmap wrote this project ({versions})",
            where=where,
            remedy="Update visitmap; the project was left untouched",
        )


def _peek_uri(path: Path) -> str:
    """For a short look: without a log beside the file, SQLite need not create anything."""
    still = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    return f"file:{quote(str(path))}?mode=ro{still}"


def _open_reader(path: Path) -> sqlite3.Connection:
    """A reader beside possible writers; in a folder where nothing can be written there are none."""
    for still in ("", "&immutable=1"):
        uri = f"file:{quote(str(path))}?mode=ro{still}"
        found = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            found.execute("SELECT 1 FROM sqlite_master").fetchone()
            return found
        except sqlite3.OperationalError:
            found.close()
            if still or os.access(path.parent, os.W_OK):
                raise
    raise AssertionError("one of the two ways returns or raises")


def _sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        if read_only:
            return _open_reader(path)
        return sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine(
        URL.create("sqlite", database=str(path)), creator=connect, max_overflow=-1
    )
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare_writer)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_reader(connection: sqlite3.Connection, record: object) -> None:
    # Transactions are begun by `_begin`, not by the driver.
    connection.isolation_level = None


def _prepare_writer(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _start_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _start_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not queue for this, so several openers retry."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # A writer takes the lock before it reads, or two of them could read first and both lose.
    write = connection.get_execution_options().get("visitmap_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgresql_engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        remedy = "Install it with: pip install 'visitmap[postgres]'"
        raise ProjectError("the driver for PostgreSQL is missing", remedy=remedy) from None
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: object, record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        # A server may be set to answer before its disk has the data; we never acknowledge so.
        if cursor.execute("SHOW synchronous_commit").fetchone()[0] == "off":
            cursor.execute("SET synchronous_commit = on")
    connection.commit()


def reading(engine: Engine) -> Engine:
    """The engine for reads: all statements of a transaction see the same moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def writing(engine: Engine) -> Engine:
    """The engine for writes."""
    return engine.execution_options(visitmap_write=True)


def lock_creation(connection: Connection) -> None:
    """Let one of several programs create the tables; the others wait until it has."""
    if connection.dialect.name == "postgresql":
        key = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(key, {"key": APPLICATION_ID})
    else:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _explained(said: str, where: str) -> ProjectError:
    lowered = said.lower()
    for sign, sentence, remedy in _SENTENCES:
        if sign in lowered:
            return ProjectError(sentence, where=where, remedy=remedy)
    first = said.strip().splitlines()[0] if said.strip() else "no reason given"
    return ProjectError(f"the database did not do it: {first}", where=where)


def _shown(given: str) -> str:
    return given.rsplit("@", 1)[-1]
