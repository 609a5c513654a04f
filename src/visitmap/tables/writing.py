"""Visits to a file, in the format of its suffix, whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TextIO

from visitmap.errors import OutputError, UsageError
from visitmap.model import Issue, Visit, collector_at_rest
from visitmap.tables.atomic import written_aside
from visitmap.tables.columns import visits_to_columns, visits_to_rows
from visitmap.tables.databases import write_gpkg, write_parquet
from visitmap.tables.delimited import guarded
from visitmap.tables.exchange import (
    crate_writer,
    write_colt,
    write_geojson,
    write_gpx,
    write_ics,
    write_kml,
    write_kmz,
    write_lpf,
)
from visitmap.tables.spreadsheets import write_xlsx

Writer = Callable[[Sequence[Visit], Path], list[str]]


def write_table(
    visits: Iterable[Visit], path: str | PathLike[str], issues: Iterable[Issue] = ()
) -> list[str]:
    """Write visits in the format of the suffix; returns sentences on what it cannot hold.

    `issues` go into the formats that have room for them (the RO-Crate archive). Raises OutputError
    for an unknown suffix or a place that cannot be written; then the old file is untouched.
    """
    target = Path(path)
    writer = _writer(target, list(issues))
    visits = list(visits)
    with written_aside(target) as aside, collector_at_rest():
        return writer(visits, aside)


def dump(visits: Iterable[Visit], stream: TextIO, format: str = "jsonl") -> None:
    """Write visits to an open text stream as `jsonl` or `csv`."""
    if format == "jsonl":
        for row in visits_to_rows(visits):
            stream.write(_json_line(row))
    elif format == "csv":
        _csv(list(visits), stream)
    else:
        raise UsageError(f"a stream cannot be {format}", remedy="Use jsonl or csv")


def _json_line(row: dict[str, Any]) -> str:
    if row.get("more"):
        row["more"] = json.loads(row["more"])
    return json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"


def _csv(visits: Sequence[Visit], stream: TextIO) -> None:
    columns = visits_to_columns(visits)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(guarded, columns))
    cells = [[_csv_cell(cell) for cell in column] for column in columns.values()]
    writer.writerows(zip(*cells, strict=True))


def _csv_cell(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else cell


def _write_csv(visits: Sequence[Visit], path: Path) -> list[str]:
    with path.open("w", encoding="utf-8", newline="") as stream:
        _csv(visits, stream)
    return []


def _write_jsonl(visits: Sequence[Visit], path: Path) -> list[str]:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        dump(visits, stream)
    return []


def _write_json(visits: Sequence[Visit], path: Path) -> list[str]:
    rows = [json.loads(_json_line(row)) for row in visits_to_rows(visits)]
    text = json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(f"{text}\n", "utf-8")
    return []


_WRITERS: dict[str, Writer] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".json": _write_json,
    ".geojson": write_geojson,
    ".lpf.json": write_lpf,
    ".jsonld": write_lpf,
    ".gpkg": write_gpkg,
    ".parquet": write_parquet,
    ".kml": write_kml,
    ".kmz": write_kmz,
    ".gpx": write_gpx,
    ".ics": write_ics,
    ".xlsx": write_xlsx,
    ".colt.csv": write_colt,
}
_CRATE = ".zip"
WRITABLE = frozenset(f".{one.rpartition('.')[2]}" for one in (*_WRITERS, _CRATE))


def _writer(target: Path, issues: Sequence[Issue]) -> Writer:
    name = target.name.lower()
    if name.endswith(_CRATE):
        return crate_writer(issues, _WRITERS)
    for suffix in sorted(_WRITERS, key=len, reverse=True):
        if name.endswith(suffix):
            return _WRITERS[suffix]
    raise OutputError(
        f"no known format has the suffix {target.suffix or '(none)'}",
        where=str(target),
        remedy=f"Use one of {' '.join(sorted((*_WRITERS, _CRATE)))}",
    )
