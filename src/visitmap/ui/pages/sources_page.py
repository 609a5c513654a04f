"""Sources: bring articles in, say what is known of them, and read them with their mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from visitmap.documents import SUPPORTED, read_documents
from visitmap.errors import InputError, VisitMapError
from visitmap.model import Document, Issue
from visitmap.store import Project, StoredSource
from visitmap.ui import session
from visitmap.ui.components import add_article, article, visit_card
from visitmap.ui.fetch import fetch
from visitmap.ui.filling import Take
from visitmap.ui.guard import fragment
from visitmap.ui.uploads import read_article
from visitmap.ui.words import escaped, say

EDITABLE = ("title", "publisher", "date", "url", "language")
# Beside an article: as high as the article's own box, and no more than anybody reads.
_LIST_PIXELS, _LISTED = 620, 100
COUNTED = ("visits", "decided", "issues")
COLUMNS = ("doc_id", "title", "date", "date_basis", "language", "publisher", "url", *COUNTED)


def show() -> None:
    """The whole page."""
    opened = session.project()
    st.title(say("sources.title"))
    for sentence in session.filling().problems:
        st.error(escaped(sentence))
    add_article.said(key="add")
    with st.expander(say("add.title"), icon=":material/add:", expanded=not opened.documents()):
        _add()
    sources = opened.documents()
    if not sources:
        st.info(say("sources.empty"))
        return
    _table(opened, sources)
    _read(opened, sources)


def _add() -> None:
    ways = st.tabs([say("sources.files"), say("sources.address"), say("sources.folder")])
    with ways[0]:
        add_article.show(key="add")
    with ways[1]:
        _from_address()
    with ways[2]:
        _from_folder()


def _from_address() -> None:
    """Off until somebody asks for it: the page asked would learn that this machine reads it."""
    allowed = st.toggle(say("sources.allow"), key="allow_fetch", help=say("sources.allow_help"))
    with st.form("address_form", border=False):
        url = st.text_input(say("sources.url"), key="url", placeholder="https://…")
        sent = st.form_submit_button(say("sources.fetch"), key="fetch", disabled=not allowed)
    if sent and allowed and url.strip():
        add_article.take_all([(url, partial(_fetched, url))], key="add")


def _fetched(url: str) -> int:
    found = fetch(url)
    document = read_article(found.data, found.name)
    located = replace(document, source=replace(document.source, url=found.url))
    return session.add(located, found.data)


def _from_folder() -> None:
    """Only for the person at this machine: others must not read what the server can."""
    if session.login_is_configured():
        st.caption(say("sources.folder_locked"))
        return
    with st.form("folder_form", border=False):
        name = st.text_input(say("sources.folder_path"), key="folder")
        sent = st.form_submit_button(say("sources.open"), key="open_folder")
    if not sent or not name.strip():
        return
    try:
        add_article.take_all(list(_in_folder(name.strip())), key="add")
    except VisitMapError as error:
        st.error(escaped(str(error)))


def _in_folder(name: str) -> Iterable[tuple[str, Take]]:
    path = Path(name).expanduser()
    if not path.exists():
        raise InputError("there is no such folder", where=name, remedy="Check the path")
    for found in read_documents([path]):
        shown = found.where if isinstance(found, Issue) else found.doc_id
        yield shown, partial(_taken, found)


def _taken(found: Document | Issue) -> int:
    if isinstance(found, Issue):
        raise InputError(found.message, where=found.where, remedy=found.remedy)
    return session.add(found)


def _table(opened: Project, sources: Sequence[StoredSource]) -> None:
    st.header(say("sources.known", n=len(sources)))
    key = f"sources_{opened.revision}"
    st.data_editor(
        pd.DataFrame([_row(one) for one in sources], columns=list(COLUMNS)),
        key=key,
        hide_index=True,
        disabled=[name for name in COLUMNS if name not in EDITABLE],
        column_config=_headings(),
    )
    edits = (st.session_state.get(key) or {}).get("edited_rows", {})
    if edits and st.button(say("sources.save", n=len(edits)), key="save_sources", type="primary"):
        _save(opened, sources, edits)


def _row(source: StoredSource) -> dict[str, Any]:
    names = ("doc_id", *EDITABLE, *COUNTED)
    return {name: getattr(source, name) for name in names} | {
        "date_basis": say(f"sources.basis.{source.date_basis}")
    }


def _headings() -> dict[str, Any]:
    headings: dict[str, Any] = {name: say(f"sources.column.{name}") for name in COLUMNS}
    headings["language"] = st.column_config.SelectboxColumn(
        say("sources.column.language"), options=["", *SUPPORTED]
    )
    return headings


def _save(opened: Project, sources: Sequence[StoredSource], edits: dict[Any, Any]) -> None:
    """Save what is known of documents, and read again those whose dates may change by it."""
    for row, cells in edits.items():
        doc_id = sources[int(row)].doc_id
        known = {name: str(text or "").strip() for name, text in cells.items()}
        try:
            opened.update_document(doc_id, **known)
            if {"date", "language"} & known.keys():
                session.extract_again(doc_id)
        except VisitMapError as error:
            st.error(f"{escaped(doc_id)}: {escaped(str(error))}")
            return
    st.rerun()


def _read(opened: Project, sources: Sequence[StoredSource]) -> None:
    ids = [one.doc_id for one in sources if one.kind != "table"]
    if not ids:
        return
    names = {one.doc_id: one.title or one.doc_id for one in sources}
    doc_id = st.selectbox(
        say("sources.read"), ids, format_func=names.__getitem__, key="doc", bind="query-params"
    )
    _article(doc_id)
    with st.container(horizontal=True):
        st.button(say("sources.again"), key="again", on_click=_again, args=(doc_id,))
        st.button(say("sources.remove"), key="remove", on_click=_remove, args=(doc_id,))


@fragment
def _article(doc_id: str) -> None:
    opened = session.project()
    _take_address()
    visits = [
        one
        for one in session.snapshot().visits
        if any(piece.doc_id == doc_id for piece in one.evidence)
    ]
    left, right = st.columns([3, 2])
    with left:
        pressed = article.show(
            opened.document(doc_id),
            visits,
            key=f"article_{doc_id}",
            current=next(iter(st.session_state.get("mention", ())), ""),
        )
    if pressed and pressed != st.session_state.get("mention"):
        st.session_state["mention"] = pressed
        st.rerun(scope="fragment")
    with right:
        found = say("sources.found", n=len(visits)) if visits else say("sources.none_found")
        st.caption(found)
        chosen = st.session_state.get("mention", ())
        listed = [one for one in visits if one.visit_id in chosen] or visits
        with st.container(height=_LIST_PIXELS if len(listed) > 1 else "content", border=False):
            for visit in listed[:_LISTED]:
                visit_card.show(visit, key=f"mention_{visit.visit_id}", to=("review",))


def _take_address() -> None:
    """A visit named in the address is shown as if its mention had been pressed, once."""
    named = st.query_params.get("visit", "")
    if named and named != st.session_state.get("mention_named"):
        st.session_state["mention"] = (named,)
    st.session_state["mention_named"] = named


def _again(doc_id: str) -> None:
    session.extract_again(doc_id)


def _remove(doc_id: str) -> None:
    session.project().remove_document(doc_id)
