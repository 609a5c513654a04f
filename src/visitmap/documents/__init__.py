"""Articles to `Document`s: files, folders, corpora, standard input, uploads, pasted text.

One reader per kind of file turns bytes into text and what the file says of itself; the language and
the document's date are then found in the text. Nothing here opens a network connection. To read
one more kind, add a function to `formats.READERS`.
"""

from visitmap.documents.formats import MAX_BYTES, MAX_CHARACTERS
from visitmap.documents.language import SUPPORTED, detect_language
from visitmap.documents.reading import (
    SUFFIXES,
    document_from_text,
    read_document,
    read_documents,
)

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "SUFFIXES",
    "SUPPORTED",
    "detect_language",
    "document_from_text",
    "read_document",
    "read_documents",
]
