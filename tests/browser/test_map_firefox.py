"""The map in a stock Firefox: drawn, moved in time, chosen from, silent on its console.

Skipped where there is no `firefox-esr` (or `firefox`); `apt install firefox-esr` brings it.
"""

from __future__ import annotations

import shutil

import pytest
from firefox import firefox
from map_ui_samples import ASTARA, FOUR, visit

import visitmap as vm
from visitmap.webmap import write_html

pytestmark = pytest.mark.browser
PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
RECORD = "visitmap.page.layer.record()"
ARROW_LEFT, ARROW_DOWN = "\ue012", "\ue015"
INKED = """(() => {
    const canvas = document.querySelector(".visitmap-visits");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, k) => k % 4 === 3 && value > 0).length;
})()"""
MIDDLE = """(() => {
    const { left, top, width, height } = document.querySelector(%r).getBoundingClientRect();
    return [left + width / 2, top + height / 2];
})()"""


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """One Firefox for all tests of this file."""
    if PROGRAM is None:
        pytest.skip("no Firefox on this machine; `apt install firefox-esr` brings one")
    with firefox(PROGRAM, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def fox(started):
    """That Firefox, which must neither complain nor ask for anything outside during a test."""
    started.errors.clear()
    started.outside.clear()
    yield started
    assert started.errors == [], "the page complained on the console"
    assert started.outside == [], "the page asked for something outside"


@pytest.fixture(scope="module")
def seed_page(tmp_path_factory, seeds):
    """The map of the seed article."""
    page = tmp_path_factory.mktemp("seed") / "seed.html"
    visits, issues = vm.extract(seeds)
    vm.export(visits, page, issues=issues, title="Seed")
    return page


@pytest.fixture
def four_page(tmp_path):
    """Four visits: a day, a planned month, a doubtful day, one without a date."""
    write_html(tmp_path / "four.html", FOUR, [ASTARA])
    return tmp_path / "four.html"


def test_the_seed_is_drawn(fox, seed_page):
    """Every visit with a place is on the map, in pixels too, and in the list."""
    fox.open(seed_page)
    record, state = fox.evaluate(RECORD), fox.evaluate("visitmap.state()")
    assert record["mode"] == "legs"
    assert record["certain"] + record["faint"] == record["legs"] > 0
    assert state["visible"] == state["total"] > 0
    assert fox.evaluate(INKED) > 500
    assert fox.evaluate("document.querySelectorAll('#vm-list .vm-visit').length") >= state["total"]


def test_a_window_draws_faint_and_full(fox, four_page):
    """In February 2018 one visit is certain for that month's window, and only possible on a day."""
    fox.open(four_page)
    fox.evaluate("visitmap.setWindow('2018-01-10', '2018-01-10')")
    record = fox.evaluate(RECORD)
    assert (record["certain"], record["faint"]) == (1, 0)
    fox.evaluate("visitmap.setWindow('2018-02-05', '2018-02-05')")
    assert fox.evaluate("visitmap.state().visible") == 1
    levels = fox.evaluate("Array.from(visitmap.page.model.levels)")
    assert sorted(levels) == [0, 0, 0, 1]
    fox.evaluate("visitmap.setWindow('2018-02-01', '2018-02-28')")
    assert sorted(fox.evaluate("Array.from(visitmap.page.model.levels)")) == [0, 0, 0, 2]


def test_the_slider_moves_by_mouse_and_key(fox, four_page):
    """Dragging the end's handle to the middle hides the last visit; an arrow moves it by a step."""
    fox.open(four_page)
    handle, track = fox.evaluate(MIDDLE % "#vm-handle-to"), fox.evaluate(MIDDLE % "#vm-track")
    fox.drag(handle, track)
    end = fox.wait("visitmap.state().window[1]")
    assert "2018-12-01" < end < "2019-02-28"
    fox.wait("visitmap.state().visible === 2")
    fox.press(ARROW_LEFT)
    assert fox.wait("visitmap.state().window[1]") < end
    fox.wait(f"{RECORD}.legs === 1")  # the other visit has no origin: a place without a leg


def test_the_list_and_the_card_follow(fox, four_page):
    """An arrow in the list chooses a visit; the card says who and quotes the source."""
    fox.open(four_page)
    fox.evaluate("document.querySelector('#vm-list').focus()")
    fox.press(ARROW_DOWN)
    assert fox.wait("visitmap.state().selected") == "jan"
    card = fox.wait("document.querySelector('#vm-card').innerText")
    assert "Hassan Rohani" in card and "Il s’est rendu à Bakou" in card


def test_many_visits_are_bundled(fox, tmp_path):
    """Four thousand visits come through the decoder and are drawn as bundles."""
    origin, destination = FOUR[0].origin, FOUR[0].destination
    visits = [
        visit(
            f"v{k}", f"{2000 + k % 20}-01-{1 + k % 28:02}", origin=origin, destination=destination
        )
        for k in range(4000)
    ]
    write_html(tmp_path / "many.html", visits)
    fox.open(tmp_path / "many.html")
    record = fox.evaluate(RECORD)
    assert (record["mode"], record["legs"], record["bundles"]) == ("bundles", 4000, 1)


def test_persian_reads_from_the_right(fox, seed_page):
    """The page turns round and writes Persian digits; the map is drawn all the same."""
    fox.open(seed_page, fragment="#lang=fa")
    assert fox.wait("document.documentElement.dir") == "rtl"
    assert any(
        digit in fox.evaluate("document.querySelector('#vm-now').innerText")
        for digit in "۱۲۳۴۵۶۷۸۹"
    )
    assert fox.evaluate(INKED) > 500
