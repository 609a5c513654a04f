"""Which visits a page is about: the choice lives in the address, so that a link reopens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from visitmap.model import Visit
from visitmap.ui.components.timemap import MapState, window_of
from visitmap.ui.words import country_name, namer, say

STATUSES = ("planned", "ongoing", "happened", "cancelled", "denied")
REVIEWS = ("unreviewed", "accepted", "corrected")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty part asks for nothing."""

    travellers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether all visits pass."""
        return not (self.travellers or self.countries or self.statuses or self.reviews)

    def passes(self, visit: Visit) -> bool:
        """Whether a visit has one of the values asked for, in each part that asks."""
        names = {one.name for one in visit.travellers}
        return (
            (not self.travellers or bool(names & set(self.travellers)))
            and (not self.countries or visit.destination.country in self.countries)
            and (not self.statuses or visit.status in self.statuses)
            and (not self.reviews or visit.review in self.reviews)
        )


def applied(visits: Sequence[Visit], chosen: Filter) -> Sequence[Visit]:
    """The visits that pass."""
    return visits if chosen.is_empty else tuple(one for one in visits if chosen.passes(one))


def show(visits: Sequence[Visit], *, key: str) -> Filter:
    """Four choices, kept in the address under `key`_who, `key`_country, …; returns the filter."""
    shown = (str, country_name, namer("status"), namer("review"))
    return Filter(
        *(
            _choice(box, name, options, text, key)
            for box, (name, options), text in zip(st.columns(4), _parts(visits), shown, strict=True)
        )
    )


def from_address(visits: Sequence[Visit], *, key: str) -> Filter:
    """The same filter as `show` gives when the address is opened, without asking anything."""
    return Filter(
        *(
            tuple(one for one in st.query_params.get_all(f"{key}_{name}") if one in options)
            for name, options in _parts(visits)
        )
    )


def _parts(visits: Sequence[Visit]) -> tuple[tuple[str, Sequence[str]], ...]:
    """What can be chosen in each part."""
    names = sorted({one.name for visit in visits for one in visit.travellers})
    countries = sorted({visit.destination.country for visit in visits} - {""})
    return ("who", names), ("country", countries), ("status", STATUSES), ("review", REVIEWS)


def _choice(
    box: Any, name: str, options: Iterable[str], text: Callable[[str], str], key: str
) -> tuple[str, ...]:
    with box:
        return tuple(
            st.multiselect(
                say(f"filter.{name}"),
                list(options),
                format_func=text,
                placeholder=say("filter.all"),
                key=f"{key}_{name}",
                bind="query-params",
            )
        )


def map_state() -> MapState:
    """The window and the visit that the address names, as far as they make sense."""
    said = st.query_params
    window = window_of((said.get("from", ""), said.get("to", "")))
    return MapState(window, said.get("visit", ""))


def remember(state: MapState) -> None:
    """Put the window and the visit chosen into the address."""
    first, last = state.window or ("", "")
    for name, value in (("from", first), ("to", last), ("visit", state.selected)):
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
