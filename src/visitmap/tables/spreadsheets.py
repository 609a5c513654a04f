"""Excel and OpenDocument workbooks: read with care, written so that nothing in them runs."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from visitmap.errors import InputError
from visitmap.model import Visit
from visitmap.tables.archives import open_archive, part_of
from visitmap.tables.columns import visits_to_columns
from visitmap.tables.delimited import _header_row, header_of
from visitmap.tables.markup import parse_xml
from visitmap.tables.sheet import Limits, Sheet, check_size, sheet_of_rows
from visitmap.tables.words import fold

_DIMENSION = re.compile(rb'<dimension ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")
_LONGEST_CELL = 32_767
_REPEATS_READ = 1_000


def read_xlsx(data: bytes, name: str, limits: Limits) -> Sheet:
    """The sheet of a workbook that holds the visits; its claimed size is checked first."""
    import openpyxl

    archive = open_archive(data, name, limits)
    _check_parts(archive, name, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                archive.fp, read_only=True, data_only=True, keep_links=False
            )
            sheets = {
                one.title: _unmerged(list(_rows_of(one, name, limits)), _merges(archive, one))
                for one in book.worksheets
            }
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError) as error:
        raise InputError(
            f"the workbook cannot be read ({error})", where=name,
            remedy="Save it anew as .xlsx, or export it as CSV",
        ) from None  # fmt: skip
    return _chosen(sheets, name, limits)


def _check_parts(archive: ZipFile, name: str, limits: Limits) -> None:
    for part in archive.namelist():
        if not part.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            head = stream.read(4096)
        if _DECLARATION.search(head):
            raise InputError(
                "the workbook declares a document type", where=name, remedy="Save it anew"
            )
        claim = _DIMENSION.search(head)
        if claim:
            width = _column_number(claim[3]) - _column_number(claim[1]) + 1
            check_size(name, min(width, limits.columns), _height(claim), limits)


def _height(claim: re.Match[bytes]) -> int:
    return int(claim[4]) - int(claim[2]) + 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows_of(worksheet: Any, name: str, limits: Limits) -> Iterator[list[str]]:
    worksheet.reset_dimensions()
    cells = 0
    for row in worksheet.iter_rows(values_only=True):
        cells += len(row)
        if cells > limits.cells:
            check_size(name, 1, cells, limits)
        yield [_cell_text(cell) for cell in row]


def _merges(archive: ZipFile, worksheet: Any) -> Iterator[tuple[int, int, int]]:
    """Cells merged downwards: their column, first row and last row, from 0."""
    part = getattr(worksheet, "_worksheet_path", "").lstrip("/")
    if part not in archive.namelist():
        return
    for match in _MERGE.finditer(archive.read(part)):
        first, last = int(match[2]) - 1, int(match[4]) - 1
        if last > first:
            yield _column_number(match[1]) - 1, first, last


def _unmerged(rows: list[list[str]], merges: Iterable[tuple[int, int, int]]) -> list[list[str]]:
    """The rows with each value that was merged over several of them in every one."""
    for column, first, last in merges:
        for row in rows[first + 1 : last + 1]:
            if column < len(rows[first]) and not "".join(row[column : column + 1]):
                row += [""] * (column + 1 - len(row))
                row[column] = rows[first][column]
    return rows


def _cell_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _chosen(sheets: dict[str, list[list[str]]], name: str, limits: Limits) -> Sheet:
    """The fullest sheet; flows that have their locations in another sheet are joined to them."""
    filled = {title: [row for row in rows if any(row)] for title, rows in sheets.items()}
    filled = {title: rows for title, rows in filled.items() if len(rows) > 1}
    if not filled:
        raise InputError("the workbook holds no table", where=name, remedy="Fill in a sheet")
    by_fold = {fold(title): title for title in filled}
    if {"locations", "flows"} <= by_fold.keys():
        places = _sheet(filled[by_fold["locations"]], name, limits)
        return join_locations(_sheet(filled[by_fold["flows"]], name, limits), places)
    title = max(filled, key=lambda one: sum(map(len, filled[one])))
    notes = [f"Of {len(sheets)} sheets, {title!r} is read."] if len(filled) > 1 else []
    return replace(_sheet(filled[title], name, limits, tuple(notes)), title=title)


def _sheet(rows: list[list[str]], name: str, limits: Limits, notes: tuple[str, ...] = ()) -> Sheet:
    top = _header_row(list(enumerate(rows)))
    names = header_of(rows, top)
    return sheet_of_rows(name, names, rows[top + 1 :], limits, notes=notes)


def join_locations(flows: Sheet, places: Sheet) -> Sheet:
    """flowmap.blue: the flows with names and coordinates of the locations they go by."""
    named = {fold(name): cells for name, cells in places.columns.items()}
    keys = named.get("id") or named.get("name") or []
    names = named.get("name") or keys
    latitudes, longitudes = named.get("lat", []), named.get("lon", [])
    known = dict(zip(keys, zip(names, latitudes, longitudes, strict=False), strict=False))
    columns = dict(flows.columns)
    for side, field in (("origin", "origin"), ("dest", "destination")):
        column = next((name for name in columns if fold(name) == side), side)
        found = [known.get(cell, (cell, "", "")) for cell in columns.get(column, [])]
        columns[column] = [one[0] for one in found]
        columns[f"{field}_latitude"] = [one[1] for one in found]
        columns[f"{field}_longitude"] = [one[2] for one in found]
    return flows.with_columns(columns, "Origins and destinations are looked up in the locations.")


def read_ods(data: bytes, name: str, limits: Limits) -> Sheet:
    """The fullest sheet of an OpenDocument workbook."""
    archive = open_archive(data, name, limits)
    root = parse_xml(part_of(archive, "content.xml", name, limits), name)
    sheets = {
        table.get("name", f"sheet {number}"): list(_ods_rows(table, name, limits))
        for number, table in enumerate(root.iter("table"), start=1)
    }
    return _chosen(sheets, name, limits)


def _ods_rows(table: Element, name: str, limits: Limits) -> Iterator[list[str]]:
    """Rows with their repeats; runs of empty rows and cells, which may claim millions, are cut."""
    seen = 0
    above: dict[int, tuple[str, int]] = {}
    for row in table.iter("table-row"):
        cells = _ods_cells(row, above, limits)
        times = int(row.get("number-rows-repeated", "1")) if cells else 1
        seen += times * max(len(cells), 1)
        check_size(name, 1, seen, limits)
        for _ in range(times):
            yield list(cells)


def _ods_cells(row: Element, above: dict[int, tuple[str, int]], limits: Limits) -> list[str]:
    """A row's cells; `above` holds, by column, a text that is merged over so many more rows."""
    cells: list[str] = []
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        text, at = _ods_text(cell), len(cells)
        rows_left = int(cell.get("number-rows-spanned", "1")) - 1
        if cell.tag == "covered-table-cell" and above.get(at, ("", 0))[1] > 0:
            text, rows_left = above[at][0], above[at][1] - 1
        above[at] = (text, rows_left)
        times = int(cell.get("number-columns-repeated", "1"))
        cells += [text] * min(times, limits.columns if text else _REPEATS_READ)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _ods_text(cell: Element) -> str:
    kind = cell.get("value-type", "")
    if kind == "date":
        return cell.get("date-value", "")[:10]
    if kind in ("float", "percentage", "currency"):
        return cell.get("value", "").removesuffix(".0")
    return "\n".join("".join(part.itertext()) for part in cell if part.tag == "p")


def write_xlsx(visits: Sequence[Visit], path: Path) -> list[str]:
    """A workbook of text cells, which no spreadsheet runs, and numbers."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet("visits")
    page.freeze_panes = "A2"
    changed = 0

    def cell(value: Any) -> Any:
        nonlocal changed
        if not isinstance(value, str):
            return value
        kept = _ILLEGAL.sub("", value)[:_LONGEST_CELL]
        changed += kept != value
        made = WriteOnlyCell(page, value=None)
        # Set apart from the value: openpyxl makes a formula of a text that begins with "=".
        made._value, made.data_type = kept, "s"
        made.quotePrefix = kept[:1] in ("=", "+", "-", "@")
        return made

    columns = visits_to_columns(visits)
    page.append([cell(name) for name in columns])
    for row in zip(*columns.values(), strict=True):
        page.append([cell(value) if value != "" else None for value in row])
    book.save(path)
    if not changed:
        return []
    return [f"{changed} cells lost control characters or what lies beyond 32,767 characters."]
