"""Two readings of one visit become one: the visits most like this one, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st

from visitmap.model import Visit, same_name
from visitmap.ui.components import visit_card
from visitmap.ui.words import say

SHOWN = 9  # as many as there are keys from 1 to 9


def show(
    offered: Sequence[Visit], *, key: str, about: str, on_choose: Callable[[Visit], None]
) -> None:
    """A card and a button for each visit offered; `on_choose` gets it before the rerun.

    `about` is the mark of what is shown (`keys.show`).
    """
    st.header(say("merge.title"))
    if not offered:
        st.info(say("merge.none"))
        return
    st.caption(say("merge.help"))
    for number, other in enumerate(offered, start=1):
        visit_card.show(other, key=f"{key}_{number}_card")
        st.button(
            say("merge.choose", number=number),
            key=f"decide_{key}_{number}_{about}",
            on_click=partial(on_choose, other),
        )


def alike(visit: Visit, visits: Iterable[Visit]) -> list[Visit]:
    """Those that may be the same visit, likeliest first, at most nine."""
    ranked = [
        (-score, number, other)
        for number, other in enumerate(visits)
        if other.visit_id != visit.visit_id and (score := likeness(visit, other))
    ]
    return [other for _, _, other in sorted(ranked, key=lambda one: one[:2])[:SHOWN]]


def likeness(one: Visit, other: Visit) -> int:
    """The place counts one, a person two; 0 on days that cannot be the same."""
    if one.timespan.is_dated and other.timespan.is_dated and not _may_share_days(one, other):
        return 0
    place = one.destination.name == other.destination.name or (
        one.destination.id != "" and one.destination.id == other.destination.id
    )
    people = any(
        same_name(first.name, second.name)
        for first in one.travellers
        for second in other.travellers
    )
    return place + 2 * people


def _may_share_days(one: Visit, other: Visit) -> bool:
    first, second = one.timespan, other.timespan
    starts_after = first.start_earliest and second.end_latest
    ends_before = first.end_latest and second.start_earliest
    return not (
        (starts_after and first.start_earliest > second.end_latest)
        or (ends_before and first.end_latest < second.start_earliest)
    )
