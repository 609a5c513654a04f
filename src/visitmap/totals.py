"""`analysis.metrics` of any rows of a fixed list of visits, at once: read once, then only counted.

A slider asks for totals of one window after another; what each visit adds does not change by that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from visitmap.analysis import Days, Metrics, counts, dated_stays, person_key
from visitmap.model import EARTH_RADIUS_KM, Place, Visit, distance_km, trips

# More days than there are from the year 1 to 9999: keeps people apart on one line of days.
_LINE = 4_000_000


class Totals:
    """What each visit adds to the totals, as arrays; row i is visit i."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        self._visits = visits
        self._counts = np.fromiter(map(counts, visits), bool, len(visits))
        codes: dict[str, int] = {"": -1}
        self._country = _coded([visit.destination.country for visit in visits], codes)
        self._kilometres = _straight(visits)
        self._in_trip = np.array([visit.trip_id != "" for visit in visits], bool)
        self._people(visits)

    def _people(self, visits: Sequence[Visit]) -> None:
        """One entry for each traveller of each visit, with the days of the visit."""
        pairs = [(row, one) for row, visit in enumerate(visits) for one in visit.travellers]
        self._visit_of = np.array([row for row, _ in pairs], np.int64)
        self._person = _coded([person_key(one.name) for _, one in pairs], {})
        self._abroad = np.array(
            [
                not one.country or one.country != visits[row].destination.country
                for row, one in pairs
            ],
            bool,
        )
        self._sure, self._may = _days(visits)

    def of(self, rows: np.ndarray) -> Metrics:
        """The totals of these rows; the same as `metrics` of their visits."""
        chosen = np.zeros(len(self._visits), bool)
        chosen[rows] = True
        chosen &= self._counts
        people = chosen[self._visit_of]
        countries = np.unique(self._country[chosen])
        return Metrics(
            visits=int(chosen.sum()),
            travellers=len(np.unique(self._person[people])),
            countries=int((countries >= 0).sum()),
            kilometres=self._kilometres_of(chosen),
            days_abroad=self._days_abroad(people & self._abroad),
        )

    def _kilometres_of(self, chosen: np.ndarray) -> float:
        alone = float(self._kilometres[chosen & ~self._in_trip].sum())
        together = (self._visits[row] for row in np.flatnonzero(chosen & self._in_trip))
        legs = (leg for trip in trips(together) for leg in trip.legs)
        return alone + sum(distance_km(leg.origin, leg.destination) or 0.0 for leg in legs)

    def _days_abroad(self, pairs: np.ndarray) -> Days:
        rows, people = self._visit_of[pairs], self._person[pairs]
        return Days(*(_covered(people, *days[:, rows]) for days in (self._sure, self._may)))


def _coded(texts: Sequence[str], codes: dict[str, int]) -> np.ndarray:
    """A number for each different text; `codes` says those that are given."""
    return np.array([codes.setdefault(text, len(codes)) for text in texts], np.int64)


def _days(visits: Sequence[Visit]) -> tuple[np.ndarray, np.ndarray]:
    """First and last day, certain and possible, as ordinals; (1, 0) where there is none."""
    sure, may = np.tile([[1], [0]], len(visits)), np.tile([[1], [0]], len(visits))
    for row, visit in enumerate(visits):
        for stay in dated_stays((visit,)):
            sure[:, row] = stay.sure_from, stay.sure_to
            may[:, row] = stay.bounded
    return sure, may


def _straight(visits: Sequence[Visit]) -> np.ndarray:
    """Kilometres from each visit's origin to its destination; 0 where one has no point."""
    ends = [(visit.origin, visit.destination) for visit in visits]
    known = np.array([_is_leg(*one) for one in ends], bool)
    found = np.zeros(len(visits))
    points = [
        (origin.latitude, origin.longitude, place.latitude, place.longitude)
        for (origin, place), is_known in zip(ends, known, strict=True)
        if is_known
    ]
    if points:
        found[known] = _haversine(*np.radians(np.array(points, float)).T)
    return found


def _is_leg(origin: Place | None, place: Place) -> bool:
    if origin is None or origin.id == place.id:
        return False
    return origin.is_resolved and place.is_resolved


def _haversine(
    phi: np.ndarray, lam: np.ndarray, other_phi: np.ndarray, other_lam: np.ndarray
) -> np.ndarray:
    half = np.sin((other_phi - phi) / 2) ** 2
    half += np.cos(phi) * np.cos(other_phi) * np.sin((other_lam - lam) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))


def _covered(people: np.ndarray, first: np.ndarray, last: np.ndarray) -> int:
    """Days in at least one of a person's spans, summed over all people; reversed ones are empty."""
    real = last >= first
    people, first, last = people[real], first[real], last[real]
    if not len(people):
        return 0
    order = np.lexsort((first, people))
    begin, end = (people * _LINE + first)[order], (people * _LINE + last)[order]
    reached = np.concatenate(([-1], np.maximum.accumulate(end)[:-1]))
    return int(np.maximum(0, end - np.maximum(begin, reached + 1) + 1).sum())
