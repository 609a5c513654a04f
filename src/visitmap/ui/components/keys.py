"""Single keys that work anywhere on a page, as Streamlit's own shortcuts cannot (`c` and `r`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from visitmap.ui.components.browser_parts import part


def show(
    actions: Mapping[str, Callable[[], None]],
    *,
    key: str,
    about: str = "",
    patient: Iterable[str] = (),
) -> str:
    """Listen for the keys of `actions` and do what they say, before the page is drawn again.

    To be shown last on a page. `about` is the mark of what the page shows, letters and digits: a
    key that was pressed while it showed something else does nothing, nor one that decides and was
    pressed before anybody can have seen it. A button whose key is `decide_…_<about>` is guarded
    likewise. Keys of `patient` decide on nothing: they wait for the page, and count whatever it
    showed. Returns the key pressed in this run, or the empty text. Nothing is seen on the page.
    """

    waits = frozenset(patient)

    def pressed() -> None:
        said = st.session_state[key].get("pressed")
        letter = str(said.get("key", "")) if isinstance(said, dict) else ""
        if letter in waits or (letter and said.get("about") == about):
            actions.get(letter, _nothing)()

    # A new number each time the page is drawn, so that the browser hears of it.
    turn = st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1
    data = {"keys": sorted(actions), "patient": sorted(waits), "about": about, "turn": turn}
    result = part("keys", "<span hidden></span>")(data=data, key=key, on_pressed_change=pressed)
    said = result.get("pressed")
    return str(said.get("key", "")) if isinstance(said, dict) else ""


def _nothing() -> None:
    """What a key does that is no key of the page any more."""
