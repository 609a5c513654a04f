"""Cells that stand for the one above: `idem`, ditto marks, a name written once for its rows."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from visitmap.tables.cells import NOTHING, distinct
from visitmap.tables.draft import TableReader
from visitmap.tables.words import spellings, words

_MARKS = frozenset(('"', "''", "″", "〃", "”", "»", '-"-', "-''-", '- " -'))
# Fields that makers of tables write once above the rows they hold for.
_WRITTEN_ONCE = ("traveller", "role", "traveller_country")


def carried_down(reader: TableReader) -> None:
    """Put what they stand for into such cells of the recognised columns, and say so.

    An empty cell stands for the name above only in one of the first two columns, and only when no
    name is written in two rows running: then its maker writes each name once.
    """
    columns = dict(reader.sheet.columns)
    first = reader.sheet.header[:2]
    for field, name in reader.mapping.items():
        cells = columns[name]
        once = field in _WRITTEN_ONCE and name in first and _is_written_once(cells)
        if once or not _ditto().isdisjoint(distinct(cells)):
            columns[name] = _filled(reader, name, cells, once)
    reader.sheet = reader.sheet.with_columns(columns)


def _is_written_once(cells: list[Any]) -> bool:
    if not any(cell in NOTHING for cell in distinct(cells)) or cells[0] in NOTHING:
        return False
    return not any(one == two and one not in NOTHING for one, two in pairwise(cells))


@lru_cache(maxsize=1)
def _ditto() -> frozenset[str]:
    """The marks, and the words as they are written: `idem`, `Idem`, `id.`"""
    return _MARKS.union(*map(spellings, words()["ditto"]))


def _filled(reader: TableReader, name: str, cells: list[Any], once: bool) -> list[Any]:
    """The cells with those above them; empty ones too when names are written `once`."""
    found: list[Any] = []
    rows = []
    for row, cell in enumerate(cells, start=1):
        stands = once if cell in NOTHING else cell in _ditto()
        if found and stands and reader.problems.filled(row) > 1:
            cell = found[-1]
            rows.append(row)
        found.append(cell)
    if rows:
        shown = ", ".join(map(str, rows[:5])) + (" …" if len(rows) > 5 else "")
        reader.notes.append(f"In {name!r} rows {shown} are read as the row above them.")
    return found
