"""Words of tables: folding, the words that mean nothing, and what words.toml holds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST_WORD = 24
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]{1,2}|(?:note|nb|n|fn) ?\d{1,3})\]", re.I)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The whole of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, every run of punctuation one blank.

    >>> fold("Début (prévu)"), fold("CÔTE D’IVOIRE")
    ('debut prevu', 'cote d ivoire')
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", kept.casefold()).strip()


def fold_header(text: str) -> str:
    """A column's name folded, with CamelCase taken apart."""
    return fold(_CAMEL.sub(" ", text))


def without_marks(text: str) -> str:
    """A cell without the marks of footnotes: `3–5 March 2017[6]`, `Panmunjom[a]`, `Riga*`.

    >>> without_marks("Attended the summit.[7][note 2]"), without_marks("5 May 2019 †")
    ('Attended the summit.', '5 May 2019')
    """
    if "[" in text:
        text = _FOOTNOTE.sub("", text)
    return text.rstrip("*†‡§").rstrip() if text[-1:] in ("*", "†", "‡", "§") else text


def says_nothing(text: str) -> bool:
    """Whether a cell means that nothing is known: empty, `TBD`, `n/a`, `?` …"""
    stripped = text.strip()
    return not stripped or as_word(stripped) in _nothing()


def spellings(word: str) -> tuple[str, ...]:
    """How a word of ours is written when it stands alone in a cell."""
    cases = (word, word.capitalize(), word.upper())
    return (*cases, *(f"{one}." for one in cases))


def as_word(text: str) -> str:
    """A short cell folded, to be looked up among words; `…` for what is none of ours.

    None has a digit, which is how most cells begin or end.
    """
    if len(text) >= _LONGEST_WORD or text[-1:].isdigit() or text[:1].isdigit():
        return "…"
    if text.isascii() and text.replace(" ", "").isalpha():
        return text.strip().lower()
    return fold(text)


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, words()["nothing"]))
