"""The visits as a table with their sentences; one row can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from visitmap.ui.columns import SHOWN
from visitmap.ui.words import number, say

# A longer table is turned like pages: all of it would be sent again with each window.
PAGE_ROWS = 500
_HEIGHT, _ROW = 356, 35
_WIDTHS = {"quote": "large", "who": "medium", "start": "medium"}


def show(
    ids: Sequence[str],
    table: Callable[[slice], pd.DataFrame],
    *,
    key: str,
    selected: str = "",
    on_change: Callable[[str], None] | None = None,
) -> str:
    """The visits `ids`; returns the id of the row chosen, or "".

    `table` makes the rows of a stretch of them: only what is shown is made and sent. `selected` is
    the visit chosen elsewhere (on the map, say), whose row is marked and whose page is turned to.
    `on_change` is called with the id before the rerun.
    """
    row = _position(ids, selected)
    first = _turned(len(ids), row, f"{key}_page")
    page = slice(first, first + PAGE_ROWS)
    ids, rows_shown = ids[page], table(page)
    _mark(key, None if row is None or not first <= row < first + PAGE_ROWS else row - first)

    def changed() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if on_change is not None:
            on_change(ids[rows[0]] if rows and rows[0] < len(ids) else "")

    result = st.dataframe(
        rows_shown,
        key=key,
        height=min(_HEIGHT, _ROW * (len(ids) + 1) + 3),
        hide_index=True,
        column_order=SHOWN,
        column_config=_headings(),
        selection_mode="single-row",
        on_select=changed,
    )
    rows = result["selection"]["rows"]
    return ids[rows[0]] if rows and rows[0] < len(ids) else ""


def _turned(count: int, row: int | None, key: str) -> int:
    """The first row of the page shown; the page of a row chosen elsewhere, when it is new."""
    if count <= PAGE_ROWS:
        return 0
    pages = range(1, (count - 1) // PAGE_ROWS + 2)
    if row is not None and st.session_state.get(f"{key}_for") != row:
        st.session_state[key] = row // PAGE_ROWS + 1
    st.session_state[f"{key}_for"] = row
    if st.session_state.get(key, 1) not in pages:
        st.session_state[key] = 1
    page = st.selectbox(
        say("table.page"), pages, key=key, format_func=partial(_rows_of, count), width=240
    )
    return (page - 1) * PAGE_ROWS


def _rows_of(count: int, page: int) -> str:
    first, last = (page - 1) * PAGE_ROWS + 1, min(page * PAGE_ROWS, count)
    return say("table.rows", first=number(first), last=number(last), count=number(count))


def _position(ids: Sequence[str], selected: str) -> int | None:
    if not selected:
        return None
    found = np.flatnonzero(np.asarray(ids, object) == selected)
    return int(found[0]) if len(found) else None


def _mark(key: str, row: int | None) -> None:
    """Choose a row before the table is drawn, when another part of the page chose the visit."""
    rows = [] if row is None else [row]
    now = st.session_state.get(key)
    if (now["selection"]["rows"] if now else []) != rows:
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def _headings() -> dict[str, object]:
    headings: dict[str, object] = {
        name: st.column_config.TextColumn(say(f"column.{name}"), width=_WIDTHS.get(name, "small"))
        for name in SHOWN
    }
    headings["certainty"] = st.column_config.ProgressColumn(
        say("column.certainty"), min_value=0, max_value=1, format="percent", width="small"
    )
    return headings
