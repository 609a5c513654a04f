"""Sets the page up and routes; every page is a function, and no error reaches a reader as a trace.

The dashboard answers on this machine alone unless a login is configured (`[auth]` in Streamlit's
secrets.toml): whoever can open it can read every source and decide.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import streamlit as st

from visitmap.ui import routes, session
from visitmap.ui.guard import guarded
from visitmap.ui.pages import analysis_page, export_page, map_page, review_page, sources_page
from visitmap.ui.words import LANGUAGES, escaped, language, number, say

PAGES: dict[str, tuple[Callable[[], None], str]] = {
    "map": (map_page.show, ":material/map:"),
    "review": (review_page.show, ":material/fact_check:"),
    "sources": (sources_page.show, ":material/article:"),
    "analysis": (analysis_page.show, ":material/query_stats:"),
    "export": (export_page.show, ":material/download:"),
}
# What is read faster than this shows no progress first.
_PATIENCE_SECONDS = 1.0


def main() -> None:
    """One run of the script: set up, check who asks, then the page asked for."""
    icon = str(files("visitmap.ui") / "icon.svg")
    st.set_page_config("visitmap", icon, layout="wide", initial_sidebar_state="collapsed")
    if not may_enter():
        return
    pages = {
        name: st.Page(
            guarded(shown),
            title=say(f"page.{name}"),
            icon=icon_name,
            url_path=name,
            default=name == "map",
        )
        for name, (shown, icon_name) in PAGES.items()
    }
    routes.remember(pages)
    page = st.navigation(list(pages.values()), position="top")
    st.html(f"<style>{_style()}</style>")
    guarded(_shown)(page)


def _shown(page: Any) -> None:
    """The settings and the page, once what the server was started with is read."""
    _settings()
    if not session.filling().wait(_PATIENCE_SECONDS):
        _while_filling()
        return
    if session.project().read_only:
        st.info(say("settings.read_only"), icon=":material/lock:")
    page.run()
    if session.is_temporary():
        st.caption(say("settings.temporary"))


@st.fragment(run_every=0.5)
def _while_filling() -> None:
    """How far the reading is, until it is done."""
    filling = session.filling()
    if filling.wait(0):
        st.rerun()
    total, done = filling.total, filling.done
    text = say("filling.progress", done=number(done), total=number(max(total, done)))
    left = filling.seconds_left
    if left is not None:
        text += f" · {say('filling.left', n=left)}"
    st.progress(min(1.0, done / total) if total else 0.0, text)


def may_enter() -> bool:
    """Whether whoever asks may see the project; otherwise the page says why, or offers a login."""
    if session.login_is_configured():
        if st.user.get("is_logged_in"):
            return True
        st.title("visitmap")
        if find_spec("authlib") is None:
            st.error(say("login.missing"), icon=":material/lock:")
        else:
            st.button(say("login.button"), key="login", type="primary", on_click=st.login)
        return False
    if _is_loopback(str(st.get_option("server.address") or "")):
        return True
    st.error(say("login.needed"), icon=":material/lock:")
    return False


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _settings() -> None:
    with st.sidebar:
        st.selectbox(
            say("settings.language"),
            list(LANGUAGES),
            index=list(LANGUAGES).index(language()),
            format_func=LANGUAGES.__getitem__,
            key="language",
            on_change=_remember_language,
        )
        st.caption(say("settings.who", who=escaped(session.who())))
        if not session.is_temporary():
            st.caption(say("settings.where", where=escaped(session.project().name)))
        if session.login_is_configured():
            st.button(say("login.out"), key="logout", on_click=st.logout)


def _style() -> str:
    return (files("visitmap.ui") / "style.css").read_text("utf-8")


def _remember_language() -> None:
    st.query_params["lang"] = st.session_state["language"]
