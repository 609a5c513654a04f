"""Who decided what, when and why; newest first, nothing ever removed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from visitmap.model import Decision
from visitmap.store import Project
from visitmap.ui.columns import travellers
from visitmap.ui.places import place_name
from visitmap.ui.words import say

COLUMNS = ("when", "who", "action", "visit", "changes", "why")


def show(project: Project, *, key: str) -> int:
    """The log as a table; returns the number of entries."""
    entries = project.decisions()[::-1]
    decided = {one.visit_id for one in entries}
    names = {
        visit.visit_id: f"{travellers(visit)} → {place_name(visit.destination)}"
        for visit in project.visits(include_rejected=True)
        if visit.visit_id in decided
    }
    if not entries:
        st.info(say("log.empty"))
        return 0
    st.dataframe(
        pd.DataFrame([_row(one, names) for one in entries], columns=list(COLUMNS)),
        key=key,
        hide_index=True,
        column_config={name: say(f"log.{name}") for name in COLUMNS},
    )
    return len(entries)


def _row(entry: Decision, names: dict[str, str]) -> tuple[str, ...]:
    changes = "; ".join(f"{name}: {text}" for name, text in entry.changes)
    visit = names.get(entry.visit_id, entry.visit_id)
    return (entry.when, entry.who, say(f"log.did.{entry.action}"), visit, changes, entry.why)
