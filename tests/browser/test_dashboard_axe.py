"""Every page and panel, in both themes, holds to what axe-core can see of accessibility."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboards import SEED, Dashboard, answered, press, rested, the_map
from playwright.sync_api import expect

ARTICLES = sorted(Path(__file__).with_name("day").glob("*.txt"))
PANELS = {"c": "Or point at days", "m": "Is it one of these?", "s": "Several visits in one"}
# Parts that Streamlit draws and we cannot change, with what axe says of them.
# The box for files has a role it says is none, and yet takes the focus.
THEIRS = {"presentation-role-conflict": "stFileUploaderDropzone"}


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """The dashboard on the seed and the articles of the day."""
    started = Dashboard(tmp_path_factory.mktemp("axe"), inputs=(SEED, *ARTICLES))
    yield started
    started.stop()


@pytest.fixture(params=["light", "dark"])
def themed(request, browser):
    """A tab of a reader who prefers this theme."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", color_scheme=request.param
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def faults(frame, where):
    """What axe finds in a document, one line each."""
    options = {"resultTypes": ["violations"], "iframes": False}
    found = Axe().run(frame, options=options).response["violations"]
    return [
        f"{where}: {one['id']} at {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for one in found
        for node in one["nodes"]
        if not (theirs := THEIRS.get(one["id"])) or theirs not in node["html"]
    ]


def assert_clean(tab, where):
    """The dashboard's page and the maps in it; it has come to rest."""
    rested(tab)
    # What was drawn before and is about to go or be drawn again is faint until then.
    expect(tab.locator("[data-stale=true]")).to_have_count(0)
    assert_without_faults(tab, where)


def assert_without_faults(tab, where):
    """The document and those framed in it, once what fades in has done so."""
    tab.wait_for_timeout(1000)
    found = faults(tab, where)
    for frame in tab.frames[1:]:
        found += faults(frame, f"{where}, map")
    assert found == [], "\n".join(found)


def opened(tab, dashboard, name, heading):
    """A page whose heading is there."""
    tab.goto(f"{dashboard.address}/{name}")
    expect(tab.get_by_role("heading", name=heading).first).to_be_visible()


def test_the_map_page(dashboard, themed):
    """With its filters open."""
    themed.goto(dashboard.address)
    the_map(themed)
    themed.get_by_text("Filter", exact=True).first.click()
    assert_clean(themed, "map")


def test_the_review_page_with_each_panel(dashboard, themed):
    """Candidates, correction, merging, splitting; the table and the log."""
    opened(themed, dashboard, "review", "Review")
    answered(themed)
    expect(themed.get_by_text("places may be meant by").first).to_be_visible()
    assert_clean(themed, "review")
    for letter, words in PANELS.items():
        while not themed.get_by_role("button", name=f"({letter})").count():
            press(themed, "j")
            answered(themed)
        press(themed, letter)
        expect(themed.get_by_text(words).first).to_be_visible()
        assert_clean(themed, f"review, {words}")
    for view in ("Table", "Decisions"):
        themed.get_by_text(view, exact=True).click()
        assert_clean(themed, f"review, {view}")


def test_the_sources_page(dashboard, themed):
    """With the forms for more, and an article with its visits."""
    opened(themed, dashboard, "sources", "Sources")
    expect(themed.get_by_text("Decide on it").last).to_be_visible()
    assert_clean(themed, "sources")
    themed.get_by_text("Add articles").first.click()
    assert_clean(themed, "sources, adding")


@pytest.mark.parametrize("name", ["analysis", "export"])
def test_the_other_pages(dashboard, themed, name):
    """As they open."""
    opened(themed, dashboard, name, name.capitalize())
    assert_clean(themed, name)


def test_the_exported_map(dashboard, themed, tmp_path):
    """The file by itself, with a visit's card open."""
    opened(themed, dashboard, "export", "Export")
    with themed.expect_download() as download:
        themed.get_by_role("button", name="Map (one HTML file)").click()
    target = tmp_path / "map.html"
    download.value.save_as(target)
    themed.goto(target.as_uri())
    themed.wait_for_selector("html[data-visitmap=ready]", state="attached")
    assert_without_faults(themed, "the file")
    themed.locator("#vm-list [role=option]").first.click()
    assert_without_faults(themed, "the file, a card")
