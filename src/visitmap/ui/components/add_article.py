"""Bring an article in: upload files or paste text, with its date and language."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from visitmap.documents import document_from_text
from visitmap.errors import VisitMapError
from visitmap.timespan import is_edtf
from visitmap.ui import session
from visitmap.ui.uploads import KINDS
from visitmap.ui.words import escaped, namer, say

LANGUAGES = ("", "fr", "en")
# Takes one source into the project; gives how many visits it found, or raises VisitMapError.
Take = Callable[[], int]


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
    """Read and extract each source, saying how far it is; one that fails leaves the rest alone."""
    if not takes:
        st.warning(say("add.nothing"))
        return 0
    problems, added, visits, began = [], 0, 0, time.monotonic()
    bar = st.progress(0.0, say("add.reading", n=len(takes)))
    for number, (name, take) in enumerate(takes, start=1):
        try:
            visits += take()
            added += 1
        except VisitMapError as error:
            sentence = str(error)
            problems.append(sentence if name in sentence else f"{name}: {sentence}")
        bar.progress(number / len(takes), _how_far(number, len(takes), began))
    st.session_state[f"{key}_said"] = (added, visits, problems)
    st.session_state[f"{key}_round"] = st.session_state.get(f"{key}_round", 0) + bool(added)
    st.rerun()
    return added


def said(*, key: str) -> None:
    """What became of the sources sent last: a sentence for all that were read, one for each that
    was not, until somebody puts it away."""
    added, visits, problems = st.session_state.get(f"{key}_said", (0, 0, ()))
    if added:
        st.success(f"{say('add.read', n=added)}, {say('add.found', n=visits)}")
    for sentence in problems:
        st.error(escaped(sentence), icon=":material/error:")
    if added or problems:
        st.button(say("add.understood"), key=f"{key}_understood", on_click=_put_away, args=(key,))


def _put_away(key: str) -> None:
    st.session_state.pop(f"{key}_said", None)


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


def _how_far(done: int, total: int, began: float) -> str:
    left = (time.monotonic() - began) / done * (total - done)
    return say("add.progress", done=done, total=total, seconds=round(left))
