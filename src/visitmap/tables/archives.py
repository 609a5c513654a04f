"""Zip archives from strangers (xlsx, ods, kmz): sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from visitmap.errors import InputError
from visitmap.tables.sheet import MEGABYTE, Limits


def open_archive(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, when all its parts together stay below `unpacked_bytes`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(
            f"the file is no archive, or a broken one ({error})", where=name,
            remedy="Save it anew, or export it as CSV",
        ) from None  # fmt: skip
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > limits.unpacked_bytes:
        raise InputError(
            f"the file unpacks to {unpacked / MEGABYTE:.0f} MB, "
            f"more than the {limits.unpacked_bytes / MEGABYTE:.0f} MB that are read",
            where=name,
            remedy="Split it into smaller files, or allow more: "
            f"--limit unpacked={-(-unpacked // MEGABYTE)}MB",
        )  # fmt: skip
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise InputError("the file has a password", where=name, remedy="Save it without one")
    return archive


def part_of(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> bytes:
    """The bytes of one part; what it claims to be is not believed."""
    try:
        with archive.open(part) as stream:
            data = stream.read(limits.unpacked_bytes + 1)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise InputError(
            f"{part} in the file cannot be read ({error})", where=name, remedy="Save it anew"
        ) from None
    if len(data) > limits.unpacked_bytes:
        raise InputError("the file unpacks to too much", where=name, remedy="Split it")
    return data
