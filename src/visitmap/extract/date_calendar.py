"""Calendar arithmetic for dates as texts name them: parts of a date, the document's day, EDTF."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from visitmap.timespan import Bounds, bounds

Tense = Literal["past", "future", ""]
# Two-digit years up to this many years after the document's are of its own century.
_YEARS_AHEAD = 10


class Moment(NamedTuple):
    """A day, month or year as far as the text tells it; `month` may be an EDTF season."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str:
        """The EDTF text; a missing year is `XXXX`."""
        parts = ["XXXX" if self.year is None else f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def in_year(self, year: int | None) -> Moment:
        """The same month and day of another year."""
        return self._replace(year=year)

    @property
    def bounds(self) -> Bounds:
        """First and last day; raises ValueError for a day that does not exist."""
        return bounds(self.edtf)


@dataclass(frozen=True)
class Frame:
    """What a date without year or day is read against.

    `document` bounds the document's date; `anchor` is the EDTF of the last date named before,
    `told` that of the last one named with its year.
    """

    document: Bounds
    anchor: str = ""
    told: str = ""
    find_tense: Callable[[], Tense] = lambda: ""

    @cached_property
    def tense(self) -> Tense:
        """The clause's tense: a past one looks back, a future one ahead; found when first asked."""
        return self.find_tense()

    @property
    def today(self) -> date | None:
        """The document's date when it is known to the day."""
        first, last = self.document
        return first if first is not None and first == last else None

    @property
    def anchor_day(self) -> date | None:
        """The date named before, when it is known to the day."""
        first, last = bounds(self.anchor)
        return first if first is not None and first == last else None


def day_moment(day: date) -> Moment:
    """A calendar day as a Moment."""
    return Moment(day.year, day.month, day.day)


def shifted(day: date, days: int) -> date | None:
    """The day so many days later, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def full_year(number: int, frame: Frame) -> int:
    """The year a two-digit number means: the century that does not lie far after the document."""
    if number >= 100:
        return number
    latest = (frame.document.latest or date.today()).year + _YEARS_AHEAD
    century = latest // 100 * 100
    return century + number if century + number <= latest else century - 100 + number


def nearest_year(
    first: Moment, last: Moment, frame: Frame, *, direction: int = 0, weekday: int = 0
) -> int | None:
    """The year of `first` that fits the document's date, or None when nothing decides.

    `direction` -1 asks for the latest one wholly before the document, +1 for the next one after it;
    0 follows the tense: the latest begun (past), the first not over (future), the nearest. A
    `weekday` (1 Monday … 7 Sunday) of `first` wins over the tense. When the document's date is a
    month or a year, both its ends must agree.
    """
    earliest, latest = frame.document
    if earliest is None or latest is None:
        return None
    if not direction and first.month and frame.told[4:7] == f"-{first.month:02d}":
        # "FEBRUARY 1999 … Feb 8": the month was named with its year before.
        return int(frame.told[:4])
    tense = "" if direction else frame.tense
    found = {
        _year_seen_from(day, first, last, tense, direction, weekday) for day in (earliest, latest)
    }
    return found.pop() if len(found) == 1 else None


def month_span(year: int, month: int, count: int = 1) -> tuple[Moment, Moment]:
    """The first and last month of `count` months from one on."""
    total = year * 12 + month - 1 + count - 1
    return Moment(year, month), Moment(total // 12, total % 12 + 1)


def add_months(year: int, month: int, count: int) -> Moment:
    """The month so many months later."""
    total = year * 12 + month - 1 + count
    return Moment(total // 12, total % 12 + 1)


def week_of(day: date, *, first: int = 1, last: int = 7) -> tuple[date, date]:
    """Monday and Sunday of a day's week, or the weekdays asked for."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=first - 1), monday + timedelta(days=last - 1)


def nearest_weekday(today: date, weekday: int, tense: Tense, direction: int) -> date:
    """The latest such weekday for the past, the next for the future; today counts for both.

    With a `direction` ("last", "next") today does not count.
    """
    ahead = (weekday - today.isoweekday()) % 7
    back = ahead - 7 if ahead else 0
    if direction:
        days = (ahead or 7) if direction > 0 else (back or -7)
    else:
        days = ahead if tense == "future" else back
    # Beyond the last day of the calendar there is no next one.
    return shifted(today, days) or today


def day_of_month_near(
    day: int, weekday: int, today: date, tense: Tense, around: date | None
) -> date | None:
    """The day of that number, and weekday if not 0, that is nearest as the tense tells."""
    middle = around or today
    months = [add_months(middle.year, middle.month, shift) for shift in range(-6, 7)]
    days = [
        date(month.year or 1, month.month or 1, day) for month in months if _has_day(month, day)
    ]
    if weekday:
        days = [one for one in days if one.isoweekday() == weekday]
    if around is None and tense == "past":
        days = [one for one in days if one <= today] or days
    if around is None and tense == "future":
        days = [one for one in days if one >= today] or days
    # Without a tense a report tells of this month's days rather than of the next's.
    ahead = 1.0 if around is not None or tense else _AHEAD
    return min(
        days, key=lambda one: max((middle - one).days, (one - middle).days * ahead), default=None
    )


# How much farther a day ahead is taken to be than one behind, where no tense tells.
_AHEAD = 1.25


def _has_day(month: Moment, day: int) -> bool:
    year = month.year or 1
    within = MINYEAR <= year <= MAXYEAR
    return within and day <= calendar.monthrange(year, month.month or 1)[1]


def _year_seen_from(
    today: date, first: Moment, last: Moment, tense: Tense, direction: int, weekday: int
) -> int | None:
    spans = list(_spans(today.year, first, last, 8 if weekday or first.day == 29 else 2))
    if weekday:
        right = [one for one in spans if one[1].isoweekday() == weekday]
        near = [one for one in right if abs(one[0] - today.year) <= 2]
        spans, tense = (near, "" if len(near) == 1 else tense) if near else (spans, tense)
    if direction < 0:
        return max((year for year, _, end in spans if end < today), default=None)
    if direction > 0:
        return min((year for year, start, _ in spans if start > today), default=None)
    if tense == "past":
        return max((year for year, start, _ in spans if start <= today), default=None)
    if tense == "future":
        return min((year for year, _, end in spans if end >= today), default=None)
    return min(spans, key=lambda one: _distance(today, one[1], one[2]), default=(None,))[0]


def _spans(year: int, first: Moment, last: Moment, reach: int) -> Iterator[tuple[int, date, date]]:
    """The span in each year around, with its first and last day; years without the day left out."""
    for one in range(max(year - reach, 1), min(year + reach, 9998) + 1):
        wraps = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        try:
            start = first.in_year(one).bounds.earliest
            end = last.in_year(one + wraps).bounds.latest
        except ValueError:
            continue
        if start is not None and end is not None:
            yield one, start, end


def _distance(today: date, start: date, end: date) -> tuple[int, bool]:
    if start <= today <= end:
        return 0, False
    if end < today:
        return (today - end).days, False
    return (start - today).days, True
