"""What can be said of a table on the command line, and the three doors of `check`."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from visitmap.cli import commands
from visitmap.errors import VisitMapError

SHEET = (
    "Qui;Où;Quand;Pays\n"
    "Angela Merkel;Paris;03/04/2018;France\n"
    "Emmanuel Macron;Berlin;25/04/2018;Allemagne\n"
    "=X();;;\n"
    "Theresa May;Nowhereville-sur-Rien;99/99/2018;\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Two good rows, one with nothing, one with a date that is none."""
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, "utf-8")
    return path


def visitmap(*words: object) -> Result:
    """The command line's answer."""
    return CliRunner().invoke(commands, list(map(str, words)))


def test_check_lists_every_problem_with_its_row(sheet: Path) -> None:
    """Row, what, what to do; exit status 1."""
    result = visitmap("check", sheet, "--json")
    issues = [json.loads(line) for line in result.stdout.splitlines()]
    errors = {(one["where"], one["code"]) for one in issues if one["severity"] == "error"}
    assert errors == {("sheet.csv:3", "destination-missing"), ("sheet.csv:4", "date-unreadable")}
    assert all(one["remedy"] for one in issues)
    columns = {one["code"]: one["column"] for one in issues if one["severity"] == "error"}
    assert columns == {"destination-missing": "Où", "date-unreadable": "Quand"}
    assert "sheet.csv:4, column Quand: error" in visitmap("check", sheet).stdout
    assert result.exit_code == 1


def test_strict_stops_at_the_first(sheet: Path) -> None:
    """One sentence, nothing else."""
    result = visitmap("check", sheet, "--strict")
    assert isinstance(result.exception, VisitMapError)
    assert str(result.exception).startswith("sheet.csv:")


def test_rejects_go_to_a_file_and_the_good_are_kept(sheet: Path, tmp_path: Path) -> None:
    """The rows as written, with number and problem; no cell that a spreadsheet would run."""
    rejects, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    visitmap("export", sheet, "-o", good, "--rejects", rejects)
    with rejects.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == ["3", "4"]
    assert rows[0]["Qui"] == "'=X()"
    assert "99/99/2018" in rows[1]["problem"]
    with good.open(encoding="utf-8", newline="") as file:
        assert [row["destination"] for row in csv.DictReader(file)] == ["Paris", "Berlin"]


def test_a_mapping_wins_and_can_be_kept(sheet: Path, tmp_path: Path) -> None:
    """`--map host=…` gives a column another meaning; saved, it holds the next time."""
    out = tmp_path / "out.jsonl"
    visitmap("export", sheet, "-o", out, "--map", "purpose=Pays", "--save-map", "--quiet")
    assert json.loads((tmp_path / "sheet.csv.map.json").read_text())["purpose"] == "Pays"
    visitmap("export", sheet, "-o", out, "--quiet")
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert first["purpose"] == "France"


def test_the_reading_is_said_aloud(sheet: Path, tmp_path: Path) -> None:
    """Delimiter, columns and date order, before anything is done with them."""
    result = visitmap("export", sheet, "-o", tmp_path / "out.csv")
    assert "semicolon" in result.stderr
    assert "traveller from 'Qui'" in result.stderr
    assert "day first" in result.stderr


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("traveller", "does not say which column"),
        ("traveller=Nom", "no column 'Nom'"),
        ("voyageur=Qui", "voyageur"),
    ],
)
def test_a_mapping_to_nothing_is_said(
    sheet: Path, tmp_path: Path, pair: str, sentence: str
) -> None:
    """What is wrong with it, and nothing written."""
    result = visitmap("export", sheet, "-o", tmp_path / "out.csv", "--map", pair)
    assert isinstance(result.exception, VisitMapError)
    assert sentence in str(result.exception)
    assert not (tmp_path / "out.csv").exists()


def test_a_field_may_be_the_same_in_every_row(tmp_path: Path) -> None:
    """In quotation marks it is no column's name; the title of a list may say who travels."""
    table = tmp_path / "trips made by Anna Lind.csv"
    table.write_text("date,city\n2018-01-02,Oslo\n2018-01-03,Riga\n", "utf-8")
    out = tmp_path / "out.jsonl"
    for options, who in (((), "Anna Lind"), (("--map", 'traveller="Bo Ek"'), "Bo Ek")):
        result = visitmap("export", table, "-o", out, *options)
        assert f"traveller is '{who}' in every row" in result.stderr
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert [row["traveller"] for row in rows] == [who, who]
