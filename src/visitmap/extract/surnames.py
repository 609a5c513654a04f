"""Which words of a document are names of its people, to know them where they stand alone."""

from __future__ import annotations

import re
from collections import Counter

from visitmap.extract.lazily import lazily
from visitmap.extract.pack import Pack
from visitmap.gazetteer import Gazetteer

# A name in full; a capitalised word before another; one that stands by itself in running text.
# What must stand before the capital is asked behind it: `re` finds a leading capital much faster.
_FULL = re.compile(
    r"[A-ZÀ-Þ](?<![.!?]\s.)(?<!\w.)[\w’'-]+\s(?:(?:al|el|de|van|von|bin|ben|[A-ZÀ-Þ]\.)[- ])*"
    r"([A-ZÀ-Þ][\w’'-]{2,})\b(?!\s[A-ZÀ-Þ])"
)
_FIRST = re.compile(r"[A-ZÀ-Þ](?<!\w.)[\w’'-]+(?= [A-ZÀ-Þ][\w’'-]+)")
_ALONE = re.compile(
    r"[A-ZÀ-Þ](?:(?<=^.)|(?<=[.!?»”\n].)|(?<=[.!?»”\n] .)|(?<=[a-zà-ÿ,] .))"
    r"[\w-]+(?= [a-zà-ÿ]|['’]s)"
)
_COMMON = re.compile(r"(?<![\w.'’-])[a-zà-ÿ][a-zà-ÿ-]{3,}")


# Letters of a text from which on its words are gathered sooner than it is searched for each.
_LONG = 20_000


class Names:
    """What the words of a text say of names; worked out when first asked for."""

    def __init__(self, text: str, pack: Pack, gazetteer: Gazetteer) -> None:
        self._text, self._pack, self._gazetteer = text, pack, gazetteer

    @lazily
    def surnames(self) -> frozenset[str]:
        """Names of its people, to know them where they stand alone."""
        return surnames(self._text, self._pack, self._gazetteer)

    def is_common(self, low: str) -> bool:
        """Whether the text has a word without a capital, or it tells of visits: nobody's name.

        Also where a headline gives it a capital.
        """
        if low in self._pack.triggers:
            return True
        # Most names are not in the text at all when written small; a long one is gone through once.
        absent = len(self._text) < _LONG and low not in self._text
        return not absent and low in self._small

    @lazily
    def _small(self) -> frozenset[str]:
        return frozenset(_COMMON.findall(self._text))


# A capitalised word between two that begin small.
_AMID = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ] .)[\w-]{3,}(?= [a-zà-ÿ]|['’]s)")
_OFTEN = 3


def surnames(text: str, pack: Pack, gazetteer: Gazetteer) -> frozenset[str]:
    """Last words of names that the text gives in full, to know them when they stand alone."""
    found = {
        match[1].lower().removesuffix("'s").removesuffix("’s")
        for match in _FULL.finditer(text)
        if _may_begin_name(match[0].split()[0].lower(), pack) and not gazetteer.knows(match[0])
        if " de " not in match[0] or not _is_big(match[1], gazetteer)
    }
    found = {word for word in found if not _is_country(word.removesuffix("'s"), gazetteer)}
    found |= _first_names(text, pack, gazetteer) | _repeated(text, pack, gazetteer)
    organisations, others = pack.people["organisations"], pack.people["not_names"]
    return frozenset(
        word.removesuffix("'s").removesuffix("’s")
        for word in found
        if word not in organisations and word not in others
    )


def _repeated(text: str, pack: Pack, gazetteer: Gazetteer) -> set[str]:
    """Capitalised words told again and again amid small ones: surnames nobody gives in full."""
    counts = Counter(_AMID.findall(text))
    return {
        word.lower()
        for word, count in counts.items()
        if count >= _OFTEN
        and not gazetteer.knows(word)
        and not gazetteer.demonym(word)
        and word.lower() not in pack.roles
        and word.lower() not in text
    }


def _may_begin_name(word: str, pack: Pack) -> bool:
    """Whether a name may begin with a word: no organisation's, no site's, not `Enroute Tunis`."""
    people = pack.people
    bodies = word in pack.places["sites"] or word in people["organisations"]
    if any(one.tense == "gerund" for one in pack.triggers.get(word, ())):
        return False  # "Visiting Minsk"
    return not bodies and word not in people["not_names"]


# People of a town whose name behind "de" is no surname: "le sommet UE-Afrique de Bruxelles".
_BIG = 100_000


def _is_big(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a word names a big town."""
    found = gazetteer.lookup(word, limit=1)
    return bool(found) and found[0].kind == "city" and found[0].population > _BIG


def _is_country(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is a country's proper name; `Hollande` is only another name of one."""
    if not gazetteer.country_codes(word):
        return False
    found = gazetteer.lookup(word, limit=1)
    return not found or found[0].name.lower().startswith(word[:4])


def _first_names(text: str, pack: Pack, gazetteer: Gazetteer) -> set[str]:
    """First words of full names that also stand alone, as the names of many peoples do."""
    found = set()
    alone = set(_ALONE.findall(text))
    for match in _FIRST.finditer(text):
        word = match[0].lower()
        if match[0] not in alone or word in pack.roles or word in pack.triggers:
            continue
        before = text[max(0, match.start() - 20) : match.start()].lower().split()
        after_office = bool(before) and before[-1] in pack.office_ends
        named = after_office or not gazetteer.knows(match[0])
        if named and not gazetteer.demonym(match[0]):
            found.add(word)
    return found
