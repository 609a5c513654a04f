"""GeoPackage and GeoParquet: columns with types, and a geometry.

A GeoPackage is read with SQLite alone, from a copy under a name of ours, with an untrusted schema:
GDAL would look into the content and open what it pretends to be. GDAL writes it.
"""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from visitmap.errors import InputError
from visitmap.model import Visit
from visitmap.tables.columns import COLUMNS, Columns, visits_to_columns
from visitmap.tables.frames import leg_ends, table_frame
from visitmap.tables.sheet import Limits, Sheet, check_size

_MAGIC = b"SQLite format 3\0"
# How many bytes follow a GeoPackage's geometry header, by the kind of its envelope.
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def read_gpkg(data: bytes, name: str, limits: Limits) -> Sheet:
    """The first feature table of a GeoPackage."""
    if not data.startswith(_MAGIC):
        raise InputError("the file is no GeoPackage", where=name, remedy="Export it anew")
    with tempfile.TemporaryDirectory(prefix="visitmap-") as folder:
        path = Path(folder) / "table.gpkg"
        path.write_bytes(data)
        try:
            address = f"{path.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                return _feature_table(database, name, limits)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise InputError(
                f"the GeoPackage cannot be read ({error})", where=name, remedy="Export it anew"
            ) from None


def _feature_table(database: sqlite3.Connection, name: str, limits: Limits) -> Sheet:
    found = database.execute(
        "SELECT c.table_name, g.column_name FROM gpkg_contents c"
        " LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
        " JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table'"
        " WHERE c.data_type IN ('features', 'attributes') ORDER BY c.data_type DESC"
    ).fetchone()
    if found is None:
        raise InputError("the GeoPackage holds no table", where=name, remedy="Export it anew")
    table, geometry = found
    quoted = '"' + table.replace('"', '""') + '"'
    height = database.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]  # noqa: S608
    cursor = database.execute(f"SELECT * FROM {quoted}")  # noqa: S608
    header = [one[0] for one in cursor.description]
    check_size(name, len(header), height, limits)
    rows = cursor.fetchall()
    cells = map(list, zip(*rows, strict=True)) if rows else ([] for _ in header)
    columns = dict(zip(header, cells, strict=True))
    blobs = columns.pop(geometry, None) if geometry else None
    columns.pop("fid", None)
    wkb = [_bare_wkb(blob) for blob in blobs] if blobs is not None else []
    return _typed(name, columns, height, wkb)


def _bare_wkb(blob: Any) -> bytes | None:
    """The well-known binary behind a GeoPackage's own header."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    return blob[8 + _ENVELOPE_BYTES.get((blob[3] >> 1) & 7, 0) :]


def read_parquet(data: bytes, name: str, limits: Limits) -> Sheet:
    """A Parquet table, with the geometry when it has one."""
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        facts = file.metadata
        check_size(name, file.schema_arrow.names.__len__(), facts.num_rows, limits)
        size = sum(facts.row_group(at).total_byte_size for at in range(facts.num_row_groups))
        if size > limits.unpacked_bytes:
            raise InputError("the file unpacks to too much", where=name, remedy="Split it")
        table = file.read()
        columns = {one: table.column(one).to_pylist() for one in table.column_names}
    except MemoryError:
        raise
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the Parquet file cannot be read ({str(error).splitlines()[0]})", where=name,
            remedy="Write it anew",
        ) from None  # fmt: skip
    geo = (table.schema.metadata or {}).get(b"geo")
    main = json.loads(geo).get("primary_column", "geometry") if geo else "geometry"
    wkb = columns.pop(main, []) if geo else []
    return _typed(name, columns, table.num_rows, wkb)


def _typed(name: str, columns: Columns, count: int, wkb: list[Any]) -> Sheet:
    """Typed columns as cells, with the geometry's ends as coordinates when they have none."""
    cells = {column: [_cell(one) for one in values] for column, values in columns.items()}
    if not set(COLUMNS) <= cells.keys() and wkb:
        cells |= _ends(wkb)
    return Sheet(name, cells, count, typed=True)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.hex() if isinstance(value, bytes) else str(value)


def _ends(wkb: list[Any]) -> Columns:
    import shapely

    names = [f"{side}_{axis}" for side in ("origin", "destination") for axis in _AXES]
    rows = [_ends_of(shape) for shape in shapely.from_wkb(wkb, on_invalid="ignore")]
    found = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    if not any(cell != "" for cell in found["origin_latitude"]):
        del found["origin_latitude"], found["origin_longitude"]
    return found


_AXES = ("latitude", "longitude")


def _ends_of(shape: Any) -> tuple[Any, ...]:
    """Latitude and longitude of a shape's beginning (empty unless it is a line) and end."""
    if shape is None or shape.is_empty:
        return ("", "", "", "")
    if shape.geom_type == "LineString":
        (x, y, *_), (to_x, to_y, *_) = shape.coords[0], shape.coords[-1]
        return (y, x, to_y, to_x)
    point = shape.representative_point()
    return ("", "", point.y, point.x)


def write_parquet(visits: Sequence[Visit], path: Path) -> list[str]:
    """GeoParquet 1.1: the visit table with the leg as WKB, longitude and latitude WGS 84."""
    import pyarrow
    from pyarrow import parquet

    columns = visits_to_columns(visits)
    arrays = {name: _array(name, cells) for name, cells in columns.items()}
    arrays["geometry"], kinds = wkb_legs(leg_ends(columns))
    about = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": kinds}},
    }
    table = pyarrow.table(arrays).replace_schema_metadata({"geo": json.dumps(about)})
    parquet.write_table(table, path, compression="zstd")
    return []


def wkb_legs(ends: Any) -> tuple[Any, list[str]]:
    """Legs (n × 2 × 2, longitude and latitude) as an Arrow array of WKB, and the kinds there are.

    A line from origin to destination, a point without an origin, null without a destination.
    """
    import numpy
    import pyarrow

    known = ~numpy.isnan(ends).any(axis=2)
    rows = {"LineString": known.all(axis=1), "Point": known[:, 1] & ~known[:, 0]}
    shapes = {
        "LineString": _records(_LINE_WKB, ends[rows["LineString"]]),
        "Point": _records(_POINT_WKB, ends[rows["Point"], 1]),
    }
    offsets = numpy.zeros(len(ends) + 1, numpy.int32)
    sizes = (rows[kind] * shapes[kind].shape[1] for kind in rows)
    numpy.cumsum(numpy.add(*sizes), out=offsets[1:])
    content = numpy.zeros(offsets[-1], numpy.uint8)
    for kind, shape in shapes.items():
        content[offsets[:-1][rows[kind], None] + numpy.arange(shape.shape[1])] = shape
    validity = numpy.packbits(known[:, 1], bitorder="little")
    buffers = [pyarrow.py_buffer(one) for one in (validity, offsets, content)]
    array = pyarrow.Array.from_buffers(pyarrow.binary(), len(ends), buffers)
    return array, [kind for kind in shapes if rows[kind].any()]


_POINT_WKB = [("order", "u1"), ("kind", "<u4"), ("at", "<f8", (2,))]
_LINE_WKB = [("order", "u1"), ("kind", "<u4"), ("count", "<u4"), ("at", "<f8", (2, 2))]


def _records(layout: list[Any], ends: Any) -> Any:
    """Shapes of one kind as well-known binary, little-endian: a row of bytes each."""
    import numpy

    shapes = numpy.zeros(len(ends), numpy.dtype(layout))
    shapes["order"], shapes["at"] = 1, ends
    shapes["kind"] = 2 if layout is _LINE_WKB else 1
    if layout is _LINE_WKB:
        shapes["count"] = 2
    return shapes.view(numpy.uint8).reshape(len(ends), shapes.dtype.itemsize)


def _array(name: str, cells: list[Any]) -> Any:
    import pyarrow

    from visitmap.tables.frames import kind_of

    kind = {"number": pyarrow.float64(), "whole": pyarrow.int64(), "text": pyarrow.string()}
    return pyarrow.array(cells, kind[kind_of(name)])


def write_gpkg(visits: Sequence[Visit], path: Path) -> list[str]:
    """A GeoPackage with one layer, `visits`."""
    import pyogrio

    frame, notes = _distinct_names(table_frame(visits))
    pyogrio.write_dataframe(
        frame, path, layer="visits", driver="GPKG", geometry_type="Unknown",
        layer_options={"SPATIAL_INDEX": "YES"}, dataset_options={"VERSION": "1.3"},
    )  # fmt: skip
    return notes


def _distinct_names(frame: Any) -> tuple[Any, list[str]]:
    """Columns renamed where a GeoPackage, which ignores case, would take them for one."""
    taken, renamed = {"fid", "geom", "geometry"}, {}
    for name in frame.columns:
        if name == frame.geometry.name:
            continue
        new, again = name, 2
        while new.casefold() in taken:
            new, again = f"{name}_{again}", again + 1
        taken.add(new.casefold())
        if new != name:
            renamed[name] = new
    notes = [f"The column {old!r} is called {new!r} there." for old, new in renamed.items()]
    return frame.rename(columns=renamed), notes
