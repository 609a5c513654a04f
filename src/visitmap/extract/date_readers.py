"""What each way of naming a date means: the fields of a rule to EDTF, against the document's date.

A reader takes the fields a rule found, the frame and the rule's options, and returns a `Reading`,
or None when the fields make no date (a 31 April). What cannot be told is left empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from visitmap.extract.date_calendar import (
    Frame,
    Moment,
    add_months,
    day_of_month_near,
    full_year,
    month_span,
    nearest_weekday,
    nearest_year,
    shifted,
    week_of,
)
from visitmap.timespan import bounds, is_edtf

Fields = Mapping[str, Any]
Options = Mapping[str, Any]
# Fewer hours than this tell how far or how long something else was, seldom a visit of a day.
_SHORTEST_STAY = 3
_DAYS_IN = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}
_QUARTER = 3
# Days that a chronicle's heading may span for "the 8th" to be one of them.
_SOME_WEEKS = 62


class Reading(NamedTuple):
    """A date's meaning, in the words of `DateMention`."""

    start: str
    end: str = ""
    kind: Any = "date"
    anchored: bool = False
    duration_days: int | None = None


def _date(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """A day or a month, with its year, or the year that the document's date tells."""
    moment = Moment(_year(fields, frame), fields["month"], fields.get("day"))
    if not is_edtf(moment.in_year(moment.year or 2000).edtf):
        return None
    if moment.year is not None:
        return Reading(moment.edtf)
    direction = fields.get("direction") or fields.get("next_direction") or 0
    weekday = fields.get("weekday", 0) if moment.day else 0
    year = nearest_year(moment, moment, frame, direction=direction, weekday=weekday)
    return Reading(moment.in_year(year).edtf, anchored=year is not None)


def _range(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """From a day or month to another; the first borrows month and year from the second."""
    month2 = fields["month2"]
    month = fields.get("month", month2)
    if "month" not in fields and fields.get("day", 0) > (fields.get("day2") or 31):
        month = (month2 - 2) % 12 + 1  # "du 29 au 1er février"
    first = Moment(_year(fields, frame), month, fields.get("day"))
    last = Moment(_year(fields, frame, "2"), month2, fields.get("day2"))
    if last.year is None and first.year is not None:
        last = last.in_year(first.year + (_rank(last) < _rank(first)))
    if first.year is None and last.year is not None:
        first = first.in_year(last.year - (_rank(last) < _rank(first)))
    anchored = False
    if last.year is None:
        weekday = fields.get("weekday", 0) if first.day else 0
        direction = fields.get("direction", 0)
        year = nearest_year(first, last, frame, direction=direction, weekday=weekday)
        anchored = year is not None
        if year is not None:
            last = last.in_year(year + (_rank(last) < _rank(first)))
            first = first.in_year(year)
    return _interval(first.edtf, last.edtf, anchored, options)


def _interval(first: str, last: str, anchored: bool, options: Options) -> Reading | None:
    """A stay from the first to the last, or with `between` some day of the interval."""
    if not (is_edtf(first) and is_edtf(last)) or _runs_backwards(first, last):
        return None
    if options.get("between") and "XXXX" not in first:
        return Reading(f"{first}/{last}", "", "range", anchored)
    return Reading(first, last, "range", anchored)


def _numeric(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """Numbers only; when both orders of day and month make sense and the language has no order
    of its own, the interval from one to the other.
    """
    year = full_year(fields["year"], frame)
    day, month = fields["day"], fields["month"]
    found = [Moment(year, month, day).edtf]
    if options.get("either_order"):
        found.append(Moment(year, day, month).edtf)
    days = sorted({one for one in found if is_edtf(one)})
    return Reading("/".join(days)) if days else None


def _year_only(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    year = fields["year"]
    return Reading(f"{year:04d}")


def _year_range(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    first, last = fields["year"], fields["year2"]
    if last < 100:
        last += first // 100 * 100
    if last <= first:
        return None
    return Reading(f"{first:04d}", f"{last:04d}", "range")


def _season(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """A season; a general one ("en été") belongs to no year."""
    moment = Moment(_year(fields, frame), fields["season"])
    if moment.year is not None or options.get("general"):
        return Reading(moment.edtf)
    # "This summer" is the nearest one, whatever the tense.
    around = Frame(frame.document) if options.get("this") else frame
    year = nearest_year(moment, moment, around, direction=fields.get("direction", 0))
    return Reading(moment.in_year(year).edtf, anchored=year is not None)


def _quarter(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    month = (fields["ordinal"] - 1) * _QUARTER + 1
    year = _year(fields, frame)
    anchored = year is None
    if year is None:
        first, last = month_span(2001, month, _QUARTER)
        year = nearest_year(first, last, frame, direction=fields.get("direction", 0))
    if year is None:
        return Reading(f"XXXX-{32 + fields['ordinal']}")
    first, last = month_span(year, month, _QUARTER)
    return Reading(f"{first.edtf}/{last.edtf}", anchored=anchored)


def _decade(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    decade = fields["decade"]
    year = decade if decade >= 1000 else 1900 + decade
    return Reading(f"{year // 10}X")


def _day(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """A day counted from the document's: yesterday, tonight, this Sunday."""
    today = frame.today
    if today is None:
        return Reading("", kind="relative", anchored=True)
    day = shifted(today, fields.get("today", options.get("shift", 0)))
    if "today" not in fields and "weekday" in fields:
        # "ce dimanche": the nearest one, today included, ahead rather than back.
        day = nearest_weekday(today, fields["weekday"], frame.tense or "future", 0)
    return _relative_day(day)


def _that_day(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """A day counted from the date named before."""
    anchor = frame.anchor_day
    return _relative_day(shifted(anchor, fields["that_day"]) if anchor else None)


def _that_weekday(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    anchor = frame.anchor_day
    if anchor is None:
        return _relative_day(None)
    return _relative_day(nearest_weekday(anchor, fields["weekday"], "", fields["following"]))


def _bare_day(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """A day without its month: that of the date named before or of the document, as fits."""
    weekday, anchor = fields.get("weekday", 0), frame.anchor_day
    inside = _day_within(fields["day"], frame)
    if inside is not None:
        return _relative_day(inside)
    middle = anchor or frame.today
    if middle is None:
        return Reading("", kind="relative", anchored=True)
    tense = "" if anchor and not weekday else frame.tense
    around = anchor if anchor and not weekday else None
    day = day_of_month_near(fields["day"], weekday, frame.today or middle, tense, around)
    return _relative_day(day) if day else None


def _day_within(day: int, frame: Frame) -> date | None:
    """The day of that number within what the document tells of, where that is some weeks."""
    first, last = frame.document
    if first is None or last is None or not 0 < (last - first).days <= _SOME_WEEKS:
        return None
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return next((one for one in days if one.day == day), None)


def _bare_range(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """From a day to another, both without their month."""
    first = _bare_day({"day": fields["day"]}, frame, options)
    last = _bare_day({"day": fields["day2"]}, frame, options)
    if first is None or last is None or not first.start or last.start < first.start:
        return None
    return Reading(first.start, last.start, "range", anchored=True)


def _weekday(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    today = frame.today
    if today is None:
        return Reading("", kind="relative", anchored=True)
    direction = fields.get("direction", 0)
    tense = "" if direction else frame.tense
    return _relative_day(nearest_weekday(today, fields["weekday"], tense, direction))


def _weekday_range(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """From one weekday to another, in the past ending before the document, else beginning after."""
    today = frame.today
    if today is None:
        return Reading("", kind="range", anchored=True)
    length = (fields["weekday2"] - fields["weekday"]) % 7
    direction = fields.get("direction", 0)
    if frame.tense == "future" or direction > 0:
        first = nearest_weekday(today, fields["weekday"], "future", direction)
    else:
        last = nearest_weekday(today, fields["weekday2"], "past", direction)
        first = shifted(last, -length) or last
    last = shifted(first, length) or first
    return Reading(first.isoformat(), last.isoformat(), "range", anchored=True)


def _period(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """This, last or next week, month, year …, counted from the document's date."""
    shift = fields.get("direction", options.get("shift", 0))
    over = options.get("tense") or (fields.get("period") == "weekend" and not shift)
    if over and frame.tense == "past" and _is_working_day(frame):
        shift -= 1  # "over the weekend", "visited Rome this weekend", told on a working day
    return Reading(_period_from(frame.document.earliest, frame.document.latest, fields, shift),
                   kind="relative", anchored=True)  # fmt: skip


def _is_working_day(frame: Frame) -> bool:
    return frame.today is None or frame.today.weekday() < 5


def _that_period(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """The same counted from the date named before."""
    first, last = bounds(frame.anchor)
    shift = fields.get("following", options.get("shift", 0))
    return Reading(_period_from(first, last, fields, shift), kind="relative", anchored=True)


def _period_from(first: date | None, last: date | None, fields: Fields, shift: int) -> str:
    """The EDTF of a period so many periods away; empty unless both ends agree on it."""
    if first is None or last is None:
        return ""
    periods = {_period_around(day, fields["period"], shift) for day in (first, last)}
    return periods.pop() if len(periods) == 1 else ""


def _period_around(day: date, period: str, shift: int) -> str:
    month = Moment(day.year, day.month)
    match period:
        case "year":
            return f"{day.year + shift:04d}"
        case "month":
            return add_months(day.year, day.month, shift).edtf
        case "quarter":
            start = add_months(
                day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, shift * _QUARTER
            )
            return "/".join(
                one.edtf for one in month_span(start.year or 1, start.month or 1, _QUARTER)
            )
        case "decade":
            return f"{day.year // 10 + shift}X"
        case "week" | "weekend":
            first, last = (6, 7) if period == "weekend" else (1, 7)
            moved = shifted(day, 7 * shift)
            return (
                "/".join(one.isoformat() for one in week_of(moved, first=first, last=last))
                if moved
                else ""
            )
    return month.edtf


def _offset(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """So many days, weeks, months, years before or after; other than days it is approximate."""
    if options.get("tense") and frame.tense != options["tense"]:
        return _duration(fields, frame, options)
    origin = frame.anchor_day if options.get("from") == "anchor" else frame.today
    unit = fields.get("unit") or fields.get("long_unit")
    count = fields["count"] * options.get("direction", fields.get("direction", 1))
    if unit == "hour":
        return None
    if origin is None:
        start = _years_from(frame, count) if unit == "year" and "from" not in options else ""
        return Reading(start, kind="relative", anchored=True)
    return Reading(_counted(origin, count, str(unit)), kind="relative", anchored=True)


def _counted(origin: date, count: int, unit: str) -> str:
    if unit in ("day", "week"):
        day = shifted(origin, count * (7 if unit == "week" else 1))
        return "" if day is None else day.isoformat() + ("~" if unit == "week" else "")
    if unit == "month":
        return add_months(origin.year, origin.month, count).edtf + "~"
    years = {"year": 1, "decade": 10, "century": 100}[unit] * count
    return f"{origin.year + years:04d}~" if 0 < origin.year + years < 10000 else ""


def _years_from(frame: Frame, count: int) -> str:
    """The year so many years away, when the document's date is known to the year."""
    first, last = frame.document
    same = first is not None and last is not None and first.year == last.year
    return f"{first.year + count:04d}~" if first and same else ""


def _duration(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """How long; months and years are no number of days."""
    unit = fields.get("unit") or fields.get("long_unit")
    if "days" in fields:
        return Reading("", kind="duration", duration_days=fields["days"])
    count = fields["count"]
    days = _DAYS_IN.get(str(unit))
    if unit == "hour" and count < _SHORTEST_STAY:
        return Reading("", kind="duration")  # "an hour's flight" is no stay
    # Forty-eight hours are two days, and a visit of some hours takes one.
    whole = max(round(count * days), 1) if days and count > 0 else None
    return Reading("", kind="duration", duration_days=whole)


def _frequency(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    return Reading("", kind="frequency")


def _instant(fields: Fields, frame: Frame, options: Options) -> Reading | None:
    """The old "14th inst.": a day of the document's month, of the one before (ult.) or after."""
    first, last = frame.document
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return Reading("", kind="relative", anchored=True)
    month = add_months(first.year, first.month, fields["instant"])
    moment = month._replace(day=fields["day"])
    return Reading(moment.edtf, kind="relative", anchored=True) if is_edtf(moment.edtf) else None


def _relative_day(day: date | None) -> Reading:
    return Reading(day.isoformat() if day else "", kind="relative", anchored=True)


def _year(fields: Fields, frame: Frame, which: str = "") -> int | None:
    """The year told with a date, in two digits or four, or with the next date of its list."""
    for name in (f"year{which}", "next_year"):
        if name in fields:
            return full_year(fields[name], frame)
    if "year_shift" in fields and frame.document.earliest is not None:
        return frame.document.earliest.year + fields["year_shift"]  # "in May last year"
    return None


def _rank(moment: Moment) -> tuple[int, int]:
    return moment.month or 0, moment.day or 0


def _runs_backwards(first: str, last: str) -> bool:
    earliest, latest = bounds(first).earliest, bounds(last).latest
    return earliest is not None and latest is not None and earliest > latest


READERS: dict[str, Callable[[Fields, Frame, Options], Reading | None]] = {
    "date": _date,
    "range": _range,
    "numeric": _numeric,
    "year": _year_only,
    "year_range": _year_range,
    "season": _season,
    "quarter": _quarter,
    "decade": _decade,
    "day": _day,
    "that_day": _that_day,
    "weekday": _weekday,
    "that_weekday": _that_weekday,
    "weekday_range": _weekday_range,
    "bare_day": _bare_day,
    "bare_range": _bare_range,
    "instant": _instant,
    "period": _period,
    "that_period": _that_period,
    "offset": _offset,
    "duration": _duration,
    "frequency": _frequency,
}
