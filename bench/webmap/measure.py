"""Loads one page in headless Chromium and measures load, memory and 60 steps in time.

    python measure.py PEER PAGE.html [--steps 60] [--timeout 60] [--screenshot OUT.png]

Prints one JSON line. `load` is from the start of navigation to the frame with the data painted;
`painted` from setting a time to the task after the next animation frame (floor 16.7 ms);
`foreign_cpu` is the share of one core that other programs took: drop a run where it is over 0.2.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import cdn
import psutil
from playwright.sync_api import Error, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[2] / "tests" / "browser"))
from chromium import ARGUMENTS

FOLIUM = """
const theMap = () => window[Object.keys(window).find((k) => /^map_[0-9a-f]{32}$/.test(k))];
const count = () => { let c = 0; const m = theMap(); if (m) m.eachLayer((l) => {
  if (l instanceof L.Polyline) c++; }); return c; };
"""
# For each peer: `ready()` once data are drawn, `step(i, n)` sets the i-th of n times, `count()`.
ADAPTERS = {
    "tsgj": FOLIUM
    + """window.__peer = { count, ready: () => theMap()?.timeDimension && count() > 0,
  step: (i, n) => { const d = theMap().timeDimension, t = d.getAvailableTimes();
    d.setCurrentTimeIndex(Math.round((t.length - 1) * (i + 1) / n)); } };""",
    "timeline": FOLIUM
    + """const slider = () => window[Object.keys(window).find((k) => /^timeline_slider_/.test(k))];
window.__peer = { count, ready: () => slider()?.map && count() > 0,
  step: (i, n) => { const c = slider();
    c.setTime(c.start + (c.end - c.start) * (i + 1) / n); } };""",
    "kepler": """const state = () => store.getState().keplerGl.map.visState; let frames = 0;
window.__peer = { count: () => state().datasets.trips.filteredIndex?.length ?? -1,
  ready: () => { const s = state(); return s.layers.length && s.filters.length &&
    document.querySelector("canvas[id*=deck]") && ++frames > 3; },
  step: (i, n) => { const [a, b] = state().filters[0].domain, t = a + (b - a) * (i + 1) / n;
    store.dispatch(KeplerGl.wrapTo("map", KeplerGl.setFilter(0, "value",
      [Math.max(a, t - 90 * 864e5), t]))); } };""",
    "visitmap-cumulative": """window.__peer = { ready: () =>
    document.documentElement.dataset.visitmap === "ready" && visitmap.page.layer.record().legs > 0,
  count: () => visitmap.page.model.visible,
  step: (i, n) => { const m = visitmap.page.model, [a, b] = m.extent;
    m.setMode("cumulative"); m.setWindow(null, Math.round(a + (b - a) * (i + 1) / n)); } };""",
    "visitmap": """window.__peer = { ready: () =>
    document.documentElement.dataset.visitmap === "ready" && visitmap.page.layer.record().legs > 0,
  count: () => visitmap.page.model.visible,
  step: (i, n) => { const m = visitmap.page.model, [a, b] = m.extent;
    const to = Math.round(a + (b - a) * (i + 1) / n); m.setWindow(to - 89, to); } };""",
}
READY = """
window.__ready = 0;
(function look() {
  let ok = false;
  try { ok = window.__peer.ready(); } catch { /* not yet */ }
  if (!ok) return requestAnimationFrame(look);
  requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => { window.__ready = performance.now(); }; c.port2.postMessage(0); });
})();
"""
STEPS = """async (n) => {
  const peer = window.__peer, out = [], began = performance.now();
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const c = new MessageChannel(); c.port1.onmessage = () => done(performance.now());
    c.port2.postMessage(0); }));
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  for (let i = 0; i < n && performance.now() - began < 55000; i++) {
    const t0 = performance.now();
    peer.step(i, n);
    const t1 = performance.now(), t2 = await painted(), t3 = await frame();
    out.push([t1 - t0, t2 - t0, t3 - t0, peer.count()]);
  }
  return out;
}"""
MEASURED = [
    *ARGUMENTS,
    "--enable-precise-memory-info",
    "--js-flags=--max-old-space-size=4096",
]


class Foreign:
    """The share of one core that programs other than ours use."""

    def __init__(self) -> None:
        self.time, self.busy, self.own = time.time(), _busy(), _own()

    def __call__(self) -> float:
        spent = (_busy() - self.busy) - (_own() - self.own)
        return round(max(0.0, spent) / max(0.1, time.time() - self.time), 2)


def _busy() -> float:
    times = psutil.cpu_times()
    return times.user + times.nice + times.system + times.irq + times.softirq


def _own() -> float:
    total = 0.0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.Error:
            continue
    return total


def wait_until_quiet(most_seconds: float = 20) -> None:
    """Wait for a second in which the machine has little else to do."""
    begin = time.time()
    while time.time() - begin < most_seconds and psutil.cpu_percent(1.0) > 12:
        pass


def measure(peer: str, html: Path, *, steps: int, timeout: float, screenshot: str = "") -> dict:
    """One run; `failed` says why when it did not finish."""
    result: dict = {"kind": "measure", "peer": peer, "bytes": html.stat().st_size}
    profile = tempfile.mkdtemp(prefix="bench-")
    wait_until_quiet()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium"),
            headless=True,
            args=MEASURED,
            viewport={"width": 1280, "height": 800},
        )
        requests: list[str] = []
        context.route(re.compile(r"^https?://"), cdn.answer)
        context.on("request", lambda one: requests.append(one.url))
        try:
            page = context.new_page()
            _run(page, peer, html, result, steps, timeout)
            if screenshot:
                page.evaluate("() => window.__peer.step(39, 60)")
                page.wait_for_timeout(500)
                page.screenshot(path=screenshot)
        except Error as error:
            result["failed"] = str(error).split("\n")[0][:200]
        finally:
            context.close()
    result["requests"] = sum(url.startswith("http") for url in requests)
    shutil.rmtree(profile, ignore_errors=True)
    return result


def _run(page: Page, peer: str, html: Path, result: dict, steps: int, timeout: float) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)[:200]))
    adapter = next(name for name in ADAPTERS if peer.startswith(name))
    page.add_init_script(f"(() => {{ {ADAPTERS[adapter]} }})();{READY}")
    protocol = page.context.new_cdp_session(page)
    protocol.send("Performance.enable")
    foreign = Foreign()
    page.goto(html.resolve().as_uri(), wait_until="commit", timeout=timeout * 1000)
    deadline = time.time() + timeout
    while not page.evaluate("window.__ready"):
        if time.time() > deadline:
            raise Error(f"not drawn within {timeout:.0f} s")
        page.wait_for_timeout(100)
    result["load_ms"] = round(page.evaluate("window.__ready"))
    result["foreign_cpu_load"] = foreign()
    page.wait_for_timeout(2500)  # until what was put off to an idle moment is done, for every peer
    foreign = Foreign()
    page.set_default_timeout(90_000)
    rows = page.evaluate(STEPS, steps)
    result["foreign_cpu_steps"] = foreign()
    for position, name in enumerate(("sync", "painted", "present")):
        values = sorted(row[position] for row in rows)
        result[f"{name}_median_ms"] = round(statistics.median(values), 1)
        result[f"{name}_p95_ms"] = round(values[min(len(values) - 1, int(0.95 * len(values)))], 1)
    result["steps"] = len(rows)
    result["shown_median"] = statistics.median(row[3] for row in rows)
    protocol.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in protocol.send("Performance.getMetrics")["metrics"]}
    result["heap_mb"] = round(metrics["JSHeapUsedSize"] / 1e6, 1)
    result["renderer_mb"] = _renderer_mb()
    result["errors"] = errors[:3]


def _renderer_mb() -> int:
    largest = 0
    for process in psutil.Process().children(recursive=True):
        try:
            if "--type=renderer" in " ".join(process.cmdline()):
                largest = max(largest, process.memory_info().rss)
        except psutil.Error:
            continue
    return round(largest / 1e6)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer")
    parser.add_argument("html", type=Path)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--screenshot", default="")
    chosen = parser.parse_args()
    options = {"steps": chosen.steps, "timeout": chosen.timeout, "screenshot": chosen.screenshot}
    json.dump(measure(chosen.peer, chosen.html, **options), sys.stdout)
    print()


if __name__ == "__main__":
    main()
