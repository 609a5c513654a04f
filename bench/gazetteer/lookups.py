"""Look-ups per second, start-up and memory of the gazetteer, on one core.

    python bench/gazetteer/lookups.py

Names are drawn with a fixed seed from what the index holds, written as people write them (display
names with capitals and accents), and all are different, so that no cache helps.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "src" / "visitmap" / "gazetteer" / "index"
_COUNT = 100_000
_ROUNDS = 5
_START = """
import resource, time
import visitmap.model, visitmap.errors
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
from visitmap.gazetteer import Gazetteer
gazetteer = Gazetteer.load()
gazetteer.lookup("Bakou")
seconds = time.perf_counter() - started
print(seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def main() -> None:
    """Measure and print, as Markdown."""
    from visitmap.gazetteer import Gazetteer

    starts = [_start() for _ in range(_ROUNDS)]
    gazetteer = Gazetteer.load()
    index = gazetteer._index
    rows = random.Random(20).sample(range(len(index)), _COUNT)
    names = list(dict.fromkeys(index.name(row) for row in rows))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("| what | measured |")
    print("|---|---|")
    print(f"| exact look-ups a second, ranked ids | {_rate(gazetteer.rows, names):,.0f} |")
    one = _rate(lambda name: gazetteer.lookup(name, limit=1), names)
    print(f"| the same, foremost as a `Place` | {one:,.0f} |")
    print(f"| the same, up to ten as `Place`s | {_rate(gazetteer.lookup, names):,.0f} |")
    print(f"| start-up, imports included, median of {_ROUNDS}, s | {_median(starts, 0):.3f} |")
    print(f"| memory added at start-up, MB | {_median(starts, 1):.1f} |")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"| … and by {len(names):,} different look-ups, MB | {(after - before) / 1024:.1f} |")
    size = sum(file.stat().st_size for file in _FOLDER.iterdir())
    print(f"| on disk, MB | {size / 1e6:.1f} |")


def _rate(call: Callable[[str], object], names: list[str]) -> float:
    """Calls a second over all names, the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        for name in names:
            call(name)
        best = min(best, time.perf_counter() - started)
    return len(names) / best


def _start() -> tuple[float, float]:
    run = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def _median(values: list[tuple[float, float]], place: int) -> float:
    return sorted(value[place] for value in values)[len(values) // 2]


if __name__ == "__main__":
    main()
