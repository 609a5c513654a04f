"""What is wrong in a table, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from visitmap.model import Issue

# Code, message, remedy and severity of an issue.
Complaint = tuple[str, str, str, str]


@dataclass(slots=True)
class Problems:
    """The issues of a table, each at a row.

    `rows`, when given, are the data rows behind rows that were spread over several visits; `cells`
    are the table's own columns, `mapping` says which of them holds which field.
    """

    name: str
    issues: list[Issue] = field(default_factory=list)
    by_row: dict[int, list[Issue]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    cells: dict[str, list[Any]] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        row: int,
        code: str,
        message: str,
        remedy: str,
        severity: str = "error",
        **more: Any,
    ) -> None:
        """Note a problem of data row `row` (1-based; 0 for the table as a whole)."""
        row = self.rows[row - 1] if self.rows and row else row
        where = f"{self.name}:{row}" if row else self.name
        issue = Issue(code, message, severity, where=where, remedy=remedy, **more)  # type: ignore[arg-type]
        self.issues.append(issue)
        if row:
            self.by_row.setdefault(row, []).append(issue)

    def column(self, *fields: str) -> str:
        """The table's column for the first of the fields that has one; empty when none has."""
        found = (self.mapping.get(one, one) for one in fields)
        return next((column for column in found if column in self.cells), "")

    def filled(self, row: int) -> int:
        """How many cells of data row `row` say anything; 2 when the table is not known."""
        if not self.cells:
            return 2
        return sum(cells[row - 1] not in ("", None) for cells in self.cells.values())

    def is_remark(self, row: int) -> bool:
        """Whether a row is a note or a total: one cell among three, and no row of more after it."""
        row = self.rows[row - 1] if self.rows else row
        if len(self.cells) < 3:
            return False
        last = len(next(iter(self.cells.values())))
        return all(self.filled(one) < 2 for one in range(row, last + 1))
