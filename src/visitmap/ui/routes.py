"""Ways from one page to another, with what the other page should show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from visitmap.ui.words import say

_KEY = "pages"


def remember(pages: Mapping[str, Any]) -> None:
    """Keep the pages of this run, by name, for links to them."""
    st.session_state[_KEY] = dict(pages)


def link(name: str, label: str, **query: str) -> None:
    """A link to a page; nothing where pages stand alone, as in a test of one part."""
    page = st.session_state.get(_KEY, {}).get(name)
    if page is not None:
        shown = {"lang": st.query_params.get("lang", ""), **query}
        st.page_link(page, label=say(label), query_params={k: v for k, v in shown.items() if v})
