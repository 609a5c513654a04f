"""Export: the map, tables and an archive, of what is filtered or of all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from visitmap.model import Issue, Visit
from visitmap.tables import WRITABLE, write_table
from visitmap.ui import filters, session
from visitmap.ui.archive import archive
from visitmap.ui.rendering import map_page
from visitmap.ui.words import language, namer, say

# Unreviewed visits that are less certain than this are doubtful, as in the review queue.
_DOUBTFUL_BELOW = 0.6
_MIME = {
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar",
    ".html": "text/html",
    ".zip": "application/zip",
}


def show() -> None:
    """The whole page."""
    now = session.snapshot()
    st.title(say("export.title"))
    if not now.visits:
        st.info(say("map.empty"))
        return
    visits = _chosen(now.visits)
    title = st.text_input(say("export.map_title"), key="export_title")
    st.metric(say("export.count"), f"{len(visits)} / {len(now.visits)}")
    if not visits:
        st.info(say("map.nothing_passes"))
        return
    _map(visits, now.issues, title)
    _table(visits, now.issues)
    _archive(visits, now.issues, title)
    _project()


def _chosen(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    with st.expander(say("filter.title"), icon=":material/filter_alt:"):
        chosen = filters.applied(visits, filters.show(visits, key="f"))
    which = st.radio(
        say("export.which"),
        ("all", "marked", "reviewed"),
        format_func=namer("export.which"),
        key="export_which",
        horizontal=True,
    )
    return selection(chosen, which or "all")


def selection(visits: Sequence[Visit], which: str) -> tuple[Visit, ...]:
    """All as they are; all with the doubtful marked in their purpose; or only the reviewed."""
    if which == "reviewed":
        return tuple(one for one in visits if one.review in ("accepted", "corrected"))
    if which == "marked":
        return tuple(marked(one) for one in visits)
    return tuple(visits)


def marked(visit: Visit) -> Visit:
    """The visit with a column `doubtful` that says yes when nobody has confirmed a weak reading."""
    weak = visit.certainty < _DOUBTFUL_BELOW or not visit.destination.is_resolved
    doubtful = visit.review == "unreviewed" and weak
    return replace(visit, extra=(*visit.extra, ("doubtful", "yes" if doubtful else "no")))


def _map(visits: Sequence[Visit], issues: Sequence[Issue], title: str) -> None:
    make = partial(map_page, visits, issues, language=language(), title=title, embedded=False)
    _button("map", make, "visits.html", kind="primary")


def _table(visits: Sequence[Visit], issues: Sequence[Issue]) -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    suffix = left.selectbox(say("export.format"), sorted(WRITABLE), key="export_format")
    with right:
        _button("table", partial(_written, visits, issues, suffix), f"visits{suffix}")


def _written(visits: Sequence[Visit], issues: Sequence[Issue], suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="visitmap-") as folder:
        path = Path(folder) / f"visits{suffix}"
        write_table(list(visits), path, issues=list(issues))
        return path.read_bytes()


def _archive(visits: Sequence[Visit], issues: Sequence[Issue], title: str) -> None:
    make = partial(archive, session.project(), visits, issues, title=title, language=language())
    _button("archive", make, "visits-archive.zip")
    st.caption(say("export.archive_help"))


def _project() -> None:
    """The project itself; the only way to keep one that goes with the server."""
    where = Path(session.address())
    if "://" in session.address() or not where.is_file():
        return
    _button("project", partial(_copy_of, where), "visits.visitmap")
    if session.is_temporary():
        st.caption(say("export.project_help"))


def _copy_of(where: Path) -> bytes:
    """The database as one file, whatever its write-ahead log still holds."""
    import sqlite3
    from contextlib import closing

    with tempfile.TemporaryDirectory(prefix="visitmap-") as folder:
        copy = Path(folder) / "copy.visitmap"
        with closing(sqlite3.connect(where)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return copy.read_bytes()


def _button(name: str, make: Callable[[], bytes], file_name: str, kind: str = "secondary") -> None:
    st.download_button(
        say(f"export.{name}"),
        make,
        file_name=file_name,
        mime=_MIME.get(Path(file_name).suffix, "application/octet-stream"),
        key=f"export_{name}",
        type=kind,  # type: ignore[arg-type]
        icon=":material/download:",
        on_click="ignore",
    )
