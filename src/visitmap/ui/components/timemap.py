"""The map document inside a page: the same file as the export, its state coming back to Python.

The page is served once from its own address, so a rerun sends that address and not the page; moving
the slider stays in the browser, and what Python hears is the window when the hand has come to rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit import runtime

from visitmap.timespan import is_edtf
from visitmap.ui.components.browser_parts import nothing, part
from visitmap.ui.words import say

# ISO days, inclusive; the empty text is open on that side.
Window = tuple[str, str]
# How long the hand must rest before Python hears of it; playing then sends nothing until it stops.
SETTLE_MS = 80


@dataclass(frozen=True, slots=True)
class MapState:
    """What the reader chose on the map: a window of ISO days (None is all) and a visit."""

    window: Window | None = None
    selected: str = ""


def show(
    page: bytes,
    *,
    key: str,
    state: MapState = MapState(),
    low: bool = False,
    on_change: Callable[[MapState], None] | None = None,
) -> MapState:
    """The map of a rendered page, opened at `state`; returns what the reader last chose on it.

    `low` makes a small map. `on_change` is called with the new state before the rerun.
    """

    def changed() -> None:
        if on_change is not None:
            on_change(state_of(st.session_state[key]) or state)

    mount = part("timemap", '<div class="visitmap-frame"></div>')
    result = mount(
        data={
            "src": _address(page, key),
            "title": say("map.frame"),
            "low": low,
            "window": [day or None for day in state.window] if state.window else None,
            "selected": state.selected or None,
            "settle_ms": SETTLE_MS,
        },
        key=key,
        on_state_change=changed if on_change else nothing,
        on_drawn_change=nothing,
    )
    return state_of(result) or state


def is_drawn(key: str) -> bool:
    """Whether the browser has drawn the map shown under `key`, or has given up on it.

    What loads slowly can wait until then.
    """
    value = st.session_state.get(key)
    return bool(hasattr(value, "get") and value.get("drawn"))


def state_of(value: Any) -> MapState | None:
    """The state a browser sent, as far as it makes sense; None when it has sent none."""
    said = value.get("state") if hasattr(value, "get") else None
    if not isinstance(said, dict):
        return None
    return MapState(window_of(said.get("window")), str(said.get("selected") or ""))


def window_of(value: Any) -> Window | None:
    """Two ISO days in order, either may be open; None for anything else."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    first, last = (str(one or "") for one in value)
    days = all(len(day) == 10 and is_edtf(day) for day in (first, last) if day)
    in_order = not (first and last) or first <= last
    return (first, last) if (first or last) and days and in_order else None


def _address(page: bytes, key: str) -> str:
    """Where the browser gets the page: by its content, so the same page is sent once."""
    if not runtime.exists():
        return ""
    files = runtime.get_instance().media_file_mgr
    return files.add(page, "text/html", f"visitmap.{key}")
