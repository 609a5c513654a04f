"""Builds the index of places that the package ships: `python data/gazetteer/build.py`.

It reads only the packages pinned in requirements.txt and the tables beside this file, so the same
inputs give the same bytes. Without an argument it writes to src/visitmap/gazetteer/index/.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import sources

from visitmap.gazetteer.index import (
    AIRPORT,
    CITY,
    COUNTRY,
    DISTRICT,
    REGION,
    SITE,
    Row,
    write_index,
)
from visitmap.gazetteer.names import fold

TARGET = Path(__file__).parents[2] / "src" / "visitmap" / "gazetteer" / "index"
# Added to the logarithm of the population when places of one name are ranked: our judgement.
_BONUS = {COUNTRY: 10.0, REGION: -0.5, DISTRICT: -2.0, CITY: 0.0, SITE: 4.0, AIRPORT: 2.5}
_CAPITAL_BONUS = 1.5


class Named(NamedTuple):
    """A place and all that it is called."""

    row: Row
    names: tuple[str, ...]


def main(target: Path = TARGET) -> None:
    """Build and write the index, and say how large it became."""
    cities = sources.cities()
    places = [*countries(cities), *regions(cities), *towns(cities), *airports()]
    places = [*places, *own_places()]
    places.sort(key=lambda place: (-prominence(place.row), place.row.id))
    rows = [place.row for place in places]
    names = keys(places)
    notes = historical(rows, names)
    translated = localised(cities, rows, names)
    add_names(translated, rows, names)
    tables = {
        "countries": country_table(),
        "localised": translated,
        "demonyms": demonyms(),
        "everyday": everyday(),
        "notes": notes,
        "abbreviations": abbreviations(rows, names),
    }
    write_index(target, rows, names, tables)
    size = sum(file.stat().st_size for file in target.iterdir())
    print(f"{len(rows)} places, {len(names)} names, {size / 1e6:.1f} MB", file=sys.stderr)


def prominence(row: Row) -> float:
    """How likely a place is meant when nothing but its name is known."""
    return math.log10(row.population + 1) + _BONUS[row.kind] + _CAPITAL_BONUS * row.capital


def countries(cities: list[sources.City]) -> list[Named]:
    """Countries and territories, each at its capital."""
    found = []
    aliases = _aliases("country_aliases.csv")
    for code, one in sources.countries().items():
        seat = capital(code, one["capital"], cities)
        latitude, longitude = (
            (seat.latitude, seat.longitude) if seat else UNINHABITED.get(code, (0.0, 0.0))
        )
        names = sources.country_names(code)
        row = Row(
            f"country:{code}",
            names.get("en", one["name"]),
            COUNTRY,
            code,
            latitude,
            longitude,
            int(one["population"]),
        )
        every = {one["name"], *names.values(), *sources.official_names(code), *aliases[code]}
        every -= _capitals_names(every, names, one["capital"])
        found.append(Named(row, tuple(sorted(every))))
    return found


def _capitals_names(every: set[str], names: dict[str, str], seat: str) -> set[str]:
    """What some language calls the country, and English and French its capital: `Brasilia`.

    Finnish calls Brazil so. Where the country bears the name too (Mexico, Kuwait), it keeps it.
    """
    kept = {fold(names[language]) for language in ("en", "fr") if language in names}
    return {one for one in every if fold(one) == fold(seat) and fold(one) not in kept}


# Territories without a town: where their land lies (GeoNames).
UNINHABITED = {
    "AQ": (-75.25, 0.0),
    "BQ": (12.1457, -68.2655),
    "BV": (-54.4208, 3.4),
    "HM": (-53.1, 73.5167),
    "TK": (-9.3803, -171.2188),
    "UM": (19.2823, 166.647),
}


def capital(code: str, name: str, cities: Iterable[sources.City]) -> sources.City | None:
    """The city of a country that carries its capital's name; the largest of several."""
    if not name:
        return None
    wanted = fold(name)
    fitting = [
        city
        for city in BY_COUNTRY(cities)[code]
        if wanted == fold(city.name) or any(wanted == fold(other) for other in city.names)
    ]
    return max(fitting, key=lambda city: city.population, default=None)


_GROUPED: dict[str, list[sources.City]] = {}


def BY_COUNTRY(cities: Iterable[sources.City]) -> dict[str, list[sources.City]]:  # noqa: N802
    """Cities by country code, grouped once."""
    if not _GROUPED:
        for city in cities:
            _GROUPED.setdefault(city.country, []).append(city)
    return _GROUPED


def regions(cities: list[sources.City]) -> list[Named]:
    """Regions that have at least one known town; their point is the median of their towns."""
    members: dict[int, list[sources.City]] = defaultdict(list)
    for city in cities:
        members[city.admin1].append(city)
        members[city.admin2].append(city)
    every = sources.regions()
    ids = {region.line: region.id for region in every}
    return [
        Named(
            _region_row(region, members[region.line], ids),
            () if region.id in _RENAMED else region.names,
        )
        for region in every
        if members[region.line]
    ]


# Jerusalem is one place in two lists of regions; the city alone keeps the plain name.
_RENAMED = {"geonames:7870654": "Jerusalem Governorate"}


def _region_row(region: sources.Region, towns: list[sources.City], ids: dict[int, str]) -> Row:
    return Row(
        region.id,
        _RENAMED.get(region.id, region.name),
        REGION if region.level == 1 else DISTRICT,
        region.country,
        *(_large(region) or middle(towns)),
        sum(town.population for town in towns),
        admin1=ids.get(region.parent, ""),
    )


_CELL_DEGREES = 1.0
_FEW_CELLS = 6
_LARGE = {
    (one["country"], fold(one["region"])): (float(one["latitude"]), float(one["longitude"]))
    for one in sources.table("large_regions.csv")
}


def _large(region: sources.Region) -> tuple[float, float] | None:
    """The point of our table for one of the largest regions."""
    if region.level != 1:
        return None
    known = (_LARGE.get((region.country, fold(name))) for name in (region.name, *region.names))
    return next(filter(None, known), None)


def middle(towns: list[sources.City]) -> tuple[float, float]:
    """A point in the middle of the settled land: each degree cell with a town counts once.

    So a dense corner of a large region does not draw the point into it, as a mean would.
    """
    cells = {
        (round(town.latitude / _CELL_DEGREES), round(town.longitude / _CELL_DEGREES))
        for town in towns
    }
    points = [(row * _CELL_DEGREES, column * _CELL_DEGREES) for row, column in cells]
    if len(cells) < _FEW_CELLS:
        points = [(town.latitude, town.longitude) for town in towns]
    # The median, because a few towns of each large country are filed under a wrong region.
    return statistics.median(y for y, _ in points), statistics.median(x for _, x in points)


def towns(cities: list[sources.City]) -> list[Named]:
    """Every populated place; capitals are marked."""
    ids = {region.line: region.id for region in sources.regions()}
    seats = {
        seat.number
        for code, one in sources.countries().items()
        if (seat := capital(code, one["capital"], cities))
    }
    return [
        Named(
            Row(
                f"geonames:{city.number}",
                city.name,
                CITY,
                city.country,
                city.latitude,
                city.longitude,
                city.population,
                city.number in seats,
                ids.get(city.admin1, ""),
                ids.get(city.admin2, ""),
            ),
            city.names,
        )
        for city in cities
    ]


def airports() -> list[Named]:
    """Airports with an IATA code, which is one of their names."""
    found = []
    called = {one["iata"]: one["names"].split("|") for one in sources.table("airport_names.csv")}
    for one in sources.airports():
        row = Row(
            f"airport:{one['iata']}",
            one["name"],
            AIRPORT,
            one["country"],
            float(one["lat"]),
            float(one["lon"]),
        )
        others = [name for own in called.get(one["iata"], ()) for name in with_airport(own)]
        found.append(Named(row, (one["iata"], *airport_names(one["name"], one["city"]), *others)))
    unknown = called.keys() - {row.id.removeprefix("airport:") for row, _ in found}
    if unknown:
        sys.exit(f"airport_names.csv: no airport has the code {', '.join(sorted(unknown))}")
    return found


def with_airport(name: str) -> list[str]:
    """What an airport is called by one of its names; behind `=` it is so called alone as well.

    >>> with_airport("=Orly")[:3]
    ['Orly', 'Orly Airport', 'Orly International Airport']
    """
    alone, name = name.startswith("="), name.removeprefix("=")
    kinds = ("{} Airport", "{} International Airport", "aéroport {}", "aéroport international {}")
    return [name] * alone + [kind.format(name) for kind in kinds]


def airport_names(name: str, city: str) -> list[str]:
    """What an airport is called for short: by its city, and without the first names of its patron.

    >>> airport_names("Lester B. Pearson International Airport", "Toronto")
    ['Toronto Airport', 'Toronto International Airport', 'Pearson International Airport']
    """
    found = [f"{city} Airport", f"{city} International Airport"] if city else []
    for kind in (" International Airport", " Airport"):
        before = name.removesuffix(kind).split()
        if name.endswith(kind) and len(before) > 1:
            return [*found, before[-1] + kind]
    return found


def own_places() -> list[Named]:
    """The regions and sites that diplomacy needs and GeoNames' towns lack."""
    found = []
    for one in sources.table("own_places.csv"):
        row = Row(
            one["id"],
            one["name"],
            REGION if one["kind"] == "region" else SITE,
            one["country"],
            float(one["latitude"]),
            float(one["longitude"]),
            int(one["population"] or 0),
        )
        names = one["names"].split("|")
        found.append(Named(row, tuple(name for name in names if name)))
    return found


def keys(places: list[Named]) -> dict[str, list[tuple[int, bool]]]:
    """The rows of every folded name, with whether it is the place's own."""
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, (row, names) in enumerate(places):
        for name in names:
            # "New York" is New York City's own name, too.
            is_own = f"{name} City" == row.name
            found[fold(name)][number] = is_own or found[fold(name)].get(number, False)
        found[fold(row.name)][number] = True
    del found[""]
    return {name: sorted(rows.items()) for name, rows in found.items() if len(name) > 1}


def historical(rows: list[Row], names: dict[str, list[tuple[int, bool]]]) -> dict[str, Any]:
    """Adds names of the past to the places of today; returns what to say about each."""
    numbers = {row.id: number for number, row in enumerate(rows)}
    notes: dict[str, Any] = {}
    for one in sources.table("historical.csv"):
        number = numbers[find(one["today"], one["country"], rows, names)]
        for name in one["names"].split("|"):
            known = dict(names.get(fold(name), ()))
            known.setdefault(number, False)
            names[fold(name)] = sorted(known.items())
            notes.setdefault(fold(name), {})[rows[number].id] = [one["until"], one["today"]]
    return notes


def find(name: str, country: str, rows: list[Row], names: dict[str, list[tuple[int, bool]]]) -> str:
    """The id of the place our tables mean: `*` is the country, else the foremost of that name."""
    if name == "*":
        return f"country:{country}"
    for number, _ in names.get(fold(name), ()):
        if rows[number].country == country and rows[number].kind == CITY:
            return rows[number].id
    raise SystemExit(f"our tables name {name} in {country}, which the packages do not know")


def _aliases(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in sources.table(name):
        found[one["country"]] += one["names"].split("|")
    return found


def country_table() -> dict[str, Any]:
    """What the program must know of each country besides its place."""
    return {
        code: {
            "names": sources.country_names(code),
            "neighbours": sorted(filter(None, one["neighbours"].split(","))),
            "area": round(float(one["areakm2"] or 0)),
        }
        for code, one in sources.countries().items()
    }


def localised(
    cities: list[sources.City], rows: list[Row], names: dict[str, list[tuple[int, bool]]]
) -> dict[str, dict[str, str]]:
    """Names of cities by language: those that name a time zone, and our table of French ones."""
    found: dict[str, dict[str, str]] = {}
    by_zone: dict[str, list[sources.City]] = defaultdict(list)
    for city in cities:
        by_zone[city.timezone].append(city)
    for zone, translated in sorted(sources.exemplar_cities().items()):
        wanted = {fold(translated.get("en", "")), fold(zone.rpartition("/")[2])}
        fitting = [city for city in by_zone[zone] if fold(city.name) in wanted]
        if fitting:
            best = max(fitting, key=lambda city: city.population)
            found[f"geonames:{best.number}"] = dict(translated)
    for one in sources.table("exonyms_fr.csv"):
        place_id = find(one["name"], one["country"], rows, names)
        found.setdefault(place_id, {}).setdefault("fr", one["fr"])
    return found


def add_names(
    translated: dict[str, dict[str, str]],
    rows: list[Row],
    names: dict[str, list[tuple[int, bool]]],
) -> None:
    """Let every translated name be found, too."""
    numbers = {row.id: number for number, row in enumerate(rows)}
    for place_id, by_language in translated.items():
        for name in filter(None, map(fold, by_language.values())):
            known = dict(names.get(name, ()))
            known.setdefault(numbers[place_id], False)
            names[name] = sorted(known.items())


def demonyms() -> dict[str, Any]:
    """Words for a country's people and things, folded, with the codes they stand for."""
    words: dict[str, dict[str, list[str]]] = {"fr": {}, "en": {}}
    prefixes: dict[str, list[str]] = {}
    for one in sources.table("demonyms.csv"):
        for form in french_forms(one["fr"]):
            _add(words["fr"], form, one["code"])
        for form in english_forms(one["en"]):
            _add(words["en"], form, one["code"])
        for prefix in filter(None, one["prefix"].split("|")):
            _add(prefixes, prefix, one["code"])
    return {"words": words, "prefixes": prefixes}


def _add(table: dict[str, list[str]], word: str, code: str) -> None:
    codes = table.setdefault(fold(word), [])
    if code not in codes:
        codes.append(code)


def french_forms(field: str) -> set[str]:
    """Masculine and feminine, singular and plural, of `persan|turc/turque`."""
    singular: set[str] = set()
    for entry in filter(None, field.split("|")):
        masculine, *feminine = entry.split("/")
        singular |= {masculine, *(feminine or [french_feminine(masculine)])}
    return singular | {form if form[-1] in "sx" else form + "s" for form in singular}


def french_feminine(masculine: str) -> str:
    """The regular feminine: `iranien` → `iranienne`, `lapon` → `lapone`."""
    if masculine.endswith("e"):
        return masculine
    if masculine.endswith(("en", "on")):
        return masculine + "ne"
    return masculine + "e"


def english_forms(field: str) -> set[str]:
    """Singular and plural of `Polish|Pole|Frenchman`."""
    singular = set(filter(None, field.split("|")))
    plural = set()
    for word in singular:
        if word.endswith("man"):
            plural.add(word[:-3] + "men")
        elif not word.endswith(("s", "sh", "ch", "ese", "x")):
            plural.add(word + "s")
    return singular | plural


def everyday() -> list[str]:
    """Words that are also names of small places but never meant so by themselves."""
    return [fold(line) for line in sources.lines("everyday_words.txt")]


def abbreviations(rows: list[Row], names: dict[str, list[tuple[int, bool]]]) -> dict[str, int]:
    """The rows of regions by the abbreviations that stand after a town's name."""
    found: dict[str, int] = {}
    for one in sources.table("abbreviations.csv"):
        row = _region(one["region"], one["country"], rows, names)
        for form in one["forms"].split("|"):
            found.setdefault(form, row)
    return found


def _region(
    name: str, country: str, rows: list[Row], names: dict[str, list[tuple[int, bool]]]
) -> int:
    for number, _ in names[fold(name)]:
        if rows[number].country == country and rows[number].kind == REGION:
            return number
    raise SystemExit(f"no region of {country} is called {name}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
