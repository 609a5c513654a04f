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

    `rows`, when given, are the data rows behind rows that were spread over several visits.
    """

    name: str
    issues: list[Issue] = field(default_factory=list)
    by_row: dict[int, list[Issue]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

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
