"""The running dashboard in a real browser: the seed, an article of one's own, a day's work."""

import shutil
import socket
import subprocess

import pytest
from dashboards import Dashboard, names_in, the_map
from playwright.sync_api import expect

OWN = (
    "OSLO, 14 March 2019 - Norwegian Foreign Minister Ada Berg travelled to Lisbon on "
    "12 March 2019 for talks on fisheries."
)
HOSTILE = (
    '<img src="http://example.com/x.png"> </script><script>alert(1)</script> {{7*7}} '
    "![p](http://example.com/y.png)\n\n"
)


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """The dashboard on the seed article, as `make serve` starts it."""
    started = Dashboard(tmp_path_factory.mktemp("dashboard"))
    yield started
    started.stop()


def paste(page, text, key="add"):
    """Send a text through the form on the sources page."""
    box = page.locator(f"[class*='st-key-{key}_'][class*='_text'] textarea")
    if not box.is_visible():
        page.get_by_text("Add articles").first.click()
    box.fill(text)
    box.blur()
    page.get_by_role("button", name="Find the visits").click()


def test_the_seed_is_on_the_map(dashboard, tab):
    """Its travellers are listed, its routes are drawn, and the numbers agree."""
    tab.goto(dashboard.address)
    frame = the_map(tab)
    listed = names_in(frame)
    for name in ("Baqeri", "Hatami", "Netanyahu", "Aliyev", "Rohani"):
        assert name in listed
    inside = tab.frames[1]
    assert inside.evaluate("visitmap.page.layer.record().legs") >= 4
    visits = tab.get_by_test_id("stMetricValue").first.inner_text()
    assert visits == str(inside.evaluate("visitmap.state().visible"))


def test_the_downloaded_map_shows_the_same_without_a_network(dashboard, tab, tmp_path):
    """The file opens by itself and tells of the same visits."""
    tab.goto(dashboard.address)
    shown = names_in(the_map(tab))
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download the map").click()
    target = tmp_path / "map.html"
    download.value.save_as(target)
    tab.context.set_offline(True)
    tab.goto(target.as_uri())
    tab.wait_for_selector("html[data-visitmap]", state="attached")
    rows = tab.locator("#vm-list [role=option]").all_inner_texts()
    assert " ".join(rows) == shown
    assert tab.evaluate("visitmap.page.layer.record().legs") >= 4


def test_an_article_of_ones_own_becomes_visits(tmp_path, tab):
    """Pasted text is read on this machine; markup in it stays text and asks for nothing."""
    dashboard = Dashboard(tmp_path)
    try:
        tab.goto(f"{dashboard.address}/sources")
        paste(tab, HOSTILE + OWN)
        expect(tab.get_by_text("2 sources")).to_be_visible()
        assert tab.locator("img[src*='example.com']").count() == 0
        tab.goto(dashboard.address)
        frame = the_map(tab)
        assert "Ada Berg" in names_in(frame)
        assert "Lisbon" in names_in(frame)
        tab.goto(f"{dashboard.address}/sources")
        paste(tab, " ")
        expect(tab.get_by_text("Choose a file or paste a text first")).to_be_visible()
    finally:
        dashboard.stop()


def test_the_dashboard_answers_on_this_machine_alone(dashboard):
    """It listens on the loopback address only, and sends no usage statistics."""
    ip = (
        shutil.which("hostname")
        and subprocess.run(
            ["hostname", "-I"], capture_output=True, text=True, check=False
        ).stdout.split()
    )
    for address in [one for one in ip or [] if "." in one and not one.startswith("127.")]:
        with socket.socket() as one:
            one.settimeout(2)
            assert one.connect_ex((address, dashboard.port)) != 0
