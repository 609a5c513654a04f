"""Take the pictures of the documents again, from the code as it is.

usage: python docs/images/take.py [NAME...]     (after `make test`, which brings the browser)

Each picture is a map exported from data in this repository and looked at by a headless Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from visitmap.api import export
from visitmap.pipeline import run

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from install_chromium import installed  # noqa: E402

WIDE, PHONE = (1400, 900), (390, 844)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Picture:
    """One picture: what is on the map, how large the window is, and what is done before."""

    name: str
    source: str
    title: str
    language: str = "en"
    size: tuple[int, int] = WIDE
    dark: bool = False
    script: str = ""


PICTURES = [
    Picture("seed-map", "seeds", "Iranian and Azerbaijani visits"),
    Picture("seed-map-dark", "seeds", "Visites iraniennes et azerbaïdjanaises", "fr", dark=True),
    Picture("seed-map-phone", "seeds", "Iranian and Azerbaijani visits", size=PHONE),
    Picture("seed-map-persian", "seeds", "سفرهای ایران و آذربایجان", "fa"),
    Picture(
        "us-travels",
        "data/examples/us-travels.csv",
        "Journeys of US presidents and secretaries of state",
    ),
    Picture(
        "us-travels-window",
        "data/examples/us-travels.csv",
        "Journeys of US presidents and secretaries of state",
        script="visitmap.setWindow('1972-01-01', '1974-12-31')",
    ),
]


def main() -> None:
    """Take the pictures named on the command line, or all."""
    chosen = [one for one in PICTURES if not sys.argv[1:] or one.name in sys.argv[1:]]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        for picture in chosen:
            _take(browser, picture, Path(folder))
        browser.close()


def _take(browser: Browser, picture: Picture, folder: Path) -> None:
    page_file = folder / f"{picture.name}.html"
    visits, issues = run([ROOT / picture.source])
    export(visits, page_file, issues=issues, title=picture.title, language=picture.language)
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_function("window.visitmap && visitmap.state().total > 0")
    if picture.script:
        page.evaluate(picture.script)
    page.wait_for_timeout(1200)
    page.screenshot(path=ROOT / "docs" / "images" / f"{picture.name}.png")
    context.close()
    print(picture.name, len(visits), "visits")


if __name__ == "__main__":
    main()
