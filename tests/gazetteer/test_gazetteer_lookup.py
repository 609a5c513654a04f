"""The shipped gazetteer: names in many languages, namesakes, bad input, one's own places."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.errors import InputError
from visitmap.gazetteer import Gazetteer, is_doubtful
from visitmap.model import Place, Span, Toponym

_LANGUAGES = "fr en de es it pt nl tr az fa ar he ru uk hy ka zh ja"
LANGUAGES = _LANGUAGES.split()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The gazetteer that is shipped."""
    return Gazetteer.load()


def best(gazetteer: Gazetteer, query: str, **context: object) -> str:
    """The id of the first candidate, or empty."""
    found = gazetteer.candidates(query, **context)
    return found[0].place.id if found else ""


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("تهران", "geonames:112931"),
        ("Téhéran", "geonames:112931"),
        ("Bakou", "geonames:587084"),
        ("Bakı", "geonames:587084"),
        ("باکو", "geonames:587084"),
        ("Saint-Denis, La Réunion", "geonames:935264"),
        ("Géorgie", "country:GE"),
        ("Palestine", "country:PS"),
        ("Liban", "country:LB"),
        ("Mexico", "country:MX"),
        ("Kiïv", "geonames:703448"),
        ("Kiev", "geonames:703448"),
        ("Machhad", "geonames:124665"),
        ("Abou Dhabi", "geonames:292968"),
        ("Washington", "geonames:4140963"),
        ("New York", "geonames:5128581"),
        ("CDG", "airport:CDG"),
        ("Crimée", "region:crimea"),
        ("Haut-Karabagh", "region:nagorno-karabakh"),
        ("Darfour", "region:darfur"),
        ("palais de l'Élysée", "site:elysee"),
        ("le Kremlin", "site:kremlin"),
        ("Camp David", "site:camp-david"),
        ("Vatican", "country:VA"),
        ("Tripoli, Liban", "geonames:266826"),
        ("Paris, Texas", "geonames:4717560"),
        ("Paris, TX", "geonames:4717560"),
    ],
)
def test_news_spellings_find_their_place(gazetteer: Gazetteer, query: str, place_id: str) -> None:
    """What articles write, in several languages and with qualifiers, comes first."""
    assert best(gazetteer, query) == place_id


def test_mexico_is_a_city_in_french(gazetteer: Gazetteer) -> None:
    """The language of the document decides between a country and a town of one spelling."""
    assert best(gazetteer, "Mexico", language="fr") == "geonames:3530597"
    assert best(gazetteer, "Mexico", language="en") == "country:MX"


def test_both_towns_called_astara_are_offered(gazetteer: Gazetteer) -> None:
    """The border towns are nearly tied, so a person is asked, with a reason for each."""
    found = gazetteer.candidates("Astara")
    assert is_doubtful(found)
    assert {"IR", "AZ"} <= {one.place.country for one in found[:3]}
    assert all(one.reason and 0 <= one.score <= 1 for one in found)
    beside = gazetteer.candidates("Astara (Iran)")
    assert beside[0].place.country == "IR" and not is_doubtful(beside)


@pytest.mark.parametrize(
    ("name", "today", "said"),
    [
        ("Léningrad", "Saint Petersburg", "1991"),
        ("Zaïre", "Congo - Kinshasa", "1997"),
        ("USSR", "Russia", "1991"),
        ("Berlin-Ouest", "Berlin", "1990"),
        ("Constantinople", "Istanbul", "1930"),
    ],
)
def test_names_of_the_past_mean_todays_place_and_say_so(
    gazetteer: Gazetteer, name: str, today: str, said: str
) -> None:
    """The reason tells until when the old name was used."""
    found = gazetteer.candidates(name)[0]
    assert found.place.name == today
    assert "name of the past" in found.reason and said in found.reason


def test_salisbury_of_a_zimbabwean_text_is_harare(gazetteer: Gazetteer) -> None:
    """An old name that another town bears today is decided by the country beside it."""
    assert gazetteer.candidates("Salisbury", countries=("ZW",))[0].place.name == "Harare"
    assert gazetteer.candidates("Salisbury", countries=("GB",))[0].place.country == "GB"


def test_a_misspelling_is_found_and_marked(gazetteer: Gazetteer) -> None:
    """Fuzzy matches come last and say that they are."""
    found = gazetteer.candidates("Marsielle")[0]
    assert found.place.name == "Marseille" and "spelled nearly like" in found.reason
    assert found.score < gazetteer.candidates("Marseille")[0].score


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_that_is_found_again(gazetteer: Gazetteer, language: str) -> None:
    """In each language that is promised, the short name of each country leads back to it.

    Azerbaijani calls Tunisia "Tunis": in the texts we read that is the capital alone.
    """
    missing = [
        code
        for code in gazetteer.all_country_codes()
        if code not in gazetteer.country_codes(gazetteer.country(code, language).name)
    ]
    assert missing == (["TN"] if language == "az" else [])


@pytest.mark.parametrize(("name", "country"), [("Brasilia", "BR"), ("Tunis", "TN")])
def test_a_capital_that_other_languages_call_the_country_is_a_town(
    gazetteer: Gazetteer, name: str, country: str
) -> None:
    """Finnish "Brasilia" and Azerbaijani "Tunis" are countries, English and French ones towns."""
    best = gazetteer.candidates(name)[0].place
    assert (best.kind, best.country) == ("city", country)


@pytest.mark.parametrize("name", ["Holy Land", "Terre sainte"])
def test_the_holy_land_is_not_the_netherlands(gazetteer: Gazetteer, name: str) -> None:
    """A region of several countries of its own, no misspelt Holland."""
    best = gazetteer.candidates(name)[0].place
    assert best.id == "region:holy-land"


def test_official_names_are_countries(gazetteer: Gazetteer) -> None:
    """Long forms count, with either apostrophe."""
    assert gazetteer.country_codes("République islamique d’Iran") == ("IR",)
    assert gazetteer.country_codes("République islamique d'Iran") == ("IR",)
    assert gazetteer.country_codes("United Kingdom of Great Britain and Northern Ireland") == (
        "GB",
    )
    assert gazetteer.country_codes("Atlantis") == ()


def test_a_country_lies_at_its_capital(gazetteer: Gazetteer) -> None:
    """A visit to a country is drawn at the capital, and its kind says so."""
    iran, tehran = gazetteer.country("ir", "fr"), gazetteer.capital("IR", "fr")
    assert (iran.kind, iran.id, iran.name) == ("country", "country:IR", "Iran")
    assert (tehran.name, tehran.kind) == ("Téhéran", "city")
    assert (iran.latitude, iran.longitude) == (tehran.latitude, tehran.longitude)
    assert gazetteer.country("ZZ") is None and gazetteer.capital("ZZ") is None


def test_places_have_names_in_the_documents_language(gazetteer: Gazetteer) -> None:
    """Map labels are in the reader's language where we have it, else empty."""
    assert gazetteer.localised("geonames:587084", "fr") == "Bakou"
    assert gazetteer.localised("geonames:112931", "fa") == "تهران"
    assert gazetteer.localised("country:DE", "fr") == "Allemagne"
    assert gazetteer.localised("geonames:1816670", "fr") == "Pékin"
    assert gazetteer.localised("geonames:587084", "en") == "Baku"
    assert gazetteer.localised("geonames:0", "en") == ""
    assert gazetteer.localised("geonames:0", "fr") == ""


@pytest.mark.parametrize(("language", "name"), [("fr", "Bakou"), ("en", "Baku"), ("xx", "Baku")])
def test_a_place_is_named_in_a_language_or_as_it_is(
    gazetteer: Gazetteer, language: str, name: str
) -> None:
    """Where we know no name in the language, the place keeps its own, and all else of it."""
    baku = gazetteer.lookup("Baku", limit=1)[0]
    named = gazetteer.named(baku, language)
    assert (named.name, named.id, named.population) == (name, baku.id, baku.population)


@pytest.mark.parametrize("word", ["Of", "UN", "Many", "Plus", "xyzzy", "", "\0", "Nous"])
def test_short_and_everyday_words_are_not_known(gazetteer: Gazetteer, word: str) -> None:
    """They never count as places by themselves."""
    assert not gazetteer.knows(word)


@pytest.mark.parametrize("name", ["Bakou", "saint denis", "TEHRAN", "Cuba", "تهران", "Nice"])
def test_names_are_known_however_written(gazetteer: Gazetteer, name: str) -> None:
    """Case and accents make no difference."""
    assert gazetteer.knows(name)


@pytest.mark.parametrize(
    ("words", "start", "length"),
    [
        (["à", "Saint-Denis", "de", "la", "Réunion"], 1, 4),
        (["New", "York", "Times"], 0, 2),
        (["République", "islamique", "d’", "Iran"], 0, 4),
        (["bakou"], 0, 0),
        (["Paris", ",", "Texas"], 0, 1),
        (["Many", "people"], 0, 0),
        ([""], 0, 0),
    ],
)
def test_the_longest_name_at_a_word_is_matched(
    gazetteer: Gazetteer, words: list[str], start: int, length: int
) -> None:
    """Names begin with a capital and stop at punctuation."""
    assert gazetteer.match_at(words, start) == length


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("New York", True),
        ("Saint-Denis de la Réunion", True),
        ("Paris", True),
        ("Xyzzy Hill", False),
    ],
)
def test_a_word_that_opens_no_name_is_known(gazetteer: Gazetteer, name: str, opens: bool) -> None:
    """Of a name's first word it is never denied; of others it is, and nothing is looked up."""
    assert gazetteer.opens_name(name.split()[0]) is opens
    assert opens or gazetteer.match_at(name.split(), 0) == 0


@pytest.mark.parametrize(
    "name", ["", "x", "x" * 10_000, "\0", "Par\0is", "\u0301", "پParis", "'" * 50, ", ,", "()"]
)
def test_bad_names_find_nothing(gazetteer: Gazetteer, name: str) -> None:
    """Never an exception, never a wrong point."""
    assert gazetteer.candidates(name) == []
    assert gazetteer.lookup(name) == []
    assert not gazetteer.knows(name)


def test_no_limit_means_no_answer(gazetteer: Gazetteer) -> None:
    """`limit=0` gives an empty list, and so does less."""
    assert gazetteer.candidates("Paris", limit=0) == gazetteer.lookup("Paris", limit=0) == []
    assert gazetteer.lookup("Paris", limit=-1) == []


def test_unknown_country_codes_change_nothing_but_the_scores(gazetteer: Gazetteer) -> None:
    """A country nobody knows speaks for no candidate."""
    assert best(gazetteer, "Paris", countries=("ZZ",)) == best(gazetteer, "Paris")


@given(st.text(max_size=40))
def test_any_text_gives_scored_places_or_nothing(name: str) -> None:
    """Whatever is asked, scores lie in 0 to 1, best first, and every place has a point."""
    found = Gazetteer.load().candidates(name)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 <= one.score <= 1 and one.place.is_resolved and one.reason for one in found)


def test_a_place_beside_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    """A known place near one of the candidates speaks for it, and the reason tells how far."""
    beirut = gazetteer.capital("LB")
    found = gazetteer.candidates("Tripoli", near=[beirut])[0]
    assert found.place.country == "LB" and "km from" in found.reason


def test_hints_of_the_toponym_are_heeded(gazetteer: Gazetteer) -> None:
    """The extractor's country wins over prominence."""
    toponym = Toponym(Span(0, 6, "Astara"), "Astara", country="IR")
    assert gazetteer.candidates(toponym)[0].place.country == "IR"


def test_own_places_win(tmp_path: Path) -> None:
    """A CSV of one's own places stands before ours, by name and by alternate."""
    file = tmp_path / "own.csv"
    file.write_text(
        "name,latitude,longitude,country,kind,names\nVilla Aurore,36.8,10.3,tn,site,Aurore|Bakou\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.load(extra=file)
    for name in ("villa aurore", "Bakou"):
        found = gazetteer.candidates(name)
        assert [one.place.name for one in found] == ["Villa Aurore"]
        assert found[0].reason.startswith("from your own list") and found[0].score > 0.9
    assert gazetteer.lookup("Bakou")[0].name == "Villa Aurore"
    assert gazetteer.match_at(["Villa", "Aurore"], 0) == 2


@pytest.mark.parametrize(
    "line", ["Here,91,0,FR", "Here,nan,0,FR", ",1,1,FR", "Here,one,1,FR", "Here"]
)
def test_a_wrong_line_of_own_places_is_named(tmp_path: Path, line: str) -> None:
    """The error says which line, and what a place needs."""
    file = tmp_path / "own.csv"
    file.write_text(f"name,latitude,longitude,country\nGood,1,1,FR\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.csv:3"):
        Gazetteer.load(extra=file)


def test_the_nearest_town_is_found(gazetteer: Gazetteer) -> None:
    """Also across the date line."""
    place, gap = gazetteer.nearest(38.4265, 48.8682)[0]
    assert (place.country, place.kind) == ("IR", "city") and gap < 1
    assert gazetteer.nearest(-16.8, 179.99)[0][1] < 100


def test_doubt_needs_two_places() -> None:
    """One sure answer, or two headings of one place, are no doubt."""
    town = Place("A", "geonames:1", 10.0, 10.0, "FR")
    region = Place("A", "geonames:2", 10.1, 10.1, "FR", "region")
    from visitmap.model import Candidate

    assert not is_doubtful([])
    assert not is_doubtful([Candidate(town, 0.9, "")])
    assert not is_doubtful([Candidate(town, 0.6, ""), Candidate(region, 0.5, "")])
    far = Place("A", "geonames:3", 50.0, 10.0, "FR")
    assert is_doubtful([Candidate(town, 0.5, ""), Candidate(far, 0.45, "")])


def test_a_mark_behind_a_name_is_none_of_it() -> None:
    """A dash or an apostrophe behind a place's name does not make the name longer."""
    gazetteer = Gazetteer.load()
    assert gazetteer.match_at(["Algérie", "-", "France"], 0) == 1
    assert gazetteer.match_at(["Addis", "-", "Abeba", "-"], 0) == 3
