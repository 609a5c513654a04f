"""Single keys that work anywhere on a page, as Streamlit's own shortcuts cannot (`c` and `r`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from visitmap.ui.components.browser_parts import part


def show(actions: Mapping[str, Callable[[], None]], *, key: str) -> str:
    """Listen for the keys of `actions` and do what they say, before the page is drawn again.

    Returns the key pressed in this run, or the empty text. Nothing is seen on the page.
    """

    def pressed() -> None:
        said = st.session_state[key].get("pressed")
        action = actions.get(said.get("key", "")) if isinstance(said, dict) else None
        if action is not None:
            action()

    mount = part("keys", "<span hidden></span>")
    result = mount(data={"keys": sorted(actions)}, key=key, on_pressed_change=pressed)
    said = result.get("pressed")
    return str(said.get("key", "")) if isinstance(said, dict) else ""
