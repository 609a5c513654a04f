"""The places a name may mean: on a small map, and as a list with the reason for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from visitmap.model import Candidate, Issue, Place
from visitmap.ui.components import timemap
from visitmap.ui.places import local_name, place_name
from visitmap.ui.reasons import reasons
from visitmap.ui.rendering import map_page
from visitmap.ui.words import escaped, language, say

SHOWN = 9  # as many as there are keys from 1 to 9


def show(
    candidates: Sequence[Candidate],
    *,
    toponym: str,
    key: str,
    about: str,
    on_choose: Callable[[Place], None],
    with_map: bool = True,
) -> None:
    """Number, name, reason and a button for each candidate; `on_choose` runs before the rerun.

    `about` is the mark of what is shown (`keys.show`).
    """
    offered = tuple(candidates[:SHOWN])
    if with_map:
        timemap.show(_small_map(offered, toponym, language()), key=f"{key}_map", low=True)
    for number, candidate in enumerate(offered, start=1):
        left, right = st.columns([5, 2], vertical_alignment="center")
        left.markdown(f"**{number}.** {described(candidate)}")
        right.button(
            say("candidates.choose", number=number),
            key=f"decide_{key}_{number}_{about}",
            on_click=partial(on_choose, candidate.place),
            width="stretch",
        )


def described(candidate: Candidate) -> str:
    """A candidate in a line of Markdown: name, region, kind, people, reason."""
    place = candidate.place
    where = ", ".join(filter(None, (local_name(place), place.admin1, place.country)))
    people = say("candidates.people", n=place.population) if place.population else ""
    kind = say(f"kind.{place.kind}")
    said = (f"{kind}, {people}" if people else kind, escaped(reasons(candidate, language())))
    return f"{escaped(where)}: {'; '.join(filter(None, said))} ({candidate.score:.2f})"


def changes(place: Place, field: str = "destination") -> dict[str, str]:
    """A place as the columns of the visit table that hold it."""
    return {
        field: place.name,
        f"{field}_id": place.id,
        f"{field}_country": place.country,
        f"{field}_latitude": _degrees(place.latitude),
        f"{field}_longitude": _degrees(place.longitude),
        f"{field}_kind": place.kind,
    }


def _degrees(value: float | None) -> str:
    return "" if value is None else repr(value)


@st.cache_resource(show_spinner=False, max_entries=32)
def _small_map(offered: tuple[Candidate, ...], toponym: str, code: str) -> bytes:
    issue = Issue("place-ambiguous", "", candidates=offered, toponym=toponym)
    title = "; ".join(place_name(one.place) for one in offered)
    return map_page([], [issue], language=code, title=title, basemap="110m", bare=True)
