"""The document holds what the visits say; js/data.js is tested against it in a browser."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_map_columns import unpack_bytes, unpack_integers, unpack_texts

from visitmap.model import Issue, Place, Traveller, Visit
from visitmap.timespan import Timespan
from visitmap.webmap.document import _NO_DAY, _day, _Days, build_document

POINT = Place("P", "x:1", 1.0, 2.0)
EDTF = st.sampled_from(
    [
        "",
        "2018",
        "2018-03",
        "2018-03-28",
        "2018-03-28/..",
        "../2018-03-28",
        "2018-03-01/2018-04-01",
        "[2018-03-01..2018-04-01]",
        "XXXX-02",
        "201X",
        "2018-21",
        "2019-01~",
        "2018-03-XX",
        "0001",
        "9999-12-31",
        "1969-12-31",
    ]
)


@st.composite
def timespans(draw):
    """Timespans that exist; the impossible are drawn again."""
    try:
        return Timespan(
            draw(EDTF), draw(EDTF), draw(st.sampled_from([None, None, 1, 2, 400, 4_000_000]))
        )
    except ValueError:
        return Timespan(draw(EDTF))


def visit(number, timespan, **changes):
    return Visit(f"{number:016x}", (Traveller("T"),), POINT, timespan, **changes)


def tables_of(document):
    return json.loads(unpack_bytes(document["tables"]))


@settings(max_examples=200)
@given(st.lists(timespans(), min_size=1, max_size=12))
def test_bounds_follow_timespan(spans):
    """The bounds computed for all visits at a time are those of `Timespan`, one by one."""
    days = _Days(spans)
    names = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    for name in names:
        expected = [_day(getattr(span, name)) for span in spans]
        assert getattr(days, name).tolist() == expected, name


@given(st.lists(timespans(), max_size=12))
def test_visits_lie_in_order_of_time_undated_last(spans):
    visits = [visit(k, span) for k, span in enumerate(spans)]
    document = build_document(visits)
    begin = unpack_integers(document["columns"]["begin"])
    dated = [unknown != 15 for unknown in unpack_integers(document["columns"]["unknown"])]
    count = sum(dated)
    assert dated == [True] * count + [False] * (len(spans) - count)
    assert begin[:count] == sorted(begin[:count])
    assert document["counts"]["undated"] == len(spans) - count


def test_no_visits_make_a_document():
    document = build_document([])
    assert document["n"] == 0 and document["counts"]["visits"] == 0


def test_unknown_days_stay_unknown():
    days = _Days([Timespan("2018-03-28/..")])
    assert days.end_latest.tolist() == [_NO_DAY]


def test_places_are_kept_once(three_visits):
    tables = tables_of(build_document(three_visits))
    names = [place[1] for place in tables["places"]]
    assert sorted(names) == ["Azerbaijan", "Baku", "Tehran"]


def test_names_of_places_come_from_the_caller(three_visits):
    """Only names that differ from the document's are kept, by language."""

    def names(place_id, language):
        return {"fr": "Bakou", "en": "Baku"}.get(language, "") if "587084" in place_id else ""

    tables = tables_of(build_document(three_visits, place_names=names))
    baku = next(place for place in tables["places"] if place[1] == "Baku")
    assert baku[-1] == {"fr": "Bakou"}


@pytest.mark.parametrize(
    ("ids", "kept_as"),
    [
        (["0", "17", "4"], "visit_id"),
        (["00ff", "a1b2", "0000"], "visit_id_bytes"),
        (["07", "1", "2"], "texts"),
        (["é", "x", ""], "texts"),
        (["1" * 12, "2", "3"], "texts"),
    ],
)
def test_ids_come_back_whatever_they_are(ids, kept_as):
    """Leading zeros, letters and long numbers are not lost to a shorter form."""
    visits = [Visit(text, (), POINT, Timespan("2018")) for text in ids]
    document = build_document(visits)
    if kept_as == "visit_id":
        assert list(map(str, unpack_integers(document["columns"]["visit_id"]))) == ids
    elif kept_as == "visit_id_bytes":
        raw = unpack_bytes(document["columns"]["visit_id_bytes"]["z"]).hex()
        assert [raw[k : k + 4] for k in range(0, len(raw), 4)] == ids
    else:
        assert unpack_texts(document["texts"]["visit_id"]) == ids


def test_a_journey_runs_from_stop_to_stop():
    """The second leg begins where the first ended, though its visit names the capital."""
    stops = [Place(name, f"x:{name}", 10.0 * k, 5.0) for k, name in enumerate("ABC")]
    visits = [
        visit(
            k, Timespan(f"2018-03-0{k + 1}"), trip_id="t", origin=stops[0], origin_basis="implied"
        )
        for k in range(2)
    ]
    visits = [
        Visit(**{**{f: getattr(v, f) for f in v.__slots__}, "destination": stops[k + 1]})
        for k, v in enumerate(visits)
    ]
    document = build_document(visits)
    tables = tables_of(document)
    begins = unpack_integers(document["columns"]["leg_origin"])
    assert [tables["places"][p][1] for p in begins] == ["A", "B"]


def test_mentioned_places_keep_all_candidates(three_visits, astara):
    document = build_document(three_visits, [astara])
    (mentioned,) = document["mentioned"]
    assert mentioned["name"] == "Astara"
    assert [one["country"] for one in mentioned["candidates"]] == ["IR", "AZ"]
    assert all(one["kind"] in ("city", "region") for one in mentioned["candidates"])


def test_english_names_replace_foreign_ones_alone():
    """`Bakou` becomes `Baku`; `Astara` gains no accents, and Leningrad is an English word."""
    english = {"x:1": "Āstārā", "x:2": "Baku", "x:3": "Saint Petersburg"}
    french = {"x:1": "Astara", "x:2": "Bakou", "x:3": "Saint-Pétersbourg"}
    names = {"en": english, "fr": french}
    places = [
        Place("Astara", "x:1", 38.4, 48.8),
        Place("Bakou", "x:2", 40.4, 49.9),
        Place("Leningrad", "x:3", 59.9, 30.3),
    ]
    visits = [Visit(place.id, (), place, Timespan("2018")) for place in places]
    document = build_document(
        visits, place_names=lambda key, language: names.get(language, {}).get(key, "")
    )
    told = [row[5:] for row in tables_of(document)["places"]]
    assert told == [[], [{"en": "Baku"}], [{"fr": "Saint-Pétersbourg"}]]


def test_issues_follow_their_visit(three_visits):
    issue = Issue("date-conflict", "Two dates", visit_id="b" * 16)
    document = build_document(three_visits, [issue, Issue("x", "of nobody", visit_id="none")])
    (at,) = unpack_integers(document["columns"]["issue_visit"])
    assert at == 0, "the visit of October 2017 is the first in time"
    assert unpack_texts(document["texts"]["issue_message"]) == ["Two dates"]


def test_unresolved_places_have_no_point():
    visits = [Visit("a", (), Place("Nowhere"), Timespan("2018"))]
    columns = build_document(visits)["columns"]
    assert unpack_integers(columns["place_resolved"]) == [0]
