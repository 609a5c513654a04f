"""Visits told several times become one; looking only at likely twins misses none."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitmap import merge
from visitmap.merge import merge_visits
from visitmap.model import Evidence, Place, Source, Traveller, Visit
from visitmap.timespan import Timespan

BAKU = Place("Baku", "geonames:587084", 40.4, 49.9, "AZ")
GANJA = Place("Ganja", "geonames:586523", 40.7, 46.4, "AZ")
AZERBAIJAN = Place("Azerbaijan", "country:AZ", 40.4, 49.9, "AZ", kind="country")
UNKNOWN = Place("Somewhere", "", None, None, "")
STARTS = ["", "2018", "2018-03", "2018-03-28", "2018-04-02", "2016-12-31/2017-01-02", "XXXX-02",
          "../2018-03-28", "2018-03-28/..", "1999~"]  # fmt: skip


def visit(
    number: int,
    name: str = "Hassan Rohani",
    place: Place = BAKU,
    start: str = "2018-03-28",
    doc_id: str = "a",
    status: str = "happened",
) -> Visit:
    """A visit with one piece of evidence."""
    evidence = Evidence(doc_id, number * 10, number * 10 + 5, "quote")
    return Visit(
        f"v{number}", (Traveller(name, "president", "IR"),), place, Timespan(start),
        status=status, certainty=0.8, evidence=(evidence,), source=Source(doc_id),
    )  # fmt: skip


VISITS = st.builds(
    visit,
    st.integers(0, 50),
    st.sampled_from(["Hassan Rohani", "Rouhani", "Ilham Aliyev", "president"]),
    st.sampled_from([BAKU, GANJA, AZERBAIJAN, UNKNOWN]),
    st.sampled_from(STARTS),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["happened", "planned", "denied", "ongoing"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(VISITS, max_size=8))
def test_likely_twins_are_all_that_could_be_twins(visits: list[Visit]) -> None:
    """The same comes out when each visit is compared with every one before it."""
    found = merge_visits(visits)
    with pytest.MonkeyPatch.context() as everything:
        everything.setattr(merge, "_registered", lambda one: {("all",)})
        everything.setattr(merge, "_sought", lambda one: {("all",)})
        assert merge_visits(visits)[0] == found[0]


def test_two_tellings_of_one_visit_keep_both_quotes() -> None:
    """The finer date, in any romanisation of the name."""
    (one,), issues = merge_visits(
        [visit(1, start="2018-03"), visit(2, name="Hassan Rouhani", doc_id="b")]
    )
    assert one.timespan.start == "2018-03-28"
    assert [piece.doc_id for piece in one.evidence] == ["a", "b"]
    assert issues == []


def test_visits_years_apart_stay_apart() -> None:
    """The same place, another time."""
    first = date(1990, 1, 1)
    many = [visit(n, start=str(first + timedelta(days=400 * n))) for n in range(20)]
    assert merge_visits(many)[0] == many


def test_a_contradicting_status_is_an_issue() -> None:
    """One says that it happened, the other that it did not: both are kept, and a person asked."""
    visits, issues = merge_visits([visit(1), visit(2, status="denied", doc_id="b")])
    assert len(visits) == 2
    assert [issue.code for issue in issues] == ["status-conflict"]


def rows(doc_id: str, *numbers: int) -> list[Visit]:
    """Rows of a table that all say the same."""
    source = Source(doc_id, kind="table")
    return [replace(visit(number, doc_id=doc_id), source=source) for number in numbers]


def test_rows_of_one_table_are_visits_of_their_own() -> None:
    """Who wrote two rows means two visits, whatever else is read beside the table."""
    table = rows("a", 1, 2)
    assert merge_visits(table) == (table, [])
    merged, _ = merge_visits([*table, *rows("b", 3)])
    assert [len(one.evidence) for one in merged] == [2, 1]
    merged, _ = merge_visits([visit(9, doc_id="article"), *table, *rows("b", 3, 4)])
    assert [len(one.evidence) for one in merged] == [3, 2]


def test_a_visit_table_says_by_its_place_that_it_is_one() -> None:
    """Its rows have articles for sources, and were merged when it was written."""
    some = [visit(1), visit(2), visit(3)]
    assert len(merge_visits(some)[0]) == 1
    assert merge_visits(some, [range(3)])[0] == some
    assert len(merge_visits(some, [range(1, 3)])[0]) == 2


def test_people_of_one_table_alone_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand rows beside one article must not take minutes."""
    sought: list[str] = []
    look = merge._sought
    monkeypatch.setattr(merge, "_sought", lambda one: sought.append(one.visit_id) or look(one))
    others = [replace(one, travellers=(Traveller("Anna Lind"),)) for one in rows("a", 1, 2)]
    merge_visits([*others, *rows("a", 3), *rows("b", 4)])
    assert sought == ["v3", "v4"]
