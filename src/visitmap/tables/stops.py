"""The places of a table's rows: stops of a journey, points for names, trips, origins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from visitmap.model import Place, stable_id
from visitmap.tables.cells import NOTHING, abreast, by_identity, distinct, each_once, same
from visitmap.tables.columns import Columns
from visitmap.tables.countries import country_name
from visitmap.tables.draft import Draft, TableReader
from visitmap.tables.places import (
    Answer,
    Lookup,
    are_addresses,
    in_countries,
    split_places,
    summary,
)
from visitmap.timespan import bounds

Codes = tuple[str, ...]
Progress = Callable[[int, int], None]


class _Found(NamedTuple):
    """The place of a stop under the name the row gives it, and what was answered."""

    name: str
    kind: str = ""
    place: Place | None = None
    certainty: float | str = ""
    answer: Answer | None = None


def spread_stops(reader: TableReader, columns: Columns, codes: list[Codes]) -> Draft:
    """One row a stop: a cell that lists several places is one journey with as many stops."""
    size = reader.sheet.count
    cells = columns.get("destination") or same("", size)

    def listed(key: tuple[str, Codes, bool]) -> list[str]:
        cell, row_codes, is_open = key
        return split_places(cell, row_codes, reader.lookup) if cell and is_open else [cell]

    keys = abreast(cells, codes, _is_open(columns, "destination", size))
    places = each_once(listed, keys)
    several = {key for key in set(keys) if key[0].count(",") == 1}
    if several and are_addresses(((listed(key), key[1]) for key in several), reader.lookup):
        places = each_once(lambda key: [key[0]] if key in several else listed(key), keys)
    if all(len(one) < 2 for one in distinct(places)):
        columns["destination"] = by_identity(lambda one: one[0] if one else "", places)
        return Draft(columns, list(range(1, size + 1)))
    return _spread(reader, columns, places)


def _is_open(columns: Columns, side: str, size: int) -> list[bool]:
    """Of each row whether the place has no coordinates yet."""
    located = columns.get(f"{side}_latitude") or same("", size)
    return each_once(lambda point: point in NOTHING, located)


def _spread(reader: TableReader, columns: Columns, listed: list[list[str]]) -> Draft:
    rows = [row for row, places in enumerate(listed) for _ in places or [""]]
    spread = {name: [cells[row] for row in rows] for name, cells in columns.items()}
    spread["destination"] = [place for places in listed for place in places or [""]]
    stem = Path(reader.sheet.name).stem
    trips = list(spread.get("trip_id") or [""] * len(rows))
    position = 0
    for row, places in enumerate(listed):
        stops = max(len(places), 1)
        if stops > 1:
            whole = range(position, position + stops)
            _share_stay(spread, whole)
            for at in whole:
                trips[at] = trips[at] or stable_id(stem, str(row + 1))
        position += stops
    spread["trip_id"] = trips
    extra = len(rows) - len(listed)
    many = sum(len(places) > 1 for places in listed)
    note = f"{many} rows list several places: each is read as one journey, {extra} more visits."
    return Draft(spread, [row + 1 for row in rows], [note])


def _share_stay(columns: Columns, stops: Sequence[int]) -> None:
    """The days of a journey over its stops: the first begins it, the last ends it.

    In between, arrival and departure were some day within, which is what an interval says.
    """
    starts, ends = columns["start"], columns["end"]
    start, end = starts[stops[0]], ends[stops[0]]
    if not (len(start) == 10 and len(end) == 10 and start < end):
        return
    within = f"{start}/{end}"
    for at in stops:
        starts[at] = start if at == stops[0] else within
        ends[at] = end if at == stops[-1] else within
        columns["duration_days"][at] = None


def place_destinations(
    reader: TableReader, draft: Draft, codes: list[Codes], progress: Progress
) -> None:
    """Points for the destinations that have none; the country where no place is named.

    Each name is asked once a country, and `progress` told how many of how many are done.
    """
    columns, rows = draft.columns, draft.rows
    of_row = _of_rows(codes, rows)
    columns["destination_country"] = each_once(lambda one: one[0] if len(one) == 1 else "", of_row)
    is_open = _is_open(columns, "destination", len(rows))
    if not any(distinct(is_open)):
        return
    told = reader.texts("country") if reader.has("country") else same("", reader.sheet.count)
    keys = abreast(columns["destination"], of_row, _of_rows(told, rows), is_open)
    total = len(set(keys))
    counter = count(1)

    def find(key: tuple[str, Codes, str, bool]) -> _Found:
        progress(next(counter), total)
        return _find(reader.lookup, *key[:3]) if key[3] else _Found(key[0])

    found = each_once(find, keys)
    _fill(draft, found)
    _tell(reader, draft, of_row, found)


def _of_rows(cells: list[Any], rows: list[int]) -> list[Any]:
    """A column of the table as one of the visits made of it."""
    return cells if len(rows) == len(cells) else [cells[row - 1] for row in rows]


def _find(lookup: Lookup, name: str, codes: Codes, country: str) -> _Found:
    if not name:
        return _find_country(lookup, codes, country)
    if lookup.geocode is None:
        return _Found(name)
    answer = lookup.place(name, codes)
    if answer.place is None:
        return _Found(name, answer=answer)
    place = _called(answer.place, name)
    return _Found(name, place.kind, place, round(answer.score, 3), answer)


def _called(place: Place, name: str) -> Place:
    return place if place.name == name else replace(place, name=name)


def _find_country(lookup: Lookup, codes: Codes, country: str) -> _Found:
    if not codes:
        return _Found("")
    name = country_name(codes[0])
    place = lookup.place(name, codes[:1]).place
    shown = country or name
    return _Found(shown, "country", _called(place, shown) if place else None)


def _fill(draft: Draft, found: list[_Found]) -> None:
    """The columns by what was found; a certainty that the table gives is kept."""
    columns, size = draft.columns, len(draft.rows)
    draft.destinations = by_identity(lambda one: one.place, found)
    columns["destination"] = by_identity(lambda one: one.name, found)
    for name, own in (("destination_kind", "kind"), ("certainty", "certainty")):
        answers = by_identity(attrgetter(own), found)
        said = columns.get(name) or same("", size)
        first, second = (said, answers) if name == "certainty" else (answers, said)
        columns[name] = each_once(lambda pair: pair[0] or pair[1], abreast(first, second))


def _tell(reader: TableReader, draft: Draft, codes: list[Codes], found: list[_Found]) -> None:
    """The issues of what is doubtful or missing, and a sentence on all."""
    states = by_identity(_state, found)
    if sentence := summary(states):
        draft.notes.append(sentence)
    if not {"doubtful", "missing"} & set(states):
        return
    for at, (one, state) in enumerate(zip(found, states, strict=True)):
        if state in ("doubtful", "missing"):
            answer: Answer = one.answer  # type: ignore[assignment]
            code, message = _doubt(one.name, codes[at], answer)
            reader.problems.add(
                draft.rows[at], code, message,
                "Choose the place in the review, or give its coordinates in the table",
                "doubt", candidates=answer.candidates, toponym=one.name,
                column=reader.problems.column("destination"),
            )  # fmt: skip


def _state(found: _Found) -> str:
    """`found`, `doubtful` or `missing`; empty when nobody was asked."""
    answer = found.answer
    if answer is None:
        return ""
    return "missing" if answer.place is None else "doubtful" if answer.doubt else "found"


def _doubt(name: str, codes: Codes, answer: Answer) -> tuple[str, str]:
    """Code and message of an issue about a place."""
    if answer.doubt == "outside":
        return "place-outside-country", f"{name} is not known in {in_countries(codes)}"
    if answer.place is None:
        return "place-unknown", f"{name} is not in the gazetteer"
    if answer.doubt == "ambiguous":
        return "place-ambiguous", f"{len(answer.candidates)} places may be meant by {name}"
    return "place-doubtful", f"{name} is read as {answer.place.name}"


def place_origins(reader: TableReader, draft: Draft) -> None:
    """Where each journey began, as far as the table says."""
    columns, size = draft.columns, len(draft.rows)
    if not {"origin", "origin_latitude"} & columns.keys():
        return
    names = columns.get("origin") or same("", size)
    countries = columns.get("origin_country") or same("", size)
    is_open = _is_open(columns, "origin", size)

    def find(key: tuple[str, str, bool]) -> Place | None:
        name, country, nowhere = key
        if not (name and nowhere) or reader.lookup.geocode is None:
            return None
        place = reader.lookup.place(name, reader.lookup.country(country)).place
        return _called(place, name) if place else None

    draft.origins = each_once(find, abreast(names, countries, is_open))
    basis = columns.get("origin_basis") or same("", size)
    columns["origin_basis"] = each_once(
        lambda key: key[0] or ("stated" if key[1] or not key[2] else ""),
        abreast(basis, names, is_open),
    )


def link_trips(draft: Draft, stem: str) -> None:
    """Give one trip to a traveller's visits of which each begins within a day of the last's end."""
    columns = draft.columns
    trips: list[Any] = list(columns.get("trip_id") or [""] * len(draft.rows))
    order = sorted(
        range(len(draft.rows)),
        key=lambda at: (columns["traveller"][at], columns["start"][at][:10], draft.rows[at], at),
    )
    groups: list[list[int]] = []
    until = date.min
    who = None
    for at in order:
        first, last = _days_of(columns["start"][at], columns["end"][at])
        same = who == columns["traveller"][at] and first and first <= until + timedelta(days=1)
        if not same or not groups:
            groups.append([])
            until = date.min
        groups[-1].append(at)
        who, until = columns["traveller"][at], max(until, last or date.min)
    for group in groups:
        if len(group) > 1:
            shared = stable_id(stem, "trip", str(draft.rows[group[0]]))
            for at in group:
                trips[at] = shared
    columns["trip_id"] = trips


def _days_of(start: str, end: str) -> tuple[date | None, date | None]:
    try:
        return bounds(start).earliest, bounds(end or start).latest
    except ValueError:
        return None, None
