"""Map: the visits in space and time, and beside them as numbers and as a table of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from visitmap.model import Issue, Visit
from visitmap.ui import filters, session
from visitmap.ui.columns import Columns
from visitmap.ui.components import add_article, figures, timemap, visit_card, visit_table
from visitmap.ui.components.timemap import MapState
from visitmap.ui.filters import Filter
from visitmap.ui.guard import fragment
from visitmap.ui.rendering import map_page
from visitmap.ui.words import language, say


def show() -> None:
    """The whole page."""
    now = session.snapshot()
    st.title(say("map.title"))
    if not now.visits:
        st.info(say("map.empty"))
        add_article.show(key="first")
        return
    with st.expander(say("filter.title"), icon=":material/filter_alt:"):
        chosen = filters.show(now.visits, key="f")
    _explore(chosen)
    with st.expander(say("add.title"), icon=":material/add:"):
        add_article.show(key="add")


@fragment
def _explore(chosen: Filter) -> None:
    """Map, numbers and table follow each other without the rest of the page being drawn again."""
    now = session.snapshot()
    columns, page = rendered(session.address(), now.revision, chosen, language(), now)
    state = filters.map_state()
    timemap.show(page, key="map", state=state, on_change=filters.remember)
    rows = columns.rows(state.window)
    if not len(rows):
        st.info(say("map.nothing_in_window") if columns.visits else say("map.nothing_passes"))
        st.button(say("map.whole_period"), key="whole", on_click=_whole, args=(state,))
        return
    figures.show(columns.totals.of(rows), columns.years[rows], key="figures")
    _table(columns, rows, state)
    _download(columns.visits, now.issues)


def _table(columns: Columns, rows: np.ndarray, state: MapState) -> None:
    st.subheader(say("table.title", n=len(rows)))
    chosen = visit_table.show(
        columns.ids[rows],
        lambda page: columns.table(rows[page], language()),
        key="table",
        selected=state.selected,
        on_change=partial(_chosen, state),
    )
    if chosen:
        visit = next(one for one in columns.visits if one.visit_id == chosen)
        visit_card.show(visit, key="card", to=("sources", "review"))


def _chosen(state: MapState, visit_id: str) -> None:
    filters.remember(MapState(state.window, visit_id))


def _whole(state: MapState) -> None:
    filters.remember(MapState(None, state.selected))


def _download(visits: Sequence[Visit], issues: Sequence[Issue]) -> None:
    st.download_button(
        say("map.download"),
        partial(map_page, visits, issues, language=language(), embedded=False),
        file_name="visits.html",
        mime="text/html",
        key="download_map",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        help=say("map.download_help", n=len(visits)),
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def rendered(
    where: str, revision: int, chosen: Filter, code: str, _now: session.Snapshot
) -> tuple[Columns, bytes]:
    """The columns and the map page of what passes a filter, once for all sessions."""
    visits = filters.applied(_now.visits, chosen)
    columns = _now.columns if visits is _now.visits else Columns(visits)
    return columns, map_page(visits, _now.issues, language=code)
