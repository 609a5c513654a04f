"""One reader per kind of file: bytes to text, and what the file says of itself.

Each reader raises InputError when the bytes hold no article. Libraries are imported where they are
used: reading plain text must not wait for an HTML parser.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitmap.documents.decoding import decode
from visitmap.errors import InputError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_BYTES = 100_000_000
MAX_CHARACTERS = 20_000_000
_MAX_HTML_BYTES = 10_000_000
_MAX_UNPACKED_BYTES = 300_000_000
_MAX_PDF_PAGES = 3000
# Below this an HTML page is a list of links, and a page of a PDF a picture with a page number.
_FEWEST_ARTICLE_LETTERS = 80
_FEWEST_PAGE_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: `date` as the publication's metadata tell it, `created` the file's own."""

    text: str
    title: str = ""
    date: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    created: str = ""


def read_text(data: bytes, name: str) -> Content:
    """Plain text, every character kept."""
    text = decode(data, name)
    return Content(text, title=_first_line(text))


def read_markdown(data: bytes, name: str) -> Content:
    """Markdown as it stands; a front matter between `---` lines tells title, date and source."""
    text = decode(data, name)
    front = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL)
    pairs = re.findall(r"^(\w+):[ \t]*(.*?)[ \t]*\r?$", front[1], re.MULTILINE) if front else ()
    fields = {key.lower(): value.strip("\"'") for key, value in pairs}
    heading = re.search(r"^# +(.+?) *#* *\r?$", text, re.MULTILINE)
    return Content(
        text,
        title=fields.get("title") or (heading[1] if heading else ""),
        date=fields.get("date", ""),
        publisher=fields.get("publisher", ""),
        url=fields.get("url", ""),
        language=fields.get("lang") or fields.get("language", ""),
    )


def read_html(data: bytes, name: str) -> Content:
    """The main text of a web page, with the title, date, site and address its metadata tell."""
    if len(data) > _MAX_HTML_BYTES:
        raise _too_large(name, f"{_MAX_HTML_BYTES // 1_000_000} MB of HTML")
    found = _main_text(data)
    text = (found.text or "") if found else ""
    if sum(map(str.isalpha, text)) < _FEWEST_ARTICLE_LETTERS or _is_a_menu(text):
        raise InputError(
            "the page holds no article, only navigation",
            where=name,
            remedy="Save the article's own page, or paste its text into a .txt file",
        )
    # htmldate finds the day; a site name may be missing where a host name is known.
    return Content(
        text,
        title=found.title or "",
        date=found.date or "",
        publisher=found.sitename or found.hostname or "",
        url=found.url or "",
        language=_html_language(data),
    )


def read_pdf(data: bytes, name: str) -> Content:
    """The text of a PDF's pages, with lines joined to paragraphs where the page wrapped them."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = _open_pdf(pypdf.PdfReader(io.BytesIO(data)), name)
        pages = [_page_text(page) for page in reader.pages]
        about = reader.metadata
        title, created = _pdf_metadata(about)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError,
            RecursionError, NotImplementedError, AssertionError) as error:  # fmt: skip
        # pypdf meets damaged files with whatever error the damage leads to.
        raise InputError(
            f"the PDF is damaged ({type(error).__name__})",
            where=name,
            remedy="Print it to a new PDF, or save its text as .txt",
        ) from error
    text = "\n\n".join(filter(None, map(_reflow, pages)))
    if sum(map(str.isalpha, text)) < _FEWEST_PAGE_LETTERS * max(len(pages), 1):
        raise InputError(
            "the PDF holds pictures of pages and no text",
            where=name,
            remedy="Run it through text recognition (OCR) first and give the result",
        )
    return Content(text, title=title, created=created)


def read_docx(data: bytes, name: str) -> Content:
    """The paragraphs and table rows of a Word document, one a line."""
    import docx

    _refuse_zip_bomb(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_blocks(document))
        about = document.core_properties
    except Exception as error:
        # python-docx and lxml raise KeyError, ValueError, XMLSyntaxError … for a damaged package.
        raise _damaged_docx(name) from error
    if not text.strip():
        raise InputError(
            "the document holds no text",
            where=name,
            remedy="Check that its text is not in pictures or text boxes",
        )
    return Content(text, title=about.title or "", created=_docx_created(about))


READERS: dict[str, Callable[[bytes, str], Content]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}


def read_content(data: bytes, suffix: str, name: str) -> Content:
    """The content of a file of a known suffix; raises InputError when it cannot be read."""
    if len(data) > MAX_BYTES:
        raise _too_large(name, f"{MAX_BYTES // 1_000_000} MB")
    if not data:
        raise InputError("the file is empty", where=name, remedy="Give a file that holds text")
    content = READERS[suffix](data, name)
    if len(content.text) > MAX_CHARACTERS:
        raise _too_large(name, f"{MAX_CHARACTERS:,} characters")
    return content


def _too_large(name: str, limit: str) -> InputError:
    return InputError(
        f"the article is larger than {limit}",
        where=name,
        remedy="Split it, or give many articles as a corpus (.jsonl, one a line)",
    )


def _first_line(text: str) -> str:
    """A headline: a short first line without a full stop, followed by more."""
    line, _, rest = text.lstrip().partition("\n")
    line = line.strip()
    is_headline = 3 < len(line) <= 120 and not re.search(r"[.:;,…]$", line) and rest.strip()
    return line if is_headline else ""


def _main_text(data: bytes) -> Any:
    import logging

    import trafilatura

    # A page without text is told by our own sentence; the library's log lines would come on top.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction(
        data,
        with_metadata=True,
        include_comments=False,
        # No extensive search: a date found anywhere in the page is not the article's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _is_a_menu(text: str) -> bool:
    """Whether no line reads like a sentence: menus and lists of links have short lines only."""
    return not any(
        len(line) > 60 and re.search(r"[.!?…»”\"]\s*$", line.strip()) for line in text.splitlines()
    )


def _html_language(data: bytes) -> str:
    match = re.search(rb"<html[^>]*?\slang\s*=\s*[\"']?([A-Za-z_-]{2,12})", data[:4096], re.I)
    return match[1].decode("ascii") if match else ""


def _open_pdf(reader: PdfReader, name: str) -> PdfReader:
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(
            "the PDF is locked with a password",
            where=name,
            remedy="Save a copy without a password",
        )
    if len(reader.pages) > _MAX_PDF_PAGES:
        raise _too_large(name, f"{_MAX_PDF_PAGES} pages")
    return reader


def _page_text(page: PageObject) -> str:
    return page.extract_text() or ""


def _pdf_metadata(about: Any) -> tuple[str, str]:
    if about is None:
        return "", ""
    try:
        created = about.creation_date
    except ValueError:
        created = None
    return str(about.title or ""), created.date().isoformat() if created else ""


def _reflow(page: str) -> str:
    """Join the lines that the page's width broke; a short line or a full stop ends a paragraph."""
    lines = [line.rstrip() for line in page.splitlines()]
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line and joined[-1].endswith("-") and line[0].islower():
            joined[-1] = joined[-1][:-1] + line
        elif is_open and line:
            joined[-1] += " " + line.lstrip()
        else:
            joined.append(line)
        is_open = len(line) > 0.7 * widest and not re.search(r"[.!?:»”\"]$", line)
    return "\n".join(joined).strip()


def _blocks(document: Any) -> Iterator[str]:
    """Paragraphs and table rows in the order they stand."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text


def _refuse_zip_bomb(data: bytes, name: str) -> None:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged_docx(name) from error
    if unpacked > _MAX_UNPACKED_BYTES:
        raise _too_large(name, f"{_MAX_UNPACKED_BYTES // 1_000_000} MB unpacked")


def _damaged_docx(name: str) -> InputError:
    return InputError(
        "this is not a Word document, or it is damaged",
        where=name,
        remedy="Open it in a word processor and save it again as .docx",
    )


def _docx_created(about: Any) -> str:
    created = about.created
    # Documents made by python-docx carry its template's date, which says nothing of them.
    if created is None or created.date().isoformat() == "2013-12-23":
        return ""
    return created.date().isoformat()
