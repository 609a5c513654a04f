"""The process that reads a stranger's file: `python -m visitmap.tables.child NAME LIMITS`.

The file comes on standard input, the table goes to standard output as JSON. Before a byte is read
the process gives up what it does not need: memory, time, files of any size, the network, other
processes. What is wrong with the file is told as JSON too.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import partial
from typing import Any

# Linux, sched.h: a network, and the right to have one, of the process's own, without any device.
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn",
    "urllib.", "ftplib.", "smtplib.", "ctypes.dlopen", "webbrowser.",
)  # fmt: skip


def shut_in(memory_bytes: int, seconds: int, output_bytes: int) -> None:
    """Bound this process and take its network away, for good."""
    sys.dont_write_bytecode = True
    # Found now: looking for it opens files, which the hook would look into.
    temporary = os.path.realpath(tempfile.gettempdir())
    _bound(memory_bytes, seconds, output_bytes)
    _leave_network()
    sys.addaudithook(partial(_refuse, temporary))


def _bound(memory_bytes: int, seconds: int, output_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows; the parent's clock and the readers' own limits remain.
        return
    bounds = {"AS": memory_bytes, "CPU": seconds, "FSIZE": output_bytes, "CORE": 0, "NOFILE": 64}
    for name, most in bounds.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue  # macOS knows no limit of address space.


def _leave_network() -> None:
    """A network namespace with nothing in it, where the system lets us have one."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER_AND_NETWORK)


def _refuse(temporary: str, event: str, details: tuple[Any, ...]) -> None:
    """Python's own doors: network, other processes, and files to write outside the temporary."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not allowed here")
    if event == "open" and _is_writing(details) and not _lies_in(temporary, details[0]):
        raise PermissionError("nothing is written here")


def _is_writing(details: tuple[Any, ...]) -> bool:
    flags = details[2] if len(details) > 2 and isinstance(details[2], int) else 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _lies_in(folder: str, path: Any) -> bool:
    """Whether a file is in a folder; one that is open already has no path."""
    return isinstance(path, int) or os.path.realpath(os.fsdecode(path)).startswith(folder)


def _answer(data: bytes, name: str, limits: dict[str, Any]) -> dict[str, Any]:
    from visitmap.errors import VisitMapError
    from visitmap.tables.formats import read_sheet
    from visitmap.tables.sheet import Limits

    try:
        sheet = read_sheet(data, name, Limits(**limits))
    except VisitMapError as error:
        return {"error": error.what, "where": error.where, "remedy": error.remedy}
    except (MemoryError, RecursionError):
        return {"error": "memory"}
    return {
        "columns": sheet.columns,
        "count": sheet.count,
        "first_line": sheet.first_line,
        "typed": sheet.typed,
        "notes": sheet.notes,
        "title": sheet.title,
    }


def main() -> None:
    """Read the file on standard input and tell its table, or what is wrong, on standard output."""
    name, limits = sys.argv[1], json.loads(sys.argv[2])
    data = sys.stdin.buffer.read()
    shut_in(limits["memory_bytes"], limits["seconds"], limits["unpacked_bytes"])
    text = json.dumps(_answer(data, name, limits), ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    # Not through the interpreter's end, which tidies up what the limits may no longer allow.
    os._exit(0)


if __name__ == "__main__":
    main()
