"""Bring an article in: upload files or paste text, with its date and language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from visitmap.documents import document_from_text
from visitmap.timespan import is_edtf
from visitmap.ui import session
from visitmap.ui.filling import Filling, Take
from visitmap.ui.uploads import KINDS
from visitmap.ui.words import escaped, namer, say

LANGUAGES = ("", "fr", "en")
# What is read faster than this shows no progress first.
_PATIENCE_SECONDS = 0.3


def show(*, key: str) -> int:
    """The form; returns how many sources were sent. `said` tells what became of them."""
    # A new round empties the fields; they keep what they hold when something was wrong.
    fields = f"{key}_{st.session_state.get(f'{key}_round', 0)}"
    with st.form(f"{key}_form", border=False):
        files = st.file_uploader(
            say("add.files"), type=list(KINDS), accept_multiple_files=True, key=f"{fields}_files"
        )
        text = st.text_area(
            say("add.text"), key=f"{fields}_text", placeholder=say("add.text_hint"), height=140
        )
        date, language = _what_is_known(fields)
        sent = st.form_submit_button(say("add.button"), key=f"{key}_send", type="primary")
    if not sent:
        return 0
    if date and not is_edtf(date):
        st.error(say("add.bad_date", date=escaped(date)))
        return 0
    return take_all(_takes(files or [], text, date, language), key=key)


def take_all(takes: Sequence[tuple[str, Take]], *, key: str) -> int:
    """Begin to read and extract each source; gives how many. `said` tells how far it is."""
    if not takes:
        st.warning(say("add.nothing"))
        return 0
    job = st.session_state[f"{key}_job"] = Filling(len(takes))
    job.start(lambda one: one.take(takes))
    st.session_state[f"{key}_is_new"] = True
    st.rerun()
    return len(takes)


def said(*, key: str) -> None:
    """How far the reading of what was sent last is; then a sentence for all that were read and one
    for each that was not, until somebody puts it away."""
    job = st.session_state.get(f"{key}_job")
    if job is None:
        return
    if not job.wait(_PATIENCE_SECONDS):
        _how_far(key)
        return
    _empty_fields(key, job)
    if job.read:
        st.success(f"{say('add.read', n=job.read)}, {say('add.found', n=job.found)}")
    for sentence in job.problems:
        st.error(escaped(sentence), icon=":material/error:")
    st.button(say("add.understood"), key=f"{key}_understood", on_click=_put_away, args=(key,))


@st.fragment(run_every=0.5)
def _how_far(key: str) -> None:
    job = st.session_state[f"{key}_job"]
    if job.wait(0):
        st.rerun()
    seconds = job.seconds_left
    text = say("add.reading", n=job.total)
    if seconds is not None:
        text = say("add.progress", done=job.done, total=job.total, seconds=seconds)
    st.progress(job.done / job.total, text)


def _empty_fields(key: str, job: Filling) -> None:
    """Once something was read; after an error alone, what was typed stays."""
    if st.session_state.pop(f"{key}_is_new", False) and job.read:
        st.session_state[f"{key}_round"] = st.session_state.get(f"{key}_round", 0) + 1


def _put_away(key: str) -> None:
    st.session_state.pop(f"{key}_job", None)


def _what_is_known(key: str) -> tuple[str, str]:
    left, right = st.columns(2)
    date = left.text_input(say("add.date"), key=f"{key}_date", placeholder="2019-01-31")
    language = right.selectbox(
        say("add.language"),
        LANGUAGES,
        format_func=namer("language"),
        key=f"{key}_language",
    )
    return date.strip(), language


def _takes(files: Sequence[Any], text: str, date: str, language: str) -> list[tuple[str, Take]]:
    options = {"document_date": date, "language": language}
    takes: list[tuple[str, Take]] = [
        (one.name, partial(session.add_upload, one.getvalue(), one.name, **options))
        for one in files
    ]
    if text.strip():
        takes.append((say("add.pasted"), partial(_pasted, text, options)))
    return takes


def _pasted(text: str, options: dict[str, str]) -> int:
    return session.add(document_from_text(text, **options))
