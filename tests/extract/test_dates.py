"""Dates of French and English texts: what they mean, how sure, and that nothing is invented."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitmap.extract.date_pack import compile_pack, date_pack, fold, languages
from visitmap.extract.dates import DateMention, find_dates
from visitmap.timespan import Timespan, bounds, is_edtf

# A Tuesday.
TODAY = "2018-10-02"


def only(text: str, language: str, **options: str) -> DateMention:
    """The only date of a text."""
    found = find_dates(text, language, **options)
    assert len(found) == 1, [(one.span.text, one.start) for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Il s’est rendu, le 28 mars 2018, à Bakou", "2018-03-28", ""),
        ("En mars 2017, le président", "2017-03", ""),
        ("n’a effectué qu’une visite en 2016", "2016", ""),
        ("depuis le mois d’août 2016", "2016-08", ""),
        ("le 14 juin 1921", "1921-06-14", ""),
        ("le 1er mai 1974", "1974-05-01", ""),
        ("LE 3 FÉVRIER 2003", "2003-02-03", ""),
        ("le 3 fevrier 2003", "2003-02-03", ""),
        ("le vendredi 28 sept. 2018", "2018-09-28", ""),
        ("le 10 novembre 93, puis", "1993-11-10", ""),
        ("du 25 au 27 août 2018", "2018-08-25", "2018-08-27"),
        ("du 28 août au 1er septembre 2018", "2018-08-28", "2018-09-01"),
        ("du 28 décembre 2017 au 3 janvier 2018", "2017-12-28", "2018-01-03"),
        ("du 28 décembre au 3 janvier 2018", "2017-12-28", "2018-01-03"),
        ("les 3 et 4 mai 2016", "2016-05-03", "2016-05-04"),
        ("vendredi 5 et samedi 6 octobre 2018", "2018-10-05", "2018-10-06"),
        ("entre le 25 et le 27 août 2018", "2018-08-25/2018-08-27", ""),
        ("de mars à mai 2017", "2017-03", "2017-05"),
        ("de 1970 à 1974", "1970", "1974"),
        ("début juin 2017", "2017-06", ""),
        ("à la mi-avril 2017", "2017-04", ""),
        ("à l’été 1972", "1972-22", ""),
        ("au premier trimestre 2019", "2019-01/2019-03", ""),
        ("dans les années 1980", "198X", ""),
        ("dans les années soixante", "196X", ""),
        ("le 03/04/2018", "2018-04-03", ""),
        ("le 2018-04-03", "2018-04-03", ""),
        ("vers le 10 juin 2018", "2018-06-10~", ""),
    ],
)
def test_french_dates_that_say_everything(text: str, start: str, end: str) -> None:
    """Precision is that of the words, whether or not the document's date is known."""
    for document_date in ("", TODAY):
        found = only(text, "fr", document_date=document_date)
        assert (found.start, found.end) == (start, end)
        assert not found.anchored


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on March 28, 2018, in Baku", "2018-03-28", ""),
        ("on 28 March 2018", "2018-03-28", ""),
        ("on the 28th of March, 2018", "2018-03-28", ""),
        ("June 14th, 1921", "1921-06-14", ""),
        ("Wednesday, March 28, 2018", "2018-03-28", ""),
        ("in March 2017", "2017-03", ""),
        ("a visit in 2016", "2016", ""),
        ("Aug 28 – Sep 1, 2018", "2018-08-28", "2018-09-01"),
        ("from 25 to 27 August 2018", "2018-08-25", "2018-08-27"),
        ("March 3-5, 2018", "2018-03-03", "2018-03-05"),
        ("March 3 and 4, 2018", "2018-03-03", "2018-03-04"),
        ("between May 3 and 5, 2017", "2017-05-03/2017-05-05", ""),
        ("in early June 2017", "2017-06", ""),
        ("in mid-April 2017", "2017-04", ""),
        ("in the spring of 1920", "1920-21", ""),
        ("in the first quarter of 2019", "2019-01/2019-03", ""),
        ("in the 1980s", "198X", ""),
        ("from 1970 to 1974", "1970", "1974"),
        ("on 2018-04-03", "2018-04-03", ""),
        ("on 13/04/2018", "2018-04-13", ""),
        ("on 04/13/2018", "2018-04-13", ""),
        ("on 03/04/2018", "2018-03-04/2018-04-03", ""),
        ("around 10 June 2018", "2018-06-10~", ""),
    ],
)
def test_english_dates_that_say_everything(text: str, start: str, end: str) -> None:
    """A date that may be read in two ways is the interval of both, never one of them."""
    for document_date in ("", TODAY):
        found = only(text, "en", document_date=document_date)
        assert (found.start, found.end) == (start, end)
        assert not found.anchored


@pytest.mark.parametrize(
    ("text", "language", "unknown", "past", "future"),
    [
        ("en février", "fr", "XXXX-02", "2018-02", "2019-02"),
        ("en octobre", "fr", "XXXX-10", "2018-10", "2018-10"),
        ("le 4 février", "fr", "XXXX-02-04", "2018-02-04", "2019-02-04"),
        ("mardi", "fr", "", "2018-10-02", "2018-10-02"),
        ("vendredi", "fr", "", "2018-09-28", "2018-10-05"),
        ("au printemps", "fr", "XXXX-21", "2018-21", "2019-21"),
        ("in February", "en", "XXXX-02", "2018-02", "2019-02"),
        ("on February 4", "en", "XXXX-02-04", "2018-02-04", "2019-02-04"),
        ("on Friday", "en", "", "2018-09-28", "2018-10-05"),
        ("in the spring", "en", "XXXX-21", "2018-21", "2019-21"),
    ],
)
def test_a_missing_year_or_day_follows_the_tense(
    text: str, language: str, unknown: str, past: str, future: str
) -> None:
    """The latest one for the past, the next for the future, and open without a document's date."""
    open_one = only(text, language)
    assert open_one.start == unknown
    assert open_one.needs_year == unknown.startswith("XXXX")
    for tense, start in (("past", past), ("future", future)):
        found = only(text, language, document_date=TODAY, tense=tense)
        assert (found.start, found.anchored, found.needs_year) == (start, True, False)


@pytest.mark.parametrize(
    ("text", "language", "start"),
    [
        ("hier", "fr", "2018-10-01"),
        ("avant-hier", "fr", "2018-09-30"),
        ("demain", "fr", "2018-10-03"),
        ("aujourd’hui", "fr", "2018-10-02"),
        ("la semaine prochaine", "fr", "2018-10-08/2018-10-14"),
        ("cette semaine", "fr", "2018-10-01/2018-10-07"),
        ("ce week-end", "fr", "2018-10-06/2018-10-07"),
        ("le mois dernier", "fr", "2018-09"),
        ("l’an dernier", "fr", "2017"),
        ("cette année", "fr", "2018"),
        ("il y a deux ans", "fr", "2016~"),
        ("il y a trois jours", "fr", "2018-09-29"),
        ("dans deux semaines", "fr", "2018-10-16~"),
        ("en mai dernier", "fr", "2018-05"),
        ("en novembre dernier", "fr", "2017-11"),
        ("le 5 décembre prochain", "fr", "2018-12-05"),
        ("lundi dernier", "fr", "2018-10-01"),
        ("mardi prochain", "fr", "2018-10-09"),
        ("yesterday", "en", "2018-10-01"),
        ("tomorrow", "en", "2018-10-03"),
        ("last week", "en", "2018-09-24/2018-09-30"),
        ("next week", "en", "2018-10-08/2018-10-14"),
        ("late last month", "en", "2018-09"),
        ("last year", "en", "2017"),
        ("two years ago", "en", "2016~"),
        ("three days ago", "en", "2018-09-29"),
        ("last November", "en", "2017-11"),
        ("next March", "en", "2019-03"),
        ("last Friday", "en", "2018-09-28"),
        ("this summer", "en", "2018-22"),
        ("cet hiver", "fr", "2018-24"),
        ("the 14th inst.", "en", "2018-10-14"),
        ("the 14th ult.", "en", "2018-09-14"),
    ],
)
def test_relative_dates_count_from_the_document(text: str, language: str, start: str) -> None:
    """Resolved against the document's day, and left open without it."""
    found = only(text, language, document_date=TODAY)
    assert (found.start, found.anchored) == (start, True)
    assert bounds(only(text, language).start).earliest is None


@pytest.mark.parametrize(
    ("text", "language", "start"),
    [
        ("la veille", "fr", "2018-03-27"),
        ("le lendemain", "fr", "2018-03-29"),
        ("ce jour-là", "fr", "2018-03-28"),
        ("deux jours plus tard", "fr", "2018-03-30"),
        ("le même mois", "fr", "2018-03"),
        ("cette semaine-là", "fr", "2018-03-26/2018-04-01"),
        ("l’année suivante", "fr", "2019"),
        ("le vendredi suivant", "fr", "2018-03-30"),
        ("the day before", "en", "2018-03-27"),
        ("the next day", "en", "2018-03-29"),
        ("two days later", "en", "2018-03-30"),
        ("that week", "en", "2018-03-26/2018-04-01"),
        ("the same day", "en", "2018-03-28"),
    ],
)
def test_some_dates_count_from_the_one_named_before(text: str, language: str, start: str) -> None:
    """The date before stands in the same text or is told by the caller; else nothing is known."""
    assert only(text, language, anchor="2018-03-28", document_date=TODAY).start == start
    said = "le 28 mars 2018" if language == "fr" else "on 28 March 2018"
    assert find_dates(f"{said}. {text.capitalize()}", language)[-1].start == start
    assert only(text, language).start == ""


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("une visite de deux jours", "fr", 2),
        ("une visite de 48 heures", "fr", 2),
        ("quarante-huit heures", "fr", 2),
        ("une semaine", "fr", 7),
        ("trois mois", "fr", None),
        ("a 24-hour visit", "en", 1),
        ("a three-day visit", "en", 3),
        ("a two-week tour", "en", 14),
        ("a weeklong visit", "en", 7),
        ("a few words in three hours", "en", 1),
    ],
)
def test_durations_are_days_and_no_date(text: str, language: str, days: int | None) -> None:
    """How long a stay is says nothing of when; months are no number of days."""
    found = only(text, language, document_date=TODAY)
    assert (found.kind, found.duration_days, found.start) == ("duration", days, "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tous les jeudis", "fr"), ("chaque année", "fr"), ("le mercredi et le samedi", "fr"),
        ("every Monday", "en"), ("on Thursdays", "en"),
    ],
)  # fmt: skip
def test_habits_are_no_dates(text: str, language: str) -> None:
    """What happens every week is on no day."""
    found = only(text, language, document_date=TODAY)
    assert (found.kind, found.start) == ("frequency", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il a été reçu par le ministre.", "fr"),
        ("Quelque 2000 personnes et 1500 soldats", "fr"),
        ("Il a gagné 1998,50 euros", "fr"),
        ("à la veille de l’élection", "fr"),
        ("le 31 avril", "fr"),
        ("He may march to the capital.", "en"),
        ("They march on; it may be over.", "en"),
        ("some 2000 people and 1950 men", "en"),
        ("The Sun said so", "en"),
        ("Flight MH17 and a G20 summit, ratio 3/4", "en"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, language: str) -> None:
    """Participles, numbers of things, verbs, days that no month has."""
    assert [one for one in find_dates(text, language, document_date=TODAY) if one.start] == []


def test_a_weekday_told_with_a_day_settles_the_year() -> None:
    """The fifth of October was a Friday in 2018, whatever the tense of the sentence."""
    found = only("prévu vendredi 5 octobre", "fr", document_date="2018-10-04", tense="past")
    assert found.start == "2018-10-05"
    found = only("on Monday, December 31,", "en", document_date="2019-01-03", tense="future")
    assert found.start == "2018-12-31"


def test_the_tense_is_found_in_the_sentence() -> None:
    """The verb nearest to the date decides; a full stop keeps the next sentence's verb out."""
    text = "Il a été reçu vendredi à Paris. Il se rendra vendredi à Oslo. Il viendra en mai."
    starts = [one.start for one in find_dates(text, "fr", document_date=TODAY)]
    assert starts == ["2018-09-28", "2018-10-05", "2019-05"]
    text = "He arrived on Friday. He is expected in Kinshasa on Friday. He may return in May."
    starts = [one.start for one in find_dates(text, "en", document_date=TODAY)]
    assert starts == ["2018-09-28", "2018-10-05", "2019-05"]


def test_a_vague_document_date_decides_only_what_it_can() -> None:
    """January 2019 settles a February; a year alone does not, and no month settles a Friday."""
    assert only("tenue en février", "fr", document_date="2019-01").start == "2018-02"
    assert only("en février", "fr", document_date="2018", tense="past").start == "XXXX-02"
    assert only("vendredi", "fr", document_date="2019-01").start == ""
    assert only("l’an dernier", "fr", document_date="2019-01").start == "2018"
    assert only("hier", "fr", document_date="XXXX-03-03").start == ""


def test_a_year_is_shared_along_a_list() -> None:
    """ "le 3 mai et le 5 juin 2018" are two days of one year."""
    found = find_dates("le 3 mai et le 5 juin 2018", "fr")
    assert [one.start for one in found] == ["2018-05-03", "2018-06-05"]
    found = find_dates("in March and April 2016", "en")
    assert [one.start for one in found] == ["2016-03", "2016-04"]


@pytest.mark.parametrize(
    ("text", "language", "relation"),
    [
        ("depuis le 3 mai 2018", "fr", "since"), ("depuis 2016", "fr", "since"),
        ("à partir du 3 mai 2018", "fr", "from"), ("jusqu’au 3 mai 2018", "fr", "until"),
        ("avant le 3 mai 2018", "fr", "before"), ("après le 3 mai 2018", "fr", "after"),
        ("since May 2018", "en", "since"), ("since May 14th, 2018", "en", "since"),
        ("until 3 May 2018", "en", "until"),
        ("before 2016", "en", "before"), ("on 3 May 2018", "en", ""),
    ],
)  # fmt: skip
def test_words_before_a_date_bound_it(text: str, language: str, relation: str) -> None:
    """They are told apart and are no part of the date's words."""
    found = only(text, language)
    assert found.relation == relation
    assert re.match(r"(le |the )?[\dM]", found.span.text)


def test_parts_of_a_day_are_kept() -> None:
    """ "jeudi soir" is a Thursday, and an evening."""
    found = only("arrivé jeudi soir", "fr", document_date=TODAY)
    assert (found.start, found.part_of_day) == ("2018-09-27", "evening")


def test_a_stretch_of_text_gives_offsets_of_the_whole() -> None:
    """The extractor asks for one sentence and gets spans of the document."""
    text = "Le 1er mai 2017, rien. Il est venu le 28 mars 2018. Le 2 juin 2019, rien."
    start = text.index("Il est")
    (found,) = find_dates(text, "fr", start=start, end=text.index("Le 2 juin"))
    assert text[found.span.start : found.span.end] == found.span.text == "le 28 mars 2018"


def test_seed_dates(seed_text: str) -> None:
    """The dates of the seed article, none invented."""
    found = [(one.span.text, one.start) for one in find_dates(seed_text, "fr") if one.start]
    assert found == [
        ("février", "XXXX-02"), ("octobre 2017", "2017-10"), ("2016", "2016"),
        ("le mois d’août 2016", "2016-08"), ("mars 2017", "2017-03"),
        ("le 28 mars 2018", "2018-03-28"),
    ]  # fmt: skip


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.sampled_from(["en", "fr"]))
def test_every_day_written_out_is_read_back(day: date, language: str) -> None:
    """Round trip through the words, for all days."""
    said = f"{day.day} {MONTHS[language].split()[day.month - 1]} {day.year}"
    assert only(f"x {said}.", language).start == day.isoformat()


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.integers(0, 60))
def test_displayed_stays_are_read_back(day: date, days: int) -> None:
    """What `Timespan.display` says in either language means the same to the reader."""
    last = date.fromordinal(day.toordinal() + days)
    span = Timespan(day.isoformat(), last.isoformat() if days else "")
    for language in ("en", "fr"):
        found = only(span.display(language), language)
        assert (found.start, found.end) == (span.start, span.end)


def test_no_date_lies_behind_the_last_year() -> None:
    """ "next quarter" of the year 9999 is none that a calendar has."""
    assert find_dates("trimestre prochain", "fr", document_date="9999-12-31") == []


WORDS = """le du au et 3 28 2018 31 mars février lundi prochain dernier hier la veille semaine il y
a deux ans jours été entre fin mi - / , . March the of last week in two days ago 03/04/2018 99 1er
depuis 20e trimestre inst. années 80 İ ﬁ e\u0301 ’"""
PIECES = st.sampled_from([*WORDS.split(), "\u202f", "\n"])


@settings(max_examples=300)
@given(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.sampled_from(["en", "fr"]),
    st.sampled_from(["", TODAY, "2018", "2019-01", "XXXX-03-03", "0001-01-01", "9999-12-31"]),
    st.sampled_from(["", "past", "future"]),
)
def test_whatever_the_words_values_are_edtf_and_spans_exact(
    text: str, language: str, document_date: str, tense: str
) -> None:
    """No text makes it fail, and each span is the words at its offsets, in order, apart."""
    end = 0
    for one in find_dates(text, language, document_date=document_date, tense=tense):
        assert text[one.span.start : one.span.end] == one.span.text
        assert one.span.start >= end
        end = one.span.end
        assert one.start == "" or is_edtf(one.start)
        assert one.end == "" or is_edtf(one.end)
        Timespan(one.start, one.end)


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    """Offsets in the folded text are offsets in the text."""
    assert len(fold(text)) == len(text)


def test_a_language_is_a_file() -> None:
    """A tiny pack of a third language is all it takes."""
    pack = compile_pack(
        """
        [words]
        month = { gennaio = 1, "età" = 2 }
        [shapes]
        day = '\\d{1,2}'
        year = '\\d{4}'
        [before]
        since = ["dal"]
        [tense]
        future = 'sarà'
        past = 'fu'
        [[rule]]
        read = "date"
        near = ["month"]
        pattern = '{day} {month} {year}'
        """
    )
    match = pack.scans["month"].search(fold("il 3 Gennaio 2018"))
    assert match is not None
    _, rule = pack.rule(match)
    assert rule.fields(rule.pattern.match("3 gennaio 2018")) == {
        "day": 3, "month": 1, "year": 2018,
    }  # fmt: skip
    assert {"en", "fr"} <= set(languages())


def test_a_wrong_pack_says_which_pattern() -> None:
    """A person who writes a pack is told where the mistake is."""
    with pytest.raises(ValueError, match="unknown class 'moth'"):
        compile_pack(
            "[words]\n[before]\n[tense]\nfuture='a'\npast='b'\n"
            "[[rule]]\nread='date'\nnear=[]\npattern='{moth}'"
        )
    with pytest.raises(ValueError, match="language 'xx'"):
        date_pack("xx")
