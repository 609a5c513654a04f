"""The project behind the pages, who is asking, and what the project shows now.

The project is the truth: everything a person decides is in its database before a page says so.
What is kept here is worked out from it again at any time, by the project's address and revision;
visits are frozen values, so all sessions of a server share them.
"""

from __future__ import annotations

import atexit
import gc
import getpass
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from visitmap.analysis import Journeys
from visitmap.documents import read_documents
from visitmap.documents.reading import CORPUS_SUFFIXES
from visitmap.errors import InputError
from visitmap.geocode import Fallback, make_fallback
from visitmap.merge import merge_visits
from visitmap.model import Document, Issue, Source, Visit
from visitmap.pipeline import is_table, run, run_document, table_geocoder
from visitmap.store import Project
from visitmap.tables import read_upload
from visitmap.ui.columns import Columns
from visitmap.ui.filling import Filling, fill
from visitmap.ui.places import gazetteer
from visitmap.ui.uploads import read_article

# How many visits more than before are worth freezing; how many rest by now.
_WORTH_RESTING = 500
_at_rest = [0]


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
    if get_script_run_ctx(suppress_warning=True) is not None and st.user.get("is_logged_in"):
        return _signed_in(st.user)
    return os.environ.get("VISITMAP_USER") or _account()


def _signed_in(user: Mapping[str, object]) -> str:
    """The address, unless the provider says that it has not verified it: that may be anybody's."""
    if user.get("email") and user.get("email_verified", True) is not False:
        return str(user["email"])
    return f"{user.get('name') or '?'} ({user.get('sub') or '?'})"


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
    return _opened(address(), who())


def filling() -> Filling:
    """How far the reading is of what this server was started with; begun when first asked."""
    return _filling(address(), project())


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
def fallback() -> Fallback | None:
    """The online service for places that the gazetteer lacks, when `serve` was told to use one."""
    kind = os.environ.get("VISITMAP_GEOCODER") or "offline"
    return make_fallback(kind, user_agent=os.environ.get("VISITMAP_USER_AGENT", ""))


def add(document: Document, content: bytes = b"") -> int:
    """Put a document, and the bytes it came as, into the project and extract it; gives the number
    of visits found."""
    return _store(project(), document, content)


def add_upload(data: bytes, name: str, **options: str) -> int:
    """Put an uploaded article, corpus or table into the project; gives the number of visits found.

    `options` are those of `read_document`. Raises InputError for what cannot be read; of a corpus
    only when nothing in it can.
    """
    with tempfile.TemporaryDirectory(prefix="visitmap-") as folder:
        path = Path(folder) / (Path(name).name or "upload.txt")
        path.write_bytes(data)
        if is_table(path):
            return _add_table(data, path.name)
        if path.name.lower().endswith(CORPUS_SUFFIXES):
            return _add_corpus(path, options)
    return add(read_article(data, name, **options), data)


def _add_table(data: bytes, name: str) -> int:
    places = gazetteer()
    geocode = table_geocoder(places, fallback())
    found = read_upload(data, name, geocode=geocode, country_codes=places.country_codes)
    source = Source(Path(name).stem, title=name, kind="table")
    return _save(project(), Document("", source), found.visits, found.issues, data)


def _add_corpus(path: Path, options: dict[str, str]) -> int:
    found = list(read_documents([path], **options))
    articles = [one for one in found if isinstance(one, Document)]
    problem = next((one for one in found if isinstance(one, Issue)), None)
    if problem is not None and not articles:
        raise InputError(problem.message, where=problem.where, remedy=problem.remedy)
    return sum(map(add, articles))


def _store(opened: Project, document: Document, content: bytes = b"") -> int:
    visits, issues = run_document(document, gazetteer=gazetteer(), fallback=fallback())
    return _save(opened, document, visits, issues, content)


def _save(
    opened: Project,
    document: Document,
    visits: Sequence[Visit],
    issues: Sequence[Issue],
    content: bytes = b"",
) -> int:
    opened.add_extracted(document, visits, issues, content=content)
    return len(visits)


@st.cache_resource(show_spinner=False, max_entries=64)
def _opened(where: str, name: str) -> Project:
    return Project.open(where, who=name, combine=merge_visits, check=Journeys)


@st.cache_resource(show_spinner=False, max_entries=2)
def _snapshot(where: str, revision: int, _project: Project) -> Snapshot:
    now = Snapshot(revision, in_time_order(_project.visits()), tuple(_project.issues()))
    let_rest(now.visits)
    return now


@st.cache_resource(show_spinner=False)
def _temporary_project() -> str:
    folder = tempfile.mkdtemp(prefix="visitmap-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(Path(folder) / "session.visitmap")


@st.cache_resource(show_spinner=False, max_entries=8)
def _filling(where: str, _project: Project) -> Filling:
    """Read the inputs this server was started with; once a server and project."""
    inputs = json.loads(os.environ.get("VISITMAP_INPUTS") or "[]") or _example()
    begun, sources = Filling(), _project.documents()
    waiting = () if _project.read_only else sources
    left = [one.doc_id for one in waiting if not one.extracted and one.kind != "table"]
    if not (inputs or left):
        begun.skip()
        return begun
    options = {
        "document_date": os.environ.get("VISITMAP_DOCUMENT_DATE", ""),
        "language": os.environ.get("VISITMAP_LANGUAGE", ""),
    }
    work = partial(
        fill,
        inputs=inputs,
        store=partial(_store, _project),
        store_table=partial(_fill_table, _project),
        known={one.doc_id for one in sources if one.extracted},
        left=[(one, partial(_extract, _project, one)) for one in left],
        **options,
    )
    begun.start(work)
    return begun


def _example() -> list[str]:
    """The seed articles of a checkout, when nothing else was named and nothing is there yet."""
    folder = Path(__file__).parents[3] / "seeds"
    return [str(folder)] if folder.is_dir() and not os.environ.get("VISITMAP_PROJECT") else []


def _fill_table(opened: Project, path: str) -> list[str]:
    visits, issues = run([path], gazetteer=gazetteer(), fallback=fallback())
    source = Source(Path(path).stem, title=Path(path).name, kind="table")
    _save(opened, Document("", source), visits, issues, Path(path).read_bytes())
    return [f"{one.where}: {one.message}" for one in issues if one.severity == "error"]


def let_rest(visits: Sequence[Visit]) -> None:
    """Take many visits out of what the garbage collector looks through after every run.

    They are frozen values in no circle, so it would find nothing; looking takes it longer than the
    rest of a small run. Streamlit asks for it after each.
    """
    if len(visits) > _at_rest[0] + _WORTH_RESTING:
        _at_rest[0] = len(visits)
        gc.freeze()


def extract_again(doc_id: str) -> None:
    """Read a document once more, after its date or language changed; decisions stay."""
    _extract(project(), doc_id)


def _extract(opened: Project, doc_id: str) -> None:
    document = opened.document(doc_id)
    visits, issues = run_document(document, gazetteer=gazetteer(), fallback=fallback())
    opened.save_extraction(doc_id, visits, issues)
