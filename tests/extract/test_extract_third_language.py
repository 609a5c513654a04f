"""A language is two files: a tiny Spanish pack is enough to read a Spanish sentence."""

from pathlib import Path

import pytest

from visitmap.extract import date_pack, extract_mentions, pack
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Source

VISITS = """
language = "es"
elisions = []
abbreviations = ["sr"]

[paradigms.ar]
past = ["ó", "aron"]
future = ["ará", "arán"]

[frames.go]
to = ["a", "en"]
from = ["de", "desde"]
[frames.visit]
object = "place"
to = ["en"]

[[verbs]]
kind = "go"
words = ["viaj+ar"]
[[verbs]]
kind = "visit"
words = ["visit+ar"]
[[nouns]]
kind = "noun"
words = []

[words]
prepositions = ["a", "en", "de", "desde", "con"]
articles = ["el", "la", "un", "una"]
conjunctions = ["y"]
negation = ["no"]
of = ["de"]
linked_to = ["de"]

[people]
determiners = ["el", "la"]
roles_m = ["ministro", "presidente"]
roles_f = ["ministra", "presidenta"]
complement_openers = ["de"]
complement_stop = ["a", "en"]

[places]
capital_of = ["capital"]
"""

DATES = r"""
day_first = true
[words]
month = { enero = 1, febrero = 2, marzo = 3 }
[shapes]
year = '(?:19|20)\d\d'
[before]
[tense]
future = '\bserá\b'
past = '\bfue\b'
[[rule]]
read = "date"
near = ["month"]
pattern = '{month} de {year}'
"""


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs in a folder of their own, with Spanish and nothing else."""
    folder = tmp_path / "es"
    folder.mkdir()
    (folder / "visits.toml").write_text(VISITS, "utf-8")
    (folder / "dates.toml").write_text(DATES, "utf-8")
    monkeypatch.setattr(pack, "PACKS", tmp_path)
    monkeypatch.setattr(date_pack, "PACKS", tmp_path)


def read(text: str):
    """The mentions of a Spanish text."""
    return extract_mentions(Document(text, Source("d", language="es")), Gazetteer.load())


@pytest.mark.usefixtures("spanish")
class TestSpanish:
    """Two verbs, four offices and three months."""

    def test_who_where_and_when(self) -> None:
        """A past tense, a place behind its preposition, a month with its year."""
        (found,) = read("El presidente Pedro Salinas viajó a Bakú en marzo de 2017.")
        assert found.travellers[0].name == "Pedro Salinas"
        assert found.travellers[0].role == "presidente"
        assert (found.destination.name, found.timespan.start) == ("Bakú", "2017-03")
        assert found.status == "happened"

    def test_a_future_is_a_plan(self) -> None:
        """The tense comes from the paradigm."""
        (found,) = read("La ministra Ana Robles visitará Lisboa.")
        assert (found.destination.name, found.status) == ("Lisboa", "planned")

    def test_a_negation_is_no_visit(self) -> None:
        """The pack's word for "not" is heeded."""
        assert read("La ministra Ana Robles no visitó Lisboa.") == []

    def test_other_languages_are_not_read(self) -> None:
        """A language without a pack gives nothing, and no error."""
        document = Document("Il s'est rendu à Paris.", Source("d", language="fr"))
        assert extract_mentions(document, Gazetteer.load()) == []
