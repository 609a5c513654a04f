"""Bytes to characters, one for one: nothing is replaced, repaired or guessed without proof."""

from __future__ import annotations

import codecs
import re

from visitmap.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What starts a file that is no text, by its first bytes.
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
)
# In cp1252 text of our languages, bytes above 0x7F are mostly these letters, quotes and dashes.
_PLAUSIBLE_HIGH = set("àâäæçéèêëîïôœöùûüÿñáíóúÀÂÄÇÉÈÊËÎÏÔŒÖÙÛÜ«»“”‘’–—…€°£§·•\xa0ãõåøßÑÁÍÓÚÅØ")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8 (with or without BOM), UTF-16/32 with BOM, or plausible cp1252.

    Only the BOM is left out; line ends stay. Raises InputError for no text at all, for binary data
    and for an encoding that cannot be told.
    """
    if not data.strip():
        raise InputError("the file is empty", where=name, remedy="Give a file that holds text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, name, error.start)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            f"the file announces {encoding} but is damaged",
            where=name,
            remedy="Save it again as UTF-8 text",
        ) from None
    if not text.strip():
        raise InputError("the file is empty", where=name, remedy="Give a file that holds text")
    return text


def _refuse_binary(data: bytes, name: str) -> None:
    for start, kind in _KINDS:
        if data.startswith(start):
            raise InputError(
                f"this is {kind}, not text",
                where=name,
                remedy="Name the file by its real kind, or convert it to text",
            )
    head = data[:65536]
    if b"\x00" in head or len(_CONTROLS.findall(head)) > len(head) // 100:
        raise InputError(
            "this is binary data, not text",
            where=name,
            remedy="Give an article as .txt, .md, .html, .pdf or .docx",
        )


def _western(data: bytes, name: str, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    unknown = InputError(
        f"the encoding is unknown: not UTF-8 at line {line}, and not Windows Western either",
        where=name,
        remedy="Save the file as UTF-8 text",
    )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise unknown from None
    high = [character for character in text if ord(character) > 0x7F]
    plausible = sum(character in _PLAUSIBLE_HIGH for character in high)
    if plausible < 0.95 * len(high) or len(high) > 0.25 * len(text):
        raise unknown
    return text
