"""Files written whole or not at all: aside, synced, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visitmap.errors import OutputError


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A name beside `target` to write to; it takes the target's place when all went well.

    Raises OutputError when the folder cannot be written to; what was at `target` is untouched.
    """
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(f"there is no folder {folder}", where=str(target), remedy="Create it")
    try:
        with tempfile.TemporaryDirectory(prefix=".visitmap-", dir=folder) as aside:
            written = Path(aside) / f"part{target.suffix}"
            yield written
            _sync(written)
            written.chmod(0o666 & ~_umask())
            written.replace(target)
        _sync(folder)
    except OSError as error:
        raise OutputError(
            f"the file cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="Choose a place with room that you may write to",
        ) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
