"""Demonyms: every country, both languages, compounds."""

import pytest

from visitmap.gazetteer import Gazetteer

# Without a people, or with words only in the other language; stated so that a gap is seen.
_UNINHABITED = {"AQ", "BV", "HM", "TF", "GS", "UM", "IO"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The gazetteer that is shipped."""
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("word", "language", "codes"),
    [
        ("iraniennes", "fr", ("IR",)),
        ("iranien", "fr", ("IR",)),
        ("azerbaïdjanais", "fr", ("AZ",)),
        ("azerbaïdjanaises", "fr", ("AZ",)),
        ("irano-azerbaïdjanaise", "fr", ("IR", "AZ")),
        ("franco-allemand", "fr", ("FR", "DE")),
        ("sino-américaines", "fr", ("CN", "US")),
        ("israélo-palestinien", "fr", ("IL", "PS")),
        ("sud-coréenne", "fr", ("KR",)),
        ("grecques", "fr", ("GR",)),
        ("turque", "fr", ("TR",)),
        ("congolais", "fr", ("CD", "CG")),
        ("Russian", "en", ("RU",)),
        ("Russians", "", ("RU",)),
        ("Frenchmen", "en", ("FR",)),
        ("Sino-Russian", "en", ("CN", "RU")),
        ("maison", "fr", ()),
        ("porte-parole", "fr", ()),
        ("", "fr", ()),
        ("-", "", ()),
    ],
)
def test_forms_give_their_countries(
    gazetteer: Gazetteer, word: str, language: str, codes: tuple[str, ...]
) -> None:
    """Masculine and feminine, singular and plural, and compounds in their order."""
    assert gazetteer.demonym(word, language) == codes


def test_every_state_has_demonyms_in_both_languages(gazetteer: Gazetteer) -> None:
    """No member of the United Nations is missing from the table."""
    words = gazetteer._index.tables["demonyms"]["words"]
    for language in ("fr", "en"):
        known = {code for codes in words[language].values() for code in codes}
        states = {code for code in gazetteer.all_country_codes() if _is_state(gazetteer, code)}
        assert states - known <= {"DM", "VA"}, language


def _is_state(gazetteer: Gazetteer, code: str) -> bool:
    """Whether the country is a state rather than a territory, by size: enough for a gap to show."""
    place = gazetteer.country(code)
    return place.population > 300_000 and code not in _UNINHABITED
