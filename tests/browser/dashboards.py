"""The dashboard in a process of its own, and what a person does in its pages."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from visitmap.model import Document, Evidence, Place, Source, Traveller, Visit
from visitmap.store import Project
from visitmap.timespan import Timespan

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=30_000)  # the first page of a server waits for its libraries
SEED = ROOT / "seeds"
TEXT = "Ada Berg went to Lisbon. "
LISBON = Place("Lisbon", "geonames:2267057", 38.72, -9.13, "PT")


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Dashboard:
    """`visitmap serve` in a process group of its own, with an empty home folder."""

    def __init__(self, folder: Path, project: str = "", inputs=(SEED,), port: int = 0) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "dashboard.log"
        command = [sys.executable, "-m", "visitmap", "serve", *map(str, inputs), "--no-browser"]
        command += ["--port", str(self.port)] + (["--project", project] if project else [])
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, "HOME": str(folder), "VISITMAP_USER": "Ada"},
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

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the server and what it started."""
        os.killpg(self.process.pid, how)
        self.process.wait(20)


def the_map(page):
    """The frame of the map, drawn."""
    frame = page.frame_locator("iframe").first
    frame.locator("html[data-visitmap]").wait_for(state="attached")
    return frame


def names_in(frame):
    """The travellers in the map's list."""
    frame.locator("#vm-list [role=option]").first.wait_for()
    return " ".join(frame.locator("#vm-list [role=option]").all_inner_texts())


def rested(page):
    """Wait until Streamlit no longer says that it is running."""
    page.wait_for_timeout(100)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")


def answered(page):
    """Wait until the page has answered whatever was done, and what it shows may be decided on."""
    rested(page)
    page.locator("[data-keys=ready]").first.wait_for(state="attached")


def press(page, *letters):
    """Single keys, with the focus in no field, each when the page has answered the one before."""
    for letter in letters:
        answered(page)
        page.locator("h1").first.click()
        page.keyboard.press(letter)


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


@contextmanager
def undecided(folder, count):
    """A project of so many visits that nobody decided on, and the dashboard on it."""
    where = folder / "undecided.visitmap"
    prepared(where, count)
    with served(folder, where) as dashboard:
        yield where, dashboard


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
