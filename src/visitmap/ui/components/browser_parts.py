"""Components that run in the browser, each registered once with its files beside this one."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import streamlit as st

_FOLDER = files("visitmap.ui.components")


@lru_cache(maxsize=8)
def part(name: str, html: str) -> Any:
    """The mounting function of a component; `name.js` and, where there is one, `name.css`."""
    style = _FOLDER / f"{name}.css"
    return st.components.v2.component(
        f"visitmap_{name}",
        html=html,
        js=(_FOLDER / f"{name}.js").read_text("utf-8"),
        css=style.read_text("utf-8") if style.is_file() else None,
    )


def nothing() -> None:
    """The callback of a value that is read where the component is shown."""
