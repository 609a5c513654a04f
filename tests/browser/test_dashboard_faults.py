"""What the dashboard survives while people decide: killed servers, lost lines, tabs, hurry."""

import signal

import pytest
from dashboards import ROOT, actions, answered, press, reviewing, served, shown, undecided
from playwright.sync_api import expect

KEYS = ROOT / "src" / "visitmap" / "ui" / "components" / "keys.js"


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
    with undecided(tmp_path, 5) as (where, dashboard):
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


def test_a_lost_connection_is_taken_up_again(tmp_path, tab):
    """The server goes and comes back: the open page goes on with what is in the project."""
    with undecided(tmp_path, 5) as (where, dashboard):
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


def test_a_turn_that_a_new_server_counts_again_is_answered_in_the_end(tab):
    """A drawing with the number of what was sent before is waited on for a while, not for ever."""
    tab.set_content("<h1>Review</h1><p><span></span></p>")
    tab.evaluate(
        """async (script) => {
          const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
          const draw = (await import(url)).default;
          const data = { keys: ["a"], patient: [], about: "x", turn: 2 };
          const parentElement = document.querySelector("p");
          window.sent = [];
          const setTriggerValue = (_, to) => sent.push(to);
          window.draw = () => draw({ data, parentElement, setTriggerValue });
          window.draw();
        }""",
        KEYS.read_text("utf-8"),
    )
    mark = tab.locator("span")
    expect(mark).to_have_attribute("data-keys", "ready")
    tab.keyboard.press("a")
    expect(mark).to_have_attribute("data-keys", "sent")
    tab.evaluate("() => void draw()")
    tab.keyboard.press("a")
    assert tab.evaluate("sent.length") == 1, "nothing is sent while an answer is awaited"
    expect(mark).to_have_attribute("data-keys", "ready")
    tab.keyboard.press("a")
    assert tab.evaluate("sent.length") == 2


@pytest.mark.long
@pytest.mark.parametrize("after", [7, 23, 61, 98])
def test_a_server_killed_amid_a_hundred_saves_has_every_acknowledged_one(tmp_path, tab, after):
    """What the page said was saved is in the database, whatever happened since."""
    with undecided(tmp_path, 100) as (where, dashboard):
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
    """All press at the same time, three times; each is told that it was saved, or that another was
    quicker with the same visit, and what is said to be saved is in the log."""
    with undecided(tmp_path, 200) as (where, dashboard):
        contexts = [browser.new_context(locale="en-GB") for _ in range(20)]
        tabs = [reviewing(one.new_page(), dashboard.address, 0, 200) for one in contexts]
        for number, one in enumerate(tabs):
            press(one, *"j" * number)
        saved = 0
        for _ in range(3):
            for one in tabs:
                answered(one)
            for one in tabs:
                one.keyboard.press("a")
            saved += sum(map(was_saved, tabs))
        assert not any(one.get_by_text("not saved").count() for one in tabs)
        most = max(map(shown, tabs))
        for one in contexts:
            one.close()
    found = [visit_id for _, visit_id in actions(where)]
    assert len(found) == saved > 20
    assert len(set(found)) >= most > 20


def was_saved(tab):
    """Whether the page says that its last key was saved; else it says that another was quicker."""
    answered(tab)
    quicker = tab.get_by_text("changed this meanwhile").count()
    return not quicker
