"""The index on disk: names in a trie, places in columns, both mapped rather than read.

A place is a row; rows are sorted by prominence, so the rows of a name in ascending order are
already ranked. Three files make an index:

    names.marisa   folded names; a name's number in the trie is its position in `postings`
    columns.bin    the columns one after another, little-endian
    index.json     where each column lies, and the small tables (countries, demonyms, notes)

A posting is `row << 2 | primary << 1 | 0` for a name of one place (`primary`: the place's own
name rather than an alternate); for several it is `offset << 1 | 1` into `shared`, where a count is
followed by as many postings.
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie

from visitmap.errors import InputError
from visitmap.model import Place

VERSION = 1
KINDS = ("country", "region", "district", "city", "site", "airport")
PLACE_KIND = ("country", "region", "region", "city", "site", "site")
COUNTRY, REGION, DISTRICT, CITY, SITE, AIRPORT = range(6)
# Radius in km within which the point stands for the place; a country's comes from its area.
PRECISION_KM = (500.0, 100.0, 30.0, 5.0, 1.0, 3.0)
# Columns of one byte, of two, and of three (kept as a column of two and one of one).
_BYTES = ("kind", "country", "text")
_SHORTS = ("admin1", "admin2")
_THREES = ("number", "latitude", "longitude", "name", "postings", "shared")
_LONGS = ("population", "region_rows")
# Stored coordinates are (degrees + 180) × this: steps of 2.4 m, which three bytes hold.
_STEPS_PER_DEGREE = 46_000
_DIGITS = 4
_CAPITAL = 0x80
# Mean radius of the Earth (IUGG).
EARTH_RADIUS_KM = 6371.0088
_NO_REGION = 0xFFFF
NO_ROW = 0xFFFFFFFF


class Row(NamedTuple):
    """One place as the builder hands it over; `id` is complete, regions are given by their id."""

    id: str
    name: str
    kind: int
    country: str
    latitude: float
    longitude: float
    population: int = 0
    capital: bool = False
    admin1: str = ""
    admin2: str = ""


class Posting(NamedTuple):
    """A place of a name: its row, and whether the name is its own rather than an alternate."""

    row: int
    primary: bool


class Index:
    """An index opened for look-up; cheap to open, shared between processes by the system."""

    def __init__(self, folder: Path) -> None:
        try:
            self.tables: dict[str, Any] = json.loads((folder / "index.json").read_bytes())
            if self.tables["version"] != VERSION:
                raise ValueError("another version")
            self._names = marisa_trie.Trie()
            self._names.mmap(str(folder / "names.marisa"))
            self._map_columns(folder / "columns.bin")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise InputError(
                f"the index of places cannot be read ({error})",
                where=str(folder),
                remedy="Reinstall visitmap, or rebuild it as docs/places.md says",
            ) from error
        self.countries: list[str] = self.tables["country_order"]
        self._row_by_id: dict[str, int] = {}
        self._region_names: dict[int, str] = {NO_ROW: ""}

    def _map_columns(self, path: Path) -> None:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        columns = {
            name: view[start:end].cast(code)
            for name, (start, end, code) in self.tables["columns"].items()
        }
        self._kind, self._country, self._text = (columns[name] for name in _BYTES)
        self._admin1, self._admin2 = (columns[name] for name in _SHORTS)
        self._population, self._region_rows = (columns[name] for name in _LONGS)
        pairs = [(columns[f"{name}.low"], columns[f"{name}.high"]) for name in _THREES]
        self._number, self._latitude, self._longitude = pairs[:3]
        self._name, self._postings, self._shared = pairs[3:]

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._kind)

    @property
    def names(self) -> marisa_trie.Trie:
        """The folded names."""
        return self._names

    def packed(self, folded: str) -> Sequence[int]:
        """The packed postings of a folded name, most prominent place first."""
        number = self._names.get(folded)
        if number is None:
            return ()
        low, high = self._postings
        value = low[number] | high[number] << 16
        if not value & 1:
            return (value,)
        low, high = self._shared
        start = (value >> 1) + 1
        end = start + low[start - 1]
        return [low[place] | high[place] << 16 for place in range(start, end)]

    def postings(self, folded: str) -> list[Posting]:
        """The places of a folded name, most prominent first."""
        return [Posting(value >> 2, bool(value & 2)) for value in self.packed(folded)]

    def kind(self, row: int) -> int:
        """One of the numbers of `KINDS`."""
        return self._kind[row] & ~_CAPITAL

    def is_capital(self, row: int) -> bool:
        """Whether the place is the capital of its country."""
        return self._kind[row] >= _CAPITAL

    def country(self, row: int) -> str:
        """ISO 3166-1 alpha-2 code, or empty."""
        return self.countries[self._country[row]]

    def point(self, row: int) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return _degrees(_at(self._latitude, row)), _degrees(_at(self._longitude, row))

    def population(self, row: int) -> int:
        """Inhabitants; of a region, those of its towns that the index knows."""
        return self._population[row]

    def admin1(self, row: int) -> int:
        """The row of the first-level region, or `NO_ROW`."""
        region = self._admin1[row]
        return NO_ROW if region == _NO_REGION else self._region_rows[region]

    def admin2(self, row: int) -> int:
        """The row of the second-level region, or `NO_ROW`."""
        region = self._admin2[row]
        return NO_ROW if region == _NO_REGION else self._region_rows[region]

    def name(self, row: int) -> str:
        """The display name."""
        low, high = self._name
        start = low[row] | high[row] << 16
        return str(self._text[start + 1 : start + 1 + self._text[start]], "utf-8")

    def id(self, row: int) -> str:
        """The place's id: `geonames:…`, `country:…`, `region:…`, `site:…` or `airport:…`."""
        number = _at(self._number, row)
        if number > 1:
            if self._kind[row] == AIRPORT:
                return f"airport:{_unpack_iata(number)}"
            return f"geonames:{number}"
        if number == 1:
            return f"country:{self.country(row)}"
        return self.tables["own_ids"][str(row)]

    def row_of(self, place_id: str) -> int | None:
        """The row of an id; the first call reads all ids."""
        if not self._row_by_id:
            self._row_by_id = {self.id(row): row for row in range(len(self))}
        return self._row_by_id.get(place_id)

    def nearest(
        self, kind: int, latitude: float, longitude: float, limit: int
    ) -> list[tuple[int, float]]:
        """Rows of a kind by their great-circle distance in km from a point; all are compared."""
        import numpy as np  # Only here: it takes longer to load than the whole index.

        if limit < 1:
            return []
        rows = np.flatnonzero((np.frombuffer(self._kind, np.uint8) & (0xFF ^ _CAPITAL)) == kind)
        south, east = (_column(np, pair)[rows] for pair in (self._latitude, self._longitude))
        first, second = np.radians(latitude), np.radians(south / _STEPS_PER_DEGREE - 180)
        turn = np.radians(east / _STEPS_PER_DEGREE - 180 - longitude)
        across = (
            np.sin((second - first) / 2) ** 2
            + np.cos(first) * np.cos(second) * np.sin(turn / 2) ** 2
        )
        best = np.argsort(across, kind="stable")[:limit]
        return [
            (int(rows[n]), float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(across[n])))) for n in best
        ]

    def place(self, row: int) -> Place:
        """The row as a `Place`."""
        kind = self._kind[row] & ~_CAPITAL
        latitude, longitude = self.point(row)
        return Place(
            self.name(row),
            self.id(row),
            latitude,
            longitude,
            self.countries[self._country[row]],
            PLACE_KIND[kind],
            self._region_name(self.admin1(row)),
            self._population[row],
            PRECISION_KM[kind],
        )

    def _region_name(self, row: int) -> str:
        """The name of a region's row; there are few, so they are kept."""
        if row not in self._region_names:
            self._region_names[row] = self.name(row)
        return self._region_names[row]


def _at(column: tuple[memoryview, memoryview], row: int) -> int:
    low, high = column
    return low[row] | high[row] << 16


def _column(np: Any, pair: tuple[memoryview, memoryview]) -> Any:
    """A column of three bytes as an array of integers."""
    low, high = np.frombuffer(pair[0], np.uint16), np.frombuffer(pair[1], np.uint8)
    return low.astype(np.int64) | high.astype(np.int64) << 16


def _degrees(stored: int) -> float:
    return round(stored / _STEPS_PER_DEGREE - 180, _DIGITS)


def write_index(
    folder: Path,
    rows: Sequence[Row],
    names: Mapping[str, Sequence[tuple[int, bool]]],
    tables: Mapping[str, Any],
) -> None:
    """Write rows (most prominent first) and the rows of each folded name as an index.

    The same input gives the same bytes. `tables` are put into `index.json` as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trie = marisa_trie.Trie(sorted(names))
    trie.save(str(folder / "names.marisa"))
    countries = sorted({row.country for row in rows})
    values = {**_row_columns(rows, countries), **_name_columns(trie, names)}
    places = _write_columns(folder / "columns.bin", values)
    own_ids = {str(n): row.id for n, row in enumerate(rows) if _number(row) == 0}
    head = {"version": VERSION, "columns": places, "country_order": countries, "own_ids": own_ids}
    head |= _country_rows(rows)
    text = json.dumps({**head, **tables}, ensure_ascii=False, sort_keys=True, indent=0)
    (folder / "index.json").write_text(text + "\n", encoding="utf-8")


def _country_rows(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """The rows of each country and of its capital, by code; of two capitals the foremost."""
    every = list(enumerate(rows))[::-1]
    return {
        "country_rows": {row.country: number for number, row in every if row.kind == COUNTRY},
        "capital_rows": {row.country: number for number, row in every if row.capital},
    }


def _write_columns(path: Path, values: dict[str, list[int]]) -> dict[str, tuple[int, int, str]]:
    """Write the columns one after another; returns where each lies and its format."""
    columns = {name: array("B", values[name]) for name in _BYTES}
    columns |= {name: array("H", values[name]) for name in _SHORTS}
    columns |= {name: array("I", values[name]) for name in _LONGS}
    for name in _THREES:
        columns[f"{name}.low"] = array("H", [value & 0xFFFF for value in values[name]])
        columns[f"{name}.high"] = array("B", [value >> 16 for value in values[name]])
    places, content = {}, bytearray()
    for name, column in columns.items():
        content += bytes(-len(content) % 4)
        data = column.tobytes()
        places[name] = (len(content), len(content) + len(data), column.typecode)
        content += data
    path.write_bytes(content)
    return places


def _row_columns(rows: Sequence[Row], countries: list[str]) -> dict[str, list[int]]:
    text, starts = _texts([row.name for row in rows])
    codes = {code: number for number, code in enumerate(countries)}
    region_rows = [n for n, row in enumerate(rows) if row.kind in (REGION, DISTRICT)]
    regions = {rows[row].id: number for number, row in enumerate(region_rows)}
    return {
        "kind": [row.kind | _CAPITAL * row.capital for row in rows],
        "country": [codes[row.country] for row in rows],
        "number": [_number(row) for row in rows],
        "latitude": [_stored(row.latitude) for row in rows],
        "longitude": [_stored(row.longitude) for row in rows],
        "population": [min(row.population, 0xFFFFFFFF) for row in rows],
        "admin1": [regions.get(row.admin1, _NO_REGION) for row in rows],
        "admin2": [regions.get(row.admin2, _NO_REGION) for row in rows],
        "region_rows": region_rows,
        "name": starts,
        "text": list(text),
    }


def _stored(degrees: float) -> int:
    return round((degrees + 180) * _STEPS_PER_DEGREE)


def _texts(names: Sequence[str]) -> tuple[bytes, list[int]]:
    """Names as length-prefixed UTF-8, equal ones kept once, and where each starts."""
    text, known, starts = bytearray(), {}, []
    for name in names:
        if name not in known:
            known[name] = len(text)
            data = name.encode()[:255]
            text += bytes([len(data)]) + data
        starts.append(known[name])
    return bytes(text), starts


def _name_columns(
    trie: marisa_trie.Trie, names: Mapping[str, Sequence[tuple[int, bool]]]
) -> dict[str, list[int]]:
    postings = [0] * len(names)
    shared: list[int] = []
    for name in sorted(names):
        packed = [row << 2 | primary << 1 for row, primary in sorted(names[name])]
        value = packed[0]
        if len(packed) > 1:
            value = len(shared) << 1 | 1
            shared.append(len(packed))
            shared.extend(packed)
        postings[trie[name]] = value
    return {"postings": postings, "shared": shared}


def _number(row: Row) -> int:
    """The number an id can be rebuilt from, or 0 when the id must be kept as text."""
    scheme, _, rest = row.id.partition(":")
    if scheme == "geonames":
        return int(rest)
    if scheme == "airport":
        return _pack_iata(rest)
    return 1 if scheme == "country" and row.kind == COUNTRY else 0


def _pack_iata(code: str) -> int:
    return int.from_bytes(code.encode("ascii"), "big")


def _unpack_iata(number: int) -> str:
    return number.to_bytes(3, "big").decode("ascii")
