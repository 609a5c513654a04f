"""What a decision does to a visit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.errors import UsageError
from visitmap.model import Decision, Evidence, Place, Traveller, Visit
from visitmap.review import (
    CHANGEABLE,
    apply_decision,
    column_text,
    joined_evidence,
    merge_into,
    split_changes,
    split_into,
)
from visitmap.timespan import Timespan

VISIT = Visit(
    "v1",
    (Traveller("Ada", "minister", "GB"), Traveller("Bob", "", "FR")),
    Place("Astara", "geonames:148442", 38.45, 48.875, "AZ", population=15000),
    Timespan("2018-05-03", "2018-05-05"),
    evidence=(Evidence("a", 0, 9, "Ada went."), Evidence("b", 0, 9, "Bob went.")),
    extra=(("note", "old"),),
)


def corrected(**changes: str) -> Visit:
    return apply_decision(VISIT, Decision("v1", "correct", "", "", "", tuple(changes.items())))


def decided(action: str, visit: Visit = VISIT) -> Visit:
    return apply_decision(visit, Decision("v1", action, "Ada", ""))


def test_accepting_and_rejecting_change_the_mark_alone() -> None:
    """A deferred visit stays as it is; a correction accepted stays a correction."""
    assert decided("accept").review == "accepted"
    assert decided("reject").review == "rejected"
    assert decided("defer") == VISIT
    assert decided("accept", corrected(start="2018-05-04")).review == "corrected"
    assert decided("accept", decided("reject")).review == "accepted"


def test_dates_are_corrected_in_edtf() -> None:
    """One column or several; an emptied end is no end."""
    assert corrected(end="").timespan == Timespan("2018-05-03")
    assert corrected(start="2017", end="2017", duration_days="3").timespan == Timespan(
        "2017", "2017", 3
    )


def test_a_place_is_corrected_with_its_point() -> None:
    """Another id takes nothing of the old place along."""
    new = corrected(
        destination="Astara",
        destination_id="geonames:142363",
        destination_country="ir",
        destination_latitude="38.42",
        destination_longitude="48.87",
        destination_kind="city",
    )
    assert new.destination == Place("Astara", "geonames:142363", 38.42, 48.87, "IR")


def test_a_place_that_is_only_named_anew_has_no_point_any_more() -> None:
    """Moscow's coordinates must not stand under the name of Kyiv."""
    assert corrected(destination="Kyiv").destination == Place("Kyiv")


def test_a_place_with_the_same_id_may_be_spelt_otherwise() -> None:
    """Its point stays."""
    place = corrected(destination="Astarā", destination_id="geonames:148442").destination
    assert (place.name, place.latitude, place.population) == ("Astarā", 38.45, 15000)


def test_one_coordinate_may_be_corrected_alone() -> None:
    """Where there is a point already."""
    assert corrected(destination_latitude="38.5").destination.latitude == 38.5


def test_an_origin_appears_and_disappears() -> None:
    """As stated, unless said otherwise."""
    there = corrected(origin="Paris", origin_id="x")
    assert (there.origin, there.origin_basis) == (Place("Paris", "x"), "stated")
    gone = apply_decision(there, Decision("v1", "correct", "", "", "", (("origin", ""),)))
    assert (gone.origin, gone.origin_basis) == (None, "")


def test_travellers_keep_office_and_country_when_renamed() -> None:
    """By position when as many as before, else by name."""
    assert corrected(traveller="Ada King; Bob").travellers[0] == Traveller(
        "Ada King", "minister", "GB"
    )
    assert corrected(traveller="Bob; Cleo; Ada").travellers == (
        VISIT.travellers[1],
        Traveller("Cleo"),
        VISIT.travellers[0],
    )
    assert corrected(role="queen; king").travellers[1].role == "king"
    assert corrected(traveller_country="").travellers[0].country == ""


def test_columns_we_do_not_know_are_corrected_when_the_visit_has_them() -> None:
    """A table's own columns are people's work too."""
    assert corrected(note="new").extra == (("note", "new"),)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": "3 May"}, "start: not an EDTF date: '3 May'"),
        ({"start": "2018-02-30"}, "no such day"),
        ({"end": "2017"}, "before the start"),
        ({"duration_days": "two"}, "number of days"),
        ({"duration_days": "0"}, "at least one day"),
        ({"status": "maybe"}, "status: .*planned"),
        ({"destination": " "}, "needs a place"),
        ({"destination": "X", "destination_latitude": "1"}, "both coordinates"),
        ({"destination_latitude": "91"}, "from -90 to 90"),
        ({"destination_longitude": "nan"}, "not possible"),
        ({"destination_kind": "village"}, "destination_kind"),
        ({"traveller": ";"}, "needs a traveller"),
        ({"role": "a; b; c"}, "2 travellers need 2"),
        ({"traveller_country": "FR; France"}, "country code"),
        ({"origin_basis": "guess"}, "origin_basis"),
        ({"certainty": "1.5"}, "from 0 to 1"),
        ({"visit_id": "v2"}, "no column 'visit_id'"),
        ({"quote": "x"}, "no column 'quote'"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_what_a_column_cannot_hold_is_refused_in_a_sentence(changes, said: str) -> None:
    """It names the column, or what was written."""
    with pytest.raises(UsageError, match=said):
        corrected(**changes)


def test_an_unknown_action_is_refused() -> None:
    """With those there are."""
    with pytest.raises(UsageError, match="accept, correct"):
        decided("bless")


@pytest.mark.parametrize("column", CHANGEABLE)
def test_every_column_reads_back_what_it_says(column: str) -> None:
    """A correction to what stands there already changes nothing but the mark."""
    told = column_text(VISIT, column)
    assert replace(corrected(**{column: told}), review="unreviewed") == VISIT


@given(st.dictionaries(st.sampled_from([*CHANGEABLE, "note", "x"]), st.text(max_size=12)))
def test_any_text_is_applied_or_refused_in_a_sentence(changes: dict[str, str]) -> None:
    """Nothing that is typed raises anything else, and what is applied can be read."""
    try:
        visit = corrected(**changes)
    except UsageError as error:
        assert str(error)
        return
    for column in CHANGEABLE:
        assert isinstance(column_text(visit, column), str)


def test_merged_visits_keep_all_evidence_once() -> None:
    """The keeper's values stand; what it lacks comes from the others."""
    other = Visit("v2", VISIT.travellers, Place("X"), Timespan(""), purpose="talks",
                  evidence=(VISIT.evidence[0], Evidence("c", 1, 2, "x")))  # fmt: skip
    merged = merge_into(VISIT, [other])
    assert merged.evidence == (*VISIT.evidence, other.evidence[1])
    assert (merged.destination, merged.purpose, merged.review) == (
        VISIT.destination,
        "talks",
        "corrected",
    )
    assert joined_evidence(VISIT.evidence, VISIT.evidence) == VISIT.evidence


def test_parts_differ_in_what_was_said_of_them() -> None:
    """The first keeps the id; evidence goes where it was sent."""
    parts = [{"traveller": "Ada", "evidence": "0"}, {"traveller": "Bob", "evidence": "1"}]
    changes = split_changes("v1", parts, "t")
    first, second = split_into(VISIT, Decision("v1", "split", "", "", "", changes))
    assert (first.visit_id, first.evidence) == ("v1", VISIT.evidence[:1])
    assert (second.travellers, second.evidence) == (VISIT.travellers[1:], VISIT.evidence[1:])
    assert second.visit_id not in ("v1", "") and second.review == "corrected"
    assert changes == split_changes("v1", parts, "t") != split_changes("v1", parts, "u")


@pytest.mark.parametrize("parts", [[], [{}], [{}, {"evidence": "7"}], [{}, {"start": "x"}]])
def test_a_split_that_makes_no_sense_is_refused(parts) -> None:
    """Fewer than two parts, evidence that is not there, a text its column cannot hold."""
    with pytest.raises(UsageError):
        split_into(VISIT, Decision("v1", "split", "", "", "", split_changes("v1", parts, "t")))
