"""What we write, read by tools that are not ours; hostile files, and what happens to them."""

import io
import zipfile
from pathlib import Path

import geopandas
import openpyxl
import pyogrio
import pytest

import visitmap as vm
from visitmap.errors import InputError
from visitmap.model import Visit
from visitmap.tables import Limits, read_table


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, seed_visits: list[Visit]) -> Path:
    """The seed's visits in every format."""
    folder = tmp_path_factory.mktemp("formats")
    for suffix in ("geojson", "gpkg", "parquet", "kml", "kmz", "gpx", "xlsx", "ics", "lpf.json"):
        vm.export(seed_visits, folder / f"visits.{suffix}")
    return folder


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "kml", "gpx"])
def test_gdal_reads_points_where_the_visits_are(
    written: Path, seed_visits: list[Visit], suffix: str
) -> None:
    """Through GDAL: as many places as visits, each within a metre of its destination."""
    path = written / f"visits.{suffix}"
    frame = geopandas.read_file(path, layer=pyogrio.list_layers(path)[0][0])
    frame = frame[frame.geometry.notna()]
    # A leg is a line from origin to destination, a visit without an origin a point.
    points = {tuple(round(value, 4) for value in shape.coords[-1]) for shape in frame.geometry}
    wanted = {
        (round(one.destination.longitude, 4), round(one.destination.latitude, 4))
        for one in seed_visits
    }
    assert wanted <= points


def test_geoparquet_and_spreadsheet(written: Path, seed_visits: list[Visit]) -> None:
    """geopandas takes the one with its reference system, openpyxl the other with text cells."""
    frame = geopandas.read_parquet(written / "visits.parquet")
    assert len(frame) == len(seed_visits)
    assert frame.crs.is_geographic
    rows = list(openpyxl.load_workbook(written / "visits.xlsx").active.iter_rows(values_only=True))
    assert len(rows) == len(seed_visits) + 1
    assert "quote" in rows[0]


def test_a_calendar_has_a_line_for_each_dated_visit(
    written: Path, seed_visits: list[Visit]
) -> None:
    """Whole days, lines of at most 75 octets, as RFC 5545 has it."""
    raw = (written / "visits.ics").read_bytes()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.count(b"BEGIN:VEVENT") >= 1
    assert b"DTSTART;VALUE=DATE:20180328" in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_kmz_holds_the_kml(written: Path) -> None:
    """One document, with spans of time."""
    with zipfile.ZipFile(written / "visits.kmz") as archive:
        text = archive.read("doc.kml").decode()
    assert "<TimeSpan>" in text
    assert "Bakou" in text


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_spreadsheet_runs_a_traveller(tmp_path: Path, formula: str) -> None:
    """Guarded in CSV, a text in Excel, and the same name when it is read again."""
    table = f'traveller,start,destination\n"{formula}",2018-01-01,Paris\n'
    visits = read_table(table.encode(), name="t.csv").visits
    for suffix in ("csv", "xlsx"):
        vm.export(visits, tmp_path / f"o.{suffix}")
        again, _ = vm.read(tmp_path / f"o.{suffix}")
        assert again[0].travellers == visits[0].travellers
    cells = (tmp_path / "o.csv").read_text("utf-8").splitlines()[1].split(",")
    assert not any(cell.strip('"').startswith(("=", "+", "@", "＝")) for cell in cells)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def zipped(**files: bytes) -> bytes:
    """A ZIP of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


BOMB = zipped(doc_kml=b"<kml>" + b"0" * 60_000_000 + b"</kml>")
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<kml><Document><Placemark><name>&b;</name></Placemark></Document></kml>"
)
SECRET = (
    b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b"<kml><Document><Placemark><name>&x;</name></Placemark></Document></kml>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.kmz", BOMB),
        ("laughs.kml", LAUGHS),
        ("secret.kml", SECRET),
        ("empty.csv", b" \n"),
        ("binary.csv", bytes(range(256)) * 50),
        ("not.xlsx", b"PK\x03\x04 this is no workbook"),
        ("not.gpkg", b"SQLite format 3\x00" + b"\x00" * 200),
        ("not.parquet", b"PAR1....PAR1"),
        ("not.geojson", b'{"type": "FeatureCollection", "features": 7}'),
        ("vrt.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
        ("deep.json", b"[" * 100_000),
        ("wrong.suffix", b"a,b\n1,2\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_file_is_refused_in_a_sentence(name: str, data: bytes) -> None:
    """The file's name, what is wrong and what to do; nothing unpacked, fetched or run."""
    limits = Limits(unpacked_bytes=20_000_000)
    with pytest.raises(InputError) as refused:
        read_table(data, name=name, limits=limits)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)
