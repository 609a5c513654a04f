"""What the dashboard survives while people decide: killed servers, lost lines, tabs, hurry."""

import re
import signal
from contextlib import contextmanager

import pytest
from dashboards import Dashboard, press
from playwright.sync_api import expect

from visitmap.model import Document, Evidence, Place, Source, Traveller, Visit
from visitmap.store import Project
from visitmap.timespan import Timespan

TEXT = "Ada Berg went to Lisbon. "
LISBON = Place("Lisbon", "geonames:2267057", 38.72, -9.13, "PT")


def prepared(where, count):
    """A project of so many visits that nobody decided on."""
    visits = [
        Visit(
            f"{number:016x}",
            (Traveller(f"Ada Berg {number}"),),
            LISBON,
            Timespan(f"{1900 + number}-05-03"),
            evidence=(Evidence("a", number * 25, number * 25 + 24, TEXT.strip()),),
            source=Source("a", language="en"),
        )
        for number in range(count)
    ]
    with Project.open(where, who="Ada") as project:
        project.add_document(Document(TEXT * count, Source("a", language="en")))
        project.save_extraction("a", visits)


def actions(where):
    """What was decided, in order; each with the visit it was decided on."""
    with Project.open(where, read_only=True) as project:
        return [(one.action, one.visit_id) for one in project.decisions()]


@contextmanager
def served(folder, where, **options):
    """The dashboard on a project."""
    dashboard = Dashboard(folder, str(where), inputs=(), **options)
    try:
        yield dashboard
    finally:
        if dashboard.process.poll() is None:
            dashboard.stop()


def reviewing(tab, address, decided, total):
    """The review page, when it says how many are decided."""
    tab.goto(f"{address}/review")
    said = tab.get_by_text(re.compile(rf"^{decided} of {total} visits decided"))
    expect(said.first).to_be_visible()
    return tab


def shown(tab):
    """How many decisions the page says are saved."""
    texts = tab.get_by_text(re.compile(r"\d+ of \d+ visits decided")).all_inner_texts()
    return int(texts[0].split(" of ")[0]) if texts else 0


def until_answered(tab):
    """Ask for the next visit until the page gives it."""
    card = tab.locator(".st-key-review_card").first
    before = card.inner_text()
    for _ in range(30):
        tab.keyboard.press("j")
        tab.wait_for_timeout(2000)
        if card.inner_text() != before:
            return
    pytest.fail("the page did not find its server again")


def test_reload_and_two_tabs_show_every_decision(tmp_path, tab):
    """A reload loses nothing; the other tab sees it on its next key, and may take it back."""
    where = tmp_path / "tabs.visitmap"
    prepared(where, 5)
    with served(tmp_path, where) as dashboard:
        first = reviewing(tab, dashboard.address, 0, 5)
        second = reviewing(tab.context.new_page(), dashboard.address, 0, 5)
        press(first, "a")
        expect(first.get_by_text("1 of 5")).to_be_visible()
        first.reload()
        expect(first.get_by_text("1 of 5")).to_be_visible()
        press(second, "j")
        expect(second.get_by_text("1 of 5")).to_be_visible()
        press(second, "r")
        expect(second.get_by_text("2 of 5")).to_be_visible()
        press(first, "u")
        expect(first.get_by_text("Undone")).to_be_visible()
        expect(first.get_by_text("1 of 5")).to_be_visible()
    assert [action for action, _ in actions(where)] == ["accept", "reject", "undo"]


def test_keys_pressed_faster_than_the_page_decide_nothing_unseen(tmp_path, tab):
    """Ten keys in one go: what was decided was seen, each visit once, in the order shown."""
    where = tmp_path / "hurry.visitmap"
    prepared(where, 30)
    with served(tmp_path, where) as dashboard:
        reviewing(tab, dashboard.address, 0, 30)
        press(tab, "a")
        for letter in "raraararr":
            tab.keyboard.press(letter)
        tab.wait_for_timeout(1500)
        seen = shown(tab)
        assert seen >= 1
    decided = [visit_id for _, visit_id in actions(where)]
    assert len(decided) == len(set(decided)) == seen


def test_a_lost_connection_is_taken_up_again(tmp_path, tab):
    """The server goes and comes back: the open page goes on with what is in the project."""
    where = tmp_path / "line.visitmap"
    prepared(where, 5)
    with served(tmp_path, where) as dashboard:
        reviewing(tab, dashboard.address, 0, 5)
        press(tab, "a")
        expect(tab.get_by_text("1 of 5")).to_be_visible()
        dashboard.stop(signal.SIGKILL)
        tab.keyboard.press("a")
        tab.wait_for_timeout(500)
        assert shown(tab) == 1, "nothing is said to be saved that is not"
        with served(tmp_path, where, port=dashboard.port):
            until_answered(tab)
            before = len(actions(where))
            press(tab, "r")
            expect(tab.get_by_text(f"{before + 1} of 5")).to_be_visible()
    assert actions(where)[-1][0] == "reject"


@pytest.mark.long
@pytest.mark.parametrize("after", [7, 23, 61, 98])
def test_a_server_killed_amid_a_hundred_saves_has_every_acknowledged_one(tmp_path, tab, after):
    """What the page said was saved is in the database, whatever happened since."""
    where = tmp_path / "killed.visitmap"
    prepared(where, 100)
    with served(tmp_path, where) as dashboard:
        reviewing(tab, dashboard.address, 0, 100)
        tab.locator("h1").first.click()
        acknowledged = 0
        while acknowledged < after:
            tab.keyboard.press("a")
            tab.wait_for_timeout(20)
            acknowledged = shown(tab)
        tab.keyboard.press("a")
        dashboard.stop(signal.SIGKILL)
        acknowledged = shown(tab)
    decided = [visit_id for _, visit_id in actions(where)]
    assert after <= acknowledged <= len(decided) <= acknowledged + 1
    assert len(set(decided)) == len(decided)
    with served(tmp_path, where) as dashboard:
        reviewing(tab, dashboard.address, len(decided), 100)


@pytest.mark.long
def test_twenty_tabs_decide_at_once_and_nothing_is_lost(tmp_path, browser):
    """All press at the same time, three times; every press that was answered is in the log."""
    where = tmp_path / "crowd.visitmap"
    prepared(where, 200)
    with served(tmp_path, where) as dashboard:
        contexts = [browser.new_context(locale="en-GB") for _ in range(20)]
        tabs = [reviewing(one.new_page(), dashboard.address, 0, 200) for one in contexts]
        for number, one in enumerate(tabs):
            press(one, *"j" * number)
            one.wait_for_timeout(200)
        for _ in range(3):
            for one in tabs:
                one.keyboard.press("a")
            for one in tabs:
                one.wait_for_timeout(1500)
        assert not any(one.get_by_text("not saved").count() for one in tabs)
        most = max(map(shown, tabs))
        for one in contexts:
            one.close()
    found = actions(where)
    assert len(found) == 60
    assert len({visit_id for _, visit_id in found}) >= most
