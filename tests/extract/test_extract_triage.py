"""The first look at a document may only leave out what tells of no visit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from visitmap.extract import extract_mentions, mentions
from visitmap.extract.passages import Passages
from visitmap.gazetteer import Gazetteer
from visitmap.model import Document, Mention, Source

HERE = Path(__file__).parent
GOLD = sorted((HERE.parent / "gold").glob("*.txt"))
WORDINGS = sorted(HERE.glob("test_extract_*.py"))
NEWS = {
    "no place": "The council agreed on its budget. The mayor said he was pleased.",
    "no word of visits": "Paris and Rome are large. Oslo is not.",
    "nobody": "Flights between Oslo and Rome take three hours.",
    "a word of visits, and no place where one would be": "Oslo and Rome are large, he said.",
}


def _alone(text: str) -> list[str]:
    """A text, and each of its sentences alone: little to go by, and all of it must do."""
    return [text, *(part for part in text.replace("\n", " ").split(". ") if part)]


def _article(path: Path) -> list[Document]:
    """A labelled article and its sentences."""
    return _documents(path.stem, path.stem[:2], "", path.read_text("utf-8"))


def _wordings(path: Path) -> list[Document]:
    """The reports that a module tests, wherever `(language, date, text, …)` stands in it."""
    reports = _reports(ast.parse(path.read_text("utf-8")))
    return [
        document
        for n, report in enumerate(reports)
        for document in _documents(f"{path.stem}{n}", *report)
    ]


def _reports(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(tree):
        parts = getattr(node, "elts", ())[:3]
        told = tuple(one.value for one in parts if isinstance(one, ast.Constant))
        if len(told) == 3 and told[0] in ("en", "fr"):
            yield told


def _documents(name: str, language: str, date: str, text: str) -> list[Document]:
    return [
        Document(part, Source(f"{name} {n}", date=date, language=language))
        for n, part in enumerate(_alone(text))
    ]


def _all_sentences(passages: Passages) -> Iterator[int]:
    return iter([one.number for one in passages.sentences])


def _mentions(documents: list[Document]) -> list[tuple[str, list[Mention]]]:
    gazetteer = Gazetteer.load()
    mentions._read.cache_clear()
    found = [(one.text, extract_mentions(one, gazetteer)) for one in documents]
    mentions._read.cache_clear()
    return found


@pytest.mark.parametrize("path", [*GOLD, *WORDINGS], ids=lambda path: path.stem)
def test_what_is_left_out_tells_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without the first look the same mentions are found, also when none is likely.

    A rule that finds what the first look does not know of fails here, by its own test's wording.
    """
    documents = _article(path) if path in GOLD else _wordings(path)
    looked = _mentions(documents)
    monkeypatch.setattr(mentions, "telling_sentences", _all_sentences)
    assert looked == _mentions(documents)


def test_the_wordings_are_found() -> None:
    """The comparison above reads every report of the other modules."""
    assert sum(len(_wordings(path)) for path in WORDINGS) > 250


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
