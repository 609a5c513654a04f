"""Uploads: articles, corpora and tables, each read where it can do no harm; bytes are kept."""

import hashlib
import io
import json
import os

import docx
import pytest

from visitmap.errors import InputError
from visitmap.model import Evidence, Place, Source, Traveller, Visit
from visitmap.tables import write_table
from visitmap.timespan import Timespan
from visitmap.ui import session, uploads
from visitmap.ui.filling import Filling, files_in, fill

SENTENCE = "Norwegian Foreign Minister Ada Berg travelled to Lisbon on 12 March 2019."


def word_file(text):
    """A Word document of one paragraph."""
    written, target = docx.Document(), io.BytesIO()
    written.add_paragraph(text)
    written.save(target)
    return target.getvalue()


def test_an_article_is_read_in_a_process_of_its_own(monkeypatch):
    """The same document as reading it here gives; plain text needs no process."""
    found = uploads.read_article(word_file(SENTENCE), "berg.docx", document_date="2019-03-14")
    assert (found.text, found.date, found.doc_id) == (SENTENCE, "2019-03-14", "berg")
    monkeypatch.setattr(uploads, "_asked", lambda *_: pytest.fail("a process for plain text"))
    assert uploads.read_article(SENTENCE.encode(), "berg.txt").text == SENTENCE


@pytest.mark.parametrize("data", [b"%PDF-1.7 none", b"", os.urandom(2000)])
def test_a_broken_file_is_a_sentence(data):
    """With its name and what to do."""
    with pytest.raises(InputError) as caught:
        uploads.read_article(data, "broken.pdf")
    assert "broken.pdf" in str(caught.value) and caught.value.remedy


def test_a_file_that_takes_all_memory_ends_its_own_process_only(monkeypatch):
    """The bounds hold: the sentence says so, this process lives."""
    monkeypatch.setattr(uploads, "_COMMAND", ("/bin/sh", "-c", "ulimit -v 1000; exec false"))
    with pytest.raises(InputError, match="within the bounds"):
        uploads.read_article(word_file(SENTENCE), "berg.docx")


def test_the_bytes_received_are_kept(empty_project):
    """What an archive names by its hash is what came, not what was read of it."""
    data = word_file(SENTENCE)
    assert session.add_upload(data, "berg.docx") == 1
    (stored,) = empty_project.documents()
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert empty_project.content("berg") == data


def test_a_table_and_a_corpus_can_be_uploaded(empty_project):
    """A table gives visits with its rows as evidence; a corpus one document a line."""
    table = b"traveller,destination,start\nAda Berg,Lisbon,2019-03-12\nGrace Holm,Oslo,2019-04-01\n"
    assert session.add_upload(table, "tour.csv") == 2
    lines = [json.dumps({"id": f"a{n}", "text": SENTENCE, "language": "en"}) for n in range(2)]
    assert session.add_upload("\n".join(lines).encode(), "news.jsonl") == 2
    assert [one.doc_id for one in empty_project.documents()] == ["tour", "a0", "a1"]
    with pytest.raises(InputError):
        session.add_upload(b"no json\n", "bad.jsonl")


def test_a_folder_is_read_with_counts_and_its_problems(tmp_path):
    """Each file's bytes come along; one that cannot be read leaves the rest alone."""
    (tmp_path / ".hidden.txt").write_text("no")
    (tmp_path / "a.txt").write_bytes(SENTENCE.encode())
    (tmp_path / "b.pdf").write_bytes(b"%PDF none")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_bytes(SENTENCE.encode())
    stored, filling = [], Filling()
    fill(
        filling,
        [str(tmp_path)],
        store=lambda document, content: stored.append((document.doc_id, content)),
        store_table=lambda path: [],
        known=set(),
    )
    assert stored == [("a", SENTENCE.encode()), ("c", SENTENCE.encode())]
    assert (filling.done, filling.total) == (2, 3)
    assert len(filling.problems) == 1 and "b.pdf" in filling.problems[0]
    assert files_in(str(tmp_path / "a.txt")) == [str(tmp_path / "a.txt")]


def test_what_fails_while_filling_does_not_leave_the_page_waiting():
    """Even an error nobody foresaw ends the waiting."""
    filling = Filling()
    filling.start(lambda _: 1 / 0)
    assert filling.wait(5)
    assert filling.problems


def test_what_was_never_extracted_is_at_the_next_start(empty_project):
    """A server that was stopped between a new date and reading by it left that to the next."""
    text = "On 12 May, Norwegian Foreign Minister Ada Berg travelled to Lisbon."
    session.add_upload(text.encode(), "berg.txt", document_date="2018-06-01")
    empty_project.update_document("berg", date="2019-06-01")
    assert not empty_project.documents()[0].extracted
    assert session.filling().wait(60)
    assert session.filling().problems == []
    (stored,) = empty_project.documents()
    (visit,) = empty_project.visits()
    assert stored.extracted and visit.timespan.start == "2019-05-12"


def test_an_upload_sent_again_changes_nothing(empty_project):
    """As somebody does who does not know how much of it was taken in before the server stopped."""
    for _ in range(2):
        session.add_upload(SENTENCE.encode(), "berg.txt")
    assert len(empty_project.documents()) == len(empty_project.visits()) == 1


def test_rows_of_an_uploaded_visit_table_stay_visits_of_their_own(empty_project, tmp_path):
    """Two rows that say the same are two visits, though both quote one article; an article that
    tells of it joins one of them."""
    source = Source("news", title="News", language="en")
    place = Place("Lisbon", "geonames:2267057", 38.7251, -9.1498, "PT", "city")
    rows = [
        Visit(
            name,
            (Traveller("Ada Berg"),),
            place,
            Timespan("2019-03-12"),
            evidence=(Evidence("news", start, start + 9, "to Lisbon"),),
            source=source,
        )
        for name, start in (("a1", 0), ("a2", 40))
    ]
    write_table(rows, tmp_path / "visits.csv")
    assert session.add_upload((tmp_path / "visits.csv").read_bytes(), "visits.csv") == 2
    assert [one.visit_id for one in session.project().visits()] == ["a1", "a2"]
    session.add_upload(SENTENCE.encode(), "berg.txt")
    assert [len(one.evidence) for one in session.project().visits()] == [2, 1]
