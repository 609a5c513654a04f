"""Files from strangers: read in a process that may do nothing but read them, within limits."""

import gzip
import io
import os
import socket
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pyarrow
import pytest
from click.testing import CliRunner
from pyarrow import parquet
from test_tables_adapters import TABLES

from visitmap.cli import commands
from visitmap.errors import InputError, UsageError
from visitmap.model import Visit
from visitmap.tables import Limits, apart, limits_of, read_table, read_upload, write_table

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's own")


@pytest.mark.parametrize("name", ["colt.csv", "french.csv"])
def test_an_upload_is_read_as_any_table(name: str) -> None:
    """The same visits, issues and notes, from another process."""
    data = TABLES[name][0].encode()
    assert read_upload(data, name) == read_table(data, name=name)


@pytest.mark.parametrize(
    "suffix", [".csv", ".xlsx", ".gpkg", ".parquet", ".kmz", ".geojson", ".jsonl"]
)
def test_every_kind_of_file_can_be_read_apart(
    tmp_path: Path, seed_visits: list[Visit], suffix: str
) -> None:
    """What the readers need is still there when all else is taken away."""
    path = tmp_path / f"visits{suffix}"
    write_table(seed_visits, path)
    assert read_upload(path.read_bytes(), path.name).visits == seed_visits


def zipped(name: str, data: bytes) -> bytes:
    """A ZIP with one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def workbook(dimension: str, rows: str = "") -> bytes:
    """A minimal workbook that says its first sheet is this large."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
        'PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def cell_far_away() -> bytes:
    """A workbook that claims one cell and has another in the last row and column there can be."""
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return workbook("A1:A1", f'<row r="1"><c r="A1"><v>1</v></c></row>{row}')


def swollen_parquet() -> bytes:
    """A few kilobytes that say the same ten megabytes four hundred times."""
    text = pyarrow.array(["x" * 10_000_000])
    cells = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 400, pyarrow.int32()), text)
    buffer = io.BytesIO()
    table = pyarrow.table({"destination": cells})
    parquet.write_table(table, buffer, compression="zstd", store_schema=False)
    return buffer.getvalue()


VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
LAUGHS = b'<!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><kml>&b;</kml>'
HOSTILE = {
    "vrt.kml": VRT,
    "vrt.gpkg": VRT,
    "vrt.gpx": VRT,
    "vrt.xlsx": VRT,
    "zeros.kmz": zipped("doc.kml", b"<kml>" + b"0" * 250_000_000 + b"</kml>"),
    "zeros.ods": zipped("content.xml", b" " * 250_000_000),
    "laughs.kml": LAUGHS,
    "laughs.kmz": zipped("doc.kml", LAUGHS),
    "laughs.ods": zipped("content.xml", LAUGHS),
    "billion.xlsx": workbook("A1:AMJ1048576"),
    "far.xlsx": cell_far_away(),
    "swollen.parquet": swollen_parquet(),
    "deep.geojson": b"[" * 10_000_000,
    "wide.csv": b",".join(b"c%d" % n for n in range(300)) + b"\n1\n",
    "gzip.csv": gzip.compress(b"who,where\n" * 1000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_is_refused_in_a_sentence(name: str) -> None:
    """Its name, what is wrong and what to do, soon; this process stays small."""
    began = time.monotonic()
    with pytest.raises(InputError) as refused:
        read_upload(HOSTILE[name], name)
    assert str(refused.value).startswith(f"{name}: ")
    assert refused.value.remedy
    assert "\n" not in str(refused.value)
    assert time.monotonic() - began < 30


def test_a_virtual_file_named_csv_is_only_text() -> None:
    """Nothing of the file it points at is read."""
    result = read_upload(VRT, "visits.csv")
    assert "root" not in repr(result)


@needs_linux
def test_more_memory_than_allowed_is_said() -> None:
    """Four gigabytes of text from a few kilobytes: the child is stopped, not the dashboard."""
    with pytest.raises(InputError, match="more memory than the 1,500 MB allowed"):
        read_upload(HOSTILE["swollen.parquet"], "swollen.parquet")


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock on the wall: a process that waits uses no time of the processor's."""
    hanging = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(apart, "_COMMAND", hanging)
    with pytest.raises(InputError, match="longer than the 1 seconds"):
        read_table(b"a,b\n1,2\n", name="t.csv", limits=Limits(seconds=1), apart=True)


def run_python(script: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """What becomes of some Python in a process of its own."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **how)


SHUT_IN = "from visitmap.tables.child import shut_in\nshut_in(10**9, 20, 10**6)\n"
ATTEMPTS = {
    "a process": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a file": "open('stolen.txt', 'w')",
    "a page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_the_child_cannot_reach(what: str, tmp_path: Path) -> None:
    """Other processes, files to write, the network."""
    (tmp_path / "temporary").mkdir()
    script = (
        f"from visitmap.tables.child import shut_in\nshut_in(10**9, 20, 10**6)\n{ATTEMPTS[what]}"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    done = run_python(script, cwd=tmp_path, env=environment)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr
    assert not (tmp_path / "stolen.txt").exists()


CONNECT = """
import ctypes, struct
libc = ctypes.CDLL(None)
address = struct.pack("<HHI8x", 2, {port}, 0x0100007F)
print(libc.connect(libc.socket(2, 1, 0), address, 16))
"""


@needs_linux
def test_the_child_has_no_network_below_python_either() -> None:
    """A library that opens a connection by itself finds no way to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect = CONNECT.format(port=socket.htons(server.getsockname()[1]))
        assert run_python(connect).stdout.strip() == "0"
        leave = "from visitmap.tables import child\nchild._leave_network()\n"
        answer = run_python(leave + connect).stdout.strip()
    if answer == "0":
        pytest.skip("this system lets no process leave its network")
    assert answer == "-1"


def test_limits_are_raised_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the option that raises what was too small; it then passes."""
    table = b"who,date,city\n" + b"Anna Lind,2018-01-02,Oslo\n" * 400_000
    with pytest.raises(InputError, match=r"--limit cells=1200000"):
        read_upload(table, "t.csv")
    monkeypatch.setenv("VISITMAP_LIMITS", "cells=2000000 file=60MB")
    assert len(read_upload(table, "t.csv").visits) == 400_000


def test_a_large_table_of_ones_own_passes_and_can_be_bounded(tmp_path: Path) -> None:
    """Uploads' limits hold on the command line only where asked for."""
    table, out = tmp_path / "t.csv", tmp_path / "out.csv"
    table.write_text("who,date,city,lat,lon\n" + "Anna Lind,2018-01-02,Oslo,59.9,10.7\n" * 30_000)
    run = CliRunner()
    assert run.invoke(commands, ["export", str(table), "-o", str(out)]).exit_code == 0
    bounded = run.invoke(commands, ["check", str(table), "--untrusted", "--limit", "cells=1000"])
    assert "--limit cells=150000" in str(bounded.exception)


@pytest.mark.parametrize("pair", ["cells", "cells=many", "cell=5", "=5"])
def test_a_limit_that_is_none_is_said(pair: str) -> None:
    """With the names that there are."""
    with pytest.raises(UsageError, match="cells=N"):
        limits_of([pair], Limits())


def test_sizes_have_units() -> None:
    """Bytes, kB, MB, GB."""
    found = limits_of(["file=2MB", "unpacked=1_000k", "memory=3G", "seconds=5"], Limits())
    assert (found.file_bytes, found.unpacked_bytes) == (2_000_000, 1_000_000)
    assert (found.memory_bytes, found.seconds) == (3_000_000_000, 5)


@pytest.mark.long
def test_a_geopackage_is_never_torn(tmp_path: Path, seed_visits: list[Visit]) -> None:
    """Whoever is killed while writing over one leaves the old file or the new one, whole."""
    path = tmp_path / "visits.gpkg"
    many = [replace(one, visit_id=f"{n}-{one.visit_id}") for n in range(300) for one in seed_visits]
    write_table(many, path)
    write_table(many, tmp_path / "table.csv")
    script = (
        "import sys\nfrom visitmap.tables import read_table, write_table\n"
        "visits = read_table(sys.argv[1]).visits\nprint('ready', flush=True)\n"
        "while True:\n    write_table(visits, sys.argv[2])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "table.csv"), str(path)]
    for kill in range(12):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.03 + kill * 0.061)
            writer.kill()
        assert len(geopandas.read_file(path)) == len(many)
