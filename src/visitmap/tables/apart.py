"""Files from strangers, read in a process of their own that may do nothing but read them.

The process has limits of memory, time and output and no network (see `child`); only text and
numbers come back from it. It costs a quarter of a second, so files on one's own disk are read here.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from typing import IO, Any

from visitmap.errors import InputError
from visitmap.tables.sheet import MEGABYTE, Limits, Sheet, check_bytes

_COMMAND = (sys.executable, "-I", "-m", "visitmap.tables.child")
# Nothing of this process's environment is told but what Python and the system's linker need.
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}


def read_sheet_apart(data: bytes, name: str, limits: Limits) -> Sheet:
    """The table in a stranger's file; raises InputError as `read_sheet` does, and beyond limits."""
    check_bytes(name, len(data), limits)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        given.write(data)
        given.seek(0)
        status = _run(
            [*_COMMAND, name, json.dumps(dataclasses.asdict(limits))], given, told, limits
        )
        told.seek(0)
        answer = _answer(told.read(limits.unpacked_bytes + 1), status)
    if "error" in answer:
        raise _error(answer, name, limits)
    return Sheet(name, **{**answer, "notes": tuple(answer["notes"])})


def _run(command: list[str], given: IO[bytes], told: IO[bytes], limits: Limits) -> int | None:
    """The exit status of the child; None when it took too long."""
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ} | _ONE_THREAD
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command, stdin=given, stdout=told, stderr=subprocess.DEVNULL, env=environment,
            timeout=limits.seconds, check=False, close_fds=True,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return None


def _answer(told: bytes, status: int | None) -> dict[str, Any]:
    if status is None:
        return {"error": "time"}
    try:
        answer = json.loads(told)
    except ValueError:
        answer = None
    # A child that was stopped by a limit says nothing, or not all of it.
    return answer if isinstance(answer, dict) and status == 0 else {"error": "memory"}


def _error(answer: dict[str, Any], name: str, limits: Limits) -> InputError:
    if answer["error"] == "time":
        what = f"reading the file takes longer than the {limits.seconds} seconds allowed"
        return InputError(what, where=name, remedy="Export it as CSV, or split it")
    if answer["error"] == "memory":
        most = limits.memory_bytes // MEGABYTE
        what = f"reading the file takes more memory than the {most:,} MB allowed"
        return InputError(what, where=name, remedy="Export it as CSV, or split it")
    return InputError(answer["error"], where=answer["where"], remedy=answer["remedy"])
