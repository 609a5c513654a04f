"""What became of each row's visit: by a column of its own, else as the row says in passing."""

from __future__ import annotations

import re

from visitmap.tables.cells import abreast, distinct, each_once, same
from visitmap.tables.draft import TableReader
from visitmap.tables.words import fold, spellings

_WORDS = {
    "planned": ("planned", "prévu", "prévue", "planifié", "planifiée", "scheduled", "upcoming",
                "à venir", "tbc", "to be confirmed", "à confirmer"),
    "ongoing": ("ongoing", "en cours", "current"),
    "happened": ("happened", "done", "completed", "effectué", "effectuée", "réalisé", "past",
                 "confirmed", "terminé", "took place"),
    "cancelled": ("cancelled", "canceled", "annulé", "annulée", "postponed", "reporté", "reportée"),
    "denied": ("denied", "refused", "refusé", "démenti"),
}  # fmt: skip
_STATUS = {fold(word): status for status, words in _WORDS.items() for word in words}
# Words that no one writes into a cell of their own for another reason, as they are written there.
_IN_PASSING = {
    spelt: status
    for status in ("planned", "cancelled", "denied")
    for word in _WORDS[status]
    for spelt in spellings(word)
}
_ASIDE = re.compile(r"\(([^()]{3,30})\)$")


def read_statuses(reader: TableReader) -> list[str]:
    """Each row's status; empty where nothing is said.

    Without a column for it, `27 June 2019 (planned)` says it, and a cell that holds only
    `Cancelled` or `annulé`.
    """
    if reader.has("status"):
        return each_once(lambda text: _STATUS.get(fold(text), text), reader.texts("status"))
    found = [each_once(_aside, reader.cells(name)) for name in ("date", "start", "end")]
    taken = {column for field, column in reader.mapping.items() if field != "purpose"}
    for name, cells in reader.sheet.columns.items():
        if name not in taken:
            found.append(each_once(_IN_PASSING.get, cells))
    found = [cells for cells in found if any(distinct(cells))]
    if not found:
        return same("", reader.sheet.count)
    return each_once(lambda row: next(filter(None, row), ""), abreast(*found))


def _aside(cell: object) -> str:
    match = _ASIDE.search(cell) if isinstance(cell, str) and cell[-1:] == ")" else None
    return _IN_PASSING.get(match[1].strip(), "") if match else ""
