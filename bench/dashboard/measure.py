"""What is measured in each dashboard: steps of the slider, opening, releasing, deciding, memory."""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Frame, Page
from servers import Server

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "webmap"))
import cdn  # noqa: E402

PROBES = (HERE / "probes.js").read_text("utf-8")
WIDTH, HEIGHT = 1280, 900
WINDOWS = {
    "window": "visitmap.page.model.setMode('trailing'); "
    "visitmap.setWindow('2011-10-04', '2012-01-01')",
    "cumulative": "visitmap.page.model.setMode('cumulative'); "
    "visitmap.setWindow(null, '2012-01-01')",
}
Found = dict[str, Any]


@contextmanager
def tab(browser: Browser) -> Iterator[Page]:
    """A tab with our probes in every frame, and peers' scripts from packages."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), cdn.answer)
    context.add_init_script(PROBES)
    page = context.new_page()
    page.set_default_timeout(90_000)
    try:
        yield page
    finally:
        context.close()


class Sent:
    """Counts the messages that a page sends to its server: no message, no rerun."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("websocket", lambda one: one.on("framesent", self._one_more))

    def _one_more(self, _: object) -> None:
        self.count += 1


def opened_usual(page: Page, server: Server) -> float | None:
    """Open the usual pattern; the time until its map was drawn, None if it was not."""
    page.goto(server.address, wait_until="commit")
    at = page.evaluate("() => bench.until(() => bench.usualIsDrawn())")["at"]
    return at and at - page.evaluate("performance.timeOrigin")


def usual_steps(page: Page, server: Server, steps: int) -> Found:
    """Open the usual pattern and press its slider's key; stops where it does not finish."""
    opened = opened_usual(page, server)
    if opened is None:
        return {"open_ms": None, "steps": []}
    page.locator("[data-testid=stSlider] input, [role=slider]").first.focus()
    page.wait_for_timeout(1500)
    found = []
    for _ in range(steps):
        page.evaluate("() => bench.listenToUsual()")
        page.keyboard.press("ArrowRight")
        found.append(page.evaluate("() => benchStep"))
        if found[-1]["ms"] is None:
            break
        page.wait_for_timeout(400)
    return {"open_ms": opened, "steps": found}


def opened_map(page: Page, server: Server) -> tuple[Frame, float]:
    """Open our map page; its frame, and the time until the map was drawn."""
    page.goto(server.address, wait_until="commit")
    begun = page.evaluate("performance.timeOrigin")
    page.wait_for_selector("iframe")
    frame = page.query_selector("iframe").content_frame()
    frame.wait_for_function("() => window.benchDrawn", polling=100)
    at = frame.evaluate("() => benchDrawn")
    page.evaluate("() => bench.until(bench.figures)")
    page.wait_for_timeout(1500)
    return frame, at - begun


def our_steps(page: Page, server: Server, mode: str, steps: int) -> Found:
    """Step our map's slider; then rest after each step and wait for numbers and table."""
    sent = Sent(page)
    frame, opened = opened_map(page, server)
    frame.evaluate(f"() => {{ {WINDOWS[mode]} }}")
    frame.evaluate(
        "() => visitmap.page.view?.slider, document.getElementById('vm-handle-to').focus()"
    )
    page.wait_for_timeout(2500)
    held, before = _held(page, frame, steps, sent), sent.count
    page.wait_for_timeout(2500)
    released = [_released(page, frame) for _ in range(steps)]
    return {
        "open_ms": opened,
        "steps": held,
        "sent_while_stepping": before,
        "sent_in_all": sent.count,
        "released": [one for one in released if one is not None],
    }


def _held(page: Page, frame: Frame, steps: int, sent: Sent) -> list[Found]:
    """Steps as fast as each is painted, as when the key is held down."""
    sent.count = 0
    found = []
    for _ in range(steps):
        frame.evaluate("() => bench.listenToMap()")
        page.keyboard.press("ArrowRight")
        found.append(frame.evaluate("() => benchStep"))
    return found


def _released(page: Page, frame: Frame) -> float | None:
    """From a step's key to the numbers, heading and table of the new window."""
    page.evaluate("() => { window.benchFigures = bench.figures(); }")
    frame.evaluate("() => bench.listenToMap()")
    page.keyboard.press("ArrowRight")
    pressed = frame.evaluate("() => benchStep")["pressed"]
    changed = (
        "() => bench.until(() => ((now) => now && now !== benchFigures)(bench.figures()), 5000)"
    )
    at = page.evaluate(changed)["at"]
    page.wait_for_timeout(600)
    return None if at is None else at - pressed


def decisions(page: Page, server: Server, count: int, saved: Callable[[], int]) -> Found:
    """Accept with the key: until the next visit is shown; `saved()` counts what is on disk."""
    page.goto(f"{server.address}/review")
    page.get_by_text("visits decided").wait_for()
    page.wait_for_timeout(2500)
    page.locator("h1").click()
    before, found = saved(), []
    said = (
        "() => [...document.querySelectorAll('[data-testid=stProgress], .st-key-review_card')]"
        ".map((one) => one.textContent).join('|')"
    )
    for number in range(count):
        page.evaluate(f"() => {{ window.benchSaid = ({said})(); }}")
        page.keyboard.press("a")
        at = page.evaluate(f"() => bench.until(() => ({said})() !== benchSaid)")["at"]
        on_disk = saved() - before
        assert on_disk == number + 1, "shown before it was saved"
        found.append(at - page.evaluate("benchPressed"))
        page.wait_for_timeout(500)
    return {"ms": found}


def sessions(browser: Browser, server: Server, count: int) -> Found:
    """What the server grows by for each further tab with the map page open."""
    with tab(browser) as first:
        opened_map(first, server)
    with tab(browser) as kept:
        opened_map(kept, server)
        before = server.resident_mb()
        others = [
            browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}) for _ in range(count)
        ]
        for one in others:
            one.add_init_script(PROBES)
            opened_map(one.new_page(), server)
        each = (server.resident_mb() - before) / count
        for one in others:
            one.close()
    return {"mb": each}


def median(values: list[float]) -> float | None:
    """The middle one; None for none."""
    return statistics.median(values) if values else None


__all__ = [
    "Error",
    "decisions",
    "median",
    "opened_map",
    "opened_usual",
    "our_steps",
    "sessions",
    "tab",
    "usual_steps",
]
