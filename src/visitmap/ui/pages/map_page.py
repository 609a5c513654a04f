"""Map: the visits in space and time, and beside them as numbers and as a table of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from visitmap.model import Issue, Visit
from visitmap.ui import filters, routes, session
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
        add_article.said(key="first")
        add_article.show(key="first")
        return
    _explore()


@fragment
def _explore() -> None:
    """Map, numbers and table follow each other without the rest of the page being drawn again.

    The map comes first: the browser's libraries for all the rest would make it wait.
    """
    now = session.snapshot()
    all_of_it = timemap.is_drawn("map")
    with st.expander(say("filter.title"), icon=":material/filter_alt:"):
        read = filters.show if all_of_it else filters.from_address
        chosen = read(now.visits, key="f")
    columns, page = rendered(session.address(), now.revision, chosen, language(), now)
    state = filters.map_state()
    timemap.show(page, key="map", state=state, on_change=filters.remember)
    if all_of_it:
        _beside(columns, state, now.issues)


def _beside(columns: Columns, state: MapState, issues: Sequence[Issue]) -> None:
    """What the window of the map says in numbers and sentences."""
    rows = columns.rows(state.window)
    if not len(rows):
        st.info(say("map.nothing_in_window") if columns.visits else say("map.nothing_passes"))
        st.button(say("map.whole_period"), key="whole", on_click=_whole, args=(state,))
        return
    figures.show(columns.totals.of(rows), key="figures")
    figures.by_year(columns.years[rows], key="figures_chart")
    _table(columns, rows, state)
    _download(columns.visits, issues)


def _table(columns: Columns, rows: np.ndarray, state: MapState) -> None:
    st.header(say("table.title", n=len(rows)))
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
    routes.link("sources", "add.title")


@st.cache_resource(show_spinner=False, max_entries=8)
def rendered(
    where: str, revision: int, chosen: Filter, code: str, _now: session.Snapshot
) -> tuple[Columns, bytes]:
    """The columns and the map page of what passes a filter, once for all sessions."""
    visits = filters.applied(_now.visits, chosen)
    columns = _now.columns if visits is _now.visits else Columns(visits)
    return columns, map_page(visits, _now.issues, language=code)
