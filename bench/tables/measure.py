"""Reading, writing and geocoding tables: seconds and memory, beside pandas and geopandas.

    python bench/tables/measure.py [--rows 100000]

A made-up visit table with coordinates (always the same one) is written in several formats; the
names of 30,000 places are geocoded; the example of 4,271 journeys becomes a map. The peer is what
one would write by hand: `pandas.read_csv` and a GeoDataFrame written by geopandas, without visits,
checks or evidence. Each line is the quickest of three passes, each in a process of its own; imports
are not counted. `own` is the visit table itself, with its thirty columns.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def made_up(path: Path, rows: int) -> None:
    """A CSV of visits with coordinates: a thousand people, three hundred places, fifty years."""
    dice = random.Random(7)
    places = [(f"Town {n}", dice.uniform(-60, 70), dice.uniform(-180, 180)) for n in range(300)]
    with path.open("w", encoding="utf-8") as file:
        file.write("traveller,start,end,destination,latitude,longitude,purpose\n")
        for number in range(rows):
            name, latitude, longitude = places[dice.randrange(300)]
            year, month = dice.randrange(1970, 2020), dice.randrange(1, 13)
            day = f"{year}-{month:02}-{dice.randrange(1, 28):02}"
            who = f"{chr(65 + dice.randrange(26))}ma Person{chr(97 + dice.randrange(26)) * 3}"
            file.write(f"{who},{day},{day},{name},{latitude:.4f},{longitude:.4f},talks {number}\n")


def names(path: Path, rows: int) -> None:
    """A CSV without coordinates: as many rows over 30,000 names that the gazetteer has."""
    from visitmap.gazetteer import Gazetteer

    index = Gazetteer.load()._options.index
    dice = random.Random(8)
    known = sorted({index.place(row).name for row in dice.sample(range(200_000), 34_000)})[:30_000]
    with path.open("w", encoding="utf-8") as file:
        file.write("traveller,start,destination\n")
        for number in range(rows):
            file.write(f'Anna Lind,1990-01-01,"{known[number % len(known)]}"\n')


def _write_own(table: Path, path: Path) -> None:
    from visitmap.tables import read_table, write_table

    write_table(read_table(table).visits, path)


def to(suffix: str) -> Callable[[Path, Path], None]:
    """Read the table and write it in a format."""

    def work(table: Path, folder: Path) -> None:
        import visitmap as vm

        visits, issues = vm.read(table)
        start = time.perf_counter()
        vm.export(visits, folder / f"out.{suffix}", issues=issues)
        print(f"write {time.perf_counter() - start:.2f}", file=sys.stderr)

    return work


def read(table: Path, folder: Path) -> None:
    """Read the table."""
    import visitmap as vm

    vm.read(table)


def peer(suffix: str) -> Callable[[Path, Path], None]:
    """The same with pandas and geopandas by hand."""

    def work(table: Path, folder: Path) -> None:
        import geopandas
        import pandas

        rows = pandas.read_csv(table)
        points = geopandas.points_from_xy(rows["longitude"], rows["latitude"])
        frame = geopandas.GeoDataFrame(rows, geometry=points, crs=4326)
        if suffix == "parquet":
            frame.to_parquet(folder / "peer.parquet")
        else:
            frame.to_file(folder / f"peer.{suffix}")

    return work


def own(table: Path, folder: Path) -> None:
    """Read the visit table that we wrote ourselves, and write it as GeoParquet."""
    import visitmap as vm

    visits, _ = vm.read(folder / "own.csv")
    vm.export(visits, folder / "own.parquet")


TASKS: dict[str, Callable[[Path, Path], None]] = {
    "read": read,
    "html": to("html"),
    "parquet": to("parquet"),
    "gpkg": to("gpkg"),
    "csv": to("csv"),
    "own": own,
    "peer-parquet": peer("parquet"),
    "peer-gpkg": peer("gpkg"),
}


def child(task: str, table: str, folder: str) -> None:
    """One task, timed, as a line of JSON; imports are not counted."""
    import geopandas  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow.csv
    import pyarrow.parquet  # noqa: F401
    import pyogrio  # noqa: F401

    import visitmap.api
    import visitmap.webmap  # noqa: F401

    start, used = time.perf_counter(), time.process_time()
    TASKS[task](Path(table), Path(folder))
    seconds, used = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "processor": used, "mb": peak}))


def measure(task: str, table: Path, folder: Path) -> str:
    """A row of the report: the quickest of three passes."""
    passes = (_pass(task, table, folder) for _ in range(3))
    found = min(passes, key=lambda one: one["seconds"])
    part = f" (writing {found['writing']} s)" if found["writing"] else ""
    return f"{found['seconds']:.2f} s{part} | {found['processor']:.2f} s | {found['mb']:.0f} MB"


def _pass(task: str, table: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", task, str(table), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    writing = [line for line in done.stderr.splitlines() if line.startswith("write ")]
    return {**found, "writing": writing[0].split()[1] if writing else ""}


def main() -> None:
    """Print the table of docs/tables.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--child", nargs=3)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    print("| what | time | processor | memory |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, nameless = folder / "table.csv", folder / "names.csv"
        made_up(table, options.rows)
        _write_own(table, folder / "own.csv")
        names(nameless, options.rows)
        example = ROOT / "data" / "examples" / "us-travels.csv"
        print(f"| us-travels.csv to a map | {measure('html', example, folder)} |")
        for task in TASKS:
            print(f"| {options.rows:,} rows with points: {task} | {measure(task, table, folder)} |")
        print(f"| {options.rows:,} rows to geocode | {measure('read', nameless, folder)} |")


if __name__ == "__main__":
    main()
