"""The first look at a document may only leave out what tells of no visit."""

from pathlib import Path

import pytest

from visitmap.extract import extract_mentions, mentions
from visitmap.extract.passages import Passages
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Source

GOLD = sorted((Path(__file__).parent.parent / "gold").glob("*.txt"))
NEWS = {
    "no place": "The council agreed on its budget. The mayor said he was pleased.",
    "no word of visits": "Paris and Rome are large. Oslo is not.",
    "nobody": "Flights between Oslo and Rome take three hours.",
}


def _sentences(path: Path) -> list[str]:
    """The article, and each of its sentences alone: little to go by, and all of it must do."""
    text = path.read_text("utf-8")
    return [text, *(part for part in text.replace("\n", " ").split(". ") if part)]


def _all_sentences(passages: Passages) -> list[int]:
    return [one.number for one in passages.sentences]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_what_is_left_out_tells_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the first look the same mentions are found, also when none is likely."""
    gazetteer = Gazetteer.load()

    def read(name: str) -> list:
        return [
            extract_mentions(
                Document(text, Source(f"{name}{n}", language=path.stem[:2])), gazetteer
            )
            for n, text in enumerate(_sentences(path))
        ]

    looked = read("d")
    mentions._read.cache_clear()
    monkeypatch.setattr(mentions, "telling_sentences", _all_sentences)
    every = read("d")
    mentions._read.cache_clear()
    assert looked == every


@pytest.mark.parametrize("name", NEWS)
def test_most_news_is_not_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without somebody, somewhere and a word of visits nobody is looked for."""

    def never(_: object) -> list:
        raise AssertionError("the document was read")

    monkeypatch.setattr(mentions._Article, "_read", never)
    found = extract_mentions(Document(NEWS[name], Source("n", language="en")), Gazetteer.load())
    assert found == []


def test_a_sentence_that_breaks_off_is_read() -> None:
    """A noun of stops at the very end has no place behind it, and that is no fault."""
    text = "President Anna Holm of Denmark arrived in Oslo on Monday. Her first stop"
    found = extract_mentions(Document(text, Source("n", language="en")), Gazetteer.load())
    assert [one.destination.name for one in found] == ["Oslo"]
