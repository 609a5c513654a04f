"""Analysis: what cannot be as told, who met whom, what is visited most, where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from visitmap.analysis import (
    Encounter,
    Gap,
    Year,
    encounters,
    gaps,
    impossible_journeys,
    most_visited,
    visits_per_year,
)
from visitmap.model import Visit
from visitmap.ui import session
from visitmap.ui.columns import place_name, travellers
from visitmap.ui.components import visit_card
from visitmap.ui.words import escaped, say

# As many as anybody reads; what is rarer is found by filtering first.
SHOWN = 200


def show() -> None:
    """The whole page."""
    now = session.snapshot()
    st.title(say("analysis.title"))
    if not now.visits:
        st.info(say("map.empty"))
        return
    _impossible(now)
    _meetings(now.visits)
    _by_year(visits_per_year(now.visits))
    _most(now.visits)
    _gaps(gaps(now.visits))


def _impossible(now: session.Snapshot) -> None:
    found = impossible_journeys(now.visits)
    if not found:
        st.success(say("analysis.possible"), icon=":material/check:")
        return
    st.subheader(say("analysis.impossible", n=len(found)))
    for number, issue in enumerate(found[:SHOWN]):
        st.warning(escaped(issue.message), icon=":material/report:")
        with st.popover(say("column.quote"), key=f"impossible_{number}"):
            for piece in issue.evidence:
                visit_card.quote(piece)


def _meetings(visits: Sequence[Visit]) -> None:
    found = list(islice(encounters(visits), SHOWN))
    if not found:
        st.info(say("analysis.no_meetings"))
        return
    st.subheader(say("analysis.meetings", n=len(found)))
    _table([_meeting(one) for one in found], ("who", "where", "when", "sure"), "meetings")


def _meeting(found: Encounter) -> tuple[str, str, str, bool]:
    who = f"{travellers(found.first)} · {travellers(found.second)}"
    days = [day.isoformat() if day else "…" for day in (found.start, found.end)]
    when = " – ".join(dict.fromkeys(days))
    return who, place_name(found.place), when, found.certain


def _by_year(years: Sequence[Year]) -> None:
    if len(years) < 2:
        return
    st.subheader(say("analysis.by_year"))
    data = pd.DataFrame(
        {
            "year": [str(one.year) for one in years],
            say("analysis.sure"): [one.certain for one in years],
            say("analysis.perhaps"): [one.possible - one.certain for one in years],
        }
    )
    names = [say("analysis.sure"), say("analysis.perhaps")]
    st.bar_chart(data, x="year", y=names, x_label="", height=220, alt=say("figures.chart"))


def _most(visits: Sequence[Visit]) -> None:
    st.subheader(say("analysis.most"))
    for box, countries in zip(st.columns(2), (False, True), strict=True):
        rows = [
            (one.place.name if countries else place_name(one.place), one.visits, one.travellers)
            for one in most_visited(visits, countries=countries)[:SHOWN]
        ]
        name = "country" if countries else "place"
        with box:
            _table(rows, (name, "visits", "travellers"), f"most_{name}")


def _gaps(found: Sequence[Gap]) -> None:
    if not found:
        return
    st.subheader(say("analysis.gaps"))
    rows = [
        (one.traveller, one.after.timespan.edtf, one.before.timespan.edtf, one.days)
        for one in found[:SHOWN]
    ]
    _table(rows, ("who", "from", "to", "days"), "gaps")


def _table(rows: Sequence[tuple[object, ...]], names: Sequence[str], key: str) -> None:
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        key=key,
        hide_index=True,
        column_config={name: say(f"analysis.{name}") for name in names},
    )
