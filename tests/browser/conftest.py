"""A real Chromium: Debian's where it is installed, otherwise Playwright's own.

Where neither is there, tests of a browser are skipped on a person's machine and fail in CI.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import ARGUMENTS
from playwright.sync_api import Browser, Error, Page, sync_playwright

LOCAL = ("file:", "data:", "blob:", "about:")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS
            )
        except Error as error:
            message = f"no Chromium to drive: {str(error).splitlines()[0]}"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 by 800 that must not ask for anything outside, nor fail in its scripts.

    `page.outside` and `page.failures` list what it did; a test that expects some empties the list.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    opened = context.new_page()
    opened.outside, opened.failures = [], []  # type: ignore[attr-defined]
    watch(opened)
    yield opened
    outside, failures = opened.outside, opened.failures  # type: ignore[attr-defined]
    context.close()
    assert outside == [], "the page asked for something outside"
    assert failures == [], "the page's scripts failed"


def watch(page: Page) -> None:
    """Note every request that leaves the file, and every error of the page."""
    context = page.context
    context.on(
        "request",
        lambda one: None if one.url.startswith(LOCAL) else page.outside.append(one.url),  # type: ignore[attr-defined]
    )
    page.on("pageerror", lambda error: page.failures.append(str(error)))  # type: ignore[attr-defined]


@pytest.fixture
def open_map(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Writes a map of visits (as `write_html` takes them), opens it, waits until it is drawn."""
    from visitmap.webmap import write_html

    def opened(visits, issues=(), *, fragment: str = "", **options) -> Page:
        target = tmp_path / "map.html"
        write_html(target, visits, issues, **options)
        page.goto(target.as_uri() + fragment)
        page.wait_for_selector("html[data-visitmap]", state="attached")
        return page

    return opened


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
