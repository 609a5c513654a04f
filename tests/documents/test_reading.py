"""Files, folders, corpora, uploads and pasted text become Documents; what is wrong says so."""

import gzip
import io
import json
from pathlib import Path

import pytest

from visitmap.documents import document_from_text, read_document, read_documents
from visitmap.errors import InputError
from visitmap.model import Document, Issue

FRENCH = "Le président s’est rendu à Bakou le 28 mars 2018, à la tête d’une délégation."
ENGLISH = "The president flew to Baku on 28 March 2018 at the head of a delegation."


def documents(*inputs: object, **options: str) -> list[Document]:
    """The documents of some inputs, without the issues."""
    found = read_documents([str(one) for one in inputs], **options)
    return [one for one in found if isinstance(one, Document)]


def issues(*inputs: object) -> list[Issue]:
    """The issues of some inputs."""
    return [one for one in read_documents([str(one) for one in inputs]) if isinstance(one, Issue)]


def test_the_seed_is_french_undated_and_from_its_last_line(seeds: Path) -> None:
    """A date that the body tells is not the document's; "Source: PressTV" is its publisher."""
    (seed,) = documents(seeds)
    assert (seed.language, seed.date, seed.source.date_basis) == ("fr", "", "")
    assert seed.source.publisher == "PressTV"
    assert seed.text == next(seeds.glob("*.txt")).read_bytes().decode()


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_plain_text_keeps_every_character(tmp_path: Path, ends: str) -> None:
    """Offsets hold for line ends of any kind; only the byte order mark goes."""
    text = f"{FRENCH}{ends}  Deuxième ligne.{ends}"
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_document(path).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    """Unicode with its mark, and Western text of old computers."""
    path = tmp_path / "a.txt"
    path.write_bytes(FRENCH.encode(encoding))
    assert read_document(path).text == FRENCH


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (b"\x00\x01\x02 not text" * 9, "binary"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        ("Тегеран и Баку".encode("cp1251"), "encoding is unknown"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    """What, where, and what to do next; never a guess."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert said in caught.value.what
    assert caught.value.where == str(path)
    assert caught.value.remedy


def test_a_missing_file_and_an_unknown_kind_say_so(tmp_path: Path) -> None:
    """An input given by name raises; the sentence names it."""
    (tmp_path / "a.xyz").write_text("x")
    with pytest.raises(InputError, match="no such file"):
        documents(tmp_path / "none.txt")
    with pytest.raises(InputError, match=r"kind \.xyz"):
        documents(tmp_path / "a.xyz")


def test_a_folder_is_read_in_order_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    """Subfolders too, hidden files and unknown kinds not; a bad file is an issue."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "notes.xyz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(FRENCH)
    (tmp_path / "bad.txt").write_bytes(b"")
    assert [one.doc_id for one in documents(tmp_path)] == ["a", "b", "c"]
    (issue,) = issues(tmp_path)
    assert (issue.code, issue.where) == ("file-unreadable", str(tmp_path / "bad.txt"))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """A folder without an article is most likely the wrong one."""
    with pytest.raises(InputError, match="holds no article"):
        documents(tmp_path)


def test_ids_are_unique_within_a_run(tmp_path: Path) -> None:
    """The second article of a name gets a number."""
    for folder in ("x", "y", "z"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(ENGLISH)
    assert [one.doc_id for one in documents(tmp_path)] == ["news", "news-2", "news-3"]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_corpus_goes_on_after_bad_lines(tmp_path: Path, suffix: str) -> None:
    """A wrong line is reported by its number; metadata of the others are kept."""
    good = {
        "id": "x1", "text": ENGLISH, "date": "2018-03-29T08:00:00Z", "title": "Baku",
        "url": "https://example.org/1", "language": "en-GB",
    }  # fmt: skip
    lines = [json.dumps(good), "not json", "", '{"id": 3}', json.dumps({"text": FRENCH}), "[1]"]
    data = "\n".join(lines).encode()
    path = tmp_path / f"corpus{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith("gz") else data)
    first, second = documents(path)
    assert (first.doc_id, first.date, first.language) == ("x1", "2018-03-29", "en")
    assert (first.source.title, first.source.url) == ("Baku", "https://example.org/1")
    assert (second.doc_id, second.language) == ("corpus-5", "fr")
    assert [one.where for one in issues(path)] == [f"{path}:{n}" for n in (2, 4, 6)]


def test_a_corpus_date_that_is_none_becomes_an_issue(tmp_path: Path) -> None:
    """03/04/2018 may be two days: the document stays undated and the line is named."""
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"id": "a", "text": ENGLISH, "date": "03/04/2018"}))
    assert documents(path)[0].date == ""
    assert [(one.code, one.where) for one in issues(path)] == [
        ("document-date-unreadable", f"{path}:1")
    ]


def test_a_file_that_is_no_corpus_is_one_error(tmp_path: Path) -> None:
    """A million wrong lines are not a million issues."""
    path = tmp_path / "c.jsonl"
    path.write_text("no\n" * 1000)
    with pytest.raises(InputError, match="not a corpus"):
        documents(path)


def test_a_cut_off_archive_says_so(tmp_path: Path) -> None:
    """What was whole before the damage is not silently taken for everything."""
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": ENGLISH}).encode() * 99)[:-20])
    with pytest.raises(InputError, match="damaged or cut off"):
        documents(path)


@pytest.mark.parametrize("as_corpus", [False, True])
def test_standard_input_is_an_article_or_a_corpus(
    monkeypatch: pytest.MonkeyPatch, as_corpus: bool
) -> None:
    """`-` takes what `cat` gives."""
    data = json.dumps({"id": "s", "text": FRENCH}) if as_corpus else FRENCH
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    (document,) = documents("-")
    assert (document.text, document.doc_id) == (FRENCH, "s" if as_corpus else "stdin")


def test_an_upload_goes_by_its_name() -> None:
    """Bytes and a file name are enough; the name's folders do not matter."""
    document = read_document(FRENCH.encode(), name="C:/x/Visite à Bakou.txt")
    assert (document.doc_id, document.text) == ("Visite à Bakou", FRENCH)


def test_pasted_text_keeps_what_is_told_with_it() -> None:
    """Everything given by the user wins over what could be found."""
    document = document_from_text(
        f"{FRENCH}\nSource: PressTV", doc_id="p", document_date="2019-01", publisher="Moi"
    )
    assert (document.doc_id, document.date, document.source.date_basis) == ("p", "2019-01", "given")
    assert document.source.publisher == "Moi"


@pytest.mark.parametrize("options", [{"document_date": "3 mai"}, {"language": "de"}])
def test_options_that_mean_nothing_are_refused(options: dict[str, str]) -> None:
    """A wrong date or language is told at once, with what would be right."""
    with pytest.raises(InputError) as caught:
        document_from_text(FRENCH, **options)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Der Präsident reiste am Montag mit einer Delegation nach Baku.", ""),
        ("El presidente viajó el lunes a Bakú con una delegación de alto nivel.", ""),
        ("رئیس جمهور ایران روز دوشنبه به باکو سفر کرد", ""),
        ("123 456", ""),
    ],
)
def test_the_language_is_one_of_ours_or_none(text: str, language: str) -> None:
    """A language that is not supported is not taken for one that is."""
    assert document_from_text(text).language == language


def test_an_unsupported_language_is_an_issue_beside_the_document(tmp_path: Path) -> None:
    """The article is kept: the user may say what it is."""
    path = tmp_path / "de.txt"
    path.write_text("Der Präsident reiste am Montag mit einer Delegation nach Baku.")
    assert len(documents(path)) == 1
    assert [(one.code, one.where) for one in issues(path)] == [("language-unsupported", "de:1")]
    assert documents(path, language="en")[0].language == "en"


def test_an_article_over_the_cap_is_refused_and_five_megabytes_are_not() -> None:
    """The cap is said in the message, with a way out."""
    line = f"{ENGLISH}\n"
    assert len(read_document((line * 70_000).encode(), name="big.txt").text) > 5_000_000
    with pytest.raises(InputError, match="20,000,000 characters"):
        read_document((line * 300_000).encode(), name="huge.txt")
