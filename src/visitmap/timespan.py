"""EDTF text to a `Timespan` with four bounds.

The text stays the truth (Extended Date/Time Format, ISO 8601-2:2019); Python's `date` appears only
where a bound is computed. The subset read here, each form with the days it may mean:

    2018-03-28            one day                 2018-03, 2018       a month, a year
    2018-21 … 2018-24     spring … winter         2018-33 … 2018-36   quarters
    201X, 20XX            a decade, a century     2018-03-XX          some day of that month
    XXXX-02, XXXX-02-04   a February, a 4 February of a year nobody tells: no bounds
    2018-03-28/..         from that day on        ../2018-03-28       up to that day
    a/b, [a..b]           from a to b / one day between a and b
    ~ ? %                 approximate, uncertain, both; `~` and `%` widen the bounds

Winter 2016-24 runs from December 2016 to February 2017. To read one more form, add it to `_atom`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_ATOM = re.compile(
    r"(?P<y>[0-9]{4}|[0-9]{1,3}X{1,3}|XXXX)(?:-(?P<m>\d\d|XX))?(?:-(?P<d>\d\d|XX))?$"
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
# How far "about" reaches, in days either side: a reading of ours, EDTF leaves it open.
_APPROXIMATE_DAYS = {"day": 3, "month": 15, "year": 183}


class Bounds(NamedTuple):
    """The first and last day an EDTF text may mean, both inclusive; None is unbounded."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Timespan:
    """When a visit was: an EDTF `start` (arrival) and `end` (departure), inclusive.

    An interval in `start` means the arrival was some day within it. An empty `end` means the text
    does not say: the departure then lies where the arrival and `duration_days` allow, otherwise in
    the same period as the arrival. `Timespan("")` is undated.

    Raises ValueError for text that is not EDTF, a reversed interval, or a duration below one day.

    >>> span = Timespan("2017-10")
    >>> span.start_earliest, span.start_latest
    (datetime.date(2017, 10, 1), datetime.date(2017, 10, 31))
    >>> span.possibly_on(date(2017, 10, 9)), span.certainly_on(date(2017, 10, 9))
    (True, False)
    """

    start: str = ""
    end: str = ""
    duration_days: int | None = None

    def __post_init__(self) -> None:
        if self.duration_days is not None and self.duration_days < 1:
            raise ValueError(f"a stay lasts at least one day, not {self.duration_days}")
        first, last = bounds(self.start), bounds(self.end)
        if first.earliest and last.latest and last.latest < first.earliest:
            raise ValueError(f"the end {self.end} lies before the start {self.start}")

    @classmethod
    def parse(cls, text: str) -> Timespan:
        """Read one EDTF text; `a/b` is a stay from a to b, `[a..b]` one day in between."""
        text = text.strip()
        if "/" not in text:
            return cls(text)
        start, end = text.split("/")
        if start in ("", "..") or end in ("", ".."):
            return cls(text)
        return cls(start, end)

    @property
    def edtf(self) -> str:
        """The whole as one EDTF text; empty when undated."""
        if self.end:
            return f"{_as_side(self.start)}/{_as_side(self.end)}"
        sides = self.start.split("/")
        if len(sides) == 2 and not {"", ".."} & set(sides):
            return "[{}..{}]".format(*sides)
        return self.start

    @property
    def start_earliest(self) -> date | None:
        """First day on which the visit may have begun."""
        return bounds(self.start).earliest

    @property
    def start_latest(self) -> date | None:
        """Last day on which the visit may have begun; never after a known end."""
        latest, end = bounds(self.start).latest, bounds(self.end).latest
        return min(filter(None, (latest, end)), default=None)

    @property
    def end_earliest(self) -> date | None:
        """First day on which the visit may have ended; never before a known start."""
        if not self.end:
            return self._after_stay(self.start_earliest)
        # An end that is told wins over a duration that does not fit it.
        return max(filter(None, (bounds(self.end).earliest, self.start_earliest)), default=None)

    @property
    def end_latest(self) -> date | None:
        """Last day on which the visit may have ended."""
        if self.end:
            return bounds(self.end).latest
        return self._after_stay(self.start_latest)

    @property
    def is_dated(self) -> bool:
        """Whether at least one bound is known, so that a time slider can place it."""
        return any((self.start_earliest, self.start_latest, self.end_latest))

    def possibly_on(self, day: date) -> bool:
        """Whether the traveller may have been there on `day`; False for an undated visit."""
        if not self.is_dated:
            return False
        after = self.start_earliest is None or self.start_earliest <= day
        return after and (self.end_latest is None or day <= self.end_latest)

    def certainly_on(self, day: date) -> bool:
        """Whether the traveller was there on `day`, whatever the open details turn out to be."""
        if self.start_latest is None or self.end_earliest is None:
            return False
        return self.start_latest <= day <= self.end_earliest

    def overlaps(self, other: Timespan) -> bool:
        """Whether both may hold on a common day; an undated one never overlaps."""
        if not (self.is_dated and other.is_dated):
            return False
        return _not_after(self.start_earliest, other.end_latest) and _not_after(
            other.start_earliest, self.end_latest
        )

    def display(self, language: str = "en") -> str:
        """The dates as a person writes them in French (`fr`) or English (any other language).

        >>> Timespan("2018-03-28").display(), Timespan("2017-10").display()
        ('28 March 2018', 'some time in October 2017')
        >>> Timespan("2018-03-28/..").display("fr")
        'à partir du 28 mars 2018'
        """
        language = language if language in _PHRASES else "en"
        said = _in_words(self.start, self.end, language)
        if self.duration_days is None:
            return said
        days = _PHRASES[language]["days"][self.duration_days > 1].format(self.duration_days)
        return f"{said}, {days}"

    def _after_stay(self, day: date | None) -> date | None:
        if day is None or self.duration_days is None:
            return day
        return _shift(day, self.duration_days - 1)


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> Bounds:
    """First and last day an EDTF text may mean, both inclusive.

    Raises ValueError when the text is not in the subset this module reads.
    """
    text = edtf.strip()
    if not text:
        return Bounds(None, None)
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        return _one_day(text)
    first, last = _sides(text)
    if first == last == "..":
        raise ValueError(f"not an EDTF date: {edtf!r}")
    result = Bounds(_side(first).earliest, _side(last).latest)
    if result.earliest and result.latest and result.earliest > result.latest:
        raise ValueError(f"the interval runs backwards: {edtf!r}")
    return result


def is_edtf(text: str) -> bool:
    """Whether `text` is a date this module reads; the empty text is not."""
    try:
        bounds(text)
    except ValueError:
        return False
    return bool(text.strip())


def _one_day(text: str) -> Bounds:
    """What most texts are, and quickly; `2018-03-XX` and what is wrong go the long way."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _side(text)
    return Bounds(day, day)


def _as_side(text: str) -> str:
    """A start or end as one side of an interval: its own interval shrinks to what it bounds."""
    if not text:
        return ".."
    first, last = _sides(text)
    return first if first not in ("", "..") else last


def _sides(text: str) -> tuple[str, str]:
    """The two sides of an interval, `..` for an open one; a single date is both."""
    if text.startswith("[") and text.endswith("]") and ".." in text:
        text = "/".join(text[1:-1].split("..", 1))
    sides = [side or ".." for side in text.split("/")]
    if len(sides) > 2:
        raise ValueError(f"not an EDTF date: {text!r}")
    return sides[0], sides[-1]


def _side(text: str) -> Bounds:
    if text == "..":
        return Bounds(None, None)
    qualifier = text[-1] if text[-1] in "~?%" else ""
    found, level = _atom(text.removesuffix(qualifier) if qualifier else text)
    if qualifier not in ("~", "%") or found.earliest is None or found.latest is None:
        return found
    days = _APPROXIMATE_DAYS[level]
    return Bounds(_shift(found.earliest, -days), _shift(found.latest, days))


def _atom(text: str) -> tuple[Bounds, str]:
    match = _ATOM.match(text)
    if match is None or len(match["y"]) != 4:
        raise ValueError(f"not an EDTF date: {text!r}")
    month = int(match["m"]) if match["m"] and match["m"] != "XX" else None
    day = int(match["d"]) if match["d"] and match["d"] != "XX" else None
    if day is not None and month is None:
        raise ValueError(f"a day needs its month: {text!r}")
    level = "day" if day else "month" if month else "year"
    if match["y"] == "XXXX":
        _days_of(2000, month, day, text)
        return Bounds(None, None), level
    first = _days_of(max(int(match["y"].replace("X", "0")), 1), month, day, text)
    last = _days_of(int(match["y"].replace("X", "9")), month, day, text)
    return Bounds(first.earliest, last.latest), level


def _days_of(year: int, month: int | None, day: int | None, text: str) -> Bounds:
    if year < 1:
        raise ValueError(f"years run from 0001 to 9999: {text!r}")
    if month is None:
        return Bounds(date(year, 1, 1), date(year, 12, 31))
    if day is not None:
        try:
            return Bounds(date(year, month, day), date(year, month, day))
        except ValueError:
            raise ValueError(f"no such day: {text!r}") from None
    if 1 <= month <= 12:
        return _months(year, month, month)
    if month in _SEASONS or month in _QUARTERS:
        return _months(year, *(_SEASONS.get(month) or _QUARTERS[month]))
    raise ValueError(f"no such month or season: {text!r}")


def _months(year: int, first: int, last: int) -> Bounds:
    last_year, last_month = year + (last > 12), (last - 1) % 12 + 1
    if last_year > date.max.year:
        return Bounds(date(year, first, 1), date.max)
    final = calendar.monthrange(last_year, last_month)[1]
    return Bounds(date(year, first, 1), date(last_year, last_month, final))


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
# Templates in pairs: before what takes an article in French (a day), and before the rest.
_PHRASES = {
    "en": {
        "stay": ("{}", "{}"), "stay_end": (" to {}", " to {}"),
        "between": ("between {}", "between {}"), "between_end": (" and {}", " and {}"),
        "from": ("from {} on", "from {} on"), "to": ("by {}", "by {}"),
        "about": ("about {}", "about {}"), "only": ("{}", "some time in {}"),
        "some": ("a {}", "a {}"), "uncertain": (" (uncertain)", " (uncertain)"),
        "days": ("{} day", "{} days"), "undated": ("undated", "undated"),
    },
    "fr": {
        "stay": ("du {}", "de {}"), "stay_end": (" au {}", " à {}"),
        "between": ("entre le {}", "entre {}"), "between_end": (" et le {}", " et {}"),
        "from": ("à partir du {}", "à partir de {}"), "to": ("jusqu’au {}", "jusqu’à {}"),
        "about": ("vers le {}", "vers {}"), "only": ("{}", "courant {}"),
        "some": ("un {}", "un mois de {}"), "uncertain": (" (incertain)", " (incertain)"),
        "days": ("{} jour", "{} jours"), "undated": ("sans date", "sans date"),
    },
}  # fmt: skip
_PARTS_OF_YEAR = {
    "en": {21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "the first quarter of",
           34: "the second quarter of", 35: "the third quarter of", 36: "the fourth quarter of"},
    "fr": {21: "printemps", 22: "été", 23: "automne", 24: "hiver", 33: "premier trimestre",
           34: "deuxième trimestre", 35: "troisième trimestre", 36: "quatrième trimestre"},
}  # fmt: skip


def _in_words(start: str, end: str, language: str) -> str:
    """A start, and an end unless the text tells none, as one phrase."""
    if start in ("", "XXXX") and not end:
        return _PHRASES[language]["undated"][0]
    first, last = (_as_side(start), _as_side(end)) if end else _sides(start)
    if ".." in (first, last):
        kind, side = ("to", last) if first == ".." else ("from", first)
        return _phrase(kind, side, language)
    if first == last:
        return _phrase("only", first, language)
    kind = "stay" if end else "between"
    shared = _shared_tail(first, last)
    return _phrase(kind, first, language, without=shared) + _phrase(f"{kind}_end", last, language)


def _shared_tail(first: str, last: str) -> str:
    """What two days have in common and is said once: `month`, `year` or nothing."""
    if not (_is_day(first) and _is_day(last)) or first[:4] != last[:4]:
        return ""
    return "month" if first[:7] == last[:7] else "year"


def _is_day(side: str) -> bool:
    return _level(side.rstrip("~?%")) == "day"


def _level(atom: str) -> str:
    """How exact a date is: `day`, `month`, `part` (a season, a quarter), `year` or `span`."""
    year, month, day = [*atom.split("-"), "XX", "XX"][:3]
    if day != "XX":
        return "day"
    if month != "XX":
        return "part" if int(month) > 12 else "month"
    return "span" if "X" in year else "year"


def _phrase(kind: str, side: str, language: str, *, without: str = "") -> str:
    """One date with the words of its kind (`from`, `between` …) around it."""
    atom = side.rstrip("~?%")
    level = _level(atom)
    if kind == "only" and side[-1] in "~%":
        kind = "about"
    elif kind == "only" and atom.startswith("XXXX"):
        kind = "some"
    bare = level != "day" and not (kind == "only" and level in ("part", "span"))
    said = _PHRASES[language][kind][bare].format(_atom_in_words(atom, level, language, without))
    doubt = _PHRASES[language]["uncertain"][0] if side[-1] in "?%" else ""
    if language == "fr":
        return re.sub(r"\bde (?=[aoé])", "d’", said) + doubt
    return re.sub(r"^a (?=[AO]|(?:8|11|18) )", "an ", said) + doubt


def _atom_in_words(atom: str, level: str, language: str, without: str) -> str:
    year, month, day = [*atom.split("-"), "", ""][:3]
    told_year = "" if year == "XXXX" or without else f" {year}"
    if level == "part":
        return _PARTS_OF_YEAR[language][int(month)] + told_year
    if level == "year":
        return year
    if level == "span":
        return _span_in_words(year, language)
    name = _MONTHS[language].split()[int(month) - 1] if month != "XX" else ""
    if level == "month":
        return f"{name}{told_year}"
    number = "1er" if language == "fr" and day == "01" else str(int(day))
    return number if without == "month" else f"{number} {name}{told_year}"


def _span_in_words(year: str, language: str) -> str:
    """A decade or a century by its years: "the 1980s", "the years 1900 to 1999"."""
    first, last = year.replace("X", "0"), year.replace("X", "9")
    if year.count("X") == 1:
        return f"les années {first}" if language == "fr" else f"the {first}s"
    return f"les années {first} à {last}" if language == "fr" else f"the years {first} to {last}"


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _not_after(first: date | None, second: date | None) -> bool:
    return first is None or second is None or first <= second
