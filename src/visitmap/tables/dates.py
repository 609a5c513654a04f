"""Dates as people write them in tables, French and English, to EDTF.

The order of day and month is found from all the date columns together and never guessed: when
nothing proves it, `03/04/2018` becomes the interval that holds both readings, and an Issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from visitmap.tables.words import fold, says_nothing, words
from visitmap.timespan import Timespan, bounds, is_edtf

_NUMERIC = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/. ](\d{1,2})[/. ](\d{1,2})")
_LOOSE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"(1[5-9]|20)(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_TIME = re.compile(
    r"[T ,]+(at |à )?\d{1,2}([:h]\d{2})(:\d{2})?(\.\d+)?( ?[ap]m)?(Z| ?[+-]\d\d:?\d\d)?$", re.I
)
_ABOUT = re.compile(r"^(c\.?|ca\.?|circa|about|around|vers|environ|approx\.?)\s+(?=\w)", re.I)
_LEAD = re.compile(r"^(du|from|le|on|between|entre|the|en|in)\s+", re.I)
_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b\.?,?\s*"
    r"|\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b,?\s*",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*(?:–|—|→|\s-\s|(?<=\w)-(?=\w)|\s/\s|&)\s*"
    r"|\s+(?:au|to|until|till|through|thru|jusqu['’ ]au|et(?: le)?|and|a|à)\s+",
    re.I,
)
_MONTH_WORDS = "|".join(
    sorted((name for names in words()["months"].values() for name in names), key=len, reverse=True)
)
_SEASON_WORDS = "|".join(name for names in words()["seasons"].values() for name in names)
_DAY = r"(?P<d>\d{1,2})\s?(?:er|st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4}|\d{2})"
_SPELT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY} (?:of |de )?(?P<m>{_MONTH_WORDS})(?: {_YEAR})?",
        rf"(?P<m>{_MONTH_WORDS}) {_DAY}(?: (?P<y>\d{{4}}))?",
        rf"(?:early |mid |late |debut |mi |fin )?(?P<m>{_MONTH_WORDS})(?: de)? {_YEAR}",
        rf"(?P<y>\d{{4}}) (?P<m>{_MONTH_WORDS})(?: {_DAY})?",
        rf"(?P<s>{_SEASON_WORDS})(?: of| de)? (?P<y>\d{{4}})",
    )
)
_DAYS_OF_ONE_MONTH = re.compile(
    rf"(?P<m>{_MONTH_WORDS})\.?\s+(?P<a>\d{{1,2}})\s*(?:-|–|—|to|and|&)\s*(?P<b>\d{{1,2}}),?\s+"
    r"(?P<y>\d{4})",
    re.I,
)
# What spreadsheets make of a month and a year: `mai-17`, `May-17`.
_MONTH_AND_SHORT_YEAR = re.compile(rf"({_MONTH_WORDS})[-']+(\d{{2}})", re.I)
_EXCEL_EPOCH = date(1899, 12, 30)
# Two-digit years run from 1945 to 2044.
_PIVOT = 44


class Found(NamedTuple):
    """What a cell says: EDTF `start` and `end`; `readings` when day and month may be swapped."""

    start: str
    end: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    year: int | None
    month: int | None
    day: int | None
    about: str = ""

    def edtf(self) -> str:
        year = f"{self.year:04d}" if self.year is not None else "XXXX"
        month = f"-{self.month:02d}" if self.month else ""
        day = f"-{self.day:02d}" if self.day else ""
        return f"{year}{month}{day}{self.about}"


@lru_cache(maxsize=65536)
def read_date(text: str, order: str = "") -> Found | None:
    """What one cell says; None when it is no date. `order` is `dmy`, `mdy` or empty for unknown.

    >>> read_date("17 mai 2017").start, read_date("3-5 May 2019"), read_date("28/03/2018").start
    ('2017-05-17', Found(start='2019-05-03', end='2019-05-05', readings=()), '2018-03-28')
    """
    if _ISO_DAY.fullmatch(text):
        return Found(text) if is_edtf(text) else None
    text = " ".join(text.split())
    if says_nothing(text):
        return Found("")
    if is_edtf(text):
        return _edtf(text)
    about = "~" if _ABOUT.match(text) else ""
    bare = _bare(text)
    if is_edtf(bare):
        return Found(bare + (about if not bare.endswith("~") else ""))
    found = _one(bare, order) or _range(bare, order) or _serial(bare)
    if found is None and (plainer := _without_remarks(text)) != text:
        return read_date(plainer, order)
    if found and about and not found.end and not found.readings:
        return Found(found.start + about)
    return found


def _without_remarks(text: str) -> str:
    """`27 June 2019 (planned)` and `TBA 2019` without what is no date in them."""
    text = re.sub(r"\s*\([^()]*\)$", "", text)
    first, _, rest = text.partition(" ")
    return rest if rest and says_nothing(first) else text


def _bare(text: str) -> str:
    """Without weekday, clock time and the words before a date."""
    text = _ABOUT.sub("", _TIME.sub("", text))
    return _LEAD.sub("", _WEEKDAY.sub("", text)).strip(" .,;")


def _edtf(text: str) -> Found:
    span = Timespan.parse(text)
    return Found(span.start, span.end)


def _one(text: str, order: str) -> Found | None:
    if match := _MONTH_AND_SHORT_YEAR.fullmatch(text):
        return Found(f"{_year(match[2]):04d}-{_month_number(fold(match[1])):02d}")
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        return _swappable(int(numeric[1]), int(numeric[3]), _year(numeric[4]), order)
    parts = _parts(text)
    if parts is None:
        return None
    edtf = parts.edtf()
    return Found(edtf) if is_edtf(edtf) else None


def _parts(text: str) -> _Parts | None:
    for pattern in (_YEAR_FIRST, _LOOSE_ISO):
        if match := pattern.fullmatch(text):
            return _Parts(*map(int, match.groups()))
    if match := _COMPACT.fullmatch(text):
        return _Parts(int(match[1] + match[2]), int(match[3]), int(match[4]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _Parts(int(match[2]), int(match[1]), None)
    return _spelt(fold(text))


def _spelt(text: str) -> _Parts | None:
    for pattern in _SPELT:
        if match := pattern.fullmatch(text):
            said = match.groupdict()
            month = _month_number(said.get("m") or said.get("s") or "")
            day = int(said["d"]) if said.get("d") else None
            year = _year(said["y"]) if said.get("y") else None
            return _Parts(year, month, day)
    return None


@lru_cache(maxsize=256)
def _month_number(name: str) -> int:
    for group in ("months", "seasons"):
        for number, names in words()[group].items():
            if name in names:
                return int(number)
    return 0


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= _PIVOT else 1900 + year


def _swappable(first: int, second: int, year: int, order: str) -> Found | None:
    """`first`/`second`/year, by the order if it is known and possible."""
    readings = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
    if order:
        other = "mdy" if order == "dmy" else "dmy"
        chosen = readings[order] or readings[other]
        return Found(chosen) if chosen else None
    possible = sorted({reading for reading in readings.values() if reading})
    if len(possible) < 2:
        return Found(possible[0]) if possible else None
    return Found("/".join(possible), "", (readings["dmy"], readings["mdy"]))


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _range(text: str, order: str) -> Found | None:
    if match := _DAYS_OF_ONE_MONTH.fullmatch(text):
        year, month = int(match["y"]), _month_number(fold(match["m"]))
        return _stay(_day(year, month, int(match["a"])), _day(year, month, int(match["b"])))
    for cut in _BETWEEN.finditer(text):
        left, right = _bare(text[: cut.start()]), _bare(text[cut.end() :])
        found = _sides(left, right, order)
        if found:
            return found
    return None


def _sides(left: str, right: str, order: str) -> Found | None:
    last = _one(right, order)
    if last is None or last.readings or not last.start:
        return _edtf_sides(left, right)
    first = read_date(left, order) if not left.isdigit() or len(left) == 4 else None
    if first and first.start and not first.start.startswith("XXXX") and not first.readings:
        return _stay(first.start, last.start)
    return _borrowed(left, last.start)


def _edtf_sides(left: str, right: str) -> Found | None:
    return _stay(left, right) if is_edtf(left) and is_edtf(right) else None


def _borrowed(left: str, last: str) -> Found | None:
    """A first day without its month or year, which are the last day's."""
    end = bounds(last).earliest
    if end is None:
        return None
    if re.fullmatch(r"\d{1,2}(er|st|nd|rd|th)?", left, re.I):
        return _stay(_day(end.year, end.month, int(re.match(r"\d+", left)[0])), last)  # type: ignore[index]
    parts = _spelt(fold(left))
    if parts is None and (bare := re.fullmatch(rf"({_MONTH_WORDS})", fold(left))):
        parts = _Parts(None, _month_number(bare[1]), None)
    if parts is None or parts.year is not None or parts.month is None:
        return None
    late = (parts.month, parts.day or 1) > (end.month, end.day)
    return _stay(_Parts(end.year - late, parts.month, parts.day).edtf(), last)


def _stay(first: str, last: str) -> Found | None:
    if not (is_edtf(first) and is_edtf(last)):
        return None
    try:
        Timespan(first, last)
    except ValueError:
        return None
    return Found(first, last)


def _serial(text: str) -> Found | None:
    """A spreadsheet's day number, or seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{5}(\.\d+)?|\d{10}(\.\d+)?|\d{13}", text):
        return None
    value = float(text)
    if value < 100_000:
        return Found((_EXCEL_EPOCH + timedelta(days=int(value))).isoformat())
    seconds = value / 1000 if value >= 1e12 else value
    return Found(datetime.fromtimestamp(seconds, UTC).date().isoformat())


def order_of(cells: Iterable[str]) -> tuple[str, str]:
    """`dmy`, `mdy` or empty, and a sentence that says what proved it.

    Looks at every numeric date: a first number above 12 proves that the day comes first.
    """
    day_first = month_first = open_ = ""
    for cell in set(cells):
        if _ISO_DAY.fullmatch(cell):
            continue
        for match in re.finditer(r"(?<!\d)(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", cell):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                day_first = max(day_first, match[0])
            elif second > 12 >= first:
                month_first = max(month_first, match[0])
            elif first != second:
                open_ = match[0]
    if day_first and month_first:
        return "", f"Some dates put the day first ({day_first}) and some the month ({month_first})."
    if day_first:
        return "dmy", f"Dates are read day first, as {day_first} shows."
    if month_first:
        return "mdy", f"Dates are read month first, as {month_first} shows."
    return "", f"Nothing shows whether day or month comes first in {open_}." if open_ else ""


_WORTH = re.compile(r"\d")


def looks_like_dates(cells: Iterable[str]) -> float:
    """The share of non-empty cells that are dates; plain numbers but years do not count."""
    seen = [cell for cell in cells if not says_nothing(cell)]
    if not seen:
        return 0.0
    return sum(map(_is_date, seen)) / len(seen)


def _is_date(cell: str) -> bool:
    if not _WORTH.search(cell) or len(cell) > 60:
        return False
    if re.fullmatch(r"\d{10}|\d{13}", cell.strip()):
        return True
    if re.fullmatch(r"[\d.]+", cell.strip()) and not re.fullmatch(
        r"1[5-9]\d\d|20\d\d|\d+\.\d+\.\d+", cell.strip()
    ):
        return bool(_COMPACT.fullmatch(cell.strip()))
    return read_date(cell, "dmy") is not None
