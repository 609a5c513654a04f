"""The dates of a table, column by column: start, end and length of each stay."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from visitmap.tables.cells import abreast, checked, distinct, each_once, same
from visitmap.tables.dates import Found, order_of, read_date
from visitmap.tables.draft import TableReader
from visitmap.tables.problems import Complaint
from visitmap.tables.words import fold, fold_header
from visitmap.timespan import bounds

_DATE_FIELDS = ("date", "start", "end")
_STAY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(\w*)")
_LONGEST_STAY_DAYS = 31
# An end this much later than the start is a wrong year rather than a stay.
_LONGEST_TRIP_DAYS = 300


def read_periods(
    reader: TableReader, date_order: str | None
) -> tuple[list[str], list[str], list[Any]]:
    """EDTF starts and ends and numbers of days, empty or None where a row does not say."""
    _leave_before_arriving(reader)
    texts = {name: reader.texts(name) for name in _DATE_FIELDS}
    order = _order(reader, texts, date_order)

    def read(cell: str, said: list[Complaint]) -> Found:
        return _read(cell, order, said)

    opening = texts["start"] if "start" in reader.mapping else texts["date"]
    if {"start", "date"} <= reader.mapping.keys():
        opening = each_once(_either, abreast(opening, texts["date"]))
    first = checked(read, opening, reader.problems, "start", "date")
    last = checked(read, texts["end"], reader.problems, "end")
    starts = each_once(lambda found: found.start, first)
    ends = each_once(_end, abreast(first, last))
    return starts, _mended(reader, starts, ends), _stays(reader)


def _leave_before_arriving(reader: TableReader) -> None:
    """Arrival and departure are a stay's ends; of a journey with an origin, in the other order."""
    mapping = reader.mapping
    names = [fold_header(mapping.get(one, "")) for one in ("start", "end")]
    if "origin" in mapping and "arriv" in names[0] and "depart" in names[1]:
        mapping["start"], mapping["end"] = mapping["end"], mapping["start"]


def _either(pair: tuple[str, str]) -> str:
    return pair[0] or pair[1]


def _end(pair: tuple[Found, Found]) -> str:
    """The end of a stay by what its first and its last cell say."""
    first, last = pair
    return last.end or last.start or first.end


def _order(reader: TableReader, texts: dict[str, list[str]], given: str | None) -> str:
    if given:
        return given
    order, sentence = order_of(cell for cells in texts.values() for cell in distinct(cells))
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


def _read(cell: str, order: str, said: list[Complaint]) -> Found:
    found = read_date(cell, order)
    if found is None:
        message = f"{cell!r} is not a date that can be read"
        said.append(
            ("date-unreadable", message, "Write it as 2018-03-28, 2018-03 or 2018", "error")
        )
        return Found("")
    if found.readings:
        remedy = (
            "Say which with --date-order dmy or mdy, or write 2018-03-28; "
            "until then it stands for any day from one to the other"
        )
        message = f"{cell} may be {' or '.join(found.readings)}"
        said.append(("date-ambiguous", message, remedy, "doubt"))
    return found


def _mended(reader: TableReader, starts: list[str], ends: list[str]) -> list[str]:
    """The ends, their year repaired (with an Issue) where the start shows how."""
    repairs = reader.adapter.repairs_years
    # Of two days in ISO 8601 the later one is the greater text.
    suspects = [
        row
        for row, (start, end) in enumerate(zip(starts, ends, strict=True))
        if end and (end < start or (repairs and end > start)) and len(start) == len(end) == 10
    ]
    ends = list(ends) if suspects else ends
    for row in suspects:
        said: list[Complaint] = []
        ends[row] = _with_better_year(starts[row], ends[row], said)
        for complaint in said:
            reader.problems.add(row + 1, *complaint, column=reader.problems.column("end"))
    return ends


def _with_better_year(start: str, end: str, said: list[Complaint]) -> str:
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return end
    if 0 <= (last - first).days <= _LONGEST_TRIP_DAYS:
        return end
    better = _other_year(first, last)
    if better is None:
        return end
    message = f"The end {end} does not fit the start {start}: read as {better}"
    remedy = "Correct the year in the table if that is right, or the start if it is not"
    said.append(("date-repaired", message, remedy, "doubt"))
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


def _stays(reader: TableReader) -> list[Any]:
    if "duration_days" not in reader.mapping:
        return same(None, reader.sheet.count)
    return each_once(_days, reader.texts("duration_days"))


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
