"""Visits → every lossless format → the same visits."""

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import visits

from visitmap.model import Visit
from visitmap.tables import (
    COLUMNS,
    dump,
    from_geodataframe,
    read_table,
    rows_to_visits,
    to_geodataframe,
    visits_to_rows,
    write_table,
)

LOSSLESS = [".csv", ".jsonl", ".json", ".geojson", ".kml", ".kmz", ".gpkg", ".parquet", ".xlsx"]
MANY = st.lists(visits(), min_size=1, max_size=4, unique_by=lambda visit: visit.visit_id)
quick = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@given(MANY)
@quick
def test_rows_give_the_visits_back(some: list[Visit]) -> None:
    """The rows of the visit table lose nothing."""
    assert rows_to_visits(visits_to_rows(some)) == some


@given(MANY)
@quick
def test_a_frame_gives_the_visits_back(some: list[Visit]) -> None:
    """A GeoDataFrame loses nothing."""
    assert from_geodataframe(to_geodataframe(some)) == some


@pytest.mark.parametrize("suffix", LOSSLESS)
@given(some=MANY)
@quick
def test_a_lossless_file_gives_the_visits_back(suffix: str, some: list[Visit]) -> None:
    """What is written and read again is equal, extra columns and all evidence included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"visits{suffix}"
        notes = write_table(some, path)
        result = read_table(path)
    assert result.visits == some
    assert result.issues == []
    assert all("without an exact day" in note for note in notes), "the slider's days, no loss"


@given(MANY)
@quick
def test_the_columns_of_the_contract_come_first(some: list[Visit]) -> None:
    """Every row has every column of the contract, in its order."""
    for row in visits_to_rows(some):
        assert tuple(row)[: len(COLUMNS)] == COLUMNS


@given(MANY)
@quick
def test_a_stream_holds_one_line_a_visit(some: list[Visit]) -> None:
    """`dump` writes JSON Lines."""
    stream = io.StringIO()
    dump(some, stream)
    assert len(stream.getvalue().split("\n")) == len(some) + 1
