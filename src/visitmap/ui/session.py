"""The project behind the pages, who is asking, and what the project shows now.

The project is the truth: everything a person decides is in its database before a page says so.
What is kept here is worked out from it again at any time, by the project's address and revision;
visits are frozen values, so all sessions of a server share them.
"""

from __future__ import annotations

import atexit
import getpass
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import streamlit as st

from visitmap.analysis import Journeys
from visitmap.documents import read_documents
from visitmap.errors import VisitMapError
from visitmap.gazetteer import Gazetteer
from visitmap.geocode import Fallback, make_fallback
from visitmap.merge import merge_visits
from visitmap.model import Document, Issue, Source, Visit
from visitmap.pipeline import is_table, run, run_document
from visitmap.store import Project
from visitmap.ui.columns import Columns

_FILLING = threading.Lock()


@dataclass(frozen=True)
class Snapshot:
    """What the project shows at one revision: visits nobody rejected, and open issues."""

    revision: int
    visits: tuple[Visit, ...]
    issues: tuple[Issue, ...]

    @cached_property
    def columns(self) -> Columns:
        """The visits as arrays, for windows and tables."""
        return Columns(self.visits)

    @cached_property
    def by_id(self) -> dict[str, Visit]:
        """The visits by their id."""
        return {visit.visit_id: visit for visit in self.visits}


def in_time_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """By the first day a visit may have begun; undated ones last."""

    def first(visit: Visit) -> tuple[bool, date]:
        span = visit.timespan
        return not span.is_dated, span.start_earliest or span.end_latest or date.max

    return tuple(sorted(visits, key=first))


def who() -> str:
    """The name that decisions carry: of the login, else of the account this server runs under."""
    user = getattr(st, "user", None)
    if user is not None and getattr(user, "is_logged_in", False):
        return str(user.get("email") or user.get("name") or user.get("sub") or "?")
    return os.environ.get("VISITMAP_USER") or _account()


def login_is_configured() -> bool:
    """Whether Streamlit's secrets name somebody who says who people are (`[auth]`)."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reader"


def project() -> Project:
    """The project of this server, opened for whoever asks. Raises ProjectError."""
    opened = _opened(address(), who())
    _fill_once(address(), opened)
    return opened


def address() -> str:
    """Where the project is: a file or database named at the start, else a temporary file."""
    return os.environ.get("VISITMAP_PROJECT") or _temporary_project()


def is_temporary() -> bool:
    """Whether the project goes when the server stops."""
    return not os.environ.get("VISITMAP_PROJECT")


def snapshot() -> Snapshot:
    """What the project shows now, with everybody's decisions so far."""
    opened = project()
    return _snapshot(address(), opened.revision, opened)


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """The offline places, loaded once a server."""
    return Gazetteer.load(os.environ.get("VISITMAP_PLACES") or None)


@st.cache_resource(show_spinner=False)
def fallback() -> Fallback | None:
    """The online service for places that the gazetteer lacks, when `serve` was told to use one."""
    kind = os.environ.get("VISITMAP_GEOCODER") or "offline"
    return make_fallback(kind, user_agent=os.environ.get("VISITMAP_USER_AGENT", ""))


def add(document: Document) -> tuple[int, int]:
    """Put a document into the project and extract it; gives the numbers of visits and issues."""
    return _store(project(), document)


def _store(opened: Project, document: Document) -> tuple[int, int]:
    visits, issues = run_document(document, gazetteer=gazetteer(), fallback=fallback())
    return _save(opened, document, visits, issues)


def _save(
    opened: Project, document: Document, visits: Sequence[Visit], issues: Sequence[Issue]
) -> tuple[int, int]:
    doc_id = opened.add_document(document)
    opened.save_extraction(doc_id, visits, issues)
    return len(visits), len(issues)


@st.cache_resource(show_spinner=False, max_entries=64)
def _opened(where: str, name: str) -> Project:
    return Project.open(where, who=name, combine=merge_visits, check=Journeys)


@st.cache_resource(show_spinner=False, max_entries=2)
def _snapshot(where: str, revision: int, _project: Project) -> Snapshot:
    return Snapshot(revision, in_time_order(_project.visits()), tuple(_project.issues()))


@st.cache_resource(show_spinner=False)
def _temporary_project() -> str:
    folder = tempfile.mkdtemp(prefix="visitmap-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(Path(folder) / "session.visitmap")


def problems() -> tuple[str, ...]:
    """Sentences on the inputs named at the start that could not be read."""
    return tuple(_filled().get(address(), ()))


@st.cache_resource(show_spinner=False)
def _filled() -> dict[str, list[str]]:
    return {}


def _fill_once(where: str, opened: Project) -> None:
    """Read the inputs this server was started with; once a server and project."""
    filled = _filled()
    if where in filled:
        return
    with _FILLING:
        if where not in filled:
            known = {source.doc_id for source in _sources(opened)}
            filled[where] = list(_fill(opened, known))


def _sources(opened: Project) -> list[Source]:
    return [getattr(one, "source", one) for one in opened.documents()]


def _fill(opened: Project, known: set[str]) -> Iterable[str]:
    for path in json.loads(os.environ.get("VISITMAP_INPUTS") or "[]") or _example():
        try:
            yield from _fill_with(opened, path, known)
        except VisitMapError as error:
            yield str(error)


def _example() -> list[str]:
    """The seed articles of a checkout, when nothing else was named and nothing is there yet."""
    folder = Path(__file__).parents[3] / "seeds"
    return [str(folder)] if folder.is_dir() and not os.environ.get("VISITMAP_PROJECT") else []


def _fill_with(opened: Project, path: str, known: set[str]) -> Iterable[str]:
    if is_table(path):
        yield from _fill_table(opened, path, known)
        return
    options = {
        "document_date": os.environ.get("VISITMAP_DOCUMENT_DATE", ""),
        "language": os.environ.get("VISITMAP_LANGUAGE", ""),
    }
    for found in read_documents([path], **options):
        if isinstance(found, Issue):
            yield f"{found.where}: {found.message}"
        elif found.doc_id not in known:
            _store(opened, found)


def _fill_table(opened: Project, path: str, known: set[str]) -> Iterable[str]:
    name = Path(path).stem
    if name in known:
        return
    visits, issues = run([path], gazetteer=gazetteer(), fallback=fallback())
    _save(opened, Document("", Source(name, title=Path(path).name, kind="table")), visits, issues)
    yield from (f"{one.where}: {one.message}" for one in issues if one.severity == "error")


def extract_again(doc_id: str) -> None:
    """Read a document once more, after its date or language changed; decisions stay."""
    opened = project()
    visits, issues = run_document(
        opened.document(doc_id), gazetteer=gazetteer(), fallback=fallback()
    )
    opened.save_extraction(doc_id, visits, issues)
