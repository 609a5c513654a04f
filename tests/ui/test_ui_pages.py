"""Every page runs, says what it should, and shows no word of a document as markup."""

import os
import sys
from dataclasses import replace

import pytest
import sqlalchemy
import streamlit as st
from streamlit.testing.v1 import AppTest
from ui_known import HOSTILE, ROOT, button, known_visits, said

from visitmap.errors import ProjectError
from visitmap.store import Project
from visitmap.timespan import Timespan
from visitmap.ui import session

PAGES = ("map", "review", "sources", "analysis", "export")


def assert_no_trace(at):
    """No exception and no error sentence."""
    assert not at.exception
    assert not at.error


def raising(error):
    """A function that does nothing but fail."""

    def work(*_, **__):
        raise error

    return work


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_opens_in_both_languages(app, project, page, language):
    """No page fails, and each has a title."""
    at = app(page, lang=language)
    assert_no_trace(at)
    assert at.title


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_project_says_what_to_do(app, empty_project, page):
    """Nothing there yet is a state of its own, not a failure."""
    assert_no_trace(app(page))


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_document_is_read_as_markdown(app, project, page):
    """Where Streamlit reads Markdown, foreign words are escaped; elsewhere they are plain."""
    for text in said(app(page)):
        assert "<script>" not in text
        assert "[x](javascript" not in text
        assert ":red[d]" not in text


def test_the_map_page_counts_what_is_there(app, project):
    """Numbers, then the table with sentences, in the order of time."""
    at = app()
    values = {one.label: one.value for one in at.metric}
    assert values["Visits"] == "3"
    table = at.dataframe[0].value
    assert list(table["start"]) == ["October 2017", "28 March 2018", "no date"]
    assert HOSTILE in set(table["quote"])


def test_the_address_reopens_the_view(app, project):
    """A link with a window and a visit gives the same table and card."""
    at = app(**{"from": "2018-01-01", "to": "2018-12-31", "visit": f"{1:016x}"})
    assert list(at.dataframe[0].value["who"]) == ["Hassan Rohani"]
    assert any("Hassan Rohani" in one.value for one in at.markdown)


@pytest.mark.parametrize("window", [("x", "y"), ("2019-01-01", "2018-01-01"), ("2018-02-31", "")])
def test_an_address_that_makes_no_sense_is_ignored(app, project, window):
    """A window that is none is no window."""
    at = app(**{"from": window[0], "to": window[1], "visit": "<b>"})
    assert_no_trace(at)
    assert len(at.dataframe[0].value) == 3


def test_a_long_table_is_turned_like_pages(app, project):
    """Twelve hundred visits: the first five hundred, then the page of the visit chosen."""
    first = known_visits()[0]
    many = [
        replace(first, visit_id=f"many-{n}", timespan=Timespan(f"{1000 + n}-01-01"))
        for n in range(1200)
    ]
    project.save_extraction("article", many)
    at = app()
    assert_no_trace(at)
    assert at.metric[0].value == "1,200"
    assert len(at.dataframe[0].value) == 500
    at = app(visit="many-1100")
    assert at.selectbox(key="table_page").value == 3
    assert len(at.dataframe[0].value) == 200
    at.selectbox(key="table_page").set_value(1).run()
    assert list(at.dataframe[0].value["start"])[:1] == ["1 January 1000"]
    assert_no_trace(at)


def test_an_error_in_a_part_of_a_page_is_a_sentence(app, project, monkeypatch):
    """Parts are drawn again by themselves; what goes wrong in one then is said as well."""
    from visitmap.ui.pages import map_page

    monkeypatch.setattr(map_page.figures, "show", lambda *_, **__: 1 / 0)
    at = app()
    assert not at.exception
    assert "Reload the page" in at.error[0].value


def test_a_full_disk_is_said_and_nothing_else_changes(app, project, monkeypatch):
    """The decision is not shown as made, and can be made again once there is room."""
    at = app("review")
    full = ProjectError("not saved: the disk is full", where="known.visitmap", remedy="Make room")
    with monkeypatch.context() as patched:
        patched.setattr(Project, "decide", raising(full))
        button(at, "decide_accept").click().run()
    assert "disk is full" in at.error[0].value
    assert project.progress() == (0, 3)
    button(at, "decide_accept").click().run()
    assert_no_trace(at)
    assert project.progress() == (1, 3)


def test_a_read_only_project_can_be_looked_at(app, project, monkeypatch):
    """Every page opens; what would change something says why it does not."""
    with Project.open(os.environ["VISITMAP_PROJECT"], who="Ada", read_only=True) as reader:
        monkeypatch.setattr(session, "_opened", lambda *_: reader)
        for page in PAGES:
            at = app(page)
            assert_no_trace(at)
            assert any("only be read" in one.value for one in at.info)
        at = app("review")
        button(at, "decide_accept").click().run()
        assert "Copy it to a place" in at.error[0].value


def test_a_project_of_a_newer_version_is_a_sentence(app, project):
    """On every page; nothing is drawn, nothing changed."""
    with project._shared.engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE visitmap_project SET schema = 99"))
    st.cache_resource.clear()
    for page in PAGES:
        at = app(page)
        assert not at.exception
        assert "newer visitmap" in at.error[0].value


def test_filters_come_from_the_address(app, project):
    """What is filtered is in the link."""
    at = app(f_country="AZ", f_who="Hassan Rohani")
    assert_no_trace(at)
    assert len(at.dataframe[0].value) == 2


def test_a_window_without_visits_leads_out_again(app, project):
    """The empty state offers the whole period."""
    at = app(**{"from": "1990-01-01", "to": "1990-12-31"})
    at.button(key="whole").click().run()
    assert len(at.dataframe[0].value) == 3


def test_the_export_counts_the_reviewed(app, project):
    """Only what somebody accepted or corrected, when asked for."""
    at = app("export")
    assert at.metric[0].value == "3 / 3"
    at.radio(key="export_which").set_value("reviewed").run()
    assert at.metric[0].value == "0 / 3"


def test_an_unforeseen_error_is_a_sentence(app, project, monkeypatch):
    """Whatever goes wrong in a page, the reader sees no trace of the program."""
    from visitmap.ui.pages import analysis_page

    monkeypatch.setattr(analysis_page, "most_visited", lambda *_, **__: 1 / 0)
    at = app("analysis")
    assert not at.exception
    assert "Reload the page" in at.error[0].value
    assert "ZeroDivision" not in at.error[0].value


def test_a_dashboard_open_to_the_network_without_a_login_shows_nothing(app, project, monkeypatch):
    """Whoever can reach it could read everything: it refuses, and says how to go on."""
    from visitmap.ui import main

    monkeypatch.setattr(main, "_is_loopback", lambda address: False)
    at = app()
    assert "this machine only" in at.error[0].value
    assert not at.dataframe


def test_a_login_without_its_library_says_what_to_install(project, monkeypatch):
    """Nothing is shown, and whoever runs the server is told how to go on."""
    monkeypatch.setattr(session, "login_is_configured", lambda: True)
    monkeypatch.setitem(sys.modules, "authlib", None)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "visitmap[login]" in at.error[0].value
    assert not at.button and not at.metric
