"""One table on its way from its own columns to those of the visit table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from visitmap.model import Place
from visitmap.tables.adapters import Adapter
from visitmap.tables.cells import as_texts, each_once, same
from visitmap.tables.columns import Columns
from visitmap.tables.places import Lookup
from visitmap.tables.problems import Problems
from visitmap.tables.sheet import Sheet
from visitmap.tables.words import says_nothing, without_marks


@dataclass(slots=True)
class Draft:
    """`columns` of the visit table and their data `rows`.

    `destinations` and `origins` are the places that the gazetteer gave, None where a row has its
    own coordinates or none was found.
    """

    columns: Columns
    rows: list[int]
    notes: list[str] = field(default_factory=list)
    destinations: list[Place | None] = field(default_factory=list)
    origins: list[Place | None] = field(default_factory=list)


@dataclass(slots=True)
class TableReader:
    """One table being understood: what its columns mean, and whom to ask."""

    sheet: Sheet
    mapping: dict[str, str]
    adapter: Adapter
    lookup: Lookup
    problems: Problems
    notes: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a column, or the adapter for every row, says something of a field."""
        return name in self.mapping or name in self.adapter.constants

    def cells(self, name: str) -> list[Any]:
        """A field's cells; without a column, what the adapter holds for every row."""
        if name not in self.mapping:
            return same(self.adapter.constants.get(name, ""), self.sheet.count)
        return self.sheet.columns[self.mapping[name]]

    def texts(self, name: str) -> list[str]:
        """A field's cells as text, trimmed; `n/a` and the like are empty."""
        return each_once(_said, as_texts(self.cells(name)))


def _said(cell: str) -> str:
    text = without_marks(cell).strip()
    return "" if says_nothing(text) else text
