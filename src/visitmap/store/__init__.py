"""The project database: documents, visits and what people decide, in SQLite or PostgreSQL.

project     Project: all that the dashboard and the command line call
view, log   what follows from extraction and decisions; pure
queue       what to look at first; pure
shared      decoded once a process, whoever asks
connection  opening, checking, and what the database says as a sentence
schema      tables and migrations
"""

from visitmap.store.project import Project, StoredSource
from visitmap.store.queue import Queued

__all__ = ["Project", "Queued", "StoredSource"]
