"""What a name may mean: the rows of the index for a name, with how the name led to them.

Also where places of the user's own come in: they stand beside the index and win over it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from visitmap.errors import InputError
from visitmap.gazetteer.index import CITY, COUNTRY, NO_ROW, REGION, SITE, Index
from visitmap.gazetteer.names import fold, spelled_out
from visitmap.gazetteer.spelling import romanisations, similar, variants
from visitmap.model import Place

# Namesakes beyond these are never looked at in context; there are 200 towns called San José.
_MOST_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class Option:
    """A place offered for a name: its row, and how the name led to it.

    `likeness` is 1 for the name itself and less for other spellings; `how` says which. A town is
    a `sideline` when the name is only an alternate of its but another town's own; a region is
    `eponymous` when a town of the name lies in it.
    """

    row: int
    primary: bool = False
    likeness: float = 1.0
    how: str = ""
    name: str = ""
    sideline: bool = False
    eponymous: bool = False


class Facts(NamedTuple):
    """A row as ranking sees it; `admin1` and `admin2` are rows of regions or `NO_ROW`."""

    row: int
    kind: int
    country: str
    latitude: float
    longitude: float
    population: int = 0
    capital: bool = False
    admin1: int = NO_ROW
    admin2: int = NO_ROW


_OWN_KIND = {"city": CITY, "site": SITE, "region": REGION, "country": COUNTRY}


class _Own(NamedTuple):
    place: Place
    names: tuple[str, ...]


class Options:
    """The index together with the user's own places; a user's place has a negative row."""

    def __init__(self, index: Index, extra: str | PathLike[str] | None = None) -> None:
        self.index = index
        self._own = read_own_places(Path(extra)) if extra is not None else []
        self._own_names: dict[str, list[int]] = {}
        for number, own in enumerate(self._own):
            for name in own.names:
                self._own_names.setdefault(fold(name), []).append(-1 - number)
        self._translated: dict[int, dict[str, str]] = {}
        self._named: dict[tuple[int, str], Place] = {}
        # A document names its places again and again, and the news the same countries and towns.
        self._facts = lru_cache(maxsize=10_000)(self._find_facts)
        self._places = lru_cache(maxsize=10_000)(index.place)
        self._similar = lru_cache(maxsize=10_000)(partial(similar, index.names))
        self._territories = lru_cache(maxsize=10_000)(self._find_territory)

    def has(self, folded: str) -> bool:
        """Whether the name is known exactly."""
        return folded in self.index.names or folded in self._own_names

    def prefixes(self, text: str) -> list[str]:
        """The known names that `text` begins with, shortest first."""
        found: list[str] = self.index.names.prefixes(text)
        own = [name for name in self._own_names if text.startswith(name)]
        return sorted({*found, *own}, key=len) if own else found

    def begins(self, text: str) -> bool:
        """Whether a known name begins with `text`."""
        found = next(self.index.names.iterkeys(text), None)
        return found is not None or any(name.startswith(text) for name in self._own_names)

    def places(self, folded: str, limit: int) -> list[Place]:
        """Places of exactly that name, the user's first, then by prominence."""
        if limit < 1:
            return []
        index = self.index
        found = [self._places(packed >> 2) for packed in index.packed(folded)[:limit]]
        if folded in self._own_names:
            found = [self.place(row) for row in self._own_names[folded]] + found
        return found[:limit]

    def exactly(self, folded: str, how: str = "", likeness: float = 1.0) -> list[Option]:
        """The options of one spelling; a user's own place leaves no other."""
        own = self._own_names.get(folded)
        if own:
            return [Option(row, True, likeness, how, folded) for row in own]
        found = [
            Option(packed >> 2, bool(packed & 2), likeness, how, folded)
            for packed in self.index.packed(folded)[:_MOST_OPTIONS]
        ]
        return self._with_sidelines(found) if len(found) > 1 else found

    def _with_sidelines(self, found: list[Option]) -> list[Option]:
        index = self.index
        towns = [one for one in found if index.kind(one.row) == CITY]
        own = any(one.primary for one in towns)
        sidelines = {one.row for one in towns if own and not one.primary}
        holders = {row for one in towns for row in (index.admin1(one.row), index.admin2(one.row))}
        return [
            replace(one, sideline=one.row in sidelines, eponymous=one.row in holders)
            if one.row in sidelines or one.row in holders
            else one
            for one in found
        ]

    def of(self, name: str) -> list[Option]:
        """The options of a name as written; other spellings only when it is unknown."""
        folded = fold(name)
        if len(folded) < 2:
            return []
        found = self._abbreviation(name) + self.exactly(folded)
        full = spelled_out(folded)
        if full != folded:
            known = {option.row for option in found}
            found += [option for option in self.exactly(full) if option.row not in known]
        if found:
            return found
        return next((options for options in self._elsewise(folded) if options), [])

    def _abbreviation(self, name: str) -> list[Option]:
        row = self.abbreviated(name)
        return [] if row is None else [Option(row, True)]

    def _elsewise(self, folded: str) -> Iterator[list[Option]]:
        # Whom an airport is named for is nobody's town: "aéroport Félix Houphouët-Boigny".
        if " " in folded:
            yield self.exactly(f"{folded} airport")
        for spelling in variants(folded):
            yield self.exactly(spelling)
        if len(folded) < 4:
            return
        for spelling in romanisations(folded):
            yield self.exactly(spelling, "romanisation", 0.9)
        likely: dict[int, Option] = {}
        for spelling, likeness in self._similar(folded):
            for option in self.exactly(spelling, "fuzzy", likeness):
                likely.setdefault(option.row, option)
        yield list(likely.values())

    def place(self, row: int) -> Place:
        """A row as a `Place`."""
        return self._places(row) if row >= 0 else self._own[-1 - row].place

    def country(self, code: str, language: str) -> Place | None:
        """A country by its code, named in `language` where we can."""
        return self._named_place(self.index.tables["country_rows"].get(code), language)

    def capital(self, code: str, language: str) -> Place | None:
        """The capital of a country, named in `language` where we can."""
        return self._named_place(self.index.tables["capital_rows"].get(code), language)

    def _named_place(self, row: int | None, language: str) -> Place | None:
        if row is None:
            return None
        # There are few, and every reason names one.
        if (row, language) not in self._named:
            place = self.index.place(row)
            self._named[row, language] = self.named(place, language)
        return self._named[row, language]

    def tongue(self, option: Option, facts: Facts, language: str) -> int:
        """1 when the name is the place's in `language` alone, -1 when it is so only in others.

        So `Mexico` is a country in English and a city in French. 0 for names that do not tell.
        """
        if not language or option.row < 0:
            return 0
        own = self._folded_names(option.row, facts)
        if not own:
            return 0
        if own.get(language) == option.name:
            return int(language != "en" and own.get("en", "") != option.name)
        return -1 if language in own and option.name in own.values() else 0

    def _folded_names(self, row: int, facts: Facts) -> dict[str, str]:
        if row not in self._translated:
            tables = self.index.tables
            if facts.kind == COUNTRY:
                names = tables["countries"][facts.country]["names"]
            else:
                names = tables["localised"].get(self.index.id(row), {})
            self._translated[row] = {code: fold(name) for code, name in names.items()}
        return self._translated[row]

    def named(self, place: Place, language: str) -> Place:
        """A place of the index, named in a language where it has a name there."""
        return replace(place, name=self._translated_name(place.id, language) or place.name)

    def localised(self, place_id: str, language: str) -> str:
        """A place's name in a language, or empty."""
        told = self._translated_name(place_id, language)
        is_country = place_id.startswith("country:")
        return told or (self._own_name(place_id) if language == "en" and not is_country else "")

    def _translated_name(self, place_id: str, language: str) -> str:
        scheme, _, rest = place_id.partition(":")
        if scheme == "country":
            country = self.index.tables["countries"].get(rest)
            return str(country["names"].get(language, "")) if country else ""
        return str(self.index.tables["localised"].get(place_id, {}).get(language, ""))

    def _own_name(self, place_id: str) -> str:
        """GeoNames' own name, which is the English one where no other is given as such."""
        row = self.index.row_of(place_id)
        return "" if row is None else self.index.name(row)

    def nearest_towns(
        self, latitude: float, longitude: float, limit: int
    ) -> list[tuple[Place, float]]:
        """Towns by their distance in km from a point."""
        found = self.index.nearest(CITY, latitude, longitude, limit)
        return [(self.index.place(row), gap) for row, gap in found]

    def facts(self, row: int) -> Facts:
        """What ranking needs to know of a row."""
        return self._facts(row)

    def _find_facts(self, row: int) -> Facts:
        if row < 0:
            place = self._own[-1 - row].place
            assert place.latitude is not None and place.longitude is not None
            point = (place.latitude, place.longitude)
            return Facts(row, _OWN_KIND[place.kind], place.country, *point)
        index = self.index
        return Facts(
            row,
            index.kind(row),
            index.country(row),
            *index.point(row),
            index.population(row),
            index.is_capital(row),
            index.admin1(row),
            index.admin2(row),
        )

    def country_option(self, code: str) -> Option:
        """The country that a demonym stands for."""
        return Option(self.index.tables["country_rows"][code], False, 1.0, "demonym")

    def territory(self, folded: str) -> int | None:
        """The row of the country or first-level region that a name foremost means, if it does."""
        return self._territories(folded)

    def _find_territory(self, folded: str) -> int | None:
        packed = self.index.packed(folded)
        if not packed:
            return None
        row = packed[0] >> 2
        return row if self.index.kind(row) in (COUNTRY, REGION) else None

    def abbreviated(self, written: str) -> int | None:
        """The region that an abbreviation beside a name stands for: `Tex.`, `TX`, `Ont.`"""
        row: int | None = self.index.tables["abbreviations"].get(written.strip())
        return row

    def note(self, folded: str, row: int) -> tuple[str, str] | None:
        """For a name of the past: until when it was used (may be empty), and the name of today."""
        if row < 0:
            return None
        found = self.index.tables["notes"].get(folded, {}).get(self.index.id(row))
        return (found[0], found[1]) if found else None


def read_own_places(path: Path) -> list[_Own]:
    """Places of a CSV with `name, latitude, longitude`, and `names, country, kind, id` if wanted.

    Raises InputError naming the line when a place cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            return [_own_place(row, f"{path}:{reader.line_num}") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"the list of places cannot be read ({error})",
            where=str(path),
            remedy="Give a CSV file in UTF-8 with the columns name, latitude, longitude",
        ) from error


def _own_place(row: dict[str, str | None], where: str) -> _Own:
    values = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    name = values.get("name", "")
    try:
        latitude, longitude = float(values["latitude"]), float(values["longitude"])
        if not name or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError
    except (KeyError, ValueError):
        raise InputError(
            "a place needs a name, a latitude (-90 to 90) and a longitude (-180 to 180)",
            where=where,
            remedy="Correct the line, or take it out",
        ) from None
    kind = values.get("kind", "")
    place = Place(
        name,
        values.get("id") or f"own:{fold(name).replace(' ', '-')}",
        latitude,
        longitude,
        values.get("country", "").upper(),
        kind if kind in ("city", "site", "region", "country") else "city",
    )
    names = [one.strip() for one in values.get("names", "").split("|")]
    return _Own(place, (name, *filter(None, names)))
