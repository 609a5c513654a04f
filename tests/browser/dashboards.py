"""The dashboard in a process of its own, and what a person does in its pages."""

import os
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


def press(page, *letters):
    """Single keys, with the focus in no field, each when the page has answered the one before."""
    for letter in letters:
        page.locator("[data-keys=ready]").first.wait_for(state="attached")
        page.locator("h1").first.click()
        page.keyboard.press(letter)
