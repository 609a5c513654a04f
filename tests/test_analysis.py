"""Encounters, impossible journeys, gaps and totals, against examples and against brute force."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.analysis import (
    DAY_TRAVEL_KM,
    Days,
    Journeys,
    Year,
    days_abroad,
    distance_km,
    encounters,
    gaps,
    impossible_journeys,
    metrics,
    most_visited,
    visits_per_year,
)
from visitmap.model import Evidence, Place, Traveller, Visit
from visitmap.timespan import Timespan

PLACES = {
    "Paris": Place("Paris", "g:1", 48.8534, 2.3488, "FR"),
    "Moscow": Place("Moscow", "g:2", 55.7522, 37.6156, "RU"),
    "Tokyo": Place("Tokyo", "g:3", 35.6895, 139.6917, "JP"),
    "Wellington": Place("Wellington", "g:4", -41.2866, 174.7756, "NZ"),
    "Madrid": Place("Madrid", "g:5", 40.4165, -3.7026, "ES"),
    "France": Place("France", "g:6", 46.0, 2.0, "FR", "country"),
}


def visit(
    who: str = "Ada",
    place: str = "Paris",
    start: str = "2018-05-03",
    end: str = "",
    *,
    name: str = "v",
    country: str = "GB",
    **known,
) -> Visit:
    """A visit; several travellers are written `Ada, Bob`."""
    travellers = tuple(Traveller(one, "", country) for one in who.split(", "))
    span = Timespan(start, end, known.pop("days", None))
    evidence = (Evidence("a", 0, 1, name),)
    return Visit(name, travellers, PLACES[place], span, evidence=evidence, **known)


# Encounters


def test_two_people_in_one_town_meet_certainly_on_their_common_days() -> None:
    """The common days are given, inclusive."""
    (met,) = encounters(
        [visit("Ada", start="2018-05-01", end="2018-05-04"), visit("Bob", start="2018-05-04")]
    )
    assert (met.start, met.end, met.certain) == (date(2018, 5, 4), date(2018, 5, 4), True)
    assert met.place == PLACES["Paris"]


def test_a_month_and_a_day_in_it_meet_possibly() -> None:
    """ "Some time in May" may have been that day."""
    (met,) = encounters([visit("Ada", start="2018-05"), visit("Bob")])
    assert (met.start, met.certain) == (date(2018, 5, 3), False)
    assert list(encounters([visit("Ada", start="2018-05"), visit("Bob")], certain_only=True)) == []


@pytest.mark.parametrize(
    "other",
    [
        visit("Ada"),
        visit("Bob", "Moscow"),
        visit("Bob", start="2018-05-04"),
        visit("Bob", start="XXXX-05"),
        visit("Bob", status="cancelled"),
        visit("Bob", review="rejected"),
        visit("Ada, Bob"),
    ],
    ids=["self", "elsewhere", "later", "undated", "cancelled", "rejected", "together"],
)
def test_no_encounter(other: Visit) -> None:
    """Of oneself, elsewhere, at another time, or without having travelled."""
    assert list(encounters([visit(), other])) == []


def test_to_be_in_one_country_is_not_to_meet() -> None:
    """Only towns and sites count."""
    assert list(encounters([visit("Ada", "France"), visit("Bob", "France")])) == []


def test_a_planned_visit_meets_only_possibly() -> None:
    """Nobody was there yet."""
    (met,) = encounters([visit(), visit("Bob", status="planned")])
    assert not met.certain


DAYS = st.integers(0, 12).map(lambda days: date(2018, 1, 1) + timedelta(days))


@st.composite
def dated_visits(draw, places=("Paris", "Moscow", "Tokyo", "Wellington")) -> Visit:
    """A visit on days, in open or vague spans, of one or two travellers."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    start = draw(
        st.sampled_from([f"{first}", f"{first}/{last}", f"{first}/..", f"../{last}", "2018-01", ""])
    )
    end = draw(st.sampled_from(["", f"{last}", f"{last}/.."])) if start == f"{first}" else ""
    who = draw(st.sampled_from(["Ada", "Bob", "Ada, Bob", "Cleo"]))
    status = draw(st.sampled_from(["happened", "happened", "planned", "cancelled"]))
    name = draw(st.uuids()).hex
    return visit(who, draw(st.sampled_from(places)), start, end, name=name, status=status)


def on_common_day(first: Visit, second: Visit, kind: str) -> bool:
    """Whether both were (`certainly_on`) or may have been (`possibly_on`) there on one day."""
    days = (date(2017, 12, 1) + timedelta(days) for days in range(90))
    return any(
        getattr(first.timespan, kind)(day) and getattr(second.timespan, kind)(day) for day in days
    )


@given(st.lists(dated_visits(), max_size=8))
def test_the_sweep_finds_the_encounters_that_brute_force_finds(visits: list[Visit]) -> None:
    """Each pair once, with the right certainty."""
    expected = set()
    for first, second in combinations(visits, 2):
        names = [{one.name for one in each.travellers} for each in (first, second)]
        different = not (names[0] <= names[1] or names[1] <= names[0])
        real = "cancelled" not in (first.status, second.status)
        here = first.destination == second.destination
        if different and real and here and on_common_day(first, second, "possibly_on"):
            happened = first.status == second.status == "happened"
            certain = happened and on_common_day(first, second, "certainly_on")
            expected.add((frozenset((first.visit_id, second.visit_id)), certain))
    found = [
        (frozenset((one.first.visit_id, one.second.visit_id)), one.certain)
        for one in encounters(visits)
    ]
    assert len(found) == len(set(found)) and set(found) == expected
    certain = {pair for pair, is_certain in expected if is_certain}
    only = list(encounters(visits, certain_only=True))
    assert {frozenset((one.first.visit_id, one.second.visit_id)) for one in only} == certain


# Impossible journeys


def codes(*visits: Visit) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.visit_id) for one in impossible_journeys(visits)]


def test_two_far_towns_on_one_day_are_an_error_or_a_doubt() -> None:
    """Beyond 1,000 km/h nobody travels; half a world away in a day, hardly anybody."""
    assert codes(visit(name="v1"), visit(place="Wellington", name="v2")) == [
        ("journey-impossible", "error", "v2")
    ]
    assert codes(visit(name="v1"), visit(place="Tokyo", name="v2")) == [
        ("journey-impossible", "doubt", "v2")
    ]


@pytest.mark.parametrize(
    "other",
    [
        visit(place="Moscow"),
        visit(place="Tokyo", start="2018-05-04"),
        visit(place="Tokyo", start="2018-05"),
        visit("Bob", "Tokyo"),
        visit(place="Tokyo", status="planned"),
    ],
    ids=["near", "next day", "vague", "someone else", "planned"],
)
def test_a_possible_journey_is_no_issue(other: Visit) -> None:
    """What can be so is left alone."""
    assert codes(visit(), other) == []


def test_two_who_travel_together_are_told_once() -> None:
    """One issue, with both sentences."""
    both = [visit("Ada, Bob", name="v1"), visit("Ada, Bob", "Wellington", name="v2")]
    (issue,) = impossible_journeys(both)
    assert [one.quote for one in issue.evidence] == ["v2", "v1"]
    assert "Ada would have been in Paris and Wellington on 2018-05-03" in issue.message


def test_a_stay_longer_than_its_dates_is_a_contradiction() -> None:
    """Ten days do not fit into two, nor are ten days two; some time in May fits either."""
    for end, days in (("2018-05-04", 10), ("2018-05-12", 2)):
        wrong = visit(start="2018-05-03", end=end, days=days)
        assert codes(wrong) == [("dates-contradict", "error", "v")]
    assert codes(visit(start="2018-05", end="2018-05", days=2)) == []
    assert codes(visit(start="2018-05-03", end="2018-05-12", days=10)) == []


def test_a_trip_that_goes_back_in_time_is_doubted() -> None:
    """The second stop ended before the first began."""
    first = visit(start="2018-05-03", trip_id="t", name="v1")
    second = visit(place="Madrid", start="2018-05-01", trip_id="t", name="v2")
    assert codes(first, second) == [("trip-backwards", "doubt", "v2")]
    assert codes(second, first) == []


@given(st.lists(dated_visits(), max_size=8))
def test_the_sweep_finds_the_impossible_journeys_that_brute_force_finds(
    visits: list[Visit],
) -> None:
    """A traveller has an issue when, and only when, two certain stays are too far apart."""
    expected, found = set(), set()
    for first, second in combinations(visits, 2):
        shared = {one.name for one in first.travellers} & {one.name for one in second.travellers}
        far = distance_km(first.destination, second.destination) > DAY_TRAVEL_KM
        real = first.status == second.status == "happened"
        if shared and far and real and on_common_day(first, second, "certainly_on"):
            expected |= shared
    travellers = {one.visit_id: {each.name for each in one.travellers} for one in visits}
    for issue in impossible_journeys(visits):
        other = {piece.quote for piece in issue.evidence} - {issue.visit_id}
        found |= travellers[issue.visit_id] & travellers[other.pop()]
    assert found == expected


@given(st.lists(st.lists(dated_visits(), max_size=6), min_size=2, max_size=5))
def test_journeys_looked_at_again_are_those_looked_at_afresh(rounds: list[list[Visit]]) -> None:
    """Whatever came, went or changed in between."""
    journeys = Journeys()
    for visits in rounds:
        unique = list({one.visit_id: one for one in visits}.values())
        assert list(journeys(unique)) == impossible_journeys(unique)


# Most visited, gaps, totals


def test_places_are_counted_with_their_travellers() -> None:
    """Most first; a cancelled visit counts nowhere."""
    visits = [visit("Ada"), visit("ada "), visit("Bob"), visit("Ada", "Moscow")]
    found = most_visited([*visits, visit("Bob", "Tokyo", status="cancelled")])
    assert [(one.place.name, one.visits, one.travellers) for one in found] == [
        ("Paris", 3, 2),
        ("Moscow", 1, 1),
    ]
    by_country = most_visited([*visits, visit("Bob", "France")], countries=True)
    assert [(one.place.name, one.visits) for one in by_country] == [("FR", 4), ("RU", 1)]


def test_a_gap_lies_between_two_visits_of_one_traveller() -> None:
    """Days on which no visit of theirs may have been, longest first."""
    found = gaps(
        [
            visit("Ada", start="2018-01-01", end="2018-03-31", name="long"),
            visit("Ada", start="2018-02-01", name="within"),
            visit("Ada", start="2018-06-01", name="next"),
            visit("Bob", start="2018-02-01"),
            visit("Bob", start="2018-02-28"),
            visit("Cleo", start="2017"),
        ]
    )
    assert [
        (one.traveller, one.after.visit_id, one.before.visit_id, one.days) for one in found
    ] == [("Ada", "long", "next", 61)]


def test_the_distance_is_that_of_the_great_circle() -> None:
    """Paris to Moscow is 2,487 km by the haversine formula; without a point there is none."""
    assert distance_km(PLACES["Paris"], PLACES["Moscow"]) == pytest.approx(2487, abs=2)
    assert distance_km(PLACES["Paris"], Place("Nowhere")) is None


def test_days_abroad_are_counted_once_a_person() -> None:
    """Overlapping stays, vague ones, one's own country and half-open ones."""
    stays = [
        visit("Ada", start="2018-05-01", end="2018-05-04"),
        visit("Ada", "Moscow", start="2018-05-04", end="2018-05-05"),
        visit("Ada", "Madrid", start="2018-02"),
        visit("Bob", start="2018-05-01", country="FR"),
        visit("Cleo", start="2018-05-01", end="2018-05-01/.."),
    ]
    assert days_abroad(stays) == Days(certain=6, possible=34)
    window = (date(2018, 5, 4), date(2018, 5, 10))
    assert days_abroad(stays, window=window) == Days(certain=2, possible=9)


@given(st.lists(dated_visits(), max_size=6))
def test_days_abroad_are_those_that_brute_force_counts(visits: list[Visit]) -> None:
    """Day by day, person by person, within a window."""
    window = (date(2018, 1, 3), date(2018, 1, 20))
    days = [window[0] + timedelta(number) for number in range(18)]
    certain, possible = set(), set()
    for one in visits:
        for day in days:
            for person in one.travellers:
                if one.status == "happened" and one.timespan.certainly_on(day):
                    certain.add((person.name, day))
                if one.status != "cancelled" and one.timespan.possibly_on(day):
                    possible.add((person.name, day))
    assert days_abroad(visits, window=window) == (len(certain), len(possible))


def test_metrics_count_what_is_drawn() -> None:
    """Kilometres along stated origins and from stop to stop of a trip."""
    found = metrics(
        [
            visit("Ada", "Moscow", origin=PLACES["Paris"], origin_basis="stated", trip_id="t"),
            visit("Ada", "Tokyo", start="2018-05-06", trip_id="t"),
            visit("Bob", "Paris"),
            visit("Cleo", "Madrid", status="denied"),
        ]
    )
    assert (found.visits, found.travellers, found.countries) == (3, 2, 3)
    there = distance_km(PLACES["Paris"], PLACES["Moscow"])
    assert found.kilometres == pytest.approx(there + distance_km(PLACES["Moscow"], PLACES["Tokyo"]))
    assert found.days_abroad == Days(3, 3)


def test_years_have_no_holes() -> None:
    """A vague arrival is possible in each of its years; an unknown one in none."""
    visits = [
        visit(start="2014"),
        visit(start="2017-05", status="planned"),
        visit(start="2016-12-20/2017-01-10"),
        visit(start="XXXX-05"),
        visit(start="../2015"),
    ]
    assert visits_per_year(visits) == [
        Year(2014, 1, 1),
        Year(2015, 0, 0),
        Year(2016, 0, 1),
        Year(2017, 0, 2),
    ]
    assert visits_per_year([]) == []


def test_nothing_comes_of_nothing() -> None:
    """Every function takes an empty list."""
    assert (list(encounters([])), impossible_journeys([]), most_visited([]), gaps([])) == (
        [],
        [],
        [],
        [],
    )
    assert metrics([]).days_abroad == (0, 0)
