"""Web pages, PDFs, Word documents and Markdown: their text, what they say of themselves, damage."""

import io
import zipfile

import docx
import pytest

from visitmap.documents import read_document
from visitmap.errors import InputError

PARAGRAPHS = [
    "Le président iranien Hassan Rohani s’est rendu, le 28 mars 2018, à Bakou, à l’invitation "
    "officielle de son homologue azerbaïdjanais.",
    "Pendant son séjour à Bakou, il a discuté avec de hauts responsables de l’ouverture d’une "
    "usine automobile et d’une centrale électrique.",
]


def page(body: str, head: str = "") -> bytes:
    """A web page."""
    return f"<!doctype html><html lang='fr'><head>{head}</head><body>{body}</body></html>".encode()


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Communique) /CreationDate (D:20180329101500) >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def word(paragraphs: list[str]) -> bytes:
    """A Word document with paragraphs and a table between them."""
    document = docx.Document()
    document.core_properties.title = "Communiqué"
    document.add_paragraph(paragraphs[0])
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Bakou", "28 mars 2018"
    document.add_paragraph(paragraphs[1])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_web_page_gives_its_article_and_metadata() -> None:
    """The text without menus, and title, date, site and address from the page's head."""
    head = (
        "<title>Rohani à Bakou</title><meta property='og:site_name' content='Le Journal'>"
        "<meta property='article:published_time' content='2018-03-29T08:00:00Z'>"
        "<link rel='canonical' href='https://example.org/rohani'>"
    )
    menu = "<nav><a href='/'>Accueil</a><a href='/monde'>Monde</a></nav>"
    text = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    document = read_document(page(f"{menu}<article>{text}</article>", head), name="a.html")
    assert "28 mars 2018, à Bakou" in document.text
    assert "Accueil" not in document.text
    source = document.source
    assert (source.date, source.date_basis) == ("2018-03-29", "metadata")
    assert (source.publisher, source.url) == ("Le Journal", "https://example.org/rohani")
    assert source.title == "Rohani à Bakou"
    assert document.language == "fr"


def test_a_date_in_the_body_of_a_page_is_not_its_date() -> None:
    """No extensive search: the page stays undated."""
    document = read_document(page("".join(f"<p>{one}</p>" for one in PARAGRAPHS)), name="a.htm")
    assert document.date == ""


@pytest.mark.parametrize(
    "data",
    [
        page("<nav>" + "".join(f"<a href='/{n}'>Rubrique {n}</a> " for n in range(60)) + "</nav>"),
        page(
            "<ul>" + "".join(f"<li><a href='/{n}'>Sujet {n}</a></li>" for n in range(60)) + "</ul>"
        ),
        b"<html></html>",
    ],
    ids=["nav", "list", "empty"],
)
def test_a_page_of_navigation_only_is_refused(data: bytes) -> None:
    """A list of links is no article."""
    with pytest.raises(InputError, match="only navigation"):
        read_document(data, name="menu.html")


def test_a_pdf_gives_text_with_its_lines_joined() -> None:
    """A sentence that the page's width broke is whole again, and a hyphen at the break is gone."""
    document = read_document(
        pdf(
            [
                "Le president s'est rendu a Bakou a la tete d'une dele-",
                "gation de haut rang, le 28 mars 2018, pour discuter de la",
                "cooperation.",
                "Un autre alinea commence ici et dit encore quelque chose.",
            ]
        ),
        name="a.pdf",
    )
    assert "une delegation de haut rang, le 28 mars 2018, pour discuter de la cooperation." in (
        document.text
    )
    assert "cooperation.\nUn autre" in document.text
    assert document.source.title == "Communique"
    assert (document.date, document.source.date_basis) == ("2018-03-29", "metadata")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([]), "pictures of pages"),
        (pdf(["Le president"])[:200], "damaged"),
        (b"not a pdf at all", "damaged"),
    ],
    ids=["scan", "cut", "text"],
)
def test_a_pdf_without_text_says_what_to_do(data: bytes, said: str) -> None:
    """Scans need text recognition; a damaged file another copy."""
    with pytest.raises(InputError, match=said) as caught:
        read_document(data, name="a.pdf")
    assert caught.value.remedy


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    """One line each; the date of python-docx's template is not the document's."""
    document = read_document(word(PARAGRAPHS), name="a.docx")
    assert document.text == f"{PARAGRAPHS[0]}\nBakou\t28 mars 2018\n{PARAGRAPHS[1]}"
    assert (document.source.title, document.date) == ("Communiqué", "")


def test_a_word_document_that_is_none_is_refused() -> None:
    """Other archives, cut-off files, and archives that unpack to far more than they are."""
    other, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", "text")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(4):
            package.writestr(f"word/{number}.xml", b"0" * 90_000_000)
    for data, said in (
        (other.getvalue(), "not a Word document"),
        (word(PARAGRAPHS)[:900], "not a Word document"),
        (bomb.getvalue(), "unpacked"),
    ):
        with pytest.raises(InputError, match=said):
            read_document(data, name="a.docx")


def test_markdown_keeps_its_text_and_reads_its_front_matter() -> None:
    """Offsets are those of the file as it stands."""
    text = f"---\ntitle: Visite\ndate: 2018-03-29\n---\n# Rohani à Bakou\n\n{PARAGRAPHS[0]}\n"
    document = read_document(text.encode(), name="a.md")
    assert document.text == text
    assert (document.source.title, document.date) == ("Visite", "2018-03-29")
    plain = read_document(f"# Rohani à Bakou\n\n{PARAGRAPHS[0]}".encode(), name="b.md")
    assert plain.source.title == "Rohani à Bakou"
