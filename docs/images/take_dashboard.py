"""Take the dashboard's pictures again: the running dashboard, looked at by a headless Chromium.

usage: python docs/images/take_dashboard.py     (after `make test`, which brings the browser)
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from install_chromium import installed  # noqa: E402

ARTICLES = [
    "seeds",
    *(f"tests/gold/{name}.txt" for name in ["en_02", "en_03", "en_05", "fr_02", "fr_03"]),
]
# Name, page, language, colours, size.
PICTURES = [
    ("dashboard-map", "", "fr-FR", "dark", (1400, 900)),
    ("dashboard-review", "review", "en-GB", "light", (1400, 900)),
    ("dashboard-sources", "sources", "en-GB", "light", (1400, 900)),
    ("dashboard-analysis", "analysis", "en-GB", "light", (1400, 900)),
    ("dashboard-phone", "", "fr-FR", "light", (390, 844)),
]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def opened(page: Page, address: str) -> None:
    """Go there as soon as the dashboard answers, and wait until it rests."""
    for _ in range(60):
        try:
            page.goto(address, timeout=3000)
            break
        except Error:
            time.sleep(0.5)
    page.wait_for_timeout(12_000)


def find_candidates(page: Page) -> None:
    """On the review page, go on to a place of which several have the name."""
    for _ in range(8):
        if page.locator("iframe").count():
            break
        page.keyboard.press("j")
        page.wait_for_timeout(2000)
    page.wait_for_timeout(2000)


def main() -> None:
    """Write every picture beside this file."""
    port = free_port()
    command = [sys.executable, "-m", "visitmap", "serve", *ARTICLES, "--no-browser"]
    server = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT)  # noqa: S603
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
            for name, where, locale, colours, (width, height) in PICTURES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale=locale,
                    color_scheme=colours,  # type: ignore[arg-type]
                )
                page = context.new_page()
                opened(page, f"http://127.0.0.1:{port}/{where}")
                if where == "review":
                    find_candidates(page)
                page.screenshot(path=Path(__file__).parent / f"{name}.png")
                context.close()
            browser.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
