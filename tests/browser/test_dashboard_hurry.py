"""Hurried hands and slow lines: whatever is decided is what was on the screen at that moment."""

import re
from itertools import product

import pytest
from dashboards import actions, press, reviewing, shown, undecided
from playwright.sync_api import expect

# Answers reach the page one message at a time, so that a page half drawn stays so for a while.
SLOW_LINE = """(() => {
  const spacing = 40, Real = WebSocket;
  let free = 0;
  window.WebSocket = class extends Real {
    addEventListener(kind, listener, ...others) {
      const later = (event) => {
        free = Math.max(performance.now(), free) + spacing;
        setTimeout(() => listener.call(this, event), free - performance.now());
      };
      super.addEventListener(kind, kind === "message" ? later : listener, ...others);
    }
  };
})()"""
# What each press was made on: the name on the card, and for how long it had been there.
WITNESS = r"""(() => {
  window.witnessed = [];
  let name = "", since = 0;
  const look = () => {
    const cards = [...document.querySelectorAll(".st-key-review_card")];
    const now = cards.map((one) => /Ada Berg \d+/.exec(one.innerText)?.[0] ?? "").join("+");
    if (now !== name) [name, since] = [now, performance.now()];
    requestAnimationFrame(look);
  };
  const note = () => witnessed.push({ name, ms: performance.now() - since });
  addEventListener("keydown", note, true);
  addEventListener("click", note, true);
  look();
})()"""


@pytest.fixture(params=["quick line", "slow line"])
def line(request, tab):
    """A tab whose presses are witnessed, on a quick and on a slow line."""
    if request.param == "slow line":
        tab.add_init_script(SLOW_LINE)
    tab.add_init_script(WITNESS)
    return tab


def at_rest(tab):
    """Wait until the page has not changed for a second."""
    main, before = tab.locator("[data-testid=stMain]"), ""
    for _ in range(60):
        now = main.inner_text()
        if now == before:
            return
        before = now
        tab.wait_for_timeout(1000)
    pytest.fail("the page never came to rest")


def assert_seen(where, witnessed):
    """Each decision was made by a press while its visit alone was on the screen, in that order."""
    found = actions(where)
    names = [f"Ada Berg {int(visit_id, 16)}" for _, visit_id in found]
    assert len(names) == len(set(names)), "one visit decided twice"
    presses = iter(one["name"] for one in witnessed if one["ms"] > 100)
    for name in names:
        assert name in presses, f"{name} was decided on unseen: {names} of {witnessed}"
    return found


def test_keys_in_a_hurry_decide_on_what_is_shown(tmp_path, line):
    """Keys every few milliseconds, for seconds: while the page answers they decide nothing."""
    with undecided(tmp_path, 40) as (where, dashboard):
        reviewing(line, dashboard.address, 0, 40)
        press(line, "a")
        for number in range(120):
            line.keyboard.press("ard"[number % 3])
            line.wait_for_timeout(number % 40)
        at_rest(line)
        found = assert_seen(where, line.evaluate("witnessed"))
        assert shown(line) == sum(action != "defer" for action, _ in found)
    assert len(found) >= 2


def test_clicks_in_a_hurry_decide_on_what_is_shown(tmp_path, line):
    """The same with the mouse held over a button."""
    with undecided(tmp_path, 40) as (where, dashboard):
        reviewing(line, dashboard.address, 0, 40)
        at_rest(line)
        box = line.get_by_role("button", name="Accept (a)").bounding_box()
        for number in range(60):
            line.mouse.click(box["x"] + 20, box["y"] + 10)
            line.wait_for_timeout(number % 50)
        at_rest(line)
        found = assert_seen(where, line.evaluate("witnessed"))
    assert len(found) >= 2


def test_a_double_click_decides_once(tmp_path, tab):
    """The second click of a hand that is used to two finds the next visit, and leaves it alone."""
    with undecided(tmp_path, 9) as (where, dashboard):
        reviewing(tab, dashboard.address, 0, 9)
        for name, pause_ms in product(("Accept (a)", "Later (d)"), (0, 60, 120)):
            at_rest(tab)
            before = len(actions(where))
            box = tab.get_by_role("button", name=name).bounding_box()
            at = (box["x"] + 20, box["y"] + 10)
            tab.mouse.click(*at)
            tab.wait_for_timeout(pause_ms)
            tab.mouse.click(*at, click_count=2)
            at_rest(tab)
            assert len(actions(where)) == before + 1, f"{name}, twice within {pause_ms} ms"


def test_a_button_keeps_the_focus_from_visit_to_visit(tmp_path, tab):
    """Whoever works with Tab and Enter need not look for the button again."""
    with undecided(tmp_path, 5) as (where, dashboard):
        reviewing(tab, dashboard.address, 0, 5)
        at_rest(tab)
        tab.get_by_role("button", name="Reject (r)").focus()
        for number in range(1, 4):
            tab.keyboard.press("Enter")
            expect(tab.get_by_text(re.compile(rf"^{number} of 5 visits decided"))).to_be_visible()
            at_rest(tab)
            expect(tab.get_by_role("button", name="Reject (r)")).to_be_focused()
    assert [action for action, _ in actions(where)] == ["reject"] * 3
