"""An analyst's day in a real browser: from articles to a reviewed map that stands alone."""

import signal
from pathlib import Path

import pytest
from dashboards import Dashboard, answered, press, rested, the_map
from playwright.sync_api import expect

from visitmap.store import Project

ARTICLES = sorted(Path(__file__).with_name("day").glob("*.txt"))


def look_at(tab, words):
    """Go from one thing to decide to the next, with the key, until the card holds these words.

    They are of the sentence: a place's name alone may be the origin on the card shown before.
    """
    card = tab.locator(".st-key-review_card")
    for _ in range(20):
        answered(tab)
        if card.count() and words in card.first.inner_text():
            return
        before = tab.locator("[data-testid=stMain]").inner_text()
        press(tab, "j")
        tab.wait_for_function(
            "(before) => document.querySelector('[data-testid=stMain]').innerText !== before",
            arg=before,
        )
    pytest.fail(f"nothing to decide tells of {words}")


def upload(tab, address, broken):
    """All articles at once, and a file that is none."""
    tab.goto(f"{address}/sources")
    tab.get_by_text("Add articles").first.click()
    tab.locator("input[type=file]").first.set_input_files([*ARTICLES, broken])
    for one in (*ARTICLES, broken):
        expect(tab.get_by_text(one.name).first).to_be_visible()
    rested(tab)
    tab.get_by_role("button", name="Find the visits").click()
    expect(tab.get_by_text("5 sources read, 7 visits found")).to_be_visible()
    expect(tab.get_by_text("broken.pdf").first).to_be_visible()
    expect(tab.get_by_role("heading", name="6 sources")).to_be_visible()


def review(tab, address):
    """Choose a place, merge, correct a date, reject, accept, defer; take back and bring back."""
    tab.goto(f"{address}/review")
    expect(tab.get_by_text("0 of 14 visits decided")).to_be_visible()
    look_at(tab, "Joan Hale")
    expect(tab.get_by_text("places may be meant by Springfield")).to_be_visible()
    press(tab, "3")
    expect(tab.get_by_text("1 of 14 visits decided")).to_be_visible()
    look_at(tab, "Ada Dahl")
    press(tab, "m")
    expect(tab.get_by_text("Is it one of these?")).to_be_visible()
    press(tab, "1")
    expect(tab.get_by_text("2 of 13 visits decided")).to_be_visible()
    look_at(tab, "visité Abidjan")
    press(tab, "c")
    tab.get_by_role("textbox", name="Arrival").fill("2019-05-10")
    tab.get_by_role("textbox", name="Arrival").press("Enter")
    expect(tab.get_by_text("On 10 May 2019.")).to_be_visible()
    expect(tab.get_by_role("button", name="Save 1 change")).to_be_enabled()
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("3 of 13 visits decided")).to_be_visible()
    look_at(tab, "travelled to Kampala")
    press(tab, "r")
    expect(tab.get_by_text("4 of 13 visits decided")).to_be_visible()
    press(tab, "u")
    expect(tab.get_by_text("3 of 13 visits decided")).to_be_visible()
    press(tab, "y")
    expect(tab.get_by_text("4 of 13 visits decided")).to_be_visible()
    look_at(tab, "flew to Nairobi")
    press(tab, "a")
    expect(tab.get_by_text("5 of 13 visits decided")).to_be_visible()
    look_at(tab, "rendu à Dakar")
    press(tab, "d")
    expect(tab.get_by_text("Put off, saved")).to_be_visible()


def assert_on_disk(where):
    """What was decided is in the database, in order, signed."""
    with Project.open(where, read_only=True) as project:
        log = [one.action for one in project.decisions()]
        assert log == [
            *("correct", "merge", "correct", "reject", "undo", "redo", "accept", "defer")
        ]
        assert {one.who for one in project.decisions()} == {"Ada"}
        found = {one.destination.name: one for one in project.visits(include_rejected=True)}
        assert found["Abidjan"].timespan.start == "2019-05-10"
        assert found["Abidjan"].review == "corrected"
        assert found["Kampala"].review == "rejected"
        assert found["Nairobi"].review == "accepted"
        assert len(found["Lisbon"].evidence) == 2
        springfield = project.visits()
        chosen = next(one for one in springfield if one.destination.name == "Springfield")
        assert chosen.review == "corrected" and chosen.destination.is_resolved
    return chosen


def export(tab, address, target):
    """Filtered to one traveller on the map page, then only what was reviewed, as one file."""
    tab.goto(address)
    the_map(tab)
    tab.get_by_text("Filter", exact=True).first.click()
    rested(tab)
    tab.get_by_label("Travellers").first.click()
    tab.get_by_label("Travellers").first.fill("Luc")
    tab.get_by_role("option", name="Luc").first.click()
    expect(tab.get_by_test_id("stMetricValue").first).to_have_text("2")
    assert "f_who=Luc" in tab.url
    query = tab.url.split("?")[1]
    tab.goto(f"{address}/export?{query}")
    expect(tab.get_by_text("2 / 12")).to_be_visible()
    tab.get_by_text("Only the reviewed").click()
    expect(tab.get_by_text("1 / 12")).to_be_visible()
    rested(tab)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Map (one HTML file)").click()
    download.value.save_as(target)


def assert_found_offline(browser, target):
    """The file by itself, with the network cut: the corrected visit, its date, its sentence."""
    context = browser.new_context(offline=True, locale="en-GB")
    page, asked = context.new_page(), []
    context.on("request", lambda one: one.url.startswith("file:") or asked.append(one.url))
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-visitmap=ready]", state="attached")
    (row,) = page.locator("#vm-list [role=option]").all()
    for words in ("Luc Favre", "Abidjan", "10 May"):
        assert words in row.inner_text()
    row.click()
    expect(page.locator("#vm-card")).to_contain_text("Il a ensuite visité Abidjan")
    assert page.evaluate("visitmap.page.layer.record().legs") == 1
    assert [one for one in asked if not one.startswith(("data:", "blob:"))] == []
    context.close()


def test_a_days_work(tmp_path, tab, browser):
    """Upload, review with keys, undo, kill -9, filter, export, open offline: nothing is lost."""
    where, broken = tmp_path / "day.visitmap", tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 this is none")
    dashboard = Dashboard(tmp_path, str(where))
    try:
        upload(tab, dashboard.address, broken)
        review(tab, dashboard.address)
        assert_on_disk(where)
    finally:
        dashboard.stop(signal.SIGKILL)
    assert_on_disk(where)
    dashboard = Dashboard(tmp_path, str(where), inputs=())
    try:
        tab.goto(f"{dashboard.address}/review")
        expect(tab.get_by_text("5 of 13 visits decided")).to_be_visible()
        export(tab, dashboard.address, tmp_path / "reviewed.html")
    finally:
        dashboard.stop()
    assert_found_offline(browser, tmp_path / "reviewed.html")
