"""Analysis: what cannot be as told, who met whom, what is visited most, where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd
import streamlit as st

from visitmap.analysis import (
    Encounter,
    Gap,
    Visited,
    Year,
    encounters,
    gaps,
    impossible_journeys,
    most_visited,
    visits_per_year,
)
from visitmap.model import Issue
from visitmap.ui import review_queue, routes, session
from visitmap.ui.columns import travellers
from visitmap.ui.components import figures, visit_card
from visitmap.ui.dates import day_text, readable
from visitmap.ui.places import place_name
from visitmap.ui.words import country_name, escaped, language, say

# As many as anybody reads; what is rarer is found by filtering first.
SHOWN = 200


def show() -> None:
    """The whole page."""
    now = session.snapshot()
    st.title(say("analysis.title"))
    if not now.visits:
        st.info(say("map.empty"))
        return
    found = _worked_out(session.address(), now.revision, now)
    _impossible(found.impossible)
    _meetings(found.meetings)
    _by_year(found.years)
    _most(found.most)
    _gaps(found.gaps)


@dataclass(frozen=True)
class Found:
    """What the visits of one revision tell together."""

    impossible: list[Issue]
    meetings: list[Encounter]
    years: list[Year]
    most: tuple[list[Visited], list[Visited]]
    gaps: list[Gap]


@st.cache_resource(show_spinner=False, max_entries=2)
def _worked_out(where: str, revision: int, _now: session.Snapshot) -> Found:
    visits = _now.visits
    return Found(
        impossible_journeys(visits),
        list(islice(encounters(visits), SHOWN)),
        visits_per_year(visits),
        (most_visited(visits)[:SHOWN], most_visited(visits, countries=True)[:SHOWN]),
        gaps(visits)[:SHOWN],
    )


def _impossible(found: Sequence[Issue]) -> None:
    if not found:
        st.success(say("analysis.possible"), icon=":material/check:")
        return
    st.header(say("analysis.impossible", n=len(found)))
    for issue in found[:SHOWN]:
        with st.container(border=True):
            st.markdown(f"**{review_queue.reason(issue)}** {escaped(issue.message)}")
            for piece in issue.evidence:
                visit_card.quote(piece)
            routes.link("review", "card.review", visit=issue.visit_id)


def _meetings(found: Sequence[Encounter]) -> None:
    if not found:
        st.info(say("analysis.no_meetings"))
        return
    st.header(say("analysis.meetings", n=len(found)))
    _table([_meeting(one) for one in found], ("who", "where", "when", "sure"), "meetings")


def _meeting(found: Encounter) -> tuple[str, str, str, bool]:
    who = f"{travellers(found.first)} · {travellers(found.second)}"
    days = [day_text(day, language()) or "…" for day in (found.start, found.end)]
    return who, place_name(found.place), " – ".join(dict.fromkeys(days)), found.certain


def _by_year(years: Sequence[Year]) -> None:
    if len(years) < 2:
        return
    st.header(say("analysis.by_year"))
    sure, possible = [one.certain for one in years], [one.possible for one in years]
    names = (say("analysis.sure"), say("analysis.perhaps"))
    figures.sure_and_perhaps([one.year for one in years], sure, possible, names, key="by_year")


def _most(found: tuple[Sequence[Visited], Sequence[Visited]]) -> None:
    st.header(say("analysis.most"))
    names = (("place", place_name), ("country", lambda place: country_name(place.name)))
    for box, visited, (name, named) in zip(st.columns(2), found, names, strict=True):
        rows = [(named(one.place), one.visits, one.travellers) for one in visited]
        with box:
            _table(rows, (name, "visits", "travellers"), f"most_{name}")


def _gaps(found: Sequence[Gap]) -> None:
    if not found:
        return
    st.header(say("analysis.gaps"))
    rows = [
        (
            one.traveller,
            readable(one.after.timespan, language()),
            readable(one.before.timespan, language()),
            one.days,
        )
        for one in found
    ]
    _table(rows, ("who", "from", "to", "days"), "gaps")


def _table(rows: Sequence[tuple[object, ...]], names: Sequence[str], key: str) -> None:
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        key=key,
        hide_index=True,
        column_config={name: say(f"analysis.{name}") for name in names},
    )
