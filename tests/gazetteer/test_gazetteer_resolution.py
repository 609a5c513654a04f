"""All toponyms of a document together."""

import pytest

from visitmap.gazetteer import Gazetteer, is_doubtful, resolution
from visitmap.model import Candidate, Span, Toponym


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The gazetteer that is shipped."""
    return Gazetteer.load()


def resolve(
    gazetteer: Gazetteer, text: str, *names: str, language: str = "en"
) -> list[list[Candidate]]:
    """Candidates of names that stand in a text, at their first place in it."""
    toponyms = [
        Toponym(Span(text.index(name), text.index(name) + len(name), name), name) for name in names
    ]
    return gazetteer.resolve(toponyms, language=language, text=text)


def test_the_seed_article_leaves_astara_to_the_reader(gazetteer: Gazetteer, seed_text: str) -> None:
    """Baku and Tehran are sure, both towns called Astara are offered and nearly tied."""
    baku, tehran, astara = resolve(
        gazetteer, seed_text, "Bakou", "Téhéran", "Astara", language="fr"
    )
    assert baku[0].place.id == "geonames:587084" and not is_doubtful(baku)
    assert tehran[0].place.id == "geonames:112931" and not is_doubtful(tehran)
    assert {one.place.country for one in astara} == {"IR", "AZ"}
    assert is_doubtful(astara)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The fair in Paris, Texas, drew crowds.", "Paris", "US"),
        ("Le ministre libanais s’est rendu à Tripoli.", "Tripoli", "LB"),
        ("Le Premier ministre libyen a regagné Tripoli.", "Tripoli", "LY"),
        ("He left Georgia's capital Tbilisi for Batumi.", "Georgia", "GE"),
        ("Elle est née à Valence (Espagne).", "Valence", "ES"),
        ("Elle est née à Valence, dans la Drôme, en France.", "Valence", "FR"),
        ("Au Pakistan, il a visité Hyderabad.", "Hyderabad", "PK"),
    ],
)
def test_the_text_around_decides(gazetteer: Gazetteer, text: str, name: str, country: str) -> None:
    """Countries, regions and demonyms of the text choose between namesakes."""
    language = "fr" if any(word in text for word in ("Le ", "Elle", "Au ")) else "en"
    assert resolve(gazetteer, text, name, language=language)[0][0].place.country == country


def test_a_travellers_own_country_says_less_of_where_they_went(gazetteer: Gazetteer) -> None:
    """A country told as the traveller's is left out of account by half; elsewhere it decides."""
    text = "L'ancien président américain Bill Clinton est revenu à Belfast le mois dernier."
    start = text.index("Belfast")
    toponym = Toponym(Span(start, start + 7, "Belfast"), "Belfast")
    answers = {
        codes: gazetteer.resolve([toponym], language="fr", text=text, traveller_countries=[codes])
        for codes in ((), ("US",))
    }
    best = {codes: found[0][0].place.country for codes, found in answers.items()}
    assert best == {(): "US", ("US",): "GB"}


def test_georgia_beside_towns_of_the_state_is_the_state(gazetteer: Gazetteer) -> None:
    """A country's name yields to a region when all else lies there."""
    text = "Officers from Atlanta and Savannah, Georgia, met in Alabama."
    found = resolve(gazetteer, text, "Georgia", "Atlanta", "Savannah", "Alabama")
    assert {answer[0].place.country for answer in found} == {"US"}


def test_a_name_has_one_sense_in_a_document(gazetteer: Gazetteer) -> None:
    """What is told once ("Saint-Denis, La Réunion") holds for the same name later."""
    text = "À Saint-Denis, La Réunion, il pleut. Saint-Denis attend le ministre."
    second = text.rindex("Saint-Denis")
    toponyms = [
        Toponym(Span(start, start + 11, "Saint-Denis"), "Saint-Denis") for start in (2, second)
    ]
    first, later = gazetteer.resolve(toponyms, language="fr", text=text)
    assert first == later and first[0].place.country == "RE"


def test_neighbours_speak_for_each_other(gazetteer: Gazetteer) -> None:
    """Small towns of one corner of a country pull each other there, without its name."""
    text = "The road from Lancaster to Harrisburg and York is closed."
    for found in resolve(gazetteer, text, "Lancaster", "Harrisburg", "York"):
        assert found[0].place.admin1 == "Pennsylvania"


def test_a_book_is_compared_part_by_part(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each option is compared with each: of very many names, only those near to each other are."""
    compared = []
    together = resolution._support_each_other

    def support(senses: list[resolution.Sense]) -> None:
        compared.append(sum(len(one.options) for one in senses))
        together(senses)

    monkeypatch.setattr(resolution, "_support_each_other", support)
    monkeypatch.setattr(resolution, "_MOST_COMPARED", 60)
    names = ["Madrid", "Valencia", "Toledo", "Lyon", "Paris", "Tours", "Oslo", "Bergen"]
    found = resolve(gazetteer, f"{', '.join(names[:3])} … {', '.join(names[3:])}.", *names)
    assert len(compared) > 1 and max(compared) <= 60
    assert [one[0].place.country for one in found[:2]] == ["ES", "ES"]


def test_answers_keep_the_order_and_number_of_the_toponyms(gazetteer: Gazetteer) -> None:
    """Also for unknown names, and for none at all."""
    found = resolve(gazetteer, "Xyzzyq Qwrtz then Paris", "Xyzzyq", "Paris")
    assert found[0] == [] and found[1][0].place.id == "geonames:2988507"
    assert gazetteer.resolve([]) == []


def test_an_adjective_means_its_country(gazetteer: Gazetteer) -> None:
    """`Turkish` as a toponym is Turkey."""
    assert resolve(gazetteer, "Turkish troops", "Turkish")[0][0].place.id == "country:TR"


def test_the_same_document_gives_the_same_answer(gazetteer: Gazetteer, seed_text: str) -> None:
    """Nothing depends on what was asked before."""
    first = resolve(gazetteer, seed_text, "Bakou", "Astara", language="fr")
    resolve(gazetteer, "Paris, Texas", "Paris", "Texas")
    assert resolve(gazetteer, seed_text, "Bakou", "Astara", language="fr") == first
