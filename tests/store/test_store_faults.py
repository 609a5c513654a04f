"""What a project survives: killed writers, full disks, crowds, and files that are not projects."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import store_worker
from sqlalchemy import text
from store_making import ASTARA, decision, document, visit

from visitmap.errors import ProjectError
from visitmap.store import Project, schema

WORKER = [sys.executable, str(Path(__file__).with_name("store_worker.py"))]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


def purposes(where: str) -> list[str]:
    """The purposes decided on, oldest first."""
    with Project.open(where, create=False) as project:
        return [dict(one.changes).get("purpose", "") for one in project.decisions()]


def is_whole(path: str) -> bool:
    """Whether SQLite finds no damage in the file."""
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return found == ("ok",)


def work(task: str, where: str, number: int) -> subprocess.CompletedProcess:
    """Let another process do something to the project."""
    return subprocess.run(
        [*WORKER, task, where, str(number)], capture_output=True, text=True, check=False
    )


def killed_after(where: str, acknowledged: int) -> list[int]:
    """Start a hundred saves, kill the process after some; the numbers it had acknowledged."""
    command = [*WORKER, "save", where, "100"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.kill()
        return [*said, *(int(line) for line in process.stdout.read().splitlines())]


def check_killed(where: str, acknowledged: int) -> None:
    saved_before = len(purposes(where))
    said = killed_after(where, acknowledged)
    found = purposes(where)[saved_before:]
    assert found[: len(said)] == [f"talk {number}" for number in said]
    assert len(found) <= len(said) + 1, "more than the one save in flight appeared"
    with Project.open(where, who="after") as project:
        project.decide(decision("v1"))


def test_a_writer_killed_amid_a_hundred_saves_loses_none_it_acknowledged(where: str) -> None:
    """What was said to be saved is there, in order, and the next can write at once."""
    store_worker.prepare(where)
    check_killed(where, 41)
    assert "://" in where or is_whole(where)


@pytest.mark.long
def test_a_writer_killed_anywhere_loses_none(where: str) -> None:
    """Many times over, at different moments."""
    store_worker.prepare(where)
    for acknowledged in range(1, 100, 7):
        check_killed(where, acknowledged)
    assert "://" in where or is_whole(where)


def test_an_upload_killed_at_any_statement_is_there_whole_or_not_at_all(where: str) -> None:
    """No document without its visits and issues; what was acknowledged is there."""
    store_worker.prepare(where)
    done = work("take_in", where, 200)
    assert done.returncode == 0, done.stderr
    states = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(states) > 10 and states[0] == [False, []]
    assert all(taken in ([], [["x", 3, 1]]) for _, taken in states)
    assert states[-1] == [True, [["x", 3, 1]]]


def test_twenty_processes_write_at_once_and_none_is_lost(where: str) -> None:
    """They even create the project at the same time; each one's decisions are in its order."""
    store_worker.prepare(where)
    done = work("flood", where, 20)
    assert (done.returncode, done.stderr) == (0, "")
    found = purposes(where)
    assert sorted(found) == sorted(f"{number}.{step}" for number in range(20) for step in range(5))
    for number in range(20):
        mine = [one for one in found if one.startswith(f"{number}.")]
        assert mine == sorted(mine)


def test_many_may_create_a_project_at_once(where: str) -> None:
    """One of them does; the others find it."""
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: Project.open(where), range(8)))
    opened[0].add_document(document())
    assert {len(one.documents()) for one in opened} == {1}
    for one in opened:
        one.close()


def test_twenty_sessions_of_one_server_write_at_once(where: str) -> None:
    """While others read; every number of decisions read is one that was true."""
    store_worker.prepare(where)

    def session(number: int) -> None:
        with Project.open(where, who=f"s{number}") as project:
            for step in range(5):
                project.decide(decision("v1", "correct", purpose=f"{number}.{step}"))
                assert project.visits()[0].review == "corrected"
                assert project.undo() and project.redo()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(session, range(20)))
    with Project.open(where) as project:
        assert [one.action for one in project.decisions()].count("correct") == 100
        assert len(project.decisions()) == 300


def test_a_rerun_during_a_save_sees_all_of_it_or_nothing(where: str) -> None:
    """Never half an extraction; decisions hold throughout."""
    store_worker.prepare(where)
    full = [visit(f"v{number}", start=number) for number in range(1, 60)]
    with Project.open(where, who="Ada") as project:
        project.decide(decision("v1", "correct", start="2020"))

        def save() -> None:
            for round_ in range(10):
                project.save_extraction("a", full if round_ % 2 else [])

        with ThreadPoolExecutor(1) as pool:
            saving = pool.submit(save)
            while not saving.done():
                found = project.visits()
                assert len(found) in (1, 59)
                assert found[0].timespan.start == "2020"
            saving.result()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    """What was saved before stays; once there is room, saving goes on."""
    where = str(tmp_path / "tour.visitmap")
    store_worker.prepare(where)
    done = work("fill", where, 400)
    assert done.returncode == 0, done.stderr
    count, sentence = done.stdout.splitlines()
    assert "not saved" in sentence and sentence.startswith("tour.visitmap: ")
    found = purposes(where)
    assert (found[0], found[-1], len(found)) == ("first", "last", int(count) + 2)
    assert is_whole(where)


@pytest.mark.long
@needs_root
def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    """A small file system of its own."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let tests mount a file system")
    try:
        where = str(tmp_path / "tour.visitmap")
        store_worker.prepare(where)
        count, sentence = work("crowd", where, 0).stdout.splitlines()
        assert "disk is full" in sentence
        assert len(purposes(where)) == int(count) > 10
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that everybody may read."""
    folder = Path(tempfile.mkdtemp(prefix="vm-shared-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_project_on_a_medium_without_write_access_is_read(shared_folder: Path) -> None:
    """It opens read-only by itself, and says so when asked to write."""
    path = shared_folder / "tour.visitmap"
    store_worker.prepare(str(path))
    path.chmod(0o444)
    shared_folder.chmod(0o555)
    done = work("look", str(path), 0)
    assert done.stdout.splitlines()[0] == "1 True", done.stderr
    assert "read-only" in done.stdout.splitlines()[1]


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_project_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    """In a sentence that says what to do; not a byte changes, no file appears."""
    path = tmp_path / "tour.visitmap"
    store_worker.prepare(str(path))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE visitmap_project SET schema = 99")
    connection.commit()
    connection.close()
    before = fingerprint(tmp_path)
    for read_only in (False, True):
        with pytest.raises(ProjectError, match=r"newer visitmap .*99.* Update visitmap"):
            Project.open(path, read_only=read_only)
    assert fingerprint(tmp_path) == before


def test_a_database_of_a_newer_version_is_refused(where: str) -> None:
    """On a server as well."""
    store_worker.prepare(where)
    with Project.open(where) as project, project._shared.engine.begin() as connection:
        connection.execute(text("UPDATE visitmap_project SET schema = 99"))
    with pytest.raises(ProjectError, match="newer visitmap"):
        Project.open(where)


@pytest.mark.parametrize("kind", ["text", "other database", "cut", "folder"])
def test_what_is_not_a_project_is_refused_untouched(kind: str, tmp_path: Path) -> None:
    """Somebody's other file is not ours to change."""
    path = tmp_path / "tour.visitmap"
    if kind == "text":
        path.write_text("visit_id,traveller\n" * 100)
    elif kind == "other database":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.close()
    elif kind == "cut":
        store_worker.prepare(str(path))
        path.write_bytes(path.read_bytes()[:3000])
    else:
        path.mkdir()
    before = fingerprint(tmp_path) if kind != "folder" else {}
    with pytest.raises(ProjectError, match=r"^tour.visitmap: "):
        Project.open(path)
    assert kind == "folder" or fingerprint(tmp_path) == before


def test_a_damaged_page_is_said_in_a_sentence(tmp_path: Path) -> None:
    """No traceback of a database library reaches anybody."""
    path = tmp_path / "tour.visitmap"
    store_worker.prepare(str(path))
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(ProjectError, match="damaged"), Project.open(path) as project:
        project.visits()


def test_an_empty_file_becomes_a_project(tmp_path: Path) -> None:
    """As a temporary file is when it is handed over."""
    path = tmp_path / "tour.visitmap"
    path.touch()
    with Project.open(path) as project:
        assert project.documents() == []


def test_a_missing_project_or_folder_is_said(tmp_path: Path) -> None:
    """Nothing is created by looking."""
    with pytest.raises(ProjectError, match="no such project"):
        Project.open(tmp_path / "none.visitmap", create=False)
    with pytest.raises(ProjectError, match="no such project"):
        Project.open(tmp_path / "none.visitmap", read_only=True)
    with pytest.raises(ProjectError, match="no folder"):
        Project.open(tmp_path / "none" / "none.visitmap")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["mysql://ada:secret@h/db", "postgresql://ada:secret@[/db"])
def test_an_address_we_cannot_use_is_said_without_its_password(address: str) -> None:
    """Passwords do not end up in messages."""
    with pytest.raises(ProjectError) as caught:
        Project.open(address)
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    """In one sentence."""
    with pytest.raises(ProjectError) as caught:
        Project.open(f"postgresql://ada:secret@/tour?host={tmp_path}")
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_project_that_was_moved_away_is_not_written_into_the_void(tmp_path: Path) -> None:
    """An open file that has no name any more would swallow decisions."""
    path = tmp_path / "tour.visitmap"
    store_worker.prepare(str(path))
    with Project.open(path, who="Ada") as project:
        path.rename(tmp_path / "other.visitmap")
        with pytest.raises(ProjectError, match="moved or deleted"):
            project.decide(decision("v1"))


def test_another_project_put_in_its_place_is_read_afresh(tmp_path: Path) -> None:
    """Nothing decoded before is shown for it."""
    here, there = tmp_path / "here.visitmap", tmp_path / "there.visitmap"
    store_worker.prepare(str(here))
    with Project.open(there) as project:
        project.add_document(document())
        project.save_extraction("a", [visit("other", place=ASTARA)])
    with Project.open(here) as before:
        assert before.visits()[0].visit_id == "v1"
        there.rename(here)
        with Project.open(here) as after:
            assert after.visits()[0].visit_id == "other"


# Migrations


def add_note(connection) -> None:
    """A step from version 1 to 2, as one might come."""
    connection.execute(text("ALTER TABLE visitmap_document ADD COLUMN note TEXT"))
    connection.execute(text("UPDATE visitmap_document SET note = 'from version 1'"))


def break_off(connection) -> None:
    """A step that fails halfway."""
    add_note(connection)
    connection.execute(text("SELECT nothing FROM nowhere"))


def test_an_older_project_is_brought_up_to_date(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step by step, with everything in it; a reader is asked to let a writer do it."""
    store_worker.prepare(where)
    monkeypatch.setattr(schema, "SCHEMA", 2)
    monkeypatch.setattr(schema, "MIGRATIONS", {1: add_note})
    with pytest.raises(ProjectError, match="older visitmap"):
        Project.open(where, read_only=True)
    for _ in range(2):
        with Project.open(where) as project:
            assert len(project.visits()) == 1
            with project._shared.engine.connect() as connection:
                note = connection.scalar(text("SELECT note FROM visitmap_document"))
                version = connection.scalar(text("SELECT schema FROM visitmap_project"))
            assert (note, version) == ("from version 1", 2)


def test_a_migration_that_fails_changes_nothing(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project stays as it was, for the version that wrote it."""
    store_worker.prepare(where)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "SCHEMA", 2)
        patched.setattr(schema, "MIGRATIONS", {1: break_off})
        with pytest.raises(ProjectError):
            Project.open(where)
    with Project.open(where) as project:
        assert len(project.visits()) == 1
