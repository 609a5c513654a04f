"""Words for a country's people and things: `iraniennes`, `Russian`, `irano-azerbaïdjanais`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from visitmap.gazetteer.names import fold

_HYPHENS = re.compile(r"[-‐‑–]")


class Demonyms:
    """Looks a word up in the table of demonyms; compounds part by part.

    `words` gives, by language, each folded form and its codes; `prefixes` the forms that begin a
    compound (`irano`, `sino`).
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._words: dict[str, dict[str, list[str]]] = table.get("words", {})
        self._prefixes: dict[str, list[str]] = table.get("prefixes", {})
        # Every word of a text is asked for, and words repeat.
        self._known = lru_cache(maxsize=20_000)(self._codes)

    def codes(self, word: str, language: str = "") -> tuple[str, ...]:
        """The countries a word stands for, in the word's order; empty for any other word."""
        return self._known(word, language)

    def _codes(self, word: str, language: str) -> tuple[str, ...]:
        whole = self._whole(word, language)
        if whole or not _HYPHENS.search(word):
            return whole
        *firsts, last = _HYPHENS.split(word)
        parts = [self._prefix(first, language) for first in firsts] + [self._whole(last, language)]
        if not all(parts):
            return ()
        return tuple(dict.fromkeys(code for part in parts for code in part))

    def _whole(self, word: str, language: str) -> tuple[str, ...]:
        folded = fold(word)
        # English words are lower-case only for things (`french fries`), French ones for adjectives;
        # the caller knows the sentence, so case decides nothing here.
        for known in (language,) if language in self._words else tuple(self._words):
            if folded in self._words[known]:
                return tuple(self._words[known][folded])
        return ()

    def _prefix(self, word: str, language: str) -> tuple[str, ...]:
        return tuple(self._prefixes.get(fold(word), ())) or self._whole(word, language)
