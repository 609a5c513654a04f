"""Dates as a person writes them, in the interface's language: "28 March 2018", "a February"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_interval, get_month_names

from visitmap.timespan import Timespan, bounds
from visitmap.ui.words import phrase

# Day first, as the rest of the interface writes it.
_LOCALES = {"en": "en_GB"}
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_UNKNOWN_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")


def readable(span: Timespan, code: str) -> str:
    """When, in a few words; the EDTF text itself for forms that have no shorter words."""
    return _readable(span.start, span.end, code)


@lru_cache(maxsize=65_536)
def _readable(start: str, end: str, code: str) -> str:
    if not start and not end:
        return phrase(code, "date.none")
    return _stay(start, end, code) if end else _arrival(start, code)


def day_text(day: date | None, code: str) -> str:
    """A day in full; empty for none."""
    return "" if day is None else format_date(day, "long", locale=_LOCALES.get(code, code))


def _stay(start: str, end: str, code: str) -> str:
    first, last = _one_day(start), _one_day(end)
    if first and last:
        return format_interval(first, last, "yMMMd", locale=_LOCALES.get(code, code))
    return phrase(code, "date.stay", first=_arrival(start, code), last=_arrival(end, code))


def _arrival(edtf: str, code: str) -> str:
    year_unknown = _UNKNOWN_YEAR.fullmatch(edtf)
    if year_unknown:
        return _of_no_year(year_unknown, code)
    qualifier = edtf[-1:] if edtf[-1:] in "~?%" else ""
    plain = edtf.rstrip("~?%")
    if plain.endswith("/.."):
        return phrase(code, "date.since", first=_plain(plain[:-3], code))
    if plain.startswith("../"):
        return phrase(code, "date.till", last=_plain(plain[3:], code))
    text = _plain(plain, code)
    return phrase(code, "date.about", day=text) if qualifier else text


def _plain(edtf: str, code: str) -> str:
    day = _one_day(edtf)
    if day:
        return format_date(day, "long", locale=_LOCALES.get(code, code))
    month = _MONTH.fullmatch(edtf)
    if month and 1 <= int(month[2]) <= 12:
        return format_date(
            date(int(month[1]), int(month[2]), 1), "LLLL y", locale=_LOCALES.get(code, code)
        )
    return _days(edtf, code) if "/" in edtf else edtf


def _of_no_year(match: re.Match[str], code: str) -> str:
    number = int(match[1])
    if not 1 <= number <= 12:
        return match[0]
    name = get_month_names("wide", locale=_LOCALES.get(code, code))[number]
    if match[2]:
        return phrase(code, "date.day_of_no_year", day=int(match[2]), month=name)
    return phrase(code, "date.month_of_no_year", month=name)


def _days(edtf: str, code: str) -> str:
    """Where it may be one of several days, the first and last of them."""
    try:
        found = bounds(edtf)
    except ValueError:
        return edtf
    if not found.earliest or not found.latest:
        return edtf
    first, last = day_text(found.earliest, code), day_text(found.latest, code)
    return phrase(code, "date.between", first=first, last=last)


def _one_day(edtf: str) -> date | None:
    try:
        found = bounds(edtf)
    except ValueError:
        return None
    return found.earliest if found.earliest == found.latest else None
