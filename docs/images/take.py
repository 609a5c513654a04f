"""Take the pictures of the documents again, from the code as it is.

usage: python docs/images/take.py [NAME...]     (after `make test`, which brings the browser)

Each picture is a map exported from data in this repository and looked at by a headless Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from visitmap.api import export
from visitmap.pipeline import run

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from install_chromium import installed  # noqa: E402

WIDE, SMALLER, PHONE = (1400, 900), (1100, 700), (390, 844)
MOST_BYTES = 300_000
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
    Picture(
        "seed-map",
        "seeds",
        "Iranian and Azerbaijani visits",
        script="document.querySelectorAll('#vm-list [role=option]')[3].click()",
    ),
    Picture("seed-map-dark", "seeds", "Visites iraniennes et azerbaïdjanaises", "fr", dark=True),
    Picture("seed-map-phone", "seeds", "Iranian and Azerbaijani visits", size=PHONE),
    Picture("seed-map-persian", "seeds", "سفرهای ایران و آذربایجان", "fa", size=SMALLER),
    Picture(
        "us-travels",
        "data/examples/us-travels.csv",
        "Journeys of US presidents and secretaries of state",
        size=(880, 600),
        script="document.querySelector('#vm-legend details').open = false",
    ),
    Picture(
        "us-travels-window",
        "data/examples/us-travels.csv",
        "Journeys of US presidents and secretaries of state",
        script="location.hash = 'from=1972-01-01&to=1974-12-31'",
        size=SMALLER,
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
    page.wait_for_selector("html[data-visitmap=ready]", state="attached")
    if picture.script:
        page.evaluate(picture.script)
    page.wait_for_timeout(1200)
    _save(page.screenshot(), ROOT / "docs" / "images" / f"{picture.name}.png")
    context.close()
    print(picture.name, len(visits), "visits")


def _save(png: bytes, target: Path) -> None:
    """Write the picture packed as well as can be, with every colour as it was."""
    Image.open(BytesIO(png)).convert("RGB").save(target, optimize=True)
    if target.stat().st_size > MOST_BYTES:
        sys.exit(f"{target.name} is larger than {MOST_BYTES} bytes: make its window smaller")


if __name__ == "__main__":
    main()
