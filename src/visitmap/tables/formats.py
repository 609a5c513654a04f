"""Bytes to a sheet, by the file's suffix and then by what is really in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from visitmap.errors import InputError
from visitmap.tables.databases import read_gpkg, read_parquet
from visitmap.tables.delimited import decode, read_delimited
from visitmap.tables.shapes import json_cell, read_gpx, read_json, read_kml, read_kmz
from visitmap.tables.sheet import Limits, Sheet, sheet_of_records
from visitmap.tables.spreadsheets import read_ods, read_xlsx

Reader = Callable[[bytes, str, Limits], Sheet]


def read_sheet(data: bytes, name: str, limits: Limits) -> Sheet:
    """The table in a file's bytes; raises InputError when there is none or it is too large."""
    if not data.strip():
        raise InputError("the file is empty", where=name, remedy="Give a file with a table")
    suffix = Path(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted(READABLE))
        raise InputError(
            f"no table has the suffix {suffix or '(none)'}",
            where=name,
            remedy=f"Use one of {known}",
        )
    return reader(data, name, limits)


def _read_text(data: bytes, name: str, limits: Limits) -> Sheet:
    return read_delimited(data, name, limits, suffix=Path(name).suffix.lower())


def _read_jsonl(data: bytes, name: str, limits: Limits) -> Sheet:
    text, _ = decode(data, name)
    records: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            records.append(_record(line, f"{name}:{number}"))
    return sheet_of_records(name, records, limits, first_line=1, typed=True)


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise InputError("the line is no JSON object", where=where, remedy="Correct or remove it")
    return {str(key): json_cell(cell) for key, cell in record.items()}


_READERS: dict[str, Reader] = {
    ".csv": _read_text,
    ".tsv": _read_text,
    ".tab": _read_text,
    ".jsonl": _read_jsonl,
    ".json": read_json,
    ".jsonld": read_json,
    ".geojson": read_json,
    ".kml": read_kml,
    ".kmz": read_kmz,
    ".gpx": read_gpx,
    ".gpkg": read_gpkg,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
    ".ods": read_ods,
}
READABLE = frozenset(_READERS)
