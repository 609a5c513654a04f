"""Large tables are read another way, column by column in Arrow: with the same result."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from test_round_trip import MANY, quick
from test_tables_adapters import TABLES

from visitmap.model import Visit
from visitmap.tables import cells, delimited, read_table, write_table
from visitmap.tables.reading import TableResult


@pytest.fixture
def all_is_large() -> Iterator[None]:
    """Even a table of one row takes the way of large ones."""
    with pytest.MonkeyPatch.context() as thresholds:
        thresholds.setattr(cells, "LARGE", 0)
        thresholds.setattr(delimited, "_LARGE_TEXT", 0)
        yield


def both(data: bytes, name: str = "t.csv") -> tuple[TableResult, TableResult]:
    """The same table read as a small and as a large one."""
    small = read_table(data, name=name)
    with pytest.MonkeyPatch.context() as thresholds:
        thresholds.setattr(cells, "LARGE", 0)
        thresholds.setattr(delimited, "_LARGE_TEXT", 0)
        return small, read_table(data, name=name)


@pytest.mark.parametrize("name", TABLES)
def test_a_known_table_is_the_same(name: str) -> None:
    """Visits, issues, notes and mapping."""
    small, large = both(TABLES[name][0].encode(), name)
    assert small == large


ODD = {
    "ragged": "who,date,city\nAnna Lind,2018-01-02\nBo Ek,2018-01-03,Oslo,more\n",
    "blank rows": "who,date,city\nAnna Lind,2018-01-02,Oslo\n\n,,\nBo Ek,2018-01-03,Riga\n",
    "crlf": "who,date,city\r\nAnna Lind,2018-01-02,Oslo\r\nBo Ek,2018-01-03,Riga\r\n",
    "lines in cells": 'who,date,city,why\nAnna Lind,2018-01-02,Oslo,"a\nb, ""c"""\n',
    "open quotation": 'who,date,city\nAnna Lind,2018-01-02,Oslo\n"Bo Ek,2018-01-03,Riga\n',
    "title": "Visits 2018,,\nwho,date,city\nAnna Lind,2018-01-02,Oslo\nBo,2018-01-03,Riga\n",
    "apostrophes": "who,date,city\n'=Anna,2018-01-02,Oslo\n''=Bo,2018-01-03,L'Aquila\n",
    "wrong": "who,date,city,lat,lon\nA B,2018-13-02,Oslo,95,1\nC D,2018-13-02,Oslo,95,1\n",
    "unicode": "who,date,city\nÅsa\u2028Öberg,2018-01-02,Ōsaka\nBo\x85Ek,2018-01-03,Riga\n",
    "nobody": "who,date,city\nAnna Lind,2018-01-02,\nBo Ek,2018-01-03,\n",
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_table_is_the_same(kind: str) -> None:
    """Where Arrow is stricter than people are, the patient reader takes over."""
    small, large = both(ODD[kind].encode())
    assert small.visits == large.visits
    assert small.issues == large.issues
    assert small.rejects == large.rejects


def test_what_is_wrong_is_said_of_every_row() -> None:
    """Equal cells are looked at once, but each row has its own issue."""
    for result in both(ODD["wrong"].encode()):
        said = {(issue.where, issue.code) for issue in result.issues}
        for row in (1, 2):
            assert (f"t.csv:{row}", "coordinates-wrong") in said
            assert (f"t.csv:{row}", "date-unreadable") in said


@pytest.mark.usefixtures("all_is_large")
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_lossless_file_gives_the_visits_back(suffix: str) -> None:
    """The round trip of the small ones, the large way."""

    @given(some=MANY)
    @quick
    def round_trip(some: list[Visit]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"visits{suffix}"
            write_table(some, path)
            assert read_table(path).visits == some

    round_trip()


def test_equal_cells_become_one_value() -> None:
    """A hundred thousand rows over three hundred towns are three hundred places."""
    table = "who,date,city\n" + "Anna Lind,2018-01-02,Oslo\n" * 3
    for result in both(table.encode()):
        assert len({id(one.destination) for one in result.visits}) == 1
        assert len({id(one.timespan) for one in result.visits}) == 1
        assert len({one.visit_id for one in result.visits}) == 3
