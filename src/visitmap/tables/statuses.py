"""What became of each row's visit: by a column of its own, else as the row says in passing."""

from __future__ import annotations

import re

from visitmap.tables.cells import abreast, distinct, each_once, same
from visitmap.tables.draft import TableReader
from visitmap.tables.words import as_word, fold

_WORDS = {
    "planned": ("planned", "prevu", "prevue", "planifie", "planifiee", "scheduled", "upcoming",
                "a venir", "tbc", "to be confirmed", "a confirmer"),
    "ongoing": ("ongoing", "en cours", "current"),
    "happened": ("happened", "done", "completed", "effectue", "effectuee", "realise", "past",
                 "confirmed", "termine", "took place"),
    "cancelled": ("cancelled", "canceled", "annule", "annulee", "postponed", "reporte", "reportee"),
    "denied": ("denied", "refused", "refuse", "dementi"),
}  # fmt: skip
_STATUS = {word: status for status, words in _WORDS.items() for word in words}
# Words that no one writes into a cell of their own for another reason.
_IN_PASSING = {
    word: status for word, status in _STATUS.items() if status in ("planned", "cancelled", "denied")
}
_ASIDE = re.compile(r"\(([^()]{3,30})\)$")


def read_statuses(reader: TableReader) -> list[str]:
    """Each row's status; empty where nothing is said.

    Without a column for it, `27 June 2019 (planned)` says it, and a cell that holds only
    `Cancelled` or `annulé`.
    """
    if reader.has("status"):
        return each_once(lambda text: _STATUS.get(fold(text), text), reader.texts("status"))
    found = [each_once(_aside, reader.texts(name)) for name in ("date", "start", "end")]
    taken = {column for field, column in reader.mapping.items() if field != "purpose"}
    for name, cells in reader.sheet.columns.items():
        if name not in taken:
            found.append(each_once(_alone, cells))
    found = [cells for cells in found if any(distinct(cells))]
    if not found:
        return same("", reader.sheet.count)
    return each_once(lambda row: next(filter(None, row), ""), abreast(*found))


def _aside(text: str) -> str:
    match = _ASIDE.search(text)
    return _IN_PASSING.get(fold(match[1]), "") if match else ""


def _alone(cell: object) -> str:
    return _IN_PASSING.get(as_word(cell), "") if isinstance(cell, str) else ""
