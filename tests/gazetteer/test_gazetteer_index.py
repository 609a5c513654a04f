"""The files of the index: what is written is read, and damage is said in one sentence."""

from pathlib import Path

import pytest

from visitmap.errors import InputError
from visitmap.gazetteer.index import CITY, COUNTRY, NO_ROW, REGION, Index, Row, write_index

ROWS = [
    Row("country:IR", "Iran", COUNTRY, "IR", 35.7, 51.4, 81_800_269),
    Row("geonames:11", "Gīlān", REGION, "IR", 37.2, 49.5, 2_000_000),
    Row("geonames:12", "Āstārā", CITY, "IR", 38.4265, 48.8682, 39_065, admin1="geonames:11"),
    Row("geonames:13", "Astara", CITY, "AZ", 38.4598, 48.8752, 15_190, capital=True),
    Row("region:own", "Ours", REGION, "", -89.5, -179.5, 6_000_000_000),
]
NAMES = {"iran": [(0, True)], "astara": [(2, True), (3, True)], "ours": [(4, False)]}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """A small index, written and opened."""
    write_index(tmp_path, ROWS, NAMES, {"notes": {}})
    return Index(tmp_path)


def test_rows_come_back_as_they_were_written(index: Index) -> None:
    """Ids, names, countries and points survive the columns, to four decimals of a degree."""
    for number, row in enumerate(ROWS):
        assert (index.id(number), index.name(number)) == (row.id, row.name)
        assert (index.kind(number), index.country(number)) == (row.kind, row.country)
        assert index.is_capital(number) == row.capital
        assert index.point(number) == pytest.approx((row.latitude, row.longitude), abs=2e-4)
    assert index.population(0) == 81_800_269
    assert index.admin1(2) == 1 and index.admin1(3) == NO_ROW


def test_a_name_gives_its_places_most_prominent_first(index: Index) -> None:
    """The order of rows is the order of prominence, for one place and for several."""
    assert [posting.row for posting in index.postings("astara")] == [2, 3]
    assert [posting.row for posting in index.postings("iran")] == [0]
    assert not index.postings("ours")[0].primary
    assert index.postings("nowhere") == []


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """A rebuilt index is the committed one, byte for byte."""
    for name in "ab":
        write_index(tmp_path / name, ROWS, NAMES, {"notes": {}})
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


@pytest.mark.parametrize("file", ["index.json", "names.marisa", "columns.bin"])
def test_a_missing_file_is_one_sentence(tmp_path: Path, file: str) -> None:
    """The error names the folder and says what to do."""
    write_index(tmp_path, ROWS, NAMES, {})
    (tmp_path / file).unlink()
    with pytest.raises(InputError, match="Reinstall visitmap"):
        Index(tmp_path)
