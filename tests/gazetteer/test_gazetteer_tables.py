"""Our own tables of places: complete, and consistent with the shipped index."""

import csv
from pathlib import Path

import pytest

from visitmap.gazetteer import Gazetteer
from visitmap.gazetteer.names import fold

DATA = Path(__file__).parents[2] / "data" / "gazetteer"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table, without its comments."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def test_every_own_place_names_its_source_and_a_point_on_earth() -> None:
    """A row without a source, or off the globe, does not get in."""
    rows = table("own_places.csv")
    assert len({row["id"] for row in rows}) == len(rows) > 200
    for row in rows:
        assert row["source"] and row["kind"] in ("region", "site"), row["id"]
        assert abs(float(row["latitude"])) <= 90 and abs(float(row["longitude"])) <= 180


@pytest.mark.parametrize("name", ["own_places.csv", "historical.csv", "exonyms_fr.csv"])
def test_every_name_of_our_tables_is_found(name: str) -> None:
    """The shipped index was built from these tables."""
    gazetteer = Gazetteer.load()
    for row in table(name):
        for written in row.get("names", row.get("fr", "")).split("|"):
            assert not written or gazetteer.lookup(written), written


def test_everyday_words_are_folded_and_sorted() -> None:
    """So that a difference between two versions can be read."""
    lines = (DATA / "everyday_words.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words)) and all(fold(word) == word for word in words)


def test_the_index_is_small_enough_to_ship() -> None:
    """At most 20 MB on disk."""
    folder = Path(__file__).parents[2] / "src" / "visitmap" / "gazetteer" / "index"
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 20_000_000
