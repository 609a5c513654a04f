"""One reading that holds several visits becomes several: by person, or by sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from visitmap.model import Visit
from visitmap.ui.words import say


@dataclass(frozen=True, slots=True)
class Way:
    """A way to split a visit: each part as its columns' new texts, and in a line what it holds."""

    name: str
    parts: tuple[dict[str, str], ...]
    lines: tuple[str, ...]


def ways(visit: Visit) -> list[Way]:
    """By person when there are several, by sentence when there are several; else none."""
    people = tuple({"traveller": one.name} for one in visit.travellers)
    pieces = tuple({"evidence": str(number)} for number in range(len(visit.evidence)))
    names = tuple(one.name for one in visit.travellers)
    quotes = tuple(one.quote for one in visit.evidence)
    found = [Way("people", people, names), Way("sentences", pieces, quotes)]
    return [one for one in found if len(one.parts) > 1]


def show(offered: Sequence[Way], *, key: str, about: str, on_choose: Callable[[Way], None]) -> None:
    """What each way would make of the visit, and its button; `on_choose` runs before the rerun.

    `about` is the mark of what is shown (`keys.show`).
    """
    st.header(say("split.title"))
    st.caption(say("split.help"))
    for number, way in enumerate(offered, start=1):
        with st.container(border=True):
            for line in way.lines:
                st.text(line)
            st.button(
                say(f"split.{way.name}", n=len(way.parts), number=number),
                key=f"decide_{key}_{number}_{about}",
                on_click=partial(on_choose, way),
            )
