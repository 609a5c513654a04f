"""From a table's own columns to those of the visit table: dates, places, stops, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path
from typing import Any

from visitmap.tables.adapters import Adapter
from visitmap.tables.cells import abreast, checked, each_once, same
from visitmap.tables.columns import COLUMNS, OWN_EXTRAS, Columns
from visitmap.tables.draft import Draft, TableReader
from visitmap.tables.periods import read_periods
from visitmap.tables.places import Lookup
from visitmap.tables.problems import Complaint, Problems
from visitmap.tables.repeats import carried_down
from visitmap.tables.sheet import Sheet
from visitmap.tables.statuses import read_statuses
from visitmap.tables.stops import (
    Progress,
    link_trips,
    place_destinations,
    place_origins,
    spread_stops,
)

_DONE = {"date", "start", "end", "country", "country_code", "point", "destination_country"}


def understand(
    sheet: Sheet,
    mapping: dict[str, str],
    adapter: Adapter,
    lookup: Lookup,
    problems: Problems,
    date_order: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Draft:
    """The table as columns of the visit table; a row that lists several places becomes several.

    `progress` is told how many of how many distinct places are looked up.
    """
    reader = TableReader(sheet, mapping, adapter, lookup, problems)
    carried_down(reader)
    starts, ends, stays = read_periods(reader, date_order)
    columns = _plain(reader)
    columns |= {"start": starts, "end": ends, "duration_days": stays}
    columns |= {"status": read_statuses(reader)}
    columns |= _evidence(sheet, Path(sheet.name).stem, columns)
    codes = _countries(reader)
    draft = spread_stops(reader, columns, codes)
    place_destinations(reader, draft, codes, progress)
    if adapter.links_trips:
        link_trips(draft, Path(sheet.name).stem)
    place_origins(reader, draft)
    draft.notes += reader.notes
    return draft


def _plain(reader: TableReader) -> Columns:
    """The fields that need no understanding, and the columns that nobody knows."""
    found: Columns = {}
    for name in (*COLUMNS, *OWN_EXTRAS):
        if name not in _DONE and reader.has(name):
            found[name] = reader.texts(name) if name != "quote" else reader.cells(name)
    for name in {"traveller_country", "origin_country"} & found.keys():
        found[name] = each_once(
            lambda text: next(iter(reader.lookup.country(text)), "") if text else "", found[name]
        )
    _split_points(reader, found)
    used = set(reader.mapping.values())
    for name, cells in reader.sheet.columns.items():
        if name not in used:
            own = name in COLUMNS or name in OWN_EXTRAS
            found[f"{name} (table)" if own else name] = cells
    return found


def _split_points(reader: TableReader, found: Columns) -> None:
    """`48.85, 2.35` and WKT to latitude and longitude."""
    if "point" not in reader.mapping or "destination_latitude" in found:
        return
    pairs = each_once(_point, reader.texts("point"))
    found["destination_latitude"] = each_once(itemgetter(0), pairs)
    found["destination_longitude"] = each_once(itemgetter(1), pairs)


def _point(text: str) -> tuple[str, str]:
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if len(numbers) < 2:
        numbers = [part.replace(",", ".") for part in re.findall(r"-?\d+(?:,\d+)?", text)]
    if len(numbers) < 2:
        return "", ""
    wkt = text.lstrip()[:1].upper() in ("P", "L", "M")
    return (numbers[1], numbers[0]) if wkt else (numbers[0], numbers[1])


def _evidence(sheet: Sheet, stem: str, columns: Columns) -> Columns:
    """The row as readable text, its number, and the table as its source."""
    if "quote" in columns:
        return {}
    numbers = list(range(1, sheet.count + 1))
    doc_ids = columns.get("doc_id") or same("", sheet.count)
    return {
        "quote": _quotes(sheet),
        "quote_start": numbers,
        "quote_end": numbers,
        "doc_id": each_once(lambda one: one or stem, doc_ids),
    }


def _quotes(sheet: Sheet) -> list[str]:
    """Each row as `name: cell · name: cell …`, without the cells that are empty."""
    shown = {name: cells for name, cells in sheet.columns.items() if any(cells)}
    if not shown:
        return [""] * sheet.count
    whole = " · ".join(f"{name.replace('%', '%%')}: %s" for name in shown)
    rows = zip(*shown.values(), strict=True)
    return [whole % row if all(row) else _without_gaps(shown, row) for row in rows]


def _without_gaps(names: Iterable[str], row: tuple[Any, ...]) -> str:
    pairs = zip(names, row, strict=True)
    return " · ".join(f"{name}: {cell}" for name, cell in pairs if cell not in ("", None))


def _countries(reader: TableReader) -> list[tuple[str, ...]]:
    """Each row's countries, from a code where there is one that is known, else from a name."""

    def read(pair: tuple[tuple[str, ...], str], said: list[Complaint]) -> tuple[str, ...]:
        known, text = pair
        found = known or (reader.lookup.country(text) if text else ())
        if text and not found:
            remedy = "Write its name in English or French, or its ISO 3166 code"
            said.append(
                ("country-unknown", f"{text!r} is no country that is known", remedy, "doubt")
            )
        return found

    found: list[tuple[str, ...]] = same((), reader.sheet.count)
    for name in ("country_code", "destination_country", "country"):
        if reader.has(name):
            found = checked(read, abreast(found, reader.texts(name)), reader.problems, name)
    return found
