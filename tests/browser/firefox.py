"""Drives a stock Firefox through WebDriver BiDi, which it speaks by itself (W3C, webdriver-bidi).

Playwright asks for commands that Debian's Firefox ESR lacks, and Debian has no geckodriver; the few
commands that tests of a page need are short enough to send ourselves.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "intl.accept_languages": "en-GB",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One tab; `errors` on its console, and requests `outside` the file."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.numbers = socket, count(1)
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.send("session.new", capabilities={})
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self.send("session.subscribe", events=events)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """One command's result; events that come meanwhile are noted."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            self._note(message)

    def _note(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        if event.get("method") == "log.entryAdded" and params["level"] == "error":
            self.errors.append(params["text"])
        if event.get("method") == "network.beforeRequestSent":
            url = params["request"]["url"]
            if params.get("context") == self.tab and url.startswith(("http:", "https:", "ws:")):
                self.outside.append(url)

    def open(self, page: Path, *, fragment: str = "", width: int = 1280, height: int = 800) -> None:
        """Open a map in a view of a size in pixels; done when it is drawn."""
        view = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.tab, viewport=view)
        url = page.resolve().as_uri() + fragment
        self.send("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        self.wait("document.documentElement.dataset.visitmap")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression (awaited), by way of JSON."""
        result = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def wait(self, expression: str, *, seconds: float = 20) -> Any:
        """The expression's value once it is true."""
        end = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            assert time.monotonic() < end, f"never true in {seconds} s: {expression}"
            time.sleep(0.05)
        return value

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one point of the view, let it go at another."""
        (x1, y1), (x2, y2) = [tuple(map(round, point)) for point in (start, end)]
        steps = [
            {"type": "pointerMove", "x": x1, "y": y1},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "x": (x1 + x2) // 2, "y": (y1 + y2) // 2},
            {"type": "pointerMove", "x": x2, "y": y2},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self.send("input.performActions", context=self.tab, actions=[mouse])

    def press(self, key: str) -> None:
        """Press and let go a key, by its WebDriver code point or letter."""
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keys", "actions": strokes}
        self.send("input.performActions", context=self.tab, actions=[keyboard])


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own, ended afterwards."""
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--remote-debugging-port=0"]
    process = subprocess.Popen(
        [*command, "--profile", str(profile)], stderr=subprocess.PIPE, text=True
    )
    try:
        with connect(f"{_address(process)}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := LISTENS.search(line):
            return found[1]
    raise RuntimeError("Firefox ended before it listened")
