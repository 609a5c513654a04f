"""What the visits tell together: encounters, impossible journeys, most visited, gaps, totals. Pure.

Days are whole days without time zones. *Certain* is what must be so whichever days an uncertain
date turns out to mean, and only of visits that happened or are going on; *possible* is what may be
so, planned visits included. Cancelled, denied and rejected visits count nowhere.

Each function sorts once and sweeps, so a hundred thousand visits take seconds, not hours; two
visits are compared only when they share a place or a traveller and overlap in time.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from visitmap.model import Issue, Place, Visit, distance_km, trips

# No passenger aircraft in service flies faster over the ground.
FASTEST_KM_H = 1000.0
# Someone who does something in two places on one day has at most this long to get from one to the
# other; farther than DAY_TRAVEL_KM (some six hours in the air) is doubted. Judgements of ours.
HOURS_BETWEEN = 12.0
DAY_TRAVEL_KM = 5000.0
_BEGINNING, _END = date.min.toordinal(), date.max.toordinal()

Window = tuple[date | None, date | None]
ALWAYS: Window = (None, None)


class Days(NamedTuple):
    """A number of days: those certain, and those possible (the certain among them)."""

    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two visits of different travellers to one place with a day in common.

    `start` and `end` are the first and last common day (inclusive, None is unbounded): certain ones
    when `certain`, else possible ones.
    """

    first: Visit
    second: Visit
    start: date | None
    end: date | None
    certain: bool

    @property
    def place(self) -> Place:
        """Where."""
        return self.first.destination


@dataclass(frozen=True, slots=True)
class Visited:
    """How often a place was visited, by how many different travellers."""

    place: Place
    visits: int
    travellers: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nothing is known of a traveller, between two visits; `days` is their number."""

    traveller: str
    after: Visit
    before: Visit
    days: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """Totals: `kilometres` are great-circle, along the legs drawn, once whoever travelled along."""

    visits: int
    travellers: int
    countries: int
    kilometres: float
    days_abroad: Days


@dataclass(frozen=True, slots=True)
class Year:
    """How many visits began in a year: certainly, and possibly (the certain among them)."""

    year: int
    certain: int
    possible: int


class Stay(NamedTuple):
    """A visit with its days as ordinals, inclusive; without certain days `sure_from > sure_to`."""

    visit: Visit
    may_from: int
    may_to: int
    sure_from: int
    sure_to: int

    @property
    def bounded(self) -> tuple[int, int]:
        """The possible days; of a stay without a known end or beginning the certain ones alone."""
        if self.may_from == _BEGINNING or self.may_to == _END:
            return self.sure_from, self.sure_to
        return self.may_from, self.may_to


def encounters(visits: Iterable[Visit], *, certain_only: bool = False) -> Iterator[Encounter]:
    """Who was in the same place at the same time, place by place, earliest first.

    Only towns and sites count as a place: to be in one country is not to meet. Lazy, because years
    known only roughly can overlap in very many pairs: take as many as you show.
    """
    by_place: dict[tuple[str, ...], list[Stay]] = {}
    for stay in dated_stays(visits):
        if stay.visit.destination.kind in ("city", "site") and not (certain_only and _vague(stay)):
            by_place.setdefault(_place_key(stay.visit.destination), []).append(stay)
    for stays in by_place.values():
        for first, second in _overlapping(stays, certain_only):
            here, there = _names(first.visit), _names(second.visit)
            if not (here <= there or there <= here):
                yield _encounter(first, second)


def impossible_journeys(visits: Iterable[Visit]) -> list[Issue]:
    """What cannot have been so, or hardly, as issues on the visits concerned.

    `journey-impossible`: one traveller certainly in two places on one day, farther apart than
    `DAY_TRAVEL_KM` (a doubt) or than `FASTEST_KM_H` allows in `HOURS_BETWEEN` (an error).
    `dates-contradict`: the arrival, departure and length of a stay do not agree.
    `trip-backwards`: a later stop of a trip ended before an earlier one began.
    """
    return list(Journeys()(list(visits)))


class Journeys:
    """`impossible_journeys` of visits that change little from one call to the next."""

    def __init__(self) -> None:
        self._visits: dict[str, Visit] = {}
        # Visits by what they share: ("visit", id), ("name", traveller), ("trip", id).
        self._groups: dict[tuple[str, str], dict[str, None]] = {}
        self._found: dict[tuple[str, str], list[Issue]] = {}

    def __call__(self, visits: Sequence[Visit]) -> tuple[Issue, ...]:
        """All issues of these visits, in their order."""
        listed = {visit.visit_id: visit for visit in visits if counts(visit)}
        known, self._visits = self._visits, listed
        touched: dict[tuple[str, str], None] = {}
        for visit_id in known.keys() - listed.keys():
            touched |= dict.fromkeys(self._left(known[visit_id]))
        for visit_id, visit in listed.items():
            before = known.get(visit_id)
            if visit is not before:
                touched |= dict.fromkeys(self._left(before) if before else ())
                touched |= dict.fromkeys(self._joined(visit))
        if touched:
            self._look_again(touched)
        return self._in_order()

    def _left(self, visit: Visit) -> list[tuple[str, str]]:
        keys = _journey_keys(visit)
        for key in keys:
            self._groups[key].pop(visit.visit_id, None)
        return keys

    def _joined(self, visit: Visit) -> list[tuple[str, str]]:
        keys = _journey_keys(visit)
        for key in keys:
            self._groups.setdefault(key, {})[visit.visit_id] = None
        return keys

    def _look_again(self, touched: Iterable[tuple[str, str]]) -> None:
        position = {visit_id: number for number, visit_id in enumerate(self._visits)}
        for key in touched:
            ids = sorted(self._groups.get(key, ()), key=position.__getitem__)
            found = list(_LOOK[key[0]]([self._visits[one] for one in ids])) if ids else []
            self._found.pop(key, None)
            self._found |= {key: found} if found else {}
            if not ids:
                self._groups.pop(key, None)

    def _in_order(self) -> tuple[Issue, ...]:
        # Two who travel together are in the same wrong place: said once.
        found = dict.fromkeys(issue for issues in self._found.values() for issue in issues)
        if not found:
            return ()
        position = {visit_id: number for number, visit_id in enumerate(self._visits)}
        return tuple(sorted(found, key=lambda one: (position[one.visit_id], one.code)))


def _journey_keys(visit: Visit) -> list[tuple[str, str]]:
    keys = [("visit", visit.visit_id), *(("name", name) for name in sorted(_names(visit)))]
    return [*keys, ("trip", visit.trip_id)] if visit.trip_id else keys


def most_visited(visits: Iterable[Visit], *, countries: bool = False) -> list[Visited]:
    """Places (or countries) by number of visits, most first; ties by name.

    A country stands as a `Place` of kind `country` with its code as name.
    """
    times: Counter[tuple[str, ...]] = Counter()
    places: dict[tuple[str, ...], Place] = {}
    travellers: dict[tuple[str, ...], set[str]] = {}
    for visit in filter(counts, visits):
        place = visit.destination
        if countries:
            if not place.country:
                continue
            place = Place(place.country, country=place.country, kind="country")
        key = _place_key(place)
        times[key] += 1
        places.setdefault(key, place)
        travellers.setdefault(key, set()).update(_names(visit))
    found = [Visited(places[key], times[key], len(travellers[key])) for key in times]
    return sorted(found, key=lambda one: (-one.visits, one.place.name))


def gaps(visits: Iterable[Visit], *, at_least_days: int = 30) -> list[Gap]:
    """Stretches between two visits of a traveller of whom nothing is known, longest first.

    A day is in a gap when no visit of that traveller may have fallen on it.
    """
    found = []
    for name, stays in _by_traveller(dated_stays(visits)).items():
        latest = stays[0]
        for stay in stays[1:]:
            days = stay.may_from - latest.may_to - 1
            if days >= at_least_days:
                found.append(Gap(_written(stay, {name}), latest.visit, stay.visit, days))
            latest = max(latest, stay, key=lambda one: one.may_to)
    return sorted(found, key=lambda one: (-one.days, one.traveller))


def metrics(visits: Iterable[Visit], *, window: Window = ALWAYS) -> Metrics:
    """Totals of these visits; days abroad are counted within `window` (inclusive), if given."""
    listed = [visit for visit in visits if counts(visit)]
    legs = (leg for trip in trips(listed) for leg in trip.legs)
    return Metrics(
        visits=len(listed),
        travellers=len({name for visit in listed for name in _names(visit)}),
        countries=len({visit.destination.country for visit in listed} - {""}),
        kilometres=sum(distance_km(leg.origin, leg.destination) or 0.0 for leg in legs),
        days_abroad=days_abroad(listed, window=window),
    )


def days_abroad(visits: Iterable[Visit], *, window: Window = ALWAYS) -> Days:
    """Days outside the traveller's own country, each once a person, summed over all persons.

    A traveller of unknown country counts as abroad. An open end adds no possible days beyond
    `window`; without one, such a visit counts with its certain days alone.
    """
    first, last = _ordinal(window[0], _BEGINNING), _ordinal(window[1], _END)
    sure: dict[str, list[tuple[int, int]]] = {}
    may: dict[str, list[tuple[int, int]]] = {}
    for stay in dated_stays(visits):
        certain = (max(stay.sure_from, first), min(stay.sure_to, last))
        possible = (max(stay.may_from, first), min(stay.may_to, last))
        if possible[0] == _BEGINNING or possible[1] == _END:
            possible = certain
        for traveller in stay.visit.travellers:
            if traveller.country and traveller.country == stay.visit.destination.country:
                continue
            sure.setdefault(person_key(traveller.name), []).append(certain)
            may.setdefault(person_key(traveller.name), []).append(possible)
    return Days(sum(map(_covered, sure.values())), sum(map(_covered, may.values())))


def visits_per_year(visits: Iterable[Visit]) -> list[Year]:
    """Visits by the year of arrival, without holes from the first year to the last.

    A visit whose arrival may lie in several years is possible in each; without a known first and
    last year it is in none.
    """
    certain: Counter[int] = Counter()
    change: Counter[int] = Counter()
    for visit in filter(counts, visits):
        earliest, latest = visit.timespan.start_earliest, visit.timespan.start_latest
        if earliest is None or latest is None:
            continue
        change[earliest.year] += 1
        change[latest.year + 1] -= 1
        certain[earliest.year] += earliest.year == latest.year and _is_real(visit)
    found, possible = [], 0
    for year in range(min(change, default=0), max(change, default=0)):
        possible += change[year]
        found.append(Year(year, certain[year], possible))
    return found


def counts(visit: Visit) -> bool:
    """Whether a visit counts anywhere: nobody cancelled, denied or rejected it."""
    return visit.status not in ("cancelled", "denied") and visit.review != "rejected"


def _is_real(visit: Visit) -> bool:
    return visit.status in ("happened", "ongoing")


def dated_stays(visits: Iterable[Visit]) -> Iterator[Stay]:
    """The dated visits that count, with their days."""
    for visit in visits:
        span = visit.timespan
        if not counts(visit) or not span.is_dated:
            continue
        may_from, may_to = (
            _ordinal(span.start_earliest, _BEGINNING),
            _ordinal(span.end_latest, _END),
        )
        sure_from, sure_to = _END, _BEGINNING
        if _is_real(visit) and span.start_latest and span.end_earliest:
            # Where the dates contradict each other, what is possible limits what is certain.
            sure_from = max(may_from, span.start_latest.toordinal())
            sure_to = min(may_to, span.end_earliest.toordinal())
        yield Stay(visit, may_from, may_to, sure_from, sure_to)


def _ordinal(day: date | None, unbounded: int) -> int:
    return unbounded if day is None else day.toordinal()


def _day(ordinal: int) -> date | None:
    return None if ordinal in (_BEGINNING, _END) else date.fromordinal(ordinal)


def _vague(stay: Stay) -> bool:
    return stay.sure_from > stay.sure_to


def _place_key(place: Place) -> tuple[str, ...]:
    return (place.id,) if place.id else (person_key(place.name), place.country, place.kind)


def person_key(name: str) -> str:
    """What one person's name has in common however it is written out."""
    return " ".join(name.casefold().split())


def _names(visit: Visit) -> frozenset[str]:
    return frozenset(person_key(one.name) for one in visit.travellers)


def _written(stay: Stay, names: Iterable[str]) -> str:
    """The first of these travellers, as the visit writes the name."""
    wanted = frozenset(names)
    return next(one.name for one in stay.visit.travellers if person_key(one.name) in wanted)


def _overlapping(stays: list[Stay], certain: bool) -> Iterator[tuple[Stay, Stay]]:
    """All pairs with a day in common, by a sweep over their first days."""
    first: Callable[[Stay], int] = _sure_from if certain else _may_from
    last: Callable[[Stay], int] = _sure_to if certain else _may_to
    active: list[tuple[int, int, Stay]] = []
    real = (stay for stay in stays if first(stay) <= last(stay))
    for number, stay in enumerate(sorted(real, key=first)):
        while active and active[0][0] < first(stay):
            heapq.heappop(active)
        for _, _, other in sorted(active, key=lambda one: one[1]):
            yield other, stay
        heapq.heappush(active, (last(stay), number, stay))


def _may_from(stay: Stay) -> int:
    return stay.may_from


def _may_to(stay: Stay) -> int:
    return stay.may_to


def _sure_from(stay: Stay) -> int:
    return stay.sure_from


def _sure_to(stay: Stay) -> int:
    return stay.sure_to


def _encounter(first: Stay, second: Stay) -> Encounter:
    start, end = max(first.sure_from, second.sure_from), min(first.sure_to, second.sure_to)
    if start <= end:
        return Encounter(first.visit, second.visit, _day(start), _day(end), certain=True)
    start, end = max(first.may_from, second.may_from), min(first.may_to, second.may_to)
    return Encounter(first.visit, second.visit, _day(start), _day(end), certain=False)


def _by_traveller(stays: Iterable[Stay]) -> dict[str, list[Stay]]:
    """Each traveller's stays in the order of their first possible day."""
    found: dict[str, list[Stay]] = {}
    for stay in sorted(stays, key=_may_from):
        for name in _names(stay.visit):
            found.setdefault(name, []).append(stay)
    return found


def _far_apart(stays: Iterable[Stay]) -> Iterator[Issue]:
    """One issue for each stay that began while the traveller was certainly too far away."""
    certain = [one for one in stays if not _vague(one) and one.visit.destination.is_resolved]
    active: list[Stay] = []
    for stay in sorted(certain, key=_sure_from):
        active = [one for one in active if one.sure_to >= stay.sure_from]
        place = stay.visit.destination
        if place.kind in ("city", "site"):
            ranked = ((distance_km(one.visit.destination, place), one) for one in active)
            far = next((pair for pair in ranked if pair[0] > DAY_TRAVEL_KM), None)
            if far is not None:
                yield _impossible(stay, far[1], far[0])
            # One stay a place is enough to compare with: the one that lasts longest.
            active = _with_longest(active, stay)


def _with_longest(active: list[Stay], stay: Stay) -> list[Stay]:
    key = _place_key(stay.visit.destination)
    for number, other in enumerate(active):
        if _place_key(other.visit.destination) == key:
            longest = max(other, stay, key=_sure_to)
            return [*active[:number], longest, *active[number + 1 :]]
    return [*active, stay]


def _impossible(stay: Stay, other: Stay, distance: float) -> Issue:
    speed = distance / HOURS_BETWEEN
    day = date.fromordinal(stay.sure_from).isoformat()
    places = f"{other.visit.destination.name} and {stay.visit.destination.name}"
    name = _written(stay, _names(other.visit))
    message = f"{name} would have been in {places} on {day}, {distance:,.0f} km apart"
    if speed > FASTEST_KM_H:
        message += f": that takes more than {FASTEST_KM_H:,.0f} km/h"
    return Issue(
        "journey-impossible",
        message,
        severity="error" if speed > FASTEST_KM_H else "doubt",
        remedy="Compare the two sentences: one date, place or name is wrong",
        visit_id=stay.visit.visit_id,
        evidence=(*stay.visit.evidence[:1], *other.visit.evidence[:1]),
    )


def _contradiction(visit: Visit) -> Iterator[Issue]:
    span = visit.timespan
    if not span.end or span.duration_days is None:
        return
    longest = _days_from_to(span.start_earliest, span.end_latest)
    shortest = _days_from_to(span.start_latest, span.end_earliest)
    too_long = longest is not None and span.duration_days > longest
    too_short = shortest is not None and span.duration_days < shortest
    if too_long or too_short:
        yield Issue(
            "dates-contradict",
            f"A stay of {span.duration_days} days does not fit between {span.start} and {span.end}",
            severity="error",
            remedy="Correct the arrival, the departure or the length of the stay",
            visit_id=visit.visit_id,
            evidence=visit.evidence,
        )


# What is looked for in the visits that share something.
_LOOK: dict[str, Callable[[Sequence[Visit]], Iterable[Issue]]] = {
    "visit": lambda visits: _contradiction(visits[0]),
    "name": lambda visits: _far_apart(sorted(dated_stays(visits), key=_may_from)),
    "trip": lambda visits: _backwards(visits),
}


def _days_from_to(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days + 1


def _backwards(stops: Sequence[Visit]) -> Iterator[Issue]:
    """Stops that ended before an earlier stop of the trip can have begun."""
    latest: Visit | None = None
    for stop in stops:
        begun = latest.timespan.start_earliest if latest else None
        ended = stop.timespan.end_latest
        if latest and begun and ended and ended < begun:
            yield Issue(
                "trip-backwards",
                f"{stop.destination.name} follows {latest.destination.name} in this trip, "
                f"but ended on {ended.isoformat()}, before the other began",
                remedy="Correct a date, or take the visit out of the trip",
                visit_id=stop.visit_id,
                evidence=(*stop.evidence[:1], *latest.evidence[:1]),
            )
        start = stop.timespan.start_earliest
        if start and (begun is None or start > begun):
            latest = stop


def _covered(spans: list[tuple[int, int]]) -> int:
    """How many days lie in at least one span; reversed ones are empty."""
    total, reached = 0, _BEGINNING - 1
    for first, last in sorted(spans):
        first = max(first, reached + 1)
        if last >= first:
            total += last - first + 1
            reached = last
    return total
