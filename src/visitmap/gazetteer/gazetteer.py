"""The table of places and names: look-ups, candidates for a name, candidates for a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from os import PathLike
from pathlib import Path

from visitmap.gazetteer.demonyms import Demonyms
from visitmap.gazetteer.index import COUNTRY, Index
from visitmap.gazetteer.names import fold, fold_token, parse_query
from visitmap.gazetteer.options import Options
from visitmap.gazetteer.ranking import Scene, rank
from visitmap.gazetteer.resolution import resolve_document
from visitmap.model import Candidate, Place, Span, Toponym

_INDEX = Path(__file__).parent / "index"
# Names as short as these (UN, Of, Ay) are words and abbreviations more often than places.
_SHORTEST_NAME = 4


class Gazetteer:
    """All places known offline, by name in many languages.

    >>> gazetteer = Gazetteer.load()
    >>> gazetteer.lookup("تهران")[0].name, gazetteer.country("AZ", "fr").name
    ('Tehran', 'Azerbaïdjan')
    """

    def __init__(self, folder: Path = _INDEX, *, extra: str | PathLike[str] | None = None) -> None:
        self._index = Index(folder)
        self._options = Options(self._index, extra)
        self._demonyms = Demonyms(self._index.tables["demonyms"])
        self._everyday = frozenset(self._index.tables["everyday"])
        # Every name beside a person is asked for, and names repeat.
        self._country_codes = lru_cache(maxsize=20_000)(self._find_country_codes)

    @classmethod
    def load(cls, extra: str | PathLike[str] | None = None) -> Gazetteer:
        """The gazetteer that is shipped; opened once a process.

        `extra` is a CSV of places of your own, which win over ours (docs/places.md). Raises
        InputError when it, or the index, cannot be read.
        """
        return _load(str(extra) if extra is not None else None)

    def knows(self, name: str) -> bool:
        """Whether `name` is a place's name that may be taken for one without further context."""
        folded = fold(name)
        return self._may_stand_alone(folded) and self._options.has(folded)

    def _may_stand_alone(self, folded: str) -> bool:
        if len(folded) < _SHORTEST_NAME and folded.isascii():
            return False
        return folded not in self._everyday

    def rows(self, name: str) -> list[int]:
        """The index's rows of every place of exactly that name, most prominent first."""
        return [packed >> 2 for packed in self._index.packed(fold(name))]

    def lookup(self, name: str, *, limit: int = 10) -> list[Place]:
        """Every place of exactly that name (case and accents aside), most prominent first."""
        return self._options.places(fold(name), limit)

    def candidates(
        self,
        toponym: Toponym | str,
        *,
        language: str = "",
        countries: Iterable[str] = (),
        near: Iterable[Place] = (),
        limit: int = 10,
    ) -> list[Candidate]:
        """Places that a toponym may mean, best first, each with its score and reason.

        A string may name where it lies: `Astara (Iran)`, `Saint-Denis, La Réunion`. `countries`
        are ISO codes that speak for a candidate, `near` places beside it. Unknown names are tried
        in other romanisations and then with letters wrong, and the reason says so. Empty when
        nothing fits.
        """
        if limit < 1:
            return []
        if isinstance(toponym, str):
            query = parse_query(toponym)
            toponym = Toponym(Span(0, 0, toponym), query.name)
        else:
            query = None
        qualifiers = query.qualifiers if query else ()
        scene = Scene.of(self._options, language, countries, near, qualifiers)
        return rank(self._options, self._demonyms, toponym, scene)[:limit]

    def resolve(
        self,
        toponyms: Sequence[Toponym],
        *,
        language: str = "",
        text: str = "",
        traveller_countries: Sequence[Sequence[str]] | None = None,
    ) -> list[list[Candidate]]:
        """Candidates for all toponyms of one document, decided together, one sense a name.

        `text` is what the toponyms' offsets refer to; `traveller_countries` gives, for each
        toponym, the countries of who travels there. The answers are in the order of `toponyms`.
        """
        travellers = traveller_countries or [()] * len(toponyms)
        return resolve_document(
            self._options, self._demonyms, toponyms, travellers, language=language, text=text
        )

    def demonym(self, word: str, language: str = "") -> tuple[str, ...]:
        """The countries that `iraniennes`, `Russian` or `irano-azerbaïdjanaise` stand for."""
        return self._demonyms.codes(word, language)

    def country(self, code: str, language: str = "en") -> Place | None:
        """A country by its code, at its capital's coordinates; None for an unknown code."""
        return self._options.country(code.upper(), language)

    def all_country_codes(self) -> tuple[str, ...]:
        """The codes of all countries and territories, sorted."""
        return tuple(sorted(self._index.tables["countries"]))

    def country_codes(self, name: str) -> tuple[str, ...]:
        """The countries of that name, short or official, in any language."""
        return self._country_codes(name)

    def _find_country_codes(self, name: str) -> tuple[str, ...]:
        index = self._index
        rows = [packed >> 2 for packed in index.packed(fold(name))]
        return tuple(index.country(row) for row in rows if index.kind(row) == COUNTRY)

    def capital(self, code: str, language: str = "en") -> Place | None:
        """The capital of a country; None when it has none or the code is unknown."""
        return self._options.capital(code.upper(), language)

    def named(self, place: Place, language: str) -> Place:
        """A place with its name in a language; as it is where it has none there."""
        return self._options.named(place, language)

    def localised(self, place_id: str, language: str) -> str:
        """A place's name in a language, or the empty text when we do not have it."""
        return self._options.localised(place_id, language)

    def nearest(
        self, latitude: float, longitude: float, *, limit: int = 1
    ) -> list[tuple[Place, float]]:
        """The towns nearest to a point, each with its distance in km."""
        return self._options.nearest_towns(latitude, longitude, limit)

    def match_at(self, tokens: Sequence[str], index: int, max_words: int = 6) -> int:
        """How many tokens from `index` on form the longest known toponym; 0 for none.

        A name begins with a capital letter, or in a script without capitals. Three letters or
        fewer and everyday words never match by themselves.
        """
        if not tokens[index] or tokens[index][0].islower():
            return 0
        ends: dict[int, int] = {}
        text, gap = "", ""
        for count, token in enumerate(tokens[index : index + max_words], start=1):
            word = fold_token(token)
            if not word and not any(mark in token for mark in "-‐‑'’."):
                break
            text += gap + word if word else ""
            # Folding drops apostrophes, so `d’` and `Iran` are one word of the name.
            gap = "" if token[-1:] in "'’" else " "
            ends.setdefault(len(text), count)  # A mark behind a name is none of it.
        return self._longest(text, ends)

    def opens_name(self, word: str) -> bool:
        """Whether a known toponym may begin with one word of a text; never False where it does."""
        folded = fold_token(word)
        known = self._options.has(folded) and self._may_stand_alone(folded)
        return known or not folded or self._options.begins(f"{folded} ")

    def begins_name(self, first: str, second: str) -> bool:
        """Whether two words of a text may begin a known toponym; never False where one does."""
        words = fold_token(first), fold_token(second)
        gap = "" if first[-1:] in "'’" else " "
        return not all(words) or self._options.begins(gap.join(words))

    def _longest(self, text: str, ends: dict[int, int]) -> int:
        for name in reversed(self._options.prefixes(text)):
            if len(name) in ends and self._may_stand_alone(name):
                return ends[len(name)]
        return 0


@lru_cache(maxsize=4)
def _load(extra: str | None) -> Gazetteer:
    return Gazetteer(extra=extra)
