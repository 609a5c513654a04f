"""Places of the user's own: they win, in the gazetteer, the extractor and the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import visitmap as vm
from visitmap.cli import commands
from visitmap.errors import InputError
from visitmap.gazetteer import Gazetteer

OWN = (
    "name,latitude,longitude,names,country,kind\n"
    "Terre sainte,31.78,35.22,Holy Land|Terra Santa,,region\n"
    "Baku,1.5,2.5,,GA,city\n"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A list with a region nobody else has, and a namesake of a capital."""
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    return path


def test_they_are_found_by_all_their_names_and_win(own: Path) -> None:
    """Other names are divided by bars; a namesake in the index gives way."""
    gazetteer = Gazetteer.load(own)
    assert gazetteer.lookup("Holy Land")[0].id == "own:terre-sainte"
    first = gazetteer.candidates("Baku")[0]
    assert first.place.country == "GA"
    assert "own list" in first.reason


def test_the_extractor_reads_them(own: Path, tmp_path: Path) -> None:
    """A name with a small second word, which no other list has."""
    article = tmp_path / "a.txt"
    article.write_text("Le pape François s'est rendu en Terre sainte en mai 2014.", "utf-8")
    (visit,), _ = vm.extract(article, places=own)
    assert (visit.destination.id, visit.destination.kind) == ("own:terre-sainte", "region")


def test_the_command_line_takes_them(own: Path) -> None:
    """`--places` beside a name."""
    result = CliRunner().invoke(commands, ["geocode", "--places", str(own), "Terra Santa"])
    assert "31.7800, 35.2200" in result.output


@pytest.mark.parametrize("row", ["X,999,1", "X,,", ",1,1", "X,north,1"])
def test_a_bad_line_is_named(tmp_path: Path, row: str) -> None:
    """File, line and what to do."""
    path = tmp_path / "bad.csv"
    path.write_text(f"name,latitude,longitude\n{row}\n", "utf-8")
    with pytest.raises(InputError, match=r"bad\.csv:2: a place needs a name"):
        Gazetteer(extra=path)


def test_a_missing_list_is_said(tmp_path: Path) -> None:
    """No traceback for a path that is not there."""
    with pytest.raises(InputError, match="cannot be read"):
        Gazetteer(extra=tmp_path / "none.csv")
