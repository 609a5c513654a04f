"""What all sessions of one process share of a project: its connections, and its decoded state.

A session holds a `Project`, which is little more than a name; the decoded visits are here once,
whoever asks. Every read first compares the revision in the database with the one decoded, so that
a decision by anybody, in whichever process, shows on the next call.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Row, select

from visitmap.errors import ProjectError
from visitmap.model import (
    Decision,
    Issue,
    Source,
    Visit,
    issue_from_record,
    to_record,
    visit_from_record,
)
from visitmap.store.connection import make_engine, shown
from visitmap.store.log import Entry, Log
from visitmap.store.queue import Ordering, Queued
from visitmap.store.schema import DOCUMENT, ISSUE, LOG, PROJECT, SNAPSHOT, VISIT
from visitmap.store.view import Check, Combine, Content, Fold, Snapshot, View, group, sourced

# SQLite takes at most so many values in one `IN (…)` on every version we meet.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave, and the revision at which it was saved."""

    revision: int
    visits: tuple[Visit, ...]
    issues: tuple[Issue, ...]


class Shared:
    """The connections to a project and its state at the newest revision read so far."""

    def __init__(
        self,
        url: URL,
        *,
        read_only: bool,
        combine: Combine | None,
        check: Callable[[], Check] | None,
    ) -> None:
        self.url, self.combine, self.check = url, combine, check
        self.where = shown(url)
        self.engine: Engine = make_engine(url, read_only=read_only)
        self.users = 0
        self._file = self._identity()
        # For the decoded state, and for being this process's one writer; whoever needs both
        # takes `writer` first, and `lock` is never held while waiting for the database to write.
        self.lock, self.writer = threading.RLock(), threading.Lock()
        self._forget("")

    def view(self, connection: Connection) -> View:
        """The project at the newest revision that `connection`'s transaction sees."""
        row = connection.execute(
            select(PROJECT.c.uuid, PROJECT.c.revision, PROJECT.c.content_revision)
        ).one()
        with self.lock:
            if row.uuid != self._uuid or row.revision < self._revision:
                # Another project, or an older copy of this one, was put in its place.
                self._forget(row.uuid)
            if row.revision != self._revision or self._view is None:
                self._catch_up(connection, row)
            return self._view

    def queue(self, connection: Connection) -> tuple[Queued, ...]:
        """What waits, at the newest revision that `connection`'s transaction sees."""
        return self._ordering.of(self.view(connection))

    def log(self, connection: Connection) -> Log:
        """The log up to the newest revision that `connection`'s transaction sees."""
        self.view(connection)
        return self._log

    def check_file(self) -> None:
        """Raise ProjectError when the file was moved away: what is written would be lost."""
        if self._file is None:
            self._file = self._identity()
        elif self.was_moved():
            remedy = "Open it again where it is now"
            raise ProjectError("the project was moved or deleted", where=self.where, remedy=remedy)

    def was_moved(self) -> bool:
        """Whether the file is not the one that was opened; false before it was created."""
        return self._file is not None and self._identity() != self._file

    def _identity(self) -> tuple[int, int] | None:
        if self.url.drivername != "sqlite":
            return None
        try:
            found = Path(self.url.database).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _forget(self, uuid: str) -> None:
        self._uuid, self._revision, self._content_revision = uuid, -1, -1
        self._extractions: dict[str, Extraction] = {}
        self._log = Log()
        self._view: View | None = None
        self._fold: Fold | None = None
        self._ordering = Ordering()

    def _catch_up(self, connection: Connection, row: Row[Any]) -> None:
        if row.content_revision != self._content_revision or self._fold is None:
            content = self._content(connection)
            self._fold = self._fold or Fold(content, self.check and self.check())
            self._fold.use(content)
        for entry in _entries(connection, self._log.last_seq):
            self._log.append(entry)
        self._view = self._fold.view(self._log, row.revision, partial(_snapshots, connection))
        self._revision, self._content_revision = row.revision, row.content_revision

    def _content(self, connection: Connection) -> Content:
        """What documents and extraction say; only what changed is read and decoded again."""
        columns = (DOCUMENT.c.doc_id, DOCUMENT.c.source, DOCUMENT.c.extraction)
        rows = connection.execute(select(*columns).order_by(DOCUMENT.c.position)).all()
        changed = [
            row.doc_id
            for row in rows
            if row.doc_id not in self._extractions
            or self._extractions[row.doc_id].revision != row.extraction
        ]
        revisions = {row.doc_id: row.extraction for row in rows}
        self._extractions |= _extractions(connection, changed, revisions)
        self._extractions = {row.doc_id: self._extractions[row.doc_id] for row in rows}
        sources = {row.doc_id: Source(**json.loads(row.source)) for row in rows}
        return self._grouped(sources)

    def _grouped(self, sources: Mapping[str, Source]) -> Content:
        all_of = self._extractions.values()
        found = [sourced(visit, sources) for one in all_of for visit in one.visits]
        owner = {
            visit.visit_id: doc_id
            for doc_id, one in reversed(self._extractions.items())
            for visit in one.visits
        }
        rows = {
            visit.visit_id: doc_id
            for doc_id, one in self._extractions.items()
            if sources[doc_id].kind == "table"
            for visit in one.visits
        }
        groups, conflicts = group(found, self.combine, rows)
        return Content(
            sources=sources,
            found={visit.visit_id: visit for visit in reversed(found)},
            owner=owner,
            groups=groups,
            issues=[*(issue for one in all_of for issue in one.issues), *conflicts],
            combine=self.combine,
            rows=rows,
        )


class Register:
    """The projects open in this process; sessions that open the same one share it."""

    def __init__(self) -> None:
        self._open: dict[tuple[object, ...], Shared] = {}
        self._lock = threading.Lock()

    def take(self, url: URL, **how: Any) -> Shared:
        """The shared part of a project, made as `how` says when this is its first user."""
        key = (url.render_as_string(hide_password=False), *how.values())
        with self._lock:
            shared = self._open.get(key)
            if shared is None or shared.was_moved():
                shared = self._open[key] = Shared(url, **how)
            shared.users += 1
            return shared

    def give_back(self, shared: Shared) -> None:
        """One user less; the last one closes the connections."""
        with self._lock:
            shared.users -= 1
            if shared.users > 0:
                return
            self._open = {key: one for key, one in self._open.items() if one is not shared}
        shared.engine.dispose()


REGISTER = Register()


def decision_text(decision: Decision) -> str:
    """A decision as it stands in the log."""
    fields = {name: getattr(decision, name) for name in Decision.__slots__}
    return as_json(fields)


def as_json(value: Any) -> str:
    """JSON that both databases can hold: a broken character of a document is written escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def _extractions(
    connection: Connection, doc_ids: list[str], revisions: Mapping[str, int]
) -> dict[str, Extraction]:
    visits: dict[str, list[Visit]] = {doc_id: [] for doc_id in doc_ids}
    issues: dict[str, list[Issue]] = {doc_id: [] for doc_id in doc_ids}
    for chunk in _chunks(doc_ids):
        for table, goal, decode in (
            (VISIT, visits, visit_from_record),
            (ISSUE, issues, issue_from_record),
        ):
            query = select(table.c.doc_id, table.c.record).where(table.c.doc_id.in_(chunk))
            for doc_id, record in connection.execute(query.order_by(table.c.position)):
                goal[doc_id].append(decode(json.loads(record)))
    return {
        doc_id: Extraction(revisions[doc_id], tuple(visits[doc_id]), tuple(issues[doc_id]))
        for doc_id in doc_ids
    }


def _entries(connection: Connection, after: int) -> Iterator[Entry]:
    for row in connection.execute(select(LOG).where(LOG.c.seq > after).order_by(LOG.c.seq)):
        fields = json.loads(row.decision)
        changes = tuple((column, text) for column, text in fields.pop("changes"))
        decision = Decision(**fields, changes=changes)
        yield Entry(row.seq, row.batch, row.kind, decision, row.target, row.snapshot)


def _snapshots(connection: Connection, hashes: Iterable[str]) -> dict[str, Snapshot]:
    found: dict[str, Snapshot] = {}
    for chunk in _chunks(sorted(hashes)):
        query = select(SNAPSHOT).where(SNAPSHOT.c.hash.in_(chunk))
        for hash_, record in connection.execute(query):
            found[hash_] = snapshot_from_record(json.loads(record))
    return found


def snapshot_from_record(record: dict[str, Any]) -> Snapshot:
    """The snapshot that was saved as JSON."""
    absorbed = tuple(
        (visit_from_record(visit), tuple(members)) for visit, members in record["absorbed"]
    )
    members, documents = tuple(record["members"]), tuple(record["documents"])
    return Snapshot(visit_from_record(record["visit"]), members, documents, absorbed)


def snapshot_record(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as plain values, ready for JSON."""
    absorbed = [(to_record(visit), members) for visit, members in snapshot.absorbed]
    return {
        "visit": to_record(snapshot.visit),
        "members": snapshot.members,
        "documents": snapshot.documents,
        "absorbed": absorbed,
    }


def _chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
