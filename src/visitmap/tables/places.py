"""The places of a table: lists of places to legs, names to points, each once.

A name is looked up with its row's country and taken only when it lies there (or in what belongs,
or belonged, to that country); what is doubtful or missing becomes an Issue of its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from visitmap.model import Candidate, Place
from visitmap.tables.countries import country_codes, country_name, may_lie_in
from visitmap.tables.words import fold

Geocode = Callable[[str, str], list[Candidate]]
CountryCodes = Callable[[str], tuple[str, ...]]

_ALWAYS_APART = re.compile(r"\s*(?:;|→|\s/\s|\s>\s|\s\+\s|\n)\s*")
_COMMA = re.compile(r",\s*(?![^()]*\))")
_JOINED = re.compile(r"\s*,\s*(?:and|et)\s+|\s+(?:and|et|&)\s+")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,3}")
# The best candidate may be taken without a person's look from this lead over the next on.
_CLEAR_LEAD = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    """The place of a name, and why it may need a person's look."""

    place: Place | None
    score: float = 0.0
    doubt: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class Lookup:
    """A gazetteer as a table sees it: each question asked once, answers checked."""

    geocode: Geocode | None
    codes: CountryCodes = country_codes
    _asked: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    _answers: dict[tuple[str, tuple[str, ...]], Answer] = field(default_factory=dict)
    _countries: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def country(self, text: str) -> tuple[str, ...]:
        """The countries that a cell names: by our own lists, then by the gazetteer."""
        if text not in self._countries:
            self._countries[text] = country_codes(text) or tuple(self.codes(text))
        return self._countries[text]

    def ask(self, name: str, code: str = "") -> list[Candidate]:
        """The gazetteer's candidates for a name in a country."""
        if self.geocode is None:
            return []
        key = (name, code)
        if key not in self._asked:
            self._asked[key] = self.geocode(name, code)
        return self._asked[key]

    def place(self, name: str, codes: tuple[str, ...]) -> Answer:
        """The place a name means in one of the countries, or anywhere when none is given."""
        key = (name, codes)
        if key not in self._answers:
            self._answers[key] = self._resolve(name, codes)
        return self._answers[key]

    def _resolve(self, name: str, codes: tuple[str, ...]) -> Answer:
        if not codes:
            return self._decided_or_last(name, codes, self.ask(name))
        allowed = may_lie_in(codes) | set(self.country(_in_parentheses(name)))
        everywhere: list[Candidate] = []
        for variant in _spellings(name):
            for code in codes:
                found = self.ask(variant, code)
                everywhere += found
                inside = [one for one in found if one.place.country in allowed]
                if inside:
                    return _decided(inside)
        if not everywhere or "," in name:
            return self._decided_or_last(name, codes, [])
        return Answer(None, 0.0, "outside", tuple(everywhere[:10]))

    def _decided_or_last(self, name: str, codes: tuple[str, ...], found: list[Candidate]) -> Answer:
        """The answer; for `Palazzo Strozzi, Florence` that of its town when nothing else is."""
        town = name.rpartition(",")[2].strip()
        return _decided(found) if found or not town or town == name else self.place(town, codes)


def _in_parentheses(name: str) -> str:
    inside = re.search(r"\(([^)]*)\)", name)
    return inside[1].removeprefix("The ") if inside else ""


def _spellings(name: str) -> list[str]:
    """The name, then without its parenthesis and what sheets add to names."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    inside = _in_parentheses(name)
    plain = re.sub(
        r"\b(air (force )?base|airport|military base|island|province|city|field|castle|beach)\b",
        "", bare, flags=re.I,
    ).strip()  # fmt: skip
    found = dict.fromkeys((name, bare, bare.replace("- ", "-"), plain, inside))
    halves = [half for half in bare.split("-") if len(half) > 3] if "-" in bare else []
    return [one for one in (*found, *halves[:1]) if one]


def _decided(candidates: list[Candidate]) -> Answer:
    if not candidates:
        return Answer(None)
    best = candidates[0]
    near = len(candidates) > 1 and best.score - candidates[1].score < _CLEAR_LEAD
    doubt = "ambiguous" if near else "spelling" if best.score < 0.2 else ""
    return Answer(best.place, best.score, doubt, tuple(candidates[:10]))


def split_places(cell: str, codes: tuple[str, ...], lookup: Lookup) -> list[str]:
    """The places that one cell lists, in order.

    `;`, `/`, `→` always divide. A comma divides when the row, or the cell at its end, names the
    country (`Rome, Italie` is one place), and the country or the region of a neighbour is no stop.
    """
    parts = [part for part in _ALWAYS_APART.split(cell.strip()) if part]
    if not codes:
        return [stop for part in parts for stop in _within_country(part, lookup)]
    found: list[str] = []
    for part in parts:
        found += _at_commas(part, codes, lookup)
    return found or parts


def _within_country(cell: str, lookup: Lookup) -> list[str]:
    """`New Delhi and Amritsar, India` as two towns of India; other cells as they are."""
    towns, _, country = cell.rpartition(",")
    codes = country_codes(country.strip())
    pieces = _at_commas(towns, codes, lookup) if towns and codes else []
    if len(pieces) < 2 or not all(lookup.place(one, codes).place for one in pieces):
        return [cell]
    return [f"{one}, {country.strip()}" for one in pieces]


def are_addresses(listed: Iterable[tuple[list[str], tuple[str, ...]]], lookup: Lookup) -> bool:
    """Whether a column's cells are `museum, town` rather than lists of towns.

    They are when most have a first part that nobody knows and a last one that is a place.
    """
    votes = [
        lookup.place(parts[0], codes).place is None
        for parts, codes in listed
        if len(parts) == 2 and lookup.place(parts[1], codes).place is not None
    ]
    return bool(votes) and sum(votes) * 2 >= len(votes)


def _at_commas(cell: str, codes: tuple[str, ...], lookup: Lookup) -> list[str]:
    pieces = [piece.strip() for piece in _COMMA.split(cell) if piece.strip()]
    pieces = [half for piece in pieces for half in _at_and(piece, codes, lookup)]
    if len(pieces) < 2:
        return pieces
    merged = [pieces[0]]
    for piece in pieces[1:]:
        if _INITIALS.fullmatch(piece):
            merged[-1] += f", {piece}"
        else:
            merged.append(piece)
    kept = [piece for piece in merged if not set(country_codes(piece)) & set(codes)]
    return _without_regions(kept or merged[:1], codes, lookup)


def _at_and(piece: str, codes: tuple[str, ...], lookup: Lookup) -> list[str]:
    """`Paris et Lyon` is two places, `Trinidad and Tobago` one: when the halves are known."""
    halves = [half for half in _JOINED.split(piece) if half]
    if len(halves) < 2 or any(one.score > 0.5 for one in lookup.ask(piece, codes[0])[:1]):
        return [piece]
    return halves if all(lookup.place(half, codes).place for half in halves) else [piece]


def _without_regions(pieces: list[str], codes: tuple[str, ...], lookup: Lookup) -> list[str]:
    """Without the last piece when it is the region in which the one before it lies."""
    if len(pieces) < 2 or lookup.geocode is None:
        return pieces
    last, before = lookup.place(pieces[-1], codes).place, lookup.place(pieces[-2], codes).place
    if not last or last.kind != "region" or not before or not before.admin1:
        return pieces
    known = {fold(last.name), fold(pieces[-1])}
    return pieces[:-1] if fold(before.admin1) in known else pieces


def summary(states: Iterable[str]) -> str:
    """A sentence on how many names were `found`, are `doubtful`, or `missing`."""
    counts = Counter(states)
    resolved = counts["found"] + counts["doubtful"]
    total = resolved + counts["missing"]
    if not total:
        return ""
    return (
        f"Of {total} places named, {resolved} are resolved "
        f"({counts['doubtful']} of them doubtful) and {counts['missing']} are not."
    )


def in_countries(codes: tuple[str, ...]) -> str:
    """The countries' names, for a sentence."""
    return " or ".join(country_name(code) for code in codes[:3]) + ("…" if len(codes) > 3 else "")
