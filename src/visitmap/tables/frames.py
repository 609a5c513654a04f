"""Visits as a GeoDataFrame, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from visitmap.model import Visit
from visitmap.tables.columns import (
    NUMBERS,
    WHOLE_NUMBERS,
    Columns,
    visits_to_columns,
)
from visitmap.tables.problems import Problems
from visitmap.tables.restore import columns_to_visits

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def to_geodataframe(visits: Iterable[Visit]) -> GeoDataFrame:
    """The visit table with the leg as geometry, EPSG:4326.

    A LineString from origin to destination, a Point when the origin has no coordinates, None when
    the destination has none. Dates stay EDTF text; numbers are numbers, missing ones NaN or NA.
    """
    return table_frame(visits)


def table_frame(visits: Iterable[Visit]) -> GeoDataFrame:
    """`to_geodataframe` for the writers of this part."""
    import geopandas
    import pandas

    columns = visits_to_columns(visits)
    frame = pandas.DataFrame({name: _series(name, cells) for name, cells in columns.items()})
    return geopandas.GeoDataFrame(frame, geometry=legs(columns), crs="EPSG:4326")


def kind_of(name: str) -> str:
    """Whether a column holds a `number`, a `whole` number or `text`."""
    if name in NUMBERS or name == "certainty":
        return "number"
    return "whole" if name in WHOLE_NUMBERS else "text"


def _series(name: str, cells: list[Any]) -> Any:
    import pandas

    kinds = {"number": "float64", "whole": "Int64", "text": "str"}
    return pandas.Series(cells, dtype=kinds[kind_of(name)])


def leg_ends(columns: Columns) -> Any:
    """Longitude and latitude of each row's origin and destination, as an array of n × 2 × 2."""
    import numpy

    sides = ("origin_longitude", "origin_latitude", "destination_longitude", "destination_latitude")
    numbers = [numpy.array(columns[side], dtype="float64") for side in sides]
    return numpy.column_stack(numbers).reshape(-1, 2, 2)


def legs(columns: Columns) -> Any:
    """The geometry of each row of the visit table, as an array of shapely shapes."""
    import numpy
    import shapely

    ends = leg_ends(columns)
    known = ~numpy.isnan(ends).any(axis=2)
    shapes = numpy.full(len(ends), None, dtype=object)
    lines, points = known.all(axis=1), known[:, 1] & ~known[:, 0]
    if lines.any():
        shapes[lines] = shapely.linestrings(ends[lines])
    if points.any():
        shapes[points] = shapely.points(ends[points, 1])
    return shapes


def from_geodataframe(frame: GeoDataFrame) -> list[Visit]:
    """The visits of a frame with the visit table's columns; its geometry is not looked at.

    Columns that are missing count as empty, unknown ones are kept in `Visit.extra`.
    """
    import pandas

    table = pandas.DataFrame(frame.drop(columns=frame.geometry.name, errors="ignore"))
    columns = {str(name): _cells(table[name]) for name in table.columns}
    found = columns_to_visits(columns, len(table), Problems("frame"), kind="article")
    return [visit for visit in found if visit is not None]


def _cells(series: Any) -> list[Any]:
    """A series as Python values, with None for what is missing."""
    values = series.astype(object)
    return values.where(series.notna(), None).tolist()
