"""Columns of cells worked on as columns: equal cells are asked once.

A table of a hundred thousand rows has a few thousand days and a few hundred places. Whatever is
worked out from a cell is worked out once for all cells equal to it, and the value is shared. A
column that came from a large file is `Coded`: it knows its distinct cells, so that no one has to
look for them again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from visitmap.tables.problems import Complaint, Problems

Value = TypeVar("Value")
NOTHING = ("", None)
# From so many rows on it pays to find a column's distinct cells once and for all.
LARGE = 20_000


class Coded(list[Any]):
    """A column that knows its distinct cells: row `n` is `values[codes[n]]`; not to be changed.

    `codes` is an array of whole numbers. Two of the values may be equal.
    """

    __slots__ = ("codes", "values")

    def __init__(self, values: list[Any], codes: Any) -> None:
        super().__init__(map(values.__getitem__, codes.tolist()))
        self.values = values
        self.codes = codes


def each_once(make: Callable[[Any], Value], cells: Sequence[Any]) -> list[Value]:
    """`make(cell)` for each cell, called once for all that are equal."""
    if isinstance(cells, Coded):
        return Coded(list(map(make, cells.values)), cells.codes)
    known = {cell: make(cell) for cell in dict.fromkeys(cells)}
    return list(map(known.__getitem__, cells))


def checked(
    make: Callable[[Any, list[Complaint]], Value],
    cells: Sequence[Any],
    problems: Problems,
    *fields: str,
) -> list[Value]:
    """As `each_once`; what `make` adds to its list of complaints is noted at every row concerned.

    A complaint is a code, a message, a remedy and a severity; `fields` are what the cells hold.
    """
    said: dict[Any, list[Complaint]] = {}

    def once(cell: Any) -> Value:
        complaints: list[Complaint] = []
        value = make(cell, complaints)
        if complaints:
            said[cell] = complaints
        return value

    values = each_once(once, cells)
    if said:
        column = problems.column(*fields)
        for row, cell in enumerate(cells, start=1):
            for complaint in said.get(cell, ()):
                problems.add(row, *complaint, column=column)
    return values


def by_identity(make: Callable[[Any], Value], values: list[Any]) -> list[Value]:
    """`make(value)` for each, called once for what is one object: hashing a place takes longer."""
    if isinstance(values, Coded):
        return each_once(make, values)
    each = dict(zip(map(id, values), values, strict=True))
    known = {key: make(value) for key, value in each.items()}
    return list(map(known.__getitem__, map(id, values)))


def distinct(cells: list[Any]) -> list[Any]:
    """The cells, each once as far as that is known already."""
    return cells.values if isinstance(cells, Coded) else cells


def same(cell: Any, count: int) -> list[Any]:
    """A column of one and the same cell."""
    if count < LARGE:
        return [cell] * count
    import numpy

    return Coded([cell], numpy.zeros(count, numpy.int32))


def coded(cells: list[Any]) -> list[Any]:
    """The column with its distinct cells found; as it is when short or of several types."""
    if isinstance(cells, Coded) or len(cells) < LARGE:
        return cells
    if len(set(map(type, cells)) & {str, int, float}) != 1 or len(set(map(type, cells))) != 1:
        return cells
    return _coded(cells)


def _coded(cells: list[Any]) -> Coded:
    import numpy

    known: dict[Any, int] = {}
    codes = [known.setdefault(cell, len(known)) for cell in cells]
    return Coded(list(known), numpy.array(codes, numpy.int32))


def abreast(*columns: list[Any]) -> list[tuple[Any, ...]]:
    """The rows of some columns as tuples; coded when one of the columns is."""
    if not any(isinstance(column, Coded) for column in columns):
        return list(zip(*columns, strict=True))
    import numpy

    every = [one if isinstance(one, Coded) else _coded(one) for one in columns]
    numbers = every[0].codes.astype(numpy.int64)
    for column in every[1:]:
        if len(column.values) > 1:
            numbers = numbers * len(column.values) + column.codes
            numbers = numpy.unique(numbers, return_inverse=True)[1]
    _, first, codes = numpy.unique(numbers, return_index=True, return_inverse=True)
    return Coded([tuple(column[row] for column in every) for row in first.tolist()], codes)


def as_texts(cells: list[Any]) -> list[str]:
    """Cells as text; what is missing is the empty text. A column of text is returned as it is."""
    if set(map(type, distinct(cells))) <= {str}:
        return cells
    if isinstance(cells, Coded):
        return each_once(as_text, cells)
    return [as_text(cell) for cell in cells]


def as_text(cell: Any) -> str:
    """A cell as text; empty for None and NaN."""
    if isinstance(cell, str):
        return cell
    return "" if cell is None or cell != cell else str(cell)
