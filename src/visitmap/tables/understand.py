"""From a table's own columns to those of the visit table: dates, places, stops, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from visitmap.model import Place, stable_id
from visitmap.tables.adapters import Adapter
from visitmap.tables.columns import COLUMNS, OWN_EXTRAS, Columns
from visitmap.tables.countries import country_name
from visitmap.tables.dates import Found, order_of, read_date
from visitmap.tables.places import Answer, Lookup, in_countries, split_places, summary
from visitmap.tables.restore import Problems, number
from visitmap.tables.sheet import Sheet
from visitmap.tables.words import fold, says_nothing
from visitmap.timespan import bounds

_DATE_FIELDS = ("date", "start", "end")
_DONE = {"date", "start", "end", "country", "country_code", "point", "destination_country"}
_STATUS_WORDS = {
    "planned": ("planned", "prevu", "prevue", "planifie", "scheduled", "upcoming", "a venir"),
    "ongoing": ("ongoing", "en cours", "current"),
    "happened": ("happened", "done", "completed", "effectue", "effectuee", "realise", "past",
                 "confirmed", "termine", "took place"),
    "cancelled": ("cancelled", "canceled", "annule", "annulee", "postponed", "reporte"),
    "denied": ("denied", "refused", "refuse", "dementi"),
}  # fmt: skip
_STATUS = {word: status for status, group in _STATUS_WORDS.items() for word in group}
_STAY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(\w*)")
_LONGEST_STAY_DAYS = 31


@dataclass(slots=True)
class Draft:
    """The table on its way to visits: `columns` of the visit table, `rows` their data rows."""

    columns: Columns
    rows: list[int]
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """One table being understood."""

    sheet: Sheet
    mapping: dict[str, str]
    adapter: Adapter
    lookup: Lookup
    problems: Problems
    notes: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.mapping or name in self.adapter.constants

    def cells(self, name: str) -> list[Any]:
        """A field's cells; what an adapter holds for every row fills the empty ones."""
        constant = self.adapter.constants.get(name, "")
        if name not in self.mapping:
            return [constant] * self.sheet.count
        return self.sheet.columns[self.mapping[name]]

    def texts(self, name: str) -> list[str]:
        """A field's cells as text, trimmed; `n/a` and the like are empty."""
        known: dict[Any, str] = {}
        found = []
        for cell in self.cells(name):
            text = known.get(cell)
            if text is None:
                text = "" if cell is None else str(cell).strip()
                text = known[cell] = "" if says_nothing(text) else text
            found.append(text)
        return found


def understand(
    sheet: Sheet,
    mapping: dict[str, str],
    adapter: Adapter,
    lookup: Lookup,
    problems: Problems,
    date_order: str | None = None,
) -> Draft:
    """The table as columns of the visit table; a row that lists several places becomes several."""
    reader = _Reader(sheet, mapping, adapter, lookup, problems)
    starts, ends, stays = _dates(reader, date_order)
    columns = _plain(reader)
    columns |= {"start": starts, "end": ends, "duration_days": stays}
    columns |= {"status": [_STATUS.get(fold(text), text) for text in reader.texts("status")]}
    columns |= _evidence(sheet, Path(sheet.name).stem, columns)
    codes = _countries(reader)
    draft = _stops(reader, columns, codes)
    _place_all(reader, draft, codes)
    if adapter.links_trips:
        _link_trips(draft, Path(sheet.name).stem)
    _origins(reader, draft)
    draft.notes += reader.notes
    return draft


def _plain(reader: _Reader) -> Columns:
    """The fields that need no understanding, and the columns that nobody knows."""
    found: Columns = {}
    for name in (*COLUMNS, *OWN_EXTRAS):
        if name not in _DONE and reader.has(name):
            found[name] = reader.texts(name) if name != "quote" else reader.cells(name)
    known: dict[str, str] = {}
    if "traveller_country" in found:
        for text in set(found["traveller_country"]):
            known[text] = next(iter(reader.lookup.country(text)), "") if text else ""
        found["traveller_country"] = [known[text] for text in found["traveller_country"]]
    _split_points(reader, found)
    used = set(reader.mapping.values())
    for name, cells in reader.sheet.columns.items():
        if name not in used:
            own = name in COLUMNS or name in OWN_EXTRAS
            found[f"{name} (table)" if own else name] = cells
    return found


def _split_points(reader: _Reader, found: Columns) -> None:
    """`48.85, 2.35` and WKT to latitude and longitude."""
    if "point" not in reader.mapping or "destination_latitude" in found:
        return
    pairs = [_point(text) for text in reader.texts("point")]
    found["destination_latitude"] = [latitude for latitude, _ in pairs]
    found["destination_longitude"] = [longitude for _, longitude in pairs]


def _point(text: str) -> tuple[str, str]:
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if len(numbers) < 2:
        numbers = [part.replace(",", ".") for part in re.findall(r"-?\d+(?:,\d+)?", text)]
    if len(numbers) < 2:
        return "", ""
    wkt = text.lstrip()[:1].upper() in ("P", "L", "M")
    return (numbers[1], numbers[0]) if wkt else (numbers[0], numbers[1])


def _dates(
    reader: _Reader, date_order: str | None
) -> tuple[list[str], list[str], list[int | None]]:
    texts = {name: reader.texts(name) for name in _DATE_FIELDS}
    order = _order(reader, texts, date_order)
    starts, ends = [], []
    known: dict[str, Found | None] = {}

    def read(cell: str) -> Found | None:
        if cell not in known:
            known[cell] = read_date(cell, order)
        return known[cell]

    for row, (day, start, end) in enumerate(zip(*texts.values(), strict=True), start=1):
        first = _checked(read(start or day), start or day, row, reader.problems)
        last = _checked(read(end), end, row, reader.problems)
        starts.append(first.start)
        closing = last.end or last.start or first.end
        ends.append(_mended(first.start, closing, row, reader))
    return starts, ends, _stays(reader, starts, ends)


def _order(reader: _Reader, texts: dict[str, list[str]], given: str | None) -> str:
    if given:
        return given
    every = [cell for cells in texts.values() for cell in set(cells)]
    order, sentence = order_of(every)
    if not order and sentence:
        order = _only_possible(texts)
        if order:
            shown = "day" if order == "dmy" else "month"
            sentence = f"Dates are read {shown} first: otherwise stays would end before they start."
    if sentence:
        reader.notes.append(sentence)
    return order


def _only_possible(texts: dict[str, list[str]]) -> str:
    """The order under which no stay runs backwards, when the other one makes some do so."""
    wrong = {"dmy": 0, "mdy": 0}
    for start, end in set(zip(texts["start"], texts["end"], strict=True)):
        if start and end:
            for order in wrong:
                first, last = read_date(start, order), read_date(end, order)
                wrong[order] += bool(first and last and _reversed(first.start, last.start))
    if wrong["dmy"] and not wrong["mdy"]:
        return "mdy"
    return "dmy" if wrong["mdy"] and not wrong["dmy"] else ""


def _reversed(start: str, end: str) -> bool:
    if not start or not end:
        return False
    first, last = bounds(start).earliest, bounds(end).latest
    return bool(first and last and last < first)


def _checked(found: Found | None, cell: str, row: int, problems: Problems) -> Found:
    if found is None:
        problems.add(
            row, "date-unreadable", f"{cell!r} is not a date that can be read",
            "Write it as 2018-03-28, 2018-03 or 2018",
        )  # fmt: skip
        return Found("")
    if found.readings:
        problems.add(
            row, "date-ambiguous", f"{cell} may be {' or '.join(found.readings)}",
            "Say which with --date-order dmy or mdy, or write 2018-03-28; "
            "until then it stands for any day from one to the other",
            "doubt",
        )  # fmt: skip
    return found


def _mended(start: str, end: str, row: int, reader: _Reader) -> str:
    """The end, its year repaired (with an Issue) where the start and the data set show how."""
    if not (len(start) == 10 and len(end) == 10 and start != end):
        return end
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return end
    days = (last - first).days
    if 0 <= days <= 300 or not (days < 0 or reader.adapter.repairs_years):
        return end
    better = _other_year(first, last)
    if better is None:
        return end
    reader.problems.add(
        row, "date-repaired", f"The end {end} does not fit the start {start}: read as {better}",
        "Correct the year in the table if that is right, or the start if it is not", "doubt",
    )  # fmt: skip
    return better


def _other_year(first: date, last: date) -> str | None:
    """`last` in the first year that ends the stay within a month, or None."""
    for year in (first.year, first.year + 1):
        try:
            moved = last.replace(year=year)
        except ValueError:
            continue
        if 0 <= (moved - first).days <= _LONGEST_STAY_DAYS:
            return moved.isoformat()
    return None


def _stays(reader: _Reader, starts: list[str], ends: list[str]) -> list[int | None]:
    if "duration_days" not in reader.mapping:
        return [None] * reader.sheet.count
    return [_days(text) for text in reader.texts("duration_days")]


def _days(text: str) -> Any:
    """`3`, `3 days`, `2 nights`, `une semaine` in days; the text itself when it says nothing."""
    if not text:
        return None
    match = _STAY.match(text)
    if match is None:
        return text
    amount, unit = float(match[1].replace(",", ".")), fold(match[2])
    if unit.startswith(("night", "nuit")):
        amount += 1
    elif unit.startswith(("week", "semaine")):
        amount *= 7
    elif unit.startswith(("hour", "heure", "h", "min")):
        amount = 1
    return max(1, round(amount + 0.49)) if amount != int(amount) or amount < 1 else int(amount)


def _evidence(sheet: Sheet, stem: str, columns: Columns) -> Columns:
    """The row as readable text, its number, and the table as its source."""
    if "quote" in columns:
        return {}
    shown = {name: cells for name, cells in sheet.columns.items() if any(cells)}
    labelled = [
        [f"{name}: {cell}" if cell not in ("", None) else "" for cell in cells]
        for name, cells in shown.items()
    ]
    rows = zip(*labelled, strict=True) if labelled else [()] * sheet.count
    numbers = list(range(1, sheet.count + 1))
    doc_ids = columns.get("doc_id") or [""] * sheet.count
    return {
        "quote": [" · ".join(filter(None, row)) for row in rows],
        "quote_start": numbers,
        "quote_end": numbers,
        "doc_id": [one or stem for one in doc_ids],
    }


def _countries(reader: _Reader) -> list[tuple[str, ...]]:
    """Each row's countries, from a code where there is one that is known, else from a name."""
    found: list[tuple[str, ...]] = [()] * reader.sheet.count
    for name in ("country_code", "destination_country", "country"):
        if not reader.has(name):
            continue
        texts = reader.texts(name)
        known = {text: reader.lookup.country(text) if text else () for text in set(texts)}
        for row, text in enumerate(texts):
            found[row] = found[row] or known[text]
            if text and not found[row]:
                reader.problems.add(
                    row + 1, "country-unknown", f"{text!r} is no country that is known",
                    "Write its name in English or French, or its ISO 3166 code", "doubt",
                )  # fmt: skip
    return found


def _stops(reader: _Reader, columns: Columns, codes: list[tuple[str, ...]]) -> Draft:
    """One row a stop: a cell that lists several places is one journey with as many stops."""
    cells = columns.get("destination") or [""] * reader.sheet.count
    known: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    located = columns.get("destination_latitude") or [""] * reader.sheet.count
    listed: list[list[str]] = []
    for cell, code, point in zip(cells, codes, located, strict=True):
        key = (cell, code)
        if point not in ("", None):
            listed.append([cell])
            continue
        if key not in known:
            known[key] = split_places(cell, code, reader.lookup) if cell else [""]
        listed.append(known[key])
    if all(len(places) < 2 for places in listed):
        columns["destination"] = [places[0] if places else "" for places in listed]
        return Draft(columns, list(range(1, reader.sheet.count + 1)))
    return _spread(reader, columns, listed)


def _spread(reader: _Reader, columns: Columns, listed: list[list[str]]) -> Draft:
    rows = [row for row, places in enumerate(listed) for _ in places or [""]]
    spread = {name: [cells[row] for row in rows] for name, cells in columns.items()}
    spread["destination"] = [place for places in listed for place in places or [""]]
    stem = Path(reader.sheet.name).stem
    trips = spread.get("trip_id") or [""] * len(rows)
    position = 0
    for row, places in enumerate(listed):
        count = max(len(places), 1)
        if count > 1:
            whole = range(position, position + count)
            _share_stay(spread, whole)
            for at in whole:
                trips[at] = trips[at] or stable_id(stem, str(row + 1))
        position += count
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


def _place_all(reader: _Reader, draft: Draft, codes: list[tuple[str, ...]]) -> None:
    """Coordinates for the destinations that have none; the country where no place is named."""
    columns = draft.columns
    count = len(draft.rows)
    fields = ("destination_country", "destination_latitude", "destination_longitude")
    fields += ("destination_kind", "destination_id", "certainty", "more")
    for name in fields:
        columns[name] = list(columns.get(name) or [""] * count)
    answers: list[Answer | None] = []
    for at, row in enumerate(draft.rows):
        answers.append(_place_one(reader, columns, at, row, codes[row - 1]))
    if sentence := summary(answers):
        draft.notes.append(sentence)


def _place_one(
    reader: _Reader, columns: Columns, at: int, row: int, codes: tuple[str, ...]
) -> Answer | None:
    name = columns["destination"][at]
    columns["destination_country"][at] = codes[0] if len(codes) == 1 else ""
    if columns["destination_latitude"][at] not in ("", None):
        return None
    if not name and codes:
        name = columns["destination"][at] = country_name(codes[0])
        columns["destination_kind"][at] = "country"
        if reader.has("country") and (written := reader.texts("country")[row - 1]):
            columns["destination"][at] = written
        answer = reader.lookup.place(name, codes[:1])
        _fill(columns, at, answer.place)
        return None
    if not name or reader.lookup.geocode is None:
        return None
    answer = reader.lookup.place(name, codes)
    _fill(columns, at, answer.place)
    if answer.place and not columns["certainty"][at]:
        columns["certainty"][at] = round(answer.score, 3)
    if not answer.place or answer.doubt:
        _doubt(reader, columns, row, name, codes, answer)
    return answer


def _fill(columns: Columns, at: int, place: Place | None) -> None:
    if place is None:
        return
    columns["destination_latitude"][at] = place.latitude
    columns["destination_longitude"][at] = place.longitude
    columns["destination_kind"][at] = place.kind
    columns["destination_id"][at] = place.id
    columns["destination_country"][at] = place.country
    beside = {"admin1": place.admin1, "population": place.population}
    beside["precision_km"] = place.precision_km
    columns["more"][at] = {"destination": {key: one for key, one in beside.items() if one}}


def _doubt(
    reader: _Reader,
    columns: Columns,
    row: int,
    name: str,
    codes: tuple[str, ...],
    answer: Answer,
) -> None:
    remedy = "Choose the place in the review, or give its coordinates in the table"
    if answer.doubt == "outside":
        code = "place-outside-country"
        message = f"{name} is not known in {in_countries(codes)}"
    elif answer.place is None:
        code, message = "place-unknown", f"{name} is not in the gazetteer"
    elif answer.doubt == "ambiguous":
        code = "place-ambiguous"
        message = f"{len(answer.candidates)} places may be meant by {name}"
    else:
        code, message = "place-doubtful", f"{name} is read as {answer.place.name}"
    reader.problems.add(
        row, code, message, remedy, "doubt", candidates=answer.candidates, toponym=name
    )


def _origins(reader: _Reader, draft: Draft) -> None:
    """Where each journey began: as the table says, else the capital of the traveller's country."""
    columns, count = draft.columns, len(draft.rows)
    for name in ("origin", "origin_country", "origin_latitude", "origin_longitude"):
        columns[name] = list(columns.get(name) or [""] * count)
    basis = list(columns.get("origin_basis") or [""] * count)
    known: dict[str, Place | None] = {}
    for at in range(count):
        if columns["origin"][at] or columns["origin_latitude"][at] not in ("", None):
            _stated_origin(reader, columns, at, known)
            basis[at] = basis[at] or "stated"
    columns["origin_basis"] = basis


def _stated_origin(
    reader: _Reader, columns: Columns, at: int, known: dict[str, Place | None]
) -> None:
    if columns["origin_latitude"][at] not in ("", None) or reader.lookup.geocode is None:
        return
    name = columns["origin"][at]
    codes = reader.lookup.country(columns["origin_country"][at])
    place = reader.lookup.place(name, codes).place
    if place:
        columns["origin_latitude"][at] = place.latitude
        columns["origin_longitude"][at] = place.longitude
        columns["origin_country"][at] = place.country


def _link_trips(draft: Draft, stem: str) -> None:
    """Give one trip to a traveller's visits of which each begins within a day of the last's end."""
    columns = draft.columns
    trips = list(columns.get("trip_id") or [""] * len(draft.rows))
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


__all__ = ["Draft", "number", "understand"]
