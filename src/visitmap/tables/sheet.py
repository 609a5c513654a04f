"""A table as read, before anyone asks what its columns mean; and the limits on what is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from visitmap.errors import InputError, UsageError
from visitmap.tables.columns import Columns

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused.

    `file_bytes` as given, `unpacked_bytes` of an archive's parts together; the last two hold for
    the child process that reads uploads.
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    columns: int = 200
    cells: int = 1_000_000
    memory_bytes: int = 1_500 * MEGABYTE
    seconds: int = 60


# A file on one's own disk is trusted to be large; an upload is not.
OWN_FILES = Limits(
    file_bytes=2_000 * MEGABYTE, unpacked_bytes=4_000 * MEGABYTE, columns=2_000, cells=100_000_000
)
# What a user calls the limits, and how many of our units one of theirs has when they say `MB`.
LIMIT_NAMES = {
    "file": "file_bytes", "unpacked": "unpacked_bytes", "columns": "columns", "cells": "cells",
    "memory": "memory_bytes", "seconds": "seconds",
}  # fmt: skip
_SIZE = re.compile(r"(\d+(?:_?\d+)*)\s*(k|M|G)?B?", re.I)
_UNITS = {"": 1, "k": 1_000, "m": MEGABYTE, "g": 1_000 * MEGABYTE}


def limits_of(pairs: Iterable[str], base: Limits) -> Limits:
    """`base` with what pairs such as `cells=5000000` and `file=200MB` say.

    Raises UsageError for a limit or a size that there is not.
    """
    changes = {}
    for pair in pairs:
        name, _, size = pair.partition("=")
        match = _SIZE.fullmatch(size.strip())
        if name.strip() not in LIMIT_NAMES or match is None:
            raise UsageError(
                f"{pair} sets no limit",
                remedy=f"Write it as one of {', '.join(f'{one}=N' for one in LIMIT_NAMES)}; "
                "sizes may end in MB",
            )
        number = int(match[1]) * _UNITS[(match[2] or "").lower()]
        changes[LIMIT_NAMES[name.strip()]] = number
    return replace(base, **changes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns of equal length; cells are text, or numbers where the format has them.

    `first_line` is the file's line (1-based) of the first data row, 0 when the format has no
    lines; `typed` says that the cells come from a format that knows its own types; `notes` are
    sentences for the user on how the table was understood; `title` is what stands above the table
    or on its tab.
    """

    name: str
    columns: Columns
    count: int
    first_line: int = 0
    typed: bool = False
    notes: tuple[str, ...] = field(default=())
    title: str = ""

    @property
    def header(self) -> list[str]:
        """The names of the columns, each once."""
        return list(self.columns)

    def with_columns(self, columns: Columns, *notes: str) -> Sheet:
        """The same table with other columns."""
        return replace(self, columns=columns, notes=(*self.notes, *notes))


def sheet_of_rows(
    name: str, header: Sequence[str], rows: Sequence[Sequence[Any]], limits: Limits, **more: Any
) -> Sheet:
    """A sheet from rows of cells: short rows are filled up, nameless columns get a number."""
    width = max([len(header), *map(len, rows)], default=0)
    check_size(name, width, len(rows), limits)
    names = unique_names([*header, *[""] * (width - len(header))])
    full = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    cells = map(list, zip(*full, strict=True)) if full else ([] for _ in names)
    columns = dict(zip(names, cells, strict=True))
    kept = {k: v for k, v in columns.items() if not k.startswith("column ") or any(v)}
    return Sheet(name, kept, len(rows), **more)


def sheet_of_records(
    name: str, records: Sequence[dict[str, Any]], limits: Limits, **more: Any
) -> Sheet:
    """A sheet from one mapping a row; the columns are in the order in which they first appear."""
    names = dict.fromkeys(key for record in records for key in record)
    check_size(name, len(names), len(records), limits)
    columns = {key: [record.get(key, "") for record in records] for key in names}
    return Sheet(name, columns, len(records), **more)


def unique_names(header: Iterable[Any]) -> list[str]:
    """The header's texts, trimmed; empty ones numbered, repeated ones told apart."""
    found: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = base = " ".join(str(cell or "").split()) or f"column {position}"
        again = 2
        while name in found:
            name, again = f"{base} ({again})", again + 1
        found[name] = None
    return list(found)


def check_size(name: str, width: int, height: int, limits: Limits) -> None:
    """Raise InputError for a table that is too wide or too large."""
    if width > limits.columns:
        raise InputError(
            f"the table has {width} columns, more than the {limits.columns} that are read",
            where=name,
            remedy=f"Keep only the columns about visits, or allow more: --limit columns={width}",
        )
    if width * height > limits.cells:
        raise InputError(
            f"the table has {width * height:,} cells, more than the {limits.cells:,} that are read",
            where=name,
            remedy=f"Split it into smaller files, or allow more: --limit cells={width * height}",
        )


def check_bytes(name: str, size: int, limits: Limits) -> None:
    """Raise InputError for a file that is too large."""
    if size > limits.file_bytes:
        raise InputError(
            f"the file has {size / MEGABYTE:.0f} MB, "
            f"more than the {limits.file_bytes / MEGABYTE:.0f} MB that are read",
            where=name,
            remedy="Split it into smaller files, or allow more: "
            f"--limit file={-(-size // MEGABYTE)}MB",
        )
