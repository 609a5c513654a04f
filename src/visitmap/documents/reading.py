"""Inputs to Documents: what the caller gave, what the file says and what the text shows."""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from visitmap.documents.datelines import (
    Dated,
    date_in_address,
    find_date,
    find_publisher,
    normal_date,
)
from visitmap.documents.formats import MAX_BYTES, READERS, Content, read_content
from visitmap.documents.language import SUPPORTED, detect_language, language_code
from visitmap.errors import InputError
from visitmap.model import Document, Issue, Source
from visitmap.timespan import is_edtf

CORPUS_SUFFIXES = (".jsonl", ".jsonl.gz")
SUFFIXES = (*READERS, *CORPUS_SUFFIXES)
# A file of which the first lines are all wrong is no corpus: one issue, not a million.
_BAD_LINES_ENDURED = 20

Yielded = Iterator[Document | Issue]


def read_documents(
    inputs: Iterable[str | Path], *, document_date: str = "", language: str = ""
) -> Yielded:
    """Read files, folders (in order of path, with subfolders), corpora, and `-` (standard input).

    `document_date` (EDTF) and `language` hold for articles that do not bring their own. Ids are
    unique within one call: a second `news` is `news-2`. An input that cannot be read at all raises
    InputError; inside a folder or a corpus it becomes an Issue and the rest goes on.
    """
    _check_options(document_date, language)
    taken: set[str] = set()
    for one in inputs:
        for found in _read_input(str(one), document_date, language):
            if isinstance(found, Issue):
                yield found
                continue
            document = _with_free_id(found, taken)
            yield document
            if not document.language:
                yield _language_issue(document)


def read_document(
    path_or_bytes: str | Path | bytes,
    *,
    name: str = "",
    document_date: str = "",
    language: str = "",
) -> Document:
    """Read one article from a path, or from the bytes of an upload with its file `name`.

    Raises InputError when it cannot be read, and for a corpus that is not exactly one article.
    """
    _check_options(document_date, language)
    if isinstance(path_or_bytes, bytes):
        data, name = path_or_bytes, name or "upload.txt"
    else:
        path = Path(path_or_bytes)
        data, name = _bytes_of(path), name or str(path)
    suffix = _suffix(name)
    if suffix not in READERS:
        raise _unknown_kind(name)
    content = read_content(data, suffix, name)
    return _document(content, _stem(name), document_date, language)


def document_from_text(
    text: str,
    *,
    doc_id: str = "",
    title: str = "",
    document_date: str = "",
    language: str = "",
    publisher: str = "",
    url: str = "",
) -> Document:
    """A document of pasted text, every character kept; `doc_id` is `text` when not given.

    Raises InputError for an unknown language or a `document_date` that is not EDTF.
    """
    _check_options(document_date, language)
    content = Content(text, title=title, publisher=publisher, url=url)
    return _document(content, doc_id or "text", document_date, language)


def _read_input(one: str, document_date: str, language: str) -> Yielded:
    if one == "-":
        yield from _read_stdin(document_date, language)
        return
    path = Path(one)
    if path.is_dir():
        yield from _read_folder(path, document_date, language)
    elif _suffix(one) in CORPUS_SUFFIXES:
        yield from _read_corpus(path, document_date, language)
    else:
        yield read_document(path, document_date=document_date, language=language)


def _read_folder(folder: Path, document_date: str, language: str) -> Yielded:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if _suffix(path.name) in SUFFIXES and not _is_hidden(path.relative_to(folder))
    ]
    files = [path for path in files if path.is_file()]
    if not files:
        raise InputError(
            "the folder holds no article",
            where=str(folder),
            remedy=f"Put files of these kinds into it: {' '.join(SUFFIXES)}",
        )
    for path in files:
        try:
            yield from _read_input(str(path), document_date, language)
        except InputError as error:
            yield Issue(
                "file-unreadable", error.what, "error", where=str(path), remedy=error.remedy
            )


def _read_stdin(document_date: str, language: str) -> Yielded:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if re.match(rb'\s*\{[^\n]*"text"\s*:', data):
        yield from _records(iter(data.splitlines()), "-", document_date, language)
        return
    content = read_content(data, ".txt", "standard input")
    yield _document(content, "stdin", document_date, language)


def _read_corpus(path: Path, document_date: str, language: str) -> Yielded:
    try:
        with _open_corpus(path) as lines:
            yield from _records(_limited(lines), str(path), document_date, language)
    except (OSError, EOFError, zlib.error) as error:
        raise _cannot_open(path, error) from error


def _open_corpus(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _limited(lines: IO[bytes]) -> Iterator[bytes]:
    """Lines of at most MAX_BYTES; a longer one comes in pieces, none of which is JSON."""
    while line := lines.readline(MAX_BYTES):
        yield line


def _records(lines: Iterator[bytes], name: str, document_date: str, language: str) -> Yielded:
    good = bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = _record(line, f"{_stem(name)}-{number}", document_date, language)
        except (ValueError, RecursionError) as error:
            bad += 1
            yield _bad_line(f"{name}:{number}", str(error))
        else:
            good += 1
            yield from found(f"{name}:{number}")
        if bad == _BAD_LINES_ENDURED and not good:
            raise _no_corpus(name, number)
    if not good and not bad:
        raise InputError("the corpus is empty", where=name, remedy="Give one JSON object a line")


def _record(
    line: bytes, default_id: str, document_date: str, language: str
) -> Callable[[str], Yielded]:
    """Read one line; raises ValueError with the reason, in words, when it is no article."""
    record = _parsed(line)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('it has no "text"')
    said = {key: _word(record, key) for key in ("id", "date", "title", "url", "language")}
    date = normal_date(said["date"])
    content = Content(
        text,
        title=said["title"],
        date=date,
        publisher=_word(record, "publisher"),
        url=said["url"],
        language=said["language"],
    )
    document = _document(content, said["id"] or default_id, document_date, language)
    unread = said["date"] if said["date"] and not date else ""

    def found(where: str) -> Yielded:
        yield document
        if unread:
            yield _unread_date(where, unread)

    return found


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg}, column {error.colno})") from None
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")
    return record


def _word(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return str(value).strip() if isinstance(value, str | int) else ""


def _document(content: Content, doc_id: str, document_date: str, language: str) -> Document:
    dated = _dated(content, document_date)
    source = Source(
        doc_id,
        title=content.title,
        publisher=content.publisher or find_publisher(content.text) or dated.publisher,
        date=dated.date,
        date_basis=dated.basis,
        url=content.url,
        language=_language(content, language),
    )
    return Document(content.text, source)


def _dated(content: Content, document_date: str) -> Dated:
    """Given, then metadata, then dateline, then text; a file's own creation day comes last."""
    if document_date:
        return Dated(document_date, "given", find_date(content.text).publisher)
    found = find_date(content.text)
    if date := normal_date(content.date) or date_in_address(content.url):
        return Dated(date, "metadata", found.publisher)
    if found.date:
        return found
    created = normal_date(content.created)
    return Dated(created, "metadata" if created else "", found.publisher)


def _language(content: Content, language: str) -> str:
    """Given, else seen in the text, else what the file says.

    What pages say of their own language is often the template's, so the text is asked first.
    """
    return language or detect_language(content.text) or _said_language(content)


def _said_language(content: Content) -> str:
    few_letters = sum(map(str.isalpha, content.text[:200])) < 100
    return language_code(content.language) if few_letters else ""


def _with_free_id(document: Document, taken: set[str]) -> Document:
    doc_id, number = document.doc_id, 2
    while doc_id in taken:
        doc_id, number = f"{document.doc_id}-{number}", number + 1
    taken.add(doc_id)
    if doc_id == document.doc_id:
        return document
    return replace(document, source=replace(document.source, doc_id=doc_id))


def _check_options(document_date: str, language: str) -> None:
    if document_date and not is_edtf(document_date):
        raise InputError(
            f"the document date {document_date!r} is not a date",
            remedy="Write it like 2018-03-28, 2018-03 or 2018",
        )
    if language and language not in SUPPORTED:
        raise InputError(
            f"the language {language!r} is not supported",
            remedy=f"Use one of {' '.join(SUPPORTED)}",
        )


def _bytes_of(path: Path) -> bytes:
    if _suffix(path.name) not in SUFFIXES and path.exists():
        raise _unknown_kind(str(path))
    try:
        if path.stat().st_size > MAX_BYTES:
            return bytes(MAX_BYTES + 1)  # refused by size before anything looks at it
        return path.read_bytes()
    except OSError as error:
        raise _cannot_open(path, error) from error


def _suffix(name: str) -> str:
    lower = name.lower()
    return ".jsonl.gz" if lower.endswith(".jsonl.gz") else Path(lower).suffix


def _stem(name: str) -> str:
    base = Path(name).name
    return base[: len(base) - len(_suffix(base))] or base


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _unknown_kind(name: str) -> InputError:
    return InputError(
        f"no article is read from a file of the kind {_suffix(name) or '(no suffix)'}",
        where=name,
        remedy=f"Give one of {' '.join(SUFFIXES)}",
    )


def _cannot_open(path: Path, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", where=str(path), remedy="Check the name")
    if isinstance(error, PermissionError):
        return InputError(
            "the file may not be read", where=str(path), remedy="Check its permissions"
        )
    reason = getattr(error, "strerror", None) or "it is damaged or cut off"
    return InputError(
        f"the file cannot be read: {reason}", where=str(path), remedy="Give another copy"
    )


def _bad_line(where: str, reason: str) -> Issue:
    return Issue(
        "corpus-line-invalid",
        f"This line of the corpus is left out: {reason}",
        "error",
        where=where,
        remedy='Write one JSON object a line, with "text" and if possible "id", "date", "title"',
    )


def _no_corpus(name: str, number: int) -> InputError:
    return InputError(
        f"this is not a corpus: none of the first {number} lines is an article",
        where=name,
        remedy='Give one JSON object a line with at least a "text"',
    )


def _unread_date(where: str, said: str) -> Issue:
    return Issue(
        "document-date-unreadable",
        f"The document's date {said[:40]!r} is not understood, so it is left out",
        "doubt",
        where=where,
        remedy="Write it like 2018-03-28",
    )


def _language_issue(document: Document) -> Issue:
    return Issue(
        "language-unsupported",
        "The text is in none of the languages read here, or too short to tell",
        "note",
        where=f"{document.doc_id}:1",
        remedy=f"If it is, say so with --language {' or '.join(SUPPORTED)}",
    )
