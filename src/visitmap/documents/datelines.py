"""What an article says of its own date and publisher, in the first and last lines of its text.

Names of months and days come from Babel's tables for the supported languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from visitmap.documents.language import SUPPORTED
from visitmap.model import DateBasis
from visitmap.timespan import is_edtf

_HEAD_CHARACTERS = 2000
_HEAD_LINES = 12
_TAIL_CHARACTERS = 600
_TAIL_LINES = 4
_LONGEST_LINE = 300
_LONGEST_DATELINE = 90

# A dateline's place: capitalised words, "New York", "Rio de Janeiro", "WASHINGTON, D.C.".
_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*\.?"
_BEFORE_DATE = re.compile(
    rf"\s*{_WORD}(?:(?:[ '’.\-/]|, )+(?:{_WORD}|d[eu]|la|le|of|[a-z]{{1,3}}-))*"
    r"(?:\s*\((?P<agency>[A-Z][\w .\-/]{1,30})\),?|,|(?<=[A-Z]{3}))\s*\(?"
    r"(?:le\s+)?(?P<weekday>[^\W\d_]{3,9}\.?,?\s+)?(?:le\s+)?"
)
_AFTER_DATELINE = re.compile(
    r"\)?\.?\s*(?:[(/]\s*(?P<agency>[A-Z][\w .\-/]{1,30}?)\s*[)/])?\s*(?P<dash>[-–—:]|$)?"
)
# Words that announce the day of publication, in the supported languages.
_ANNOUNCED = re.compile(
    r"(?:\b(?:publiée?|paru|parue|mis en ligne|postée?|mise? à jour|published|posted|issued|"
    r"updated|date de publication|publication date)\b|^\W*date\b)(?: (?:le|on))?\s*:?\s*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SOURCE = re.compile(r"\s*source\s*:\s*(\S.{0,58}\S)\s*", re.IGNORECASE)


class Dated(NamedTuple):
    """A date found in a document (EDTF), the place it was found in, and an agency named there."""

    date: str = ""
    basis: DateBasis = ""
    publisher: str = ""


def find_date(text: str) -> Dated:
    """The date in a dateline ("BAKU, March 3, 2018 —") or announced ("Publié le 3 mars 2018").

    A dateline without a year gives `XXXX-03-03` unless the day is announced elsewhere. What the
    body tells of is never taken.
    """
    head = [line for line in _head(text) if _DIGIT.search(line)]
    dateline = next(filter(None, map(_dateline, head)), Dated())
    if dateline.date and not dateline.date.startswith("XXXX"):
        return dateline
    for line in (*head, *_tail(text)):
        if said := _announced(line):
            return Dated(said, "text", dateline.publisher)
    return dateline


def find_publisher(text: str) -> str:
    """The publisher that one of the last lines ("Source: PressTV") names, or empty."""
    found = filter(None, map(_SOURCE.fullmatch, _tail(text)))
    return next((match[1] for match in found), "")


def normal_date(said: str) -> str:
    """The EDTF text in what metadata say (`2018-03-28T10:00:00Z`, `20180328`), or empty."""
    said = said.strip()
    if is_edtf(said):
        return said
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]|$)", said)
    date = "-".join(match.groups()) if match else ""
    return date if is_edtf(date) else ""


def date_in_address(url: str) -> str:
    """The day that an address like `…/2018/03/28/…` carries, or empty."""
    match = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)", url)
    date = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""
    return date if is_edtf(date) else ""


def _head(text: str) -> Iterator[str]:
    lines = text[:_HEAD_CHARACTERS].splitlines()
    yield from (line[:_LONGEST_LINE] for line in lines[:_HEAD_LINES])


def _tail(text: str) -> Iterator[str]:
    yield from (
        line[:_LONGEST_LINE]
        for line in text[-_TAIL_CHARACTERS:].rstrip().splitlines()[-_TAIL_LINES:]
    )


def _dateline(line: str) -> Dated | None:
    """The date of "Téhéran, 3 mars (IRNA) —": a place, a date, then a dash, colon or agency."""
    for found in _date_pattern().finditer(line, 0, _LONGEST_DATELINE):
        place = _BEFORE_DATE.fullmatch(line, 0, found.start())
        after = _AFTER_DATELINE.match(line, found.end())
        if place is None or after is None or not (date := _edtf(found)):
            continue
        if place["weekday"] and not _weekday_pattern().fullmatch(place["weekday"]):
            continue
        agency = place["agency"] or after["agency"] or ""
        if agency or after["dash"] is not None:
            return Dated(date, "dateline", agency)
    return None


def _announced(line: str) -> str:
    """The date after "Publié le", or that is all there is in the line."""
    for match in _ANNOUNCED.finditer(line):
        if found := _date_at(line, match.end()):
            return found[0]
    found = _date_at(line, len(line) - len(line.lstrip()))
    is_alone = found and not line[found[1] :].strip(" .\t")
    return found[0] if found and is_alone and not found[0].startswith("XXXX") else ""


def _date_at(line: str, start: int) -> tuple[str, int] | None:
    """The EDTF of a date that begins at `start`, a weekday allowed before it, and where it ends."""
    weekday = _weekday_pattern().match(line, start)
    match = _date_pattern().match(line, weekday.end() if weekday else start)
    date = _edtf(match) if match else ""
    return (date, match.end()) if match and date else None


def _edtf(match: re.Match[str]) -> str:
    year = match["y1"] or match["y2"] or match["y3"] or "XXXX"
    name = match["m1"] or match["m2"]
    month = _months()[_folded(name)] if name else int(match["m3"])
    day = int(match["d1"] or match["d2"] or match["d3"])
    date = f"{year}-{month:02d}-{day:02d}"
    return date if is_edtf(date) else ""


@lru_cache(maxsize=1)
def _date_pattern() -> re.Pattern[str]:
    names = sorted(_month_names(), key=len, reverse=True)
    months = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?:(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<m1>{months})\.?(?:,?\s+(?P<y1>\d{{4}}))?"
        rf"|(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?"
        r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))(?!\w)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _weekday_pattern() -> re.Pattern[str]:
    """An article and a weekday, each of which may be missing."""
    from babel.dates import get_day_names

    names = {
        name.rstrip(".")
        for locale in SUPPORTED
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=locale).values()
    }
    days = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?:le\s+)?(?:(?:{days})\.?,?\s+(?:le\s+)?)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {_folded(name): month for name, month in _month_names().items()}


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Full and short names, with and without accents, to their numbers."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in SUPPORTED:
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=locale).items():
                plain = name.rstrip(".")
                names |= {plain: month, _folded(plain): month}
    return names | {"sept": 9}


def _folded(name: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
