"""How fast a project saves and shows decisions, and what a further session costs.

    python bench/store/measure.py [--visits 10000] [--project postgresql://…]

Made-up visits, always the same ones. Times are medians of the runs named; memory is what the
process grew by (resident set). The disk under the temporary folder decides about the saving times.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from visitmap.analysis import encounters, impossible_journeys, metrics
from visitmap.merge import merge_visits
from visitmap.model import Decision, Document, Evidence, Issue, Place, Source, Traveller, Visit
from visitmap.store import Project
from visitmap.timespan import Timespan

PER_DOCUMENT = 20
SESSIONS = 20


def made_up(count: int) -> list[Visit]:
    """Visits of a thousand people to three hundred places over fifty years."""
    dice = random.Random(6)
    places = [
        Place(
            f"Town {n}", f"made:{n}", dice.uniform(-60, 70), dice.uniform(-180, 180), f"A{n % 26}"
        )
        for n in range(300)
    ]
    return [_visit(dice, places, number) for number in range(count)]


def _visit(dice: random.Random, places: list[Place], number: int) -> Visit:
    doc_id = f"article-{number // PER_DOCUMENT}"
    day = date(1970, 1, 1) + timedelta(days=dice.randrange(18000))
    who = Traveller(f"First{dice.randrange(40)} Last{dice.randrange(25)}", "minister", "FR")
    place = dice.choice(places)
    quote = f"{who.name}, the minister, arrived in {place.name} on {day} for two days of talks."
    evidence = Evidence(doc_id, number * 90, number * 90 + len(quote), quote)
    return Visit(
        f"v{number}", (who,), place, Timespan(str(day), str(day + timedelta(days=2))),
        certainty=round(dice.random(), 3), evidence=(evidence,), source=Source(doc_id),
    )  # fmt: skip


def filled(where: str, visits: list[Visit]) -> None:
    """A project with these visits, twenty an article; every tenth has an issue."""
    with Project.open(where, who="bench") as project:
        for start in range(0, len(visits), PER_DOCUMENT):
            some = visits[start : start + PER_DOCUMENT]
            doc_id = some[0].evidence[0].doc_id
            text = " ".join(visit.evidence[0].quote for visit in some)
            project.add_document(Document(text, Source(doc_id)))
            issues = [
                Issue("place-ambiguous", "Two places", visit_id=one.visit_id) for one in some[::10]
            ]
            project.save_extraction(doc_id, some, issues)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_ms(work: Callable[[int], object], runs: int) -> str:
    """The median of some calls, and the slowest of twenty."""
    found = sorted(seconds(lambda n=n: work(n)) * 1000 for n in range(runs))
    return f"{statistics.median(found):.1f} ms (95 %: {found[int(runs * 0.95)]:.1f} ms)"


def resident_mb() -> float:
    """What this process holds in memory now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(where: str, count: int) -> list[tuple[str, str, str]]:
    """Rows of what, figure, goal."""
    visits = made_up(count)
    filling = seconds(lambda: filled(where, visits))
    rows = [("documents and visits saved", f"{filling:.1f} s for {count // PER_DOCUMENT}", "")]
    before = resident_mb()
    project = Project.open(where, who="bench", combine=merge_visits)
    rows.append(("opened and read, first session", f"{seconds(project.visits):.2f} s", ""))
    rows.append(("memory, first session", f"{resident_mb() - before:.1f} MB", ""))
    rows += _sessions(where, count)
    rows += _decisions(project, count)
    rows += _reading(project)
    project.close()
    return rows


def _sessions(where: str, count: int) -> list[tuple[str, str, str]]:
    before = resident_mb()
    more = [Project.open(where, who=f"s{n}", combine=merge_visits) for n in range(SESSIONS)]
    kept = [(one.visits(), one.issues(), one.queue()) for one in more]
    each = (resident_mb() - before) / SESSIONS
    for one in more:
        one.close()
    held = "each holding all visits, issues and its queue"
    assert len(kept[0][0]) <= count
    return [(f"memory, each of {SESSIONS} further sessions, {held}", f"{each:.2f} MB", "≤ 30 MB")]


def _decisions(project: Project, count: int) -> list[tuple[str, str, str]]:
    ids = [visit.visit_id for visit in project.visits()]

    def decide(number: int) -> None:
        project.decide(Decision(ids[number % len(ids)], "accept", "", ""))

    def decide_and_show(number: int) -> None:
        decide(number + 500)
        project.visits()
        project.queue()

    def undo(_: int) -> None:
        project.undo()
        project.visits()

    thousand = [Decision(one, "correct", "", "", "", (("purpose", "x"),)) for one in ids[-1000:]]
    rows = [
        ("one decision saved", median_ms(decide, 200), ""),
        ("one decision saved, visits and queue read again", median_ms(decide_and_show, 60),
         "≤ 200 ms, with the page"),
        ("undo saved, visits read again", median_ms(undo, 40), ""),
        ("1,000 decisions in one step", f"{seconds(lambda: project.decide(thousand)):.2f} s", ""),
        ("visits read after them", f"{seconds(project.visits):.2f} s", ""),
    ]  # fmt: skip
    took = seconds(lambda: [decide(number + 1000) for number in range(300)])
    return [*rows, ("decisions a second, one writer", f"{300 / took:.0f}", "")]


def _reading(project: Project) -> list[tuple[str, str, str]]:
    visits = project.visits()
    return [
        ("nothing changed: revision asked", median_ms(lambda _: project.revision, 200), ""),
        ("nothing changed: visits asked", median_ms(lambda _: project.visits(), 200), ""),
        ("metrics", median_ms(lambda _: metrics(visits), 5), "≤ 300 ms, with the page"),
        ("impossible journeys", median_ms(lambda _: impossible_journeys(visits), 5), ""),
        ("all encounters", median_ms(lambda _: list(encounters(visits)), 5), ""),
    ]


def writers_at_once(where: str) -> tuple[str, str, str]:
    """Twenty processes with five decisions each, as the fault test does it."""
    worker = Path(__file__).parents[2] / "tests" / "store" / "store_worker.py"
    command = [sys.executable, str(worker), "flood", where, "20"]
    took = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    return ("20 processes, 5 decisions each, start to end", f"{took:.1f} s", "none lost")


def main() -> None:
    """Print the table."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--visits", type=int, default=10_000)
    reader.add_argument("--project", default="", help="an empty database instead of SQLite")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.project or str(Path(folder) / "bench.visitmap")
        rows = [*measure(where, given.visits), writers_at_once(where)]
        if not given.project:
            size = sum(one.stat().st_size for one in Path(folder).iterdir()) / 1e6
            rows.append(("the file afterwards", f"{size:.0f} MB", ""))
    print(f"| {given.visits:,} visits | measured | goal |\n|---|---|---|")
    for what, figure, goal in rows:
        print(f"| {what} | {figure} | {goal} |")


if __name__ == "__main__":
    main()
