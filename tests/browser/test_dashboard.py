"""The running dashboard in a real browser: the seed, an article of one's own, a day's work."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=30_000)  # the first page of a server waits for its libraries
SEED = ROOT / "seeds"
OWN = (
    "OSLO, 14 March 2019 - Norwegian Foreign Minister Ada Berg travelled to Lisbon on "
    "12 March 2019 for talks on fisheries."
)
HOSTILE = (
    '<img src="http://example.com/x.png"> </script><script>alert(1)</script> {{7*7}} '
    "![p](http://example.com/y.png)\n\n"
)


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Dashboard:
    """`visitmap serve` in a process group of its own, with an empty home folder."""

    def __init__(self, folder: Path, project: str = "") -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "dashboard.log"
        command = [sys.executable, "-m", "visitmap", "serve", str(SEED), "--no-browser"]
        command += ["--port", str(self.port)] + (["--project", project] if project else [])
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, "HOME": str(folder)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.stop()
        pytest.fail(f"the dashboard did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End the server and what it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """The dashboard on the seed article, as `make serve` starts it."""
    started = Dashboard(tmp_path_factory.mktemp("dashboard"))
    yield started
    started.stop()


@pytest.fixture
def tab(browser, tmp_path):
    """A tab that notes every request that leaves this machine."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True
    )
    page = context.new_page()
    outside = []
    local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:", "file:")
    context.on("request", lambda one: one.url.startswith(local) or outside.append(one.url))
    page.set_default_timeout(60_000)
    yield page
    context.close()
    assert outside == [], "the dashboard asked for something outside"


def the_map(page):
    """The frame of the map, drawn."""
    frame = page.frame_locator("iframe").first
    frame.locator("html[data-visitmap]").wait_for(state="attached")
    return frame


def names_in(frame):
    """The travellers in the map's list."""
    frame.locator("#vm-list [role=option]").first.wait_for()
    return " ".join(frame.locator("#vm-list [role=option]").all_inner_texts())


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


def test_a_days_work(tmp_path, tab):
    """Upload, review with keys, undo, stop, open again, export: the decision is in the file."""
    project = str(tmp_path / "work.visitmap")
    article = tmp_path / "berg.txt"
    article.write_text(OWN, "utf-8")
    dashboard = Dashboard(tmp_path, project)
    try:
        tab.goto(f"{dashboard.address}/sources")
        tab.get_by_text("Add articles").first.click()
        tab.locator("input[type=file]").first.set_input_files(article)
        tab.get_by_role("button", name="Find the visits").click()
        expect(tab.get_by_text("2 sources")).to_be_visible()
        tab.goto(f"{dashboard.address}/review")
        expect(tab.get_by_text("0 of 8 visits decided")).to_be_visible()
        tab.locator("h1").click()
        tab.keyboard.press("r")
        expect(tab.get_by_text("1 of 8 visits decided")).to_be_visible()
        tab.keyboard.press("u")
        expect(tab.get_by_text("0 of 8 visits decided")).to_be_visible()
        tab.keyboard.press("a")
        expect(tab.get_by_text("1 of 8 visits decided")).to_be_visible()
    finally:
        dashboard.stop()
    dashboard = Dashboard(tmp_path, project)
    try:
        tab.goto(f"{dashboard.address}/review")
        expect(tab.get_by_text("1 of 8 visits decided")).to_be_visible()
        tab.goto(f"{dashboard.address}/export")
        tab.get_by_text("Only the reviewed").click()
        expect(tab.get_by_text("1 / 8")).to_be_visible()
        with tab.expect_download() as download:
            tab.get_by_test_id("stDownloadButton").first.get_by_role("button").click()
        target = tmp_path / "reviewed.html"
        download.value.save_as(target)
    finally:
        dashboard.stop()
    tab.context.set_offline(True)
    tab.goto(target.as_uri())
    tab.wait_for_selector("html[data-visitmap]", state="attached")
    assert tab.locator("#vm-list [role=option]").count() == 1


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
