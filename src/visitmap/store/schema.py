"""The tables of a project, and how an older project becomes one of today.

    project   one row: identity, schema version, and the revision that every write raises
    document  the text and bytes received, and what is known of them
    visit     what extraction found, document by document, as `to_record` writes it
    issue     the same for issues
    log       decisions, undos and redos in the order they were saved; rows are only ever added
    snapshot  a visit as the person saw it who decided on it, named by its hash
    geocoder  answers of online geocoders; a null answer means "asked, and there is none"

To change the schema: raise `SCHEMA`, describe the new tables here, and add to `MIGRATIONS` the step
that leads from the version before. A step runs in the transaction that also writes the version.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    select,
    update,
)

SCHEMA = 1
METADATA = MetaData()

PROJECT = Table(
    "visitmap_project",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uuid", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("created", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    # The revision of the last write that touched documents, visits or issues.
    Column("content_revision", BigInteger, nullable=False),
)
DOCUMENT = Table(
    "visitmap_document",
    METADATA,
    Column("doc_id", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("added", Text, nullable=False),
    # The revision of the last extraction saved; 0 when there was none yet.
    Column("extraction", BigInteger, nullable=False),
)


def _found(name: str) -> Table:
    document = ForeignKey("visitmap_document.doc_id", ondelete="CASCADE")
    return Table(
        name,
        METADATA,
        Column("doc_id", Text, document, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("record", Text, nullable=False),
    )


VISIT = _found("visitmap_visit")
ISSUE = _found("visitmap_issue")
LOG = Table(
    "visitmap_log",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    # Rows of one batch were decided together and are undone together.
    Column("batch", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", BigInteger),
    Column("decision", Text, nullable=False),
    Column("snapshot", Text),
)
SNAPSHOT = Table(
    "visitmap_snapshot",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("record", Text, nullable=False),
)
GEOCODER = Table(
    "visitmap_geocoder",
    METADATA,
    Column("question", Text, primary_key=True),
    Column("answer", Text),
)

# From a version to the next: MIGRATIONS[1] leads from 1 to 2.
MIGRATIONS: dict[int, Callable[[Connection], None]] = {}


def migrate(connection: Connection) -> None:
    """Bring an older project to `SCHEMA`, step by step, in the caller's transaction."""
    version = connection.scalar(select(PROJECT.c.schema))
    while version < SCHEMA:
        MIGRATIONS[version](connection)
        version += 1
        connection.execute(update(PROJECT).values(schema=version))
