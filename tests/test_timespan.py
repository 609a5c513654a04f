"""Timespans: the four bounds, what follows from them, EDTF in and out, and dates in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.timespan import Timespan, bounds, is_edtf

DAYS = st.dates(date(1500, 1, 1), date(2500, 12, 31))
YEARS = st.integers(1500, 2500)


@st.composite
def atoms(draw: st.DrawFn) -> str:
    """A day, month, season, year or decade of a known year."""
    day = draw(DAYS)
    year = f"{day.year:04d}"
    forms = [day.isoformat(), day.isoformat()[:7], year, f"{year[:3]}X", f"{year[:2]}XX"]
    forms += [f"{year}-{season}" for season in (21, 22, 23, 24, 33, 34, 35, 36)]
    forms += [f"{day.isoformat()[:7]}-XX"]
    return draw(st.sampled_from(forms)) + draw(st.sampled_from(["", "", "", "~", "?", "%"]))


@st.composite
def spans(draw: st.DrawFn) -> Timespan:
    """A timespan of any form: undated, a date, open, an interval, a stay, with a duration."""
    first, second = sorted([draw(atoms()), draw(atoms())], key=lambda one: bounds(one).earliest)
    duration = draw(st.one_of(st.none(), st.integers(1, 400)))
    starts = [first, f"{first}/..", f"../{first}", f"{first}/{second}", "", "XXXX-02"]
    start = draw(st.sampled_from(starts))
    end = second if start == first and draw(st.booleans()) else ""
    try:
        return Timespan(start, end, duration)
    except ValueError:  # the interval runs backwards: a decade that begins before and ends before
        return Timespan(first, "", duration)


def test_a_month_is_possible_on_each_day_and_certain_on_none() -> None:
    """ "2017-10" is some time in October; the whole month is written as an interval."""
    some, whole = Timespan("2017-10"), Timespan("2017-10-01", "2017-10-31")
    assert some.possibly_on(date(2017, 10, 9))
    assert not some.certainly_on(date(2017, 10, 9))
    assert whole.certainly_on(date(2017, 10, 9))
    assert not whole.possibly_on(date(2017, 11, 1))


def test_a_duration_makes_the_middle_of_a_vague_stay_longer_not_certain() -> None:
    """Three days that begin on the 5th or 6th surely hold the 6th and 7th."""
    span = Timespan("2018-05-05/2018-05-06", "", 3)
    assert [day for day in range(1, 12) if span.certainly_on(date(2018, 5, day))] == [6, 7]
    assert [day for day in range(1, 12) if span.possibly_on(date(2018, 5, day))] == [5, 6, 7, 8]


def test_an_open_end_is_possible_for_ever_after() -> None:
    """`2018-03-28/..` begins on some day from then on."""
    span = Timespan("2018-03-28/..")
    assert (span.start_earliest, span.start_latest) == (date(2018, 3, 28), None)
    assert not span.possibly_on(date(2018, 3, 27))
    assert span.possibly_on(date(2050, 1, 1))


def test_an_end_that_is_told_wins_over_a_duration_that_does_not_fit() -> None:
    """The bounds stay in order when the text contradicts itself."""
    span = Timespan("2018-03-01", "2018-03-02", 5)
    assert (span.end_earliest, span.end_latest) == (date(2018, 3, 2), date(2018, 3, 2))


@pytest.mark.parametrize("text", ["", "XXXX", "XXXX-02", "XXXX-02-04"])
def test_without_a_year_nothing_is_dated(text: str) -> None:
    """A February of no year is on no day and overlaps nothing."""
    span = Timespan(text)
    assert not span.is_dated
    assert not span.possibly_on(date(2018, 2, 4))
    assert not span.overlaps(Timespan("2018"))


@pytest.mark.parametrize(
    "text",
    [
        "2018-13", "2018-02-30", "18", "2018/2017", "../..", "2018-XX-03", "March 2018",
        "2018-3-1", "0000", "1/2/3", "2018-37", "2018-25",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """Text outside the subset raises ValueError and is not EDTF."""
    assert not is_edtf(text)
    with pytest.raises(ValueError):
        bounds(text)


@pytest.mark.parametrize("arguments", [("2018", "2017"), ("2018", "", 0), ("2018-05", "2018-04")])
def test_a_stay_that_cannot_be_is_refused(arguments: tuple) -> None:
    """A departure before the arrival, and a stay of no day, raise ValueError."""
    with pytest.raises(ValueError):
        Timespan(*arguments)


@given(spans())
def test_bounds_are_in_order(span: Timespan) -> None:
    """Earliest never lies after latest, and no stay ends before it began."""
    pairs = [
        (span.start_earliest, span.start_latest),
        (span.end_earliest, span.end_latest),
        (span.start_earliest, span.end_earliest),
        (span.start_earliest, span.end_latest),
        (span.start_latest, span.end_latest),
    ]
    assert all(a <= b for a, b in pairs if a is not None and b is not None)


@given(spans(), DAYS)
def test_certainly_there_is_possibly_there(span: Timespan, day: date) -> None:
    """No day is certain without being possible."""
    days = [day, span.start_latest, span.end_earliest, span.start_earliest]
    for one in filter(None, days):
        assert span.possibly_on(one) or not span.certainly_on(one)


@given(spans(), spans())
def test_overlap_is_symmetric_and_reflexive(one: Timespan, other: Timespan) -> None:
    """Who may meet whom does not depend on who is asked; a dated span overlaps itself."""
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one) == one.is_dated


@given(spans(), spans(), DAYS)
def test_a_common_possible_day_is_an_overlap(one: Timespan, other: Timespan, day: date) -> None:
    """Overlap is about days on which both may be there."""
    if one.possibly_on(day) and other.possibly_on(day):
        assert one.overlaps(other)


@given(spans())
def test_edtf_reads_back_as_the_same_text(span: Timespan) -> None:
    """Writing and reading a timespan is stable, and what was possible stays possible."""
    again = Timespan.parse(span.edtf)
    assert again.edtf == span.edtf
    if span.duration_days is None and "/" not in span.start:
        assert again == span
    for name in ("start_earliest", "end_latest"):
        if span.duration_days is None:
            assert getattr(again, name) == getattr(span, name)


def test_winter_runs_into_the_next_year() -> None:
    """The winter of 2016 is December 2016 to February 2017."""
    assert bounds("2016-24") == (date(2016, 12, 1), date(2017, 2, 28))


@given(DAYS, st.integers(0, 400))
def test_approximate_widens_and_uncertain_does_not(day: date, days: int) -> None:
    """`~` reaches some days around; `?` doubts the date and not its edges."""
    text = day.isoformat()
    assert bounds(f"{text}?") == bounds(text)
    assert bounds(f"{text}~").earliest == day - timedelta(days=3)
    assert bounds(f"{text}%") == bounds(f"{text}~")


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (("2018-03-28",), "28 March 2018", "28 mars 2018"),
        (("2018-05-01",), "1 May 2018", "1er mai 2018"),
        (("2017-10",), "some time in October 2017", "courant octobre 2017"),
        (("2016",), "some time in 2016", "courant 2016"),
        (("XXXX-02",), "a February", "un mois de février"),
        (("XXXX-10",), "an October", "un mois d’octobre"),
        (("XXXX-02-04",), "a 4 February", "un 4 février"),
        (("2018-08-25", "2018-08-27"), "25 to 27 August 2018", "du 25 au 27 août 2018"),
        (
            ("2018-08-25/2018-08-27",),
            "between 25 and 27 August 2018",
            "entre le 25 et le 27 août 2018",
        ),
        (
            ("2018-08-28", "2018-09-01"),
            "28 August to 1 September 2018",
            "du 28 août au 1er septembre 2018",
        ),
        (("2018-03-28/..",), "from 28 March 2018 on", "à partir du 28 mars 2018"),
        (("../2018-03-28",), "by 28 March 2018", "jusqu’au 28 mars 2018"),
        (("2017-10/..",), "from October 2017 on", "à partir d’octobre 2017"),
        (("2019-01~",), "about January 2019", "vers janvier 2019"),
        (("1999-02-08?",), "8 February 1999 (uncertain)", "8 février 1999 (incertain)"),
        (("2018-21",), "spring 2018", "printemps 2018"),
        (("198X",), "the 1980s", "les années 1980"),
        (("2018-03-28", "", 2), "28 March 2018, 2 days", "28 mars 2018, 2 jours"),
        (("",), "undated", "sans date"),
    ],
)
def test_dates_are_said_as_a_person_writes_them(span: tuple, english: str, french: str) -> None:
    """Each form has its words in both languages; other languages get English."""
    timespan = Timespan(*span)
    assert timespan.display("en") == english
    assert timespan.display("fr") == french
    assert timespan.display("fa") == english


@given(spans())
def test_every_timespan_has_words(span: Timespan) -> None:
    """No form is shown to a reader as code."""
    for language in ("en", "fr"):
        said = span.display(language)
        assert said
        assert not any(sign in said for sign in ("X", "..", "~", "%", "/"))
