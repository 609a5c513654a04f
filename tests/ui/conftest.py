"""A project with visits that are known by heart, and the dashboard on it."""

import os

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from ui_known import ROOT, TEXT, known_issues, known_visits

from visitmap.model import Document, Source
from visitmap.store import Project
from visitmap.ui.components import timemap


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The project on disk, named to the dashboard as `visitmap serve --project` does."""
    st.cache_resource.clear()
    path = tmp_path / "known.visitmap"
    monkeypatch.setenv("VISITMAP_PROJECT", str(path))
    monkeypatch.setenv("VISITMAP_INPUTS", "[]")
    monkeypatch.setenv("VISITMAP_USER", "Ada")
    with Project.open(path, who="Ada") as opened:
        opened.add_document(Document(TEXT, Source("article", title="An article", language="en")))
        opened.save_extraction("article", known_visits(), known_issues())
        yield opened
    st.cache_resource.clear()


@pytest.fixture
def empty_project(tmp_path, monkeypatch):
    """A project with nothing in it yet."""
    st.cache_resource.clear()
    monkeypatch.setenv("VISITMAP_PROJECT", str(tmp_path / "empty.visitmap"))
    monkeypatch.setenv("VISITMAP_INPUTS", "[]")
    with Project.open(os.environ["VISITMAP_PROJECT"], who="Ada") as opened:
        yield opened
    st.cache_resource.clear()


@pytest.fixture
def app(monkeypatch):
    """Opens a page of the dashboard; gives it when it has run, as if its map was drawn."""
    monkeypatch.setattr(timemap, "is_drawn", lambda key: True)

    def opened(page="map", **query):
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page != "map":
            # switch_page knows pages that are files; ours are functions.
            pages = at._registered_pages.items()
            at._page_hash = next(key for key, one in pages if one["url_pathname"] == page)
            at.run()
        return at

    return opened
