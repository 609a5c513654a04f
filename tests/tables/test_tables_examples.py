"""The examples of data/examples: each becomes a map by the one command of docs/tables.md."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import visitmap as vm
from visitmap.cli import commands
from visitmap.tables import read_table
from visitmap.tables.countries import country_codes, may_lie_in

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "examples"
# Each example's adapter, and someone and somewhere it must put on the map.
EXAMPLES = {
    "colt.csv": ("colt", "Angela Merkel", "Bamako"),
    "disclosures.csv": ("general", "Boris Johnson", "Rome"),
    "flows.csv": ("flowmap", "", "London"),
    "foreign-leaders.csv": ("us-visits", "Prime Minister Shinzo Abe", "United States"),
    "french-journeys.csv": ("french-journeys", "Manuel Valls", "Alger"),
    "kepler.csv": ("general", "", "Budapest"),
    "linked-places.jsonld": ("general", "", "Istanbul"),
    "linked-places.tsv": ("lp-tsv", "", "Shusha"),
    "newsroom.csv": ("general", "Gérard Collomb", "Calais"),
    "timeline.csv": ("timelinejs", "Nixon", "China"),
    "us-travels.csv": ("us-travels", "Harry S. Truman", "Potsdam"),
}


def test_every_example_is_known_and_documented() -> None:
    """No example without its line here and in the documentation."""
    assert {path.name for path in FOLDER.iterdir()} == set(EXAMPLES)
    page = (ROOT / "docs" / "tables.md").read_text("utf-8")
    assert [name for name in EXAMPLES if name not in page] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_becomes_a_map(name: str, tmp_path: Path) -> None:
    """With no option; who and where are found, nothing in the table is an error."""
    adapter, who, where = EXAMPLES[name]
    assert read_table(FOLDER / name).adapter == adapter
    out = tmp_path / "map.html"
    result = CliRunner().invoke(commands, ["export", str(FOLDER / name), "-o", str(out)])
    assert result.exit_code == 0
    assert "error" not in result.stderr
    assert "</html>" in out.read_text("utf-8")
    visits, _ = vm.read(FOLDER / name)
    assert {
        where in one.destination.name and one.destination.is_resolved
        for one in visits
        if who == "; ".join(person.name for person in one.travellers)
    } >= {True}


def test_places_of_the_large_example_lie_in_their_countries() -> None:
    """97 of 100 are resolved, each in the country its row names or in what belonged to it."""
    with (FOLDER / "us-travels.csv").open(encoding="utf-8", newline="") as file:
        countries = [row["country"] for row in csv.DictReader(file)]
    visits, _ = vm.read(FOLDER / "us-travels.csv")
    gazetteer = vm.Gazetteer.load()
    elsewhere = []
    for visit in visits:
        named = countries[visit.evidence[0].start - 1]
        codes = country_codes(named) or gazetteer.country_codes(named)
        if visit.destination.is_resolved and visit.destination.country not in may_lie_in(codes):
            elsewhere.append((visit.destination.name, visit.destination.country, named))
    # A place may name its own country in brackets: "Jerusalem (Israel)".
    assert [one for one in elsewhere if "(" not in one[0]] == []
    assert sum(visit.destination.is_resolved for visit in visits) >= 0.97 * len(visits)
