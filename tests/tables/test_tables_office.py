"""LibreOffice opens what we write, and we read what it saves. Long: it takes seconds to start."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

import visitmap as vm
from visitmap.model import Visit
from visitmap.tables import COLUMNS, read_table, visits_to_rows

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        OFFICE is None, reason="LibreOffice is not installed (Debian: apt install libreoffice-calc)"
    ),
]
# Comma, quotation mark, UTF-8, first line; cells as they are, text as text.
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
_FROM_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"


def converted(path: Path, kind: str, folder: Path, *options: str) -> Path:
    """The file as LibreOffice saves it in another format."""
    command = [OFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += [*options, "--convert-to", kind, "--outdir", folder, path]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def test_a_workbook_of_ours_has_every_cell(tmp_path: Path, seed_visits: list[Visit]) -> None:
    """What LibreOffice sees in the workbook is the visit table."""
    vm.export(seed_visits, tmp_path / "visits.xlsx")
    seen = converted(tmp_path / "visits.xlsx", _AS_CSV, tmp_path)
    with seen.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = visits_to_rows(seed_visits)
    assert [list(row)[: len(COLUMNS)] for row in rows[:1]] == [list(COLUMNS)]
    for name in ("visit_id", "traveller", "destination", "start", "status", "quote"):
        assert [row[name] for row in rows] == [row[name] for row in wanted]


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_libreoffice_saves_gives_the_visits_back(
    tmp_path: Path, seed_visits: list[Visit], suffix: str, kind: str
) -> None:
    """Opened there, saved there as its own kind, read here: the same visits."""
    (tmp_path / "there").mkdir()
    vm.export(seed_visits, tmp_path / f"visits.{suffix}")
    options = (_FROM_CSV,) if suffix == "csv" else ()
    saved = converted(tmp_path / f"visits.{suffix}", kind, tmp_path / "there", *options)
    assert read_table(saved).visits == seed_visits


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_nothing_in_our_files_runs_there(tmp_path: Path, suffix: str) -> None:
    """A traveller called `=1+1` is still called so after LibreOffice has worked it all out."""
    table = 'traveller,start,destination\n"=1+1",2018-01-01,Paris\n"@SUM(A1)",2018-01-02,Rome\n'
    visits = read_table(table.encode(), name="t.csv").visits
    (tmp_path / "there").mkdir()
    vm.export(visits, tmp_path / f"visits.{suffix}")
    # Opened as a person would: with whatever it takes formulas, numbers and dates for.
    seen = converted(tmp_path / f"visits.{suffix}", _AS_CSV, tmp_path / "there")
    with seen.open(encoding="utf-8", newline="") as file:
        names = [row["traveller"].lstrip("'") for row in csv.DictReader(file)]
    assert names == ["=1+1", "@SUM(A1)"]


def test_a_sheet_made_there(tmp_path: Path) -> None:
    """Dates, decimal commas and merged cells of a sheet that LibreOffice wrote."""
    table = tmp_path / "sheet.csv"
    table.write_text(
        "Nom,Ville,Pays,Date,Lat,Lon\nAnna Lind,Riga,Lettonie,2018-05-03,56.95,24.11\n", "utf-8"
    )
    visits, issues = vm.read(converted(table, "ods", tmp_path))
    (visit,) = visits
    assert (visit.destination.latitude, visit.timespan.start) == (56.95, "2018-05-03")
    assert not issues
