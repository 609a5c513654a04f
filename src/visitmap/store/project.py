"""One project: documents, what extraction found in them, and what people decided.

    with Project.open("tour.visitmap", who="Ada") as project:
        project.add_document(document)
        project.save_extraction(document.doc_id, *run_document(document))
        project.decide(Decision(visit_id, "accept", "", ""))       # on disk when it returns
        project.undo("Ada")

Every call that writes is one transaction: done and on disk, or not done at all and a ProjectError.
Reads show what anybody, in any process, has written until then.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from visitmap.errors import ChangedError, ProjectError, UsageError
from visitmap.model import Decision, Document, Issue, Source, Visit, to_record
from visitmap.review import (
    ACTIONS,
    CHANGEABLE,
    ISSUE_PREFIX,
    SEPARATOR,
    apply_decision,
    column_text,
    issue_id,
    split_changes,
    split_into,
)
from visitmap.store import schema
from visitmap.store.answers import GeocoderAnswers
from visitmap.store.connection import (
    check_version,
    in_sentences,
    lock_creation,
    look_at_file,
    project_url,
    reading,
    shown,
    writing,
)
from visitmap.store.log import Log
from visitmap.store.queue import Queued
from visitmap.store.schema import DOCUMENT, ISSUE, LOG, PROJECT, SNAPSHOT, VISIT
from visitmap.store.shared import (
    REGISTER,
    Shared,
    as_json,
    decision_text,
    snapshot_from_record,
    snapshot_record,
)
from visitmap.store.view import Check, Combine, Snapshot, View
from visitmap.timespan import is_edtf

_EDITABLE = ("title", "publisher", "date", "url", "language")
# What of it the extraction reads by.
_READ_BY = ("date", "language")


@dataclass(frozen=True, slots=True)
class StoredSource(Source):
    """A document of the project without its text, and what became of it.

    `visits` counts those not rejected, `decided` those among them that a person decided on;
    `size` is in bytes, `sha256` of the bytes received; `extracted` tells whether extraction ran.
    """

    visits: int = 0
    decided: int = 0
    issues: int = 0
    extracted: bool = False
    added: str = ""
    size: int = 0
    sha256: str = ""

    @property
    def source(self) -> Source:
        """The source alone."""
        return Source(**{name: getattr(self, name) for name in Source.__slots__})


class Project:
    """A project database; cheap to hold, safe to use from several threads."""

    def __init__(self, shared: Shared, *, who: str, read_only: bool) -> None:
        self._shared = shared
        self._closed = False
        self.who, self.read_only = who, read_only

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str],
        *,
        who: str = "",
        read_only: bool = False,
        create: bool = True,
        combine: Combine | None = None,
        check: Callable[[], Check] | None = None,
    ) -> Project:
        """Open a SQLite file or `postgresql://…`, created or brought to today's schema if need be.

        `who` signs decisions that name nobody. `combine` joins visits of several documents that
        tell of one (`merge.merge_visits`); `check` makes what looks at all of them for issues
        (`analysis.Journeys`). A file that cannot be written is opened read-only.
        Raises ProjectError for what is damaged, no project of ours, or written by a newer visitmap:
        it is left untouched.
        """
        url = project_url(where)
        read_only = _checked_file(url.database, read_only, create) if _is_file(url) else read_only
        with in_sentences(shown(url)):
            shared = REGISTER.take(url, read_only=read_only, combine=combine, check=check)
            try:
                _prepare(shared, read_only, create)
            except BaseException:
                REGISTER.give_back(shared)
                raise
        return cls(shared, who=who, read_only=read_only)

    def close(self) -> None:
        """Let go of the database; the last user of this process closes the connections."""
        if not self._closed:
            self._closed = True
            REGISTER.give_back(self._shared)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The file's name, or the database's address without its password."""
        return self._shared.where

    @property
    def revision(self) -> int:
        """A number that every write by anybody raises; the cache of geocoder answers apart."""
        with self._reading() as connection:
            return connection.scalar(select(PROJECT.c.revision))

    @property
    def geocoder_answers(self) -> GeocoderAnswers:
        """What online geocoders answered, by question."""
        return GeocoderAnswers(self._reading, self._writing)

    # Documents

    def add_document(
        self, document: Document, *, content: bytes = b"", replace_text: bool = False
    ) -> str:
        """Keep a document and the bytes it came as; gives the id it goes by in this project.

        The same text under the same id changes nothing. Another text under an id that is taken
        gets the id with a number added (`article-2`), unless `replace_text` says it is a new
        version of that document; run the extraction again then.
        """
        with self._writing() as connection:
            return self._keep(connection, document, content, replace_text)

    def add_extracted(
        self,
        document: Document,
        visits: Iterable[Visit],
        issues: Iterable[Issue] = (),
        *,
        content: bytes = b"",
    ) -> str:
        """`add_document` and `save_extraction` as one: both are on disk, or neither."""
        with self._writing() as connection:
            doc_id = self._keep(connection, document, content)
            self._save_found(connection, doc_id, visits, issues)
        return doc_id

    def documents(self) -> list[StoredSource]:
        """The project's documents in the order they were added, with counts."""
        view = self._view()
        issues: dict[str, int] = {}
        for issue in view.open_issues:
            for doc_id in {one.doc_id for one in issue.evidence} or {issue.where.split(":")[0]}:
                issues[doc_id] = issues.get(doc_id, 0) + 1
        columns = (DOCUMENT.c.source, DOCUMENT.c.extraction, DOCUMENT.c.added, DOCUMENT.c.sha256)
        size = func.length(DOCUMENT.c.content).label("size")
        with self._reading() as connection:
            rows = connection.execute(select(*columns, size).order_by(DOCUMENT.c.position)).all()
        return [_stored(row, view, issues) for row in rows]

    def document(self, doc_id: str) -> Document:
        """One document with its text; raises UsageError when the project does not have it."""
        with self._reading() as connection:
            query = select(DOCUMENT.c.source, DOCUMENT.c.text).where(DOCUMENT.c.doc_id == doc_id)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise _no_document(doc_id)
        return Document(json.loads(row.text), Source(**json.loads(row.source)))

    def content(self, doc_id: str) -> bytes:
        """The bytes a document came as; raises UsageError when the project does not have it."""
        with self._reading() as connection:
            query = select(DOCUMENT.c.content).where(DOCUMENT.c.doc_id == doc_id)
            found = connection.scalar(query)
        if found is None:
            raise _no_document(doc_id)
        return found

    def update_document(self, doc_id: str, **known: str) -> None:
        """Change what is known of a document: title, publisher, date (EDTF), url, language.

        What is found depends on the document's date and language: after a change of these it counts
        as not extracted, until the extraction is run again. Raises UsageError for another field, or
        a date that is not EDTF.
        """
        changes = _checked_source(known)
        with self._writing() as connection:
            query = select(DOCUMENT.c.source).where(DOCUMENT.c.doc_id == doc_id)
            source = connection.scalar(query)
            if source is None:
                raise _no_document(doc_id)
            before = json.loads(source)
            new = as_json(before | changes)
            if new == source:
                return
            values: dict[str, Any] = {"source": new}
            if any(before[name] != changes.get(name, before[name]) for name in _READ_BY):
                values["extraction"] = 0
            change = update(DOCUMENT).where(DOCUMENT.c.doc_id == doc_id)
            connection.execute(change.values(**values))
            self._touch(connection, content=True)

    def remove_document(self, doc_id: str) -> None:
        """Forget a document and what was found in it; decisions stay in the log.

        Added again and extracted again, its visits come back as they were decided.
        """
        with self._writing() as connection:
            done = connection.execute(delete(DOCUMENT).where(DOCUMENT.c.doc_id == doc_id))
            if not done.rowcount:
                raise _no_document(doc_id)
            self._touch(connection, content=True)

    # What extraction found

    def save_extraction(
        self, doc_id: str, visits: Iterable[Visit], issues: Iterable[Issue] = ()
    ) -> int:
        """Replace what extraction found in a document; gives the new revision.

        Decisions are not touched: what a person decided on stays as decided, found or not. What was
        found in an article is evidence of that article, whatever id it went by when it was read.
        """
        with self._writing() as connection:
            return self._save_found(connection, doc_id, visits, issues)

    def visits(self, *, include_rejected: bool = False) -> list[Visit]:
        """All visits with decisions applied, in the order of the documents."""
        view = self._view()
        return list(view.visits if include_rejected else view.kept)

    def visit(self, visit_id: str) -> Visit | None:
        """One visit, rejected or not; None when there is none of that id (any more)."""
        return self._view().by_id.get(visit_id)

    def issues(self, open_only: bool = True) -> list[Issue]:
        """What a person should look at; without `open_only` also what decisions settled.

        To settle an issue that has no visit, decide on `review.issue_id(issue)`.
        """
        view = self._view()
        return list(view.open_issues if open_only else view.issues)

    def issues_of(self, item_id: str) -> list[Issue]:
        """Open issues of one visit, or the one whose `review.issue_id` this is."""
        issues_of = self._view().issues_of
        if not item_id.startswith(ISSUE_PREFIX):
            return list(issues_of.get(item_id, ()))
        return [one for one in issues_of.get("", ()) if issue_id(one) == item_id]

    def queue(self) -> tuple[Queued, ...]:
        """What waits for a person, with reasons: doubted visits first, then issues of no visit,
        then the other undecided visits, deferred ones last; in each the neediest first."""
        with self._reading() as connection:
            return self._shared.queue(connection)

    def progress(self) -> tuple[int, int]:
        """How many visits are decided, and how many there are, rejected ones included."""
        visits = self._view().visits
        return sum(one.review != "unreviewed" for one in visits), len(visits)

    # Decisions

    def decide(
        self, decisions: Decision | Iterable[Decision], *, seen: Iterable[Visit] = ()
    ) -> int:
        """Save decisions, all or none, undone together; gives the new revision.

        An empty `who` or `when` is filled in. Raises UsageError, and saves nothing, when a visit is
        not there (any more) or cannot hold a change; ChangedError when one of the visits `seen` by
        the person who decides is not as it was any more.
        """
        listed = [decisions] if isinstance(decisions, Decision) else list(decisions)
        return self._decide(lambda view: listed, seen=seen)[0]

    def merge(
        self,
        visit_ids: Sequence[str],
        who: str = "",
        why: str = "",
        *,
        seen: Iterable[Visit] = (),
    ) -> int:
        """Make one visit of several: the first stands, with the evidence of all; see `decide`."""
        first, *others = dict.fromkeys(visit_ids)
        if not others:
            raise UsageError("one visit alone cannot be merged", remedy="Choose two or more")
        changes = tuple(("visit_id", other) for other in others)
        return self.decide(Decision(first, "merge", who, "", why, changes), seen=seen)

    def split(
        self,
        visit_id: str,
        parts: Sequence[Mapping[str, str]],
        who: str = "",
        why: str = "",
        *,
        seen: Iterable[Visit] = (),
    ) -> int:
        """Make several visits of one: a part is its columns' new texts; the first keeps the id.

        The column `evidence` ("0, 2") says which pieces of evidence a part keeps; without it, all.
        """
        changes = split_changes(visit_id, parts, token=uuid4().hex)
        return self.decide(Decision(visit_id, "split", who, "", why, changes), seen=seen)

    def decide_same(self, field: str, old: str, new: str | Mapping[str, str], who: str = "") -> int:
        """Correct every visit whose column `field` reads `old`; gives how many.

        `new` is the column's new text, or several columns' (a place's id and coordinates). With
        several travellers, the one called `old` is renamed. Visits that say so already, and
        rejected ones, are left alone.
        """

        def chosen(view: View) -> list[Decision]:
            corrections = ((one, _same(one, field, old, new)) for one in view.kept)
            return [
                Decision(one.visit_id, "correct", who, "", f"all with {field} = {old}", changes)
                for one, changes in corrections
                if changes
            ]

        return self._decide(chosen)[1]

    def undo(self, who: str = "") -> list[Decision] | None:
        """Take back what `who` saved last and has not taken back; None when nothing is left."""
        return self._turn("undo", who or self.who)

    def redo(self, who: str = "") -> list[Decision] | None:
        """Bring back what `who` undid last; None when nothing is left, or they decided since."""
        return self._turn("redo", who or self.who)

    def can_undo(self, who: str = "") -> bool:
        """Whether `undo` would do something."""
        with self._reading() as connection:
            return self._shared.log(connection).to_undo(who or self.who) is not None

    def can_redo(self, who: str = "") -> bool:
        """Whether `redo` would do something."""
        with self._reading() as connection:
            return self._shared.log(connection).to_redo(who or self.who) is not None

    def decisions(self, visit_id: str = "") -> list[Decision]:
        """The log, oldest first, of one visit or all; undos and redos are entries of their own."""
        with self._reading() as connection:
            found = self._shared.log(connection).decisions()
        return [one for one in found if not visit_id or one.visit_id == visit_id]

    # How it is done

    def _keep(
        self,
        connection: Connection,
        document: Document,
        content: bytes,
        replace_text: bool = False,
    ) -> str:
        if not document.doc_id or "\0" in document.doc_id:
            raise UsageError("a document needs a name", remedy="Give it an id")
        content = content or document.text.encode("utf-8", "replace")
        doc_id = document.doc_id if replace_text else _free_id(connection, document)
        source = replace(document.source, doc_id=doc_id)
        known = connection.scalar(select(DOCUMENT.c.text).where(DOCUMENT.c.doc_id == doc_id))
        if known == as_json(document.text):
            return doc_id
        _put_document(connection, replace(document, source=source), content, known is None)
        self._touch(connection, content=True)
        return doc_id

    def _save_found(
        self,
        connection: Connection,
        doc_id: str,
        visits: Iterable[Visit],
        issues: Iterable[Issue],
    ) -> int:
        columns = (DOCUMENT.c.extraction, DOCUMENT.c.source)
        query = select(*columns).where(DOCUMENT.c.doc_id == doc_id)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise _no_document(doc_id)
        owner = "" if json.loads(row.source)["kind"] == "table" else doc_id
        records = [[_found_in(owner, one) for one in found] for found in (visits, issues)]
        changed = [
            _put_records(connection, table, doc_id, found)
            for table, found in zip((VISIT, ISSUE), records, strict=True)
        ]
        if row.extraction and not any(changed):
            return connection.scalar(select(PROJECT.c.revision))
        revision = self._touch(connection, content=True)
        change = update(DOCUMENT).where(DOCUMENT.c.doc_id == doc_id)
        connection.execute(change.values(extraction=revision))
        return revision

    def _view(self) -> View:
        with self._reading() as connection:
            return self._shared.view(connection)

    def _decide(
        self, choose: Callable[[View], list[Decision]], *, seen: Iterable[Visit] = ()
    ) -> tuple[int, int]:
        """Save what `choose` makes of the newest state; the revision and how many were saved."""
        with self._writing() as connection:
            view = self._shared.view(connection)
            _check_unchanged(view, self._shared.log(connection), seen)
            decisions = [self._signed(one) for one in choose(view)]
            if not decisions:
                return view.revision, 0
            seq = self._shared.log(connection).last_seq
            revision = self._touch(connection)
            saved: dict[str, str | None] = {}
            for number, decision in enumerate(decisions, start=seq + 1):
                snapshot = _snapshot(connection, view, decision, saved)
                _append(connection, number, revision, "decide", decision, snapshot=snapshot)
        return revision, len(decisions)

    def _turn(self, kind: str, who: str) -> list[Decision] | None:
        with self._writing() as connection:
            log = self._shared.log(connection)
            target = log.to_undo(who) if kind == "undo" else log.to_redo(who)
            if target is None:
                return None
            revision = self._touch(connection)
            decision = Decision("", kind, who, _now())
            _append(connection, log.last_seq + 1, revision, kind, decision, target=target)
            return log.batch(target)

    def _signed(self, decision: Decision) -> Decision:
        return replace(decision, who=decision.who or self.who, when=decision.when or _now())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        shared = self._shared
        # The lock comes before the transaction: what it sees is then never older than the state.
        with shared.lock, in_sentences(self.name), reading(shared.engine).begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            remedy = "Copy it to a place where you may write"
            raise ProjectError("the project is read-only", where=self.name, remedy=remedy)
        shared = self._shared
        shared.check_file()
        engine = writing(shared.engine)
        with shared.writer, in_sentences(self.name), engine.begin() as connection:
            # On PostgreSQL this row is what writers queue for; SQLite's have queued already.
            connection.execute(select(PROJECT.c.revision).with_for_update())
            yield connection

    @staticmethod
    def _touch(connection: Connection, *, content: bool = False) -> int:
        """Raise the revision and give it."""
        revision = connection.scalar(select(PROJECT.c.revision)) + 1
        values = {"revision": revision} | ({"content_revision": revision} if content else {})
        connection.execute(update(PROJECT).values(**values))
        return revision


def _is_file(url: Any) -> bool:
    return url.drivername == "sqlite"


def _checked_file(database: str, read_only: bool, create: bool) -> bool:
    """Look at the file first; gives whether it can only be read."""
    path = Path(database)
    if look_at_file(path):
        # SQLite writes its log beside the file.
        return read_only or not all(os.access(one, os.W_OK) for one in (path, path.parent))
    if read_only or not create:
        remedy = "Check the path, or create it first"
        raise ProjectError("there is no such project", where=path.name, remedy=remedy)
    if not path.parent.is_dir():
        remedy = "Create the folder first"
        raise ProjectError(f"there is no folder {path.parent}", where=path.name, remedy=remedy)
    return False


def _prepare(shared: Shared, read_only: bool, create: bool) -> None:
    """Check the schema's version; create or migrate the tables when allowed."""
    with shared.engine.begin() as connection:
        version = _version(connection)
    if version is not None:
        check_version((version,), shared.where)
    elif read_only or not create:
        remedy = "Check the address, or create it first"
        raise ProjectError("there is no such project", where=shared.where, remedy=remedy)
    if version == schema.SCHEMA:
        return
    if read_only:
        remedy = "Open it once where you may write, to bring it up to date"
        raise ProjectError("an older visitmap wrote this", where=shared.where, remedy=remedy)
    with writing(shared.engine).begin() as connection:
        lock_creation(connection)
        if _version(connection) is None:
            _create(connection)
        schema.migrate(connection)


def _version(connection: Connection) -> int | None:
    if not connection.dialect.has_table(connection, PROJECT.name):
        return None
    row = connection.execute(select(PROJECT.c.schema)).one_or_none()
    check_version(row, "")
    return row[0]


def _create(connection: Connection) -> None:
    schema.METADATA.create_all(connection)
    values = {"id": 1, "uuid": uuid4().hex, "schema": schema.SCHEMA, "created": _now()}
    connection.execute(insert(PROJECT).values(**values, revision=0, content_revision=0))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _no_document(doc_id: str) -> UsageError:
    return UsageError(f"there is no document {doc_id!r} in the project", remedy="Add it first")


def _free_id(connection: Connection, document: Document) -> str:
    """The document's id, or with a number added while another text has it."""
    wanted, number = document.doc_id, 2
    text = as_json(document.text)
    while True:
        query = select(DOCUMENT.c.text).where(DOCUMENT.c.doc_id == wanted)
        known = connection.scalar(query)
        if known is None or known == text:
            return wanted
        wanted, number = f"{document.doc_id}-{number}", number + 1


def _put_document(connection: Connection, document: Document, content: bytes, is_new: bool) -> None:
    values = {
        "source": as_json(asdict(document.source)),
        "text": as_json(document.text),
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "added": _now(),
        "extraction": 0,
    }
    if is_new:
        last = connection.scalar(select(func.max(DOCUMENT.c.position))) or 0
        row = {"doc_id": document.doc_id, "position": last + 1, **values}
        connection.execute(insert(DOCUMENT).values(**row))
        return
    for table in (VISIT, ISSUE):
        connection.execute(delete(table).where(table.c.doc_id == document.doc_id))
    change = update(DOCUMENT).where(DOCUMENT.c.doc_id == document.doc_id)
    connection.execute(change.values(**values))


def _found_in(doc_id: str, found: Visit | Issue) -> str:
    """A visit or issue as text; its evidence is of `doc_id`, if given."""
    record = to_record(found)
    for piece in record["evidence"] if doc_id else ():
        piece["doc_id"] = doc_id
    if doc_id and record.get("source"):
        record["source"]["doc_id"] = doc_id
    return as_json(record)


def _put_records(connection: Connection, table: Any, doc_id: str, records: list[str]) -> bool:
    """Replace a document's rows; gives whether anything changed."""
    query = select(table.c.record).where(table.c.doc_id == doc_id).order_by(table.c.position)
    if connection.scalars(query).all() == records:
        return False
    connection.execute(delete(table).where(table.c.doc_id == doc_id))
    rows = [
        {"doc_id": doc_id, "position": number, "record": record}
        for number, record in enumerate(records)
    ]
    if rows:
        connection.execute(insert(table), rows)
    return True


def _stored(row: Any, view: View, issues: Mapping[str, int]) -> StoredSource:
    source = json.loads(row.source)
    doc_id = source["doc_id"]
    return StoredSource(
        **source,
        visits=view.by_document[doc_id],
        decided=view.decided_by_document[doc_id],
        issues=issues.get(doc_id, 0),
        extracted=row.extraction > 0,
        added=row.added,
        size=row.size,
        sha256=row.sha256,
    )


def _checked_source(known: Mapping[str, str]) -> dict[str, str]:
    for name in known:
        if name not in _EDITABLE:
            remedy = f"Use {', '.join(_EDITABLE)}"
            raise UsageError(f"a document has no field {name!r} to change", remedy=remedy)
    date = known.get("date", "")
    if date and not is_edtf(date):
        remedy = "Write it as 2018-03-28, 2017-10 or 2016"
        raise UsageError(f"not an EDTF date: {date!r}", where="date", remedy=remedy)
    language = known.get("language", "")
    if language and not re.fullmatch(r"[a-z]{2,3}", language):
        remedy = "Write it as fr or en"
        raise UsageError(f"not a language code: {language!r}", where="language", remedy=remedy)
    return dict(known) | ({"date_basis": "given" if date else ""} if "date" in known else {})


def _append(
    connection: Connection,
    seq: int,
    batch: int,
    kind: str,
    decision: Decision,
    *,
    target: int | None = None,
    snapshot: str | None = None,
) -> None:
    values = {"seq": seq, "batch": batch, "kind": kind, "target": target, "snapshot": snapshot}
    connection.execute(insert(LOG).values(**values, decision=decision_text(decision)))


def _snapshot(
    connection: Connection, view: View, decision: Decision, saved: dict[str, str | None]
) -> str | None:
    """Check a decision against its visit, keep what the person saw of it, and give its hash."""
    if decision.visit_id.startswith(ISSUE_PREFIX):
        _check_issue(view, decision)
        return None
    visit = _seen(view, decision.visit_id)
    _check(visit, decision)
    absorbed = [_seen(view, one) for one in _absorbed(decision)]
    root = decision.visit_id
    if not absorbed and (view.standing.get(root) or root in saved):
        return saved.get(root) or view.standing[root]
    record = as_json(snapshot_record(_base(connection, view, visit, absorbed)))
    hash_ = hashlib.sha256(record.encode()).hexdigest()
    known = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.hash == hash_)
    if connection.scalar(known) is None:
        connection.execute(insert(SNAPSHOT).values(hash=hash_, record=record))
    saved.setdefault(root, hash_)
    return hash_


def _check_unchanged(view: View, log: Log, seen: Iterable[Visit]) -> None:
    """Raise ChangedError unless visits are as they were seen; one that is gone is found later."""
    for visit in seen:
        now = view.by_id.get(visit.visit_id, visit)
        if now != visit:
            decided = log.by_visit.get(visit.visit_id, ())
            who = decided[-1].decision.who if decided else ""
            remedy = "Look at it again"
            raise ChangedError("the visit has changed meanwhile", remedy=remedy, who=who)


def _absorbed(decision: Decision) -> list[str]:
    if decision.action != "merge":
        return []
    return [text for column, text in decision.changes if column == "visit_id"]


def _base(connection: Connection, view: View, visit: Visit, absorbed: list[Visit]) -> Snapshot:
    """What the visit's decisions start from: the first one's snapshot, or the visit as it is."""
    standing = view.standing.get(visit.visit_id)
    members = view.members.get(visit.visit_id, ())
    base = Snapshot(visit, members, view.documents_of(members))
    if standing is not None:
        query = select(SNAPSHOT.c.record).where(SNAPSHOT.c.hash == standing)
        base = snapshot_from_record(json.loads(connection.scalar(query)))
    others = tuple((one, _taken(view, one.visit_id)) for one in absorbed)
    found_in = view.documents_of(one for _, ids in others for one in ids)
    documents = tuple(dict.fromkeys((*base.documents, *found_in)))
    return replace(base, documents=documents, absorbed=others)


def _taken(view: View, visit_id: str) -> tuple[str, ...]:
    return view.claims.get(visit_id) or view.members.get(visit_id, ())


def _seen(view: View, visit_id: str) -> Visit:
    visit = view.by_id.get(visit_id)
    if visit is None:
        message = f"there is no visit {visit_id!r} in the project (any more)"
        raise UsageError(message, remedy="Reload to see what changed")
    return visit


def _check(visit: Visit, decision: Decision) -> None:
    """Raise UsageError for a decision that its visit could not follow."""
    apply_decision(visit, decision)
    if decision.action == "split":
        split_into(visit, decision)
    if decision.action == "merge" and visit.visit_id in dict(decision.changes).values():
        raise UsageError("a visit cannot be merged with itself", remedy="Choose another")


def _check_issue(view: View, decision: Decision) -> None:
    known = {issue_id(one) for one in view.issues if not one.visit_id}
    if decision.visit_id not in known:
        raise UsageError("there is no such issue (any more)", remedy="Reload to see what changed")
    if decision.action not in ACTIONS:
        raise UsageError(f"unknown action {decision.action!r}", remedy=f"Use {', '.join(ACTIONS)}")


def _same(
    visit: Visit, field: str, old: str, new: str | Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What to change in a visit that has `old` in `field`; empty when it has not."""
    if field not in CHANGEABLE and field not in dict(visit.extra):
        return ()
    names = [one.name for one in visit.travellers]
    if field == "traveller" and isinstance(new, str) and old in names:
        new = SEPARATOR.join(new if name == old else name for name in names)
    elif column_text(visit, field) != old:
        return ()
    wanted = {field: new} if isinstance(new, str) else dict(new)
    changed = any(column_text(visit, name) != text for name, text in wanted.items())
    return tuple(wanted.items()) if changed else ()
