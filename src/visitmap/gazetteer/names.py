"""Place names as keys: what makes two spellings the same name, and what a query string says.

`fold` is used by the builder of the index and by every look-up, so both always agree. It drops
case, accents and apostrophes and turns hyphens and full stops into spaces; it keeps what tells
letters apart in scripts where marks are letters (Thai, Devanagari, kana voicing).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Longer than any name of a place; what is longer is not looked up at all.
LONGEST_NAME = 120

_APOSTROPHES = "'’‘ʼ`´ʻʿʾʹʺ"
# The tatweel, zero-width characters and the marks that steer the direction of writing.
_INVISIBLE = (
    "\u0640\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\xad"
)
_DROPPED = _APOSTROPHES + _INVISIBLE + '"“”«»'
_LETTERS = {
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ə": "e",
    "ħ": "h",
    "ŋ": "n",
    # Arabic forms that Persian, Urdu and Kurdish keyboards write differently.
    "ك": "ک",
    "ي": "ی",
    "ى": "ی",
    "ە": "ه",
    "ھ": "ه",
}


class _Folding(dict[int, str | None]):
    """Code point to its folded text, worked out when first met; None drops the character."""

    def __missing__(self, code: int) -> str | None:
        # None, not the empty text: it keeps `str.translate` on its fast way for ASCII.
        self[code] = folded = _fold_character(chr(code)) or None
        return folded


def _fold_character(character: str) -> str:
    if character in _DROPPED:
        return ""
    plain = "".join(
        _LETTERS.get(one, one)
        for one in unicodedata.normalize("NFKD", character).casefold()
        if not _is_accent(one)
    )
    plain = unicodedata.normalize("NFC", plain)
    return "".join(one if _is_letter(one) else " " for one in plain)


def _is_accent(character: str) -> bool:
    """Accents above and below, and the vowel points of Hebrew and Arabic; nothing else."""
    # Canonical combining classes of Unicode: 10-36 are those points, 200-240 the accents.
    combining = unicodedata.combining(character)
    return 10 <= combining <= 36 or combining >= 200


def _is_letter(character: str) -> bool:
    return character == "," or unicodedata.category(character)[0] in "LMN"


_FOLDING = _Folding()


def fold(name: str) -> str:
    """The key a name is kept under: `Téhéran`, `TEHERAN` and `teheran` are one.

    The empty text stands for anything that cannot be a name: no letters, NUL bytes, too long.

    >>> fold("Saint-Denis"), fold("N’Djaména"), fold("  İstanbul ")
    ('saint denis', 'ndjamena', 'istanbul')
    """
    if len(name) > LONGEST_NAME or "\0" in name:
        return ""
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    folded = name.translate(_FOLDING)
    return " ".join(folded.split()) if " " in folded else folded


@lru_cache(maxsize=20_000)
def fold_token(token: str) -> str:
    """`fold` for single words of running text, which repeat."""
    return fold(token)


# Abbreviations that place names use, and what they stand for; tried when the name as written fails.
_ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "mt": "mount",
    "ft": "fort",
    "pt": "port",
    "co": "county",
}


def spelled_out(folded: str) -> str:
    """The folded name with its abbreviations in full: `st louis` is `saint louis`."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in folded.split())


class Query(NamedTuple):
    """A query string: the name, and the places it is said to lie in."""

    name: str
    qualifiers: tuple[str, ...] = ()


_BRACKETS = re.compile(r"^(?P<name>[^()]+)\((?P<inside>[^()]+)\)\s*$")


def parse_query(text: str) -> Query:
    """Read `Saint-Denis, La Réunion` and `Astara (Iran)` as a name and its qualifiers.

    >>> parse_query("Paris, Texas, USA")
    Query(name='Paris', qualifiers=('Texas', 'USA'))
    """
    match = _BRACKETS.match(text)
    inside = [match["inside"]] if match else []
    parts = [part.strip() for part in (match["name"] if match else text).split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return Query("")
    return Query(parts[0], tuple(parts[1:] + inside))
