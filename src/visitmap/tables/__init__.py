"""Visits to and from tables: CSV, spreadsheets, GeoJSON and its relatives, known data sets."""

from visitmap.tables.columns import COLUMNS, visits_to_rows
from visitmap.tables.frames import from_geodataframe, to_geodataframe
from visitmap.tables.reading import (
    READABLE,
    TableResult,
    read_table,
    read_upload,
    rows_to_visits,
    save_mapping,
    write_rejects,
)
from visitmap.tables.sheet import OWN_FILES, Limits, limits_of
from visitmap.tables.writing import WRITABLE, dump, write_table

__all__ = [
    "COLUMNS",
    "OWN_FILES",
    "READABLE",
    "WRITABLE",
    "Limits",
    "TableResult",
    "dump",
    "from_geodataframe",
    "limits_of",
    "read_table",
    "read_upload",
    "rows_to_visits",
    "save_mapping",
    "to_geodataframe",
    "visits_to_rows",
    "write_rejects",
    "write_table",
]
