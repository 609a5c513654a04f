"""The whole table, editable: changes of many rows are saved together and undone together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from visitmap.model import Decision, Visit
from visitmap.review import column_text
from visitmap.store import Project
from visitmap.ui.components.correction import STATUSES
from visitmap.ui.places import local_name
from visitmap.ui.words import namer, say

EDITABLE = ("traveller", "role", "start", "end", "status", "purpose")
FIXED = ("destination", "review", "quote")
ORDER = ("ticked", "traveller", "destination", "start", "end", "status", "quote", "role")
ORDER += ("purpose", "review")
ACTIONS = ("accept", "reject", "defer")


def show(project: Project, *, key: str, do: Callable[..., bool]) -> int:
    """All visits, rejected ones too; returns how many rows wait to be saved."""
    visits = project.visits(include_rejected=True)
    # A new revision is a new table: what was typed over another one must not land on this one.
    table_key = f"{key}_{project.revision}"
    edited = st.data_editor(
        _table(visits),
        key=table_key,
        hide_index=True,
        height=480,
        column_config=_headings(),
        column_order=ORDER,
        disabled=[*FIXED],
    )
    state = st.session_state.get(table_key) or {}
    changed = decisions(visits, state.get("edited_rows", {}))
    ticked = [visits[row] for row in edited.index[edited["ticked"]]]
    ids = {one.visit_id for one in changed}
    with st.container(horizontal=True, key=f"{key}_buttons"):
        save = partial(project.decide, changed, seen=[one for one in visits if one.visit_id in ids])
        st.button(
            say("bulk.save", n=len(changed)),
            key=f"{table_key}_save",
            type="primary",
            disabled=not changed,
            on_click=partial(do, save, say("review.saved")),
        )
        _buttons(project, ticked, table_key, do)
    return len(changed)


def decisions(visits: Sequence[Visit], edits: dict[Any, dict[str, Any]]) -> list[Decision]:
    """One correction for each row with a new text in a column that can be changed."""
    found = []
    for row, cells in edits.items():
        visit = visits[int(row)]
        changes = tuple(
            (name, str(text or "").strip())
            for name, text in cells.items()
            if name in EDITABLE and str(text or "").strip() != column_text(visit, name)
        )
        if changes:
            found.append(Decision(visit.visit_id, "correct", "", "", "", changes))
    return found


def _buttons(project: Project, ticked: Sequence[Visit], key: str, do: Callable[..., bool]) -> None:
    """What can be done with the rows ticked."""
    ids, count = [one.visit_id for one in ticked], len(ticked)
    for action in ACTIONS:
        listed = [Decision(one, action, "", "") for one in ids]
        st.button(
            say(f"bulk.{action}", n=count),
            key=f"{key}_{action}",
            disabled=not ticked,
            on_click=partial(do, partial(project.decide, listed, seen=ticked), say("review.saved")),
        )
    st.button(
        say("bulk.merge", n=count),
        key=f"{key}_merge",
        disabled=count < 2,
        on_click=partial(do, partial(project.merge, ids, seen=ticked), say("review.did.merge")),
    )


def _table(visits: Sequence[Visit]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {"ticked": [False] * len(visits)}
    for name in EDITABLE:
        columns[name] = [column_text(visit, name) for visit in visits]
    columns["destination"] = [local_name(visit.destination) for visit in visits]
    columns["review"] = [say(f"review.{visit.review}") for visit in visits]
    columns["quote"] = [one.evidence[0].quote if one.evidence else "" for one in visits]
    return pd.DataFrame(columns)


def _headings() -> dict[str, Any]:
    text = st.column_config.TextColumn
    headings: dict[str, Any] = {name: text(say(f"correct.{name}")) for name in EDITABLE}
    headings |= {name: text(say(f"column.{name}")) for name in FIXED}
    headings["ticked"] = st.column_config.CheckboxColumn("✓", width="small")
    headings["status"] = st.column_config.SelectboxColumn(
        say("correct.status"), options=list(STATUSES), required=True, format_func=namer("status")
    )
    return headings
