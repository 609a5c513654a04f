"""A project with visits that are known by heart, and the dashboard on it."""

import os
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from visitmap.model import (
    Candidate,
    Document,
    Evidence,
    Issue,
    Place,
    Source,
    Traveller,
    Visit,
)
from visitmap.store import Project
from visitmap.timespan import Timespan

ROOT = Path(__file__).parents[2]
# Markup, a template, Markdown and a script in every field that a document fills.
HOSTILE = "<script>alert(1)</script> {{7*7}} ${8*8} [x](javascript:alert(2)) **b** `c` :red[d]"
BAKU = Place("Baku", "geonames:587084", 40.377, 49.892, "AZ", "city", population=1_116_513)
TEHRAN = Place("Tehran", "geonames:112931", 35.694, 51.421, "IR", "city", population=7_153_309)
ASTARA_AZ = Place("Astara", "geonames:148619", 38.455, 48.875, "AZ", "city", "Astara", 15_190)
ASTARA_IR = Place("Astara", "geonames:142363", 38.429, 48.872, "IR", "city", "Gilan", 39_065)
TEXT = "President Rohani flew to Baku on 28 March 2018. He stopped in Astara. " + HOSTILE


def visit(number, name, place, start, quote, **others):
    """A visit with its sentence in the article."""
    begin = TEXT.index(quote)
    piece = Evidence("article", begin, begin + len(quote), quote)
    fields = {"origin": TEHRAN, "origin_basis": "implied", "certainty": 0.9} | others
    return Visit(
        f"{number:016x}",
        (Traveller(name, "president", "IR"),),
        place,
        Timespan(start),
        evidence=(piece,),
        source=Source("article", title="An article", language="en"),
        **fields,
    )


def known_visits():
    """Three visits: a certain one, one whose place is doubtful, one that is hostile."""
    return [
        visit(1, "Hassan Rohani", BAKU, "2018-03-28", "President Rohani flew to Baku on"),
        visit(2, "Hassan Rohani", ASTARA_AZ, "2017-10", "He stopped in Astara.", certainty=0.5),
        visit(3, HOSTILE, BAKU, "", HOSTILE, certainty=0.3, purpose=HOSTILE),
    ]


def known_issues():
    """A doubtful place of a visit, and one that a text only mentions."""
    both = (Candidate(ASTARA_AZ, 0.5, "in Azerbaijan"), Candidate(ASTARA_IR, 0.5, HOSTILE))
    piece = known_visits()[1].evidence
    return [
        Issue("place-ambiguous", "2 places", visit_id=f"{2:016x}", candidates=both,
              toponym="Astara", evidence=piece),
        Issue("place-ambiguous", "2 places", candidates=both, toponym="Astara", evidence=piece),
    ]  # fmt: skip


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
def app():
    """Opens a page of the dashboard; gives it when it has run."""

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


def said(at):
    """Everything on the page that Streamlit reads as Markdown."""
    kinds = (at.markdown, at.caption, at.info, at.warning, at.error, at.success, at.title)
    return [str(one.value) for kind in (*kinds, at.subheader) for one in kind]
